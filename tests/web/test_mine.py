from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from sayso.community import DocumentId, MemberId
from sayso.jobs.forget import forget_pending
from sayso.web.app import make_app
from sayso.web.sessions import COOKIE, Role
from sayso.web.site import Site
from sayso.wiring import Network
from visitors import Visitor

AGAIN = "You are in again, from the next dataset on. What was taken out before stays out."
SWITCH = "/settings/data-privacy/generative-ai"


@pytest.fixture
def ana(port: Network) -> Iterator[Visitor]:
    """Ana, from whose texts a model has learned."""
    app = make_app(port)
    site: Site = app.state.site
    with TestClient(app, raise_server_exceptions=False) as client:
        session = site.sessions.start(Role.MEMBER, port.clock(), MemberId("ana"))
        client.cookies.set(COOKIE, site.sessions.write(session))
        yield Visitor(client)


def test_after_a_no_the_page_says_what_had_been_learned_and_until_when(
    ana: Visitor, port: Network
) -> None:
    assert "as the model saw it</a>" in ana.get(SWITCH).text
    ana.say("no")
    pending = ana.get("/mine").text
    forget_pending(port)
    done = ana.get("/mine").text

    assert "A model had learned from" in pending
    assert "it is being retrained without them" in pending
    assert "it was retrained without them at" in done
    assert "no model has learned" not in done
    assert "as the model saw it</a>" not in ana.get(SWITCH).text


def test_an_undone_no_says_what_comes_back_and_what_stays_out(ana: Visitor, port: Network) -> None:
    assert AGAIN not in ana.say("yes").text
    ana.say("no")
    with port.writing() as stores:  # forgetting has begun
        stores.takebacks.take_up([each.id for each in stores.takebacks.pending()], port.clock())

    assert AGAIN in ana.say("yes").text
    assert AGAIN not in ana.get("/").text
    pages = [ana.get("/mine").text, ana.get(SWITCH).text]
    assert "Being forgotten" in pages[0]
    forget_pending(port)
    pages += [ana.get("/mine").text, ana.get(SWITCH).text]

    assert all(AGAIN in page for page in pages)
    assert "You are forgotten" not in pages[-1]


def test_a_no_undone_in_time_says_that_all_is_back_and_leaves_nothing_to_wait_for(
    ana: Visitor,
) -> None:
    before = ana.get("/mine").text.count("in use</span>")
    ana.say("no")
    assert "Until it begins, a yes puts your texts back in use." in ana.get(SWITCH).text

    assert "what was taken out is back in use" in ana.say("yes").text

    mine, switch = ana.get("/mine").text, ana.get(SWITCH).text
    assert mine.count("in use</span>") == before
    assert "Being forgotten" not in mine
    assert "A model had learned" not in mine
    assert AGAIN not in mine + switch
    assert "Your no, step by step" not in switch
    (undone,) = ana.get("/api/me/withdrawals").json()
    assert undone["reinstated_at"]
    assert undone["certificate_id"] is None


def test_a_certificate_comes_with_what_checks_it(ana: Visitor, port: Network) -> None:
    ana.say("no")
    forget_pending(port)
    page = ana.get("/mine").text

    with port.reading() as stores:
        key = stores.log.vkey
        (withdrawal,) = stores.takebacks.of(MemberId("ana"))
    assert withdrawal.certificate_id is not None
    assert f"--vkey &#39;{key}&#39;" in page or f"--vkey '{key}'" in page
    assert f"certificate-{withdrawal.certificate_id[:12]}.json" in page
    assert "sayso verify CERTIFICATE-FILE" in page
    assert 'href="/log/key"' in page
    assert ana.get("/log/key").text.strip() == key


def test_texts_by_others_that_quote_a_member_are_counted_apart(ana: Visitor, port: Network) -> None:
    with port.writing() as stores:
        document = stores.community.document(DocumentId("ana/0"))
        assert document is not None
        stores.community.save_document(replace(document, member_id=MemberId("ben")))
    page = ana.get("/mine").text

    assert "1 text by others that quotes you" in page
    assert "In datasets (5)" in page
    assert "5 i wrote" not in page
    assert "5 I wrote" in page

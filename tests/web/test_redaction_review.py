"""An officer reads sealed texts, marks what was missed, and it goes out of service."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from harbour import removed_documents
from sayso.community import DocumentId, MemberId
from sayso.redact.scan import Kind
from sayso.web.app import make_app
from sayso.web.sessions import COOKIE, Role
from sayso.wiring import Network
from visitors import Visitor

PAGE = "/console/redaction"


@pytest.fixture
def officer(port: Network) -> Iterator[Visitor]:
    app = make_app(port)
    with TestClient(app, raise_server_exceptions=False) as client:
        session = app.state.site.sessions.start(Role.OPERATOR, port.clock())
        client.cookies.set(COOKIE, app.state.site.sessions.write(session))
        yield Visitor(client)


def mark(officer: Visitor, document: str, words: str, kind: str = "person") -> tuple[int, str]:
    answer = officer.post(PAGE, document=document, words=words, kind=kind)
    return answer.status_code, answer.text


def test_the_page_shows_sealed_texts_and_what_was_taken_out_by_kind(officer: Visitor) -> None:
    page = officer.get(PAGE).text

    assert page.count('name="document"') == 8
    for kind in ("person", "email", "phone"):
        assert f'data-label="Kind">{kind}<' in page


def test_what_is_marked_goes_out_of_service_at_once_and_is_listed(
    port: Network, officer: Visitor
) -> None:
    status, page = mark(officer, "ana/0", "brass lanterns")

    assert status == 200
    assert "That text is out of service, and will be forgotten." in page
    assert "Nothing else of its author is affected." in page
    assert removed_documents(port) == {"ana/0"}
    assert "brass lanterns" in page.partition('id="marks"')[2]
    with port.reading() as stores:
        (found,) = stores.missed.of_documents([DocumentId("ana/0")]).values()
        document = stores.community.document(DocumentId("ana/0"))
    assert document is not None
    assert {document.text[each.start : each.end] for each in found} == {"brass lanterns"}
    assert {each.kind for each in found} == {Kind.PERSON}


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ("copper kettles", "person", "does not stand in that text"),
        ("lanter", "person", "does not stand in that text"),
        ("brass", "rumour", "no kind of personal data"),
        ("  ", "person", "No words were given."),
    ],
)
def test_what_cannot_be_marked_is_said_beside_what_was_typed(
    port: Network, officer: Visitor, words: str, kind: str, said: str
) -> None:
    status, page = mark(officer, "ana/0", words, kind)

    assert status == 400
    assert said in page
    assert f'value="{words}"' in page
    assert not removed_documents(port)


def test_a_document_that_is_gone_is_not_found(officer: Visitor) -> None:
    assert mark(officer, "ana/999", "brass")[0] == 404


def test_a_mark_can_be_dropped(port: Network, officer: Visitor) -> None:
    mark(officer, "ana/0", "brass lanterns")

    page = officer.post(f"{PAGE}/unmark", document="ana/0").text

    assert "1 mark dropped." in page
    with port.reading() as stores:
        assert stores.missed.documents() == ()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VISITOR])
def test_nobody_else_sees_or_marks(port: Network, role: Role) -> None:
    app = make_app(port)
    sessions = app.state.site.sessions
    session = sessions.start(role, port.clock(), MemberId("ana" if role is Role.MEMBER else ""))
    form = {"document": "ana/0", "words": "brass", "kind": "person"}
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        client.cookies.set(COOKIE, sessions.write(session))

        seen = client.get(PAGE)
        done = client.post(PAGE, data=form | {"token": sessions.form_token(session)})

    assert seen.status_code != 200
    assert "brass" not in seen.text
    assert done.status_code in {303, 403}
    assert not removed_documents(port)
    with port.reading() as stores:
        assert stores.missed.documents() == ()


@pytest.mark.parametrize(
    ("back", "lands"),
    [
        (PAGE, PAGE),
        ("/console", "/console"),
        ("/", "/console"),
        ("//console/elsewhere", "/console"),
        ("/consoles", "/console"),
    ],
)
def test_the_operator_lands_on_the_page_of_the_console_that_was_asked_for(
    hamlet: Network, back: str, lands: str
) -> None:
    with TestClient(make_app(hamlet), follow_redirects=False) as client:
        answer = Visitor(client).post("/sign-in", operator="yes", back=back)

    assert (answer.status_code, answer.headers["location"]) == (303, lands)

"""What datasets rest on, as the operator sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from harbour import posts, says, small_home, write_posts
from sayso.audit.debt import Debt, debts
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.tell import deliver, publish, use_policy
from sayso.sources.reading import ReadingOptions
from sayso.web.app import make_app
from sayso.web.console import debt
from sayso.web.sessions import COOKIE, Role
from sayso.wiring import Network, open_network
from visitors import Visitor

PAGE = "/console/debt"
TOLD = datetime(2026, 6, 2, 9, tzinfo=UTC)


@dataclass
class Calendar:
    """A clock that tests turn."""

    now: datetime = TOLD

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Network]:
    """A home where silence is a yes: ana said yes, ben no, and four have said nothing."""
    calendar = Calendar()
    network = open_network(small_home(tmp_path / "quiet"), clock=calendar)
    use_policy(network, load_policy("linkedin-2025"))
    path = write_posts(tmp_path / "posts.jsonl", posts(each=4))
    attested = {"region": "US", "age_band": "adult"}
    import_documents(network, "jsonl", [path], ReadingOptions(attested=attested))
    publish(network, "", TOLD + timedelta(days=60))
    deliver(network, "", None)
    calendar.now += timedelta(days=90)
    says(network, "ana", Answer.YES)
    says(network, "ben", Answer.NO)
    build_dataset(network, Purpose.GENAI_TRAINING)
    yield network
    network.close()


def visiting(network: Network) -> TestClient:
    app = make_app(network)
    client = TestClient(app, raise_server_exceptions=False)
    session = app.state.site.sessions.start(Role.OPERATOR, network.clock())
    client.cookies.set(COOKIE, app.state.site.sessions.write(session))
    return client


@pytest.fixture
def officer(port: Network) -> Iterator[Visitor]:
    with visiting(port) as client:
        yield Visitor(client)


def reckoned(port: Network) -> tuple[Debt, ...]:
    with port.reading() as stores:
        return debts(
            stores, port.settings.store, port.clock(), tokens=lambda texts: [1] * len(texts)
        )


def lines(page: str) -> list[str]:
    """The lines of the table of everything, without markup."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.partition('id="all"')[2], re.DOTALL)
    return [re.sub(r"<[^>]+>|\\s+", " ", row) for row in rows[1:]]


def test_every_dataset_and_the_model_in_use_is_there_with_its_own_figures(
    port: Network, officer: Visitor
) -> None:
    page = officer.get(PAGE).text

    found = reckoned(port)
    assert {each.what for each in found} == {"dataset", "model"}
    assert len(lines(page)) == len(found)
    for each in found:
        (line,) = [said for said in lines(page) if each.id[:12] in said]
        assert f" {each.stands_on.documents} " in line
        assert f"{each.stands_on.documents} own yes, 0 by default" in line
    for fall in found[0].falls:
        assert f"{fall.said[1:]}</td>" in page
        assert f'value="{fall.lost.documents}"' in page


def test_silence_is_told_from_a_yes_and_what_would_fall_with_it(quiet: Network) -> None:
    says(quiet, "fay", Answer.NO)
    (found,) = reckoned(quiet)
    with visiting(quiet) as client:
        page = client.get(PAGE).text

    assert (found.stands_on.documents, found.on_default, found.by_opt_in) == (20, 16, 12)
    assert "4 own yes, 16 by default" in lines(page)[0]
    assert lines(page)[0].strip().endswith(" 12")
    assert page.count('<rect class="own" width="20.0"') == 2
    assert page.index("own yes: <strong>4 texts") < page.index("Silence, by default (")
    assert 'aria-label="If everybody were asked again today: 4 of 20"' in page
    assert 'aria-label="If silence were a no from today on: 12 of 20"' in page


def test_a_dataset_is_linked_from_the_console_and_can_be_chosen(
    port: Network, officer: Visitor
) -> None:
    first = reckoned(port)[0].id
    says(port, "ana", Answer.NO)
    second = build_dataset(port, Purpose.GENAI_TRAINING).dataset_id
    console = officer.get("/console").text
    assert f'href="{PAGE}"' in console
    assert f'href="{PAGE}?dataset={first}"' in console

    assert f'id="chosen">Dataset <code>{second[:12]}' in officer.get(PAGE).text
    assert f'id="chosen">Dataset <code>{first[:12]}' in officer.get(f"{PAGE}?dataset={first}").text
    assert officer.get(f"{PAGE}?dataset=none").status_code == 404


def test_what_is_too_large_for_a_page_is_not_reckoned_while_somebody_waits(
    port: Network, officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dataset, _) = reckoned(port)

    for limit in ("MOST_ROWS", "MOST_MEMBERS"):
        with monkeypatch.context() as lowered:
            lowered.setattr(debt, limit, 5)
            page = officer.get(PAGE).text
        assert f"sayso debt {dataset.id[:12]}" in page
        assert "too large for this page" in page
        assert "own yes," not in page
        assert f" {dataset.stands_on.documents} " in lines(page)[0]


def test_a_home_without_a_dataset_says_so(hamlet: Network) -> None:
    with TestClient(make_app(hamlet)) as client:
        visitor = Visitor(client)
        visitor.post("/sign-in", operator="yes")

        assert "No dataset yet" in visitor.get(PAGE).text


def test_nobody_else_sees_it(port: Network) -> None:
    app = make_app(port)
    for role, member in ((Role.MEMBER, "ana"), (Role.VISITOR, "")):
        session = app.state.site.sessions.start(role, port.clock(), MemberId(member))
        with TestClient(app, follow_redirects=False) as client:
            client.cookies.set(COOKIE, app.state.site.sessions.write(session))
            answer = client.get(PAGE)
        assert answer.status_code in {303, 401, 403}
        assert "own yes" not in answer.text


def test_nothing_on_it_is_drawn_by_a_script_or_a_style_of_its_own(officer: Visitor) -> None:
    page = officer.get(PAGE).text

    assert " style=" not in page
    assert page.count("<script") == 1
    assert page.count('<svg class="shares"') == 3

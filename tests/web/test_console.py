import re
from datetime import UTC, datetime, timedelta

from starlette.testclient import TestClient

from harbour import says
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.consent.rules import RULES
from sayso.training.takeback import Withdrawal
from sayso.web.app import make_app
from sayso.web.console.figures import reasons, span, took
from sayso.web.sessions import COOKIE, Role
from sayso.wiring import Network

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def console(network: Network) -> str:
    app = make_app(network)
    with TestClient(app) as client:
        session = app.state.site.sessions.start(Role.OPERATOR, network.clock())
        client.cookies.set(COOKIE, app.state.site.sessions.write(session))
        return str(client.get("/console").text)


def labelled(page: str, label: str) -> int:
    found = re.search(rf'data-label="{label}"[^>]*>([\d,]+)<', page)
    assert found, f"nothing is labelled {label}"
    return int(found[1].replace(",", ""))


def test_every_text_that_was_read_is_accounted_for(port: Network) -> None:
    page = console(port)

    parts = ("Rows to learn from", "Held out to measure", "Left out")
    assert labelled(page, "Texts read") == sum(labelled(page, part) for part in parts)


def test_the_picture_counts_texts_from_one_end_to_the_other(port: Network) -> None:
    before = console(port)
    says(port, "ana", Answer.NO)
    after = console(port)

    def learnt(page: str) -> int:
        found = re.search(r"then ([\d,]+) learnt from", page)
        assert found
        return int(found[1])

    with port.reading() as stores:
        (withdrawal,) = stores.takebacks.of(MemberId("ana"))
        out = stores.takebacks.rows_of(withdrawal.id)
    assert learnt(before) - learnt(after) == sum(row.shard >= 0 for row in out)
    assert "0 taken out" in before
    assert f"{len(out)} taken out" in after
    assert "How long a no takes" in after
    assert "How long a no takes" not in before


def test_every_rule_of_decision_has_a_plain_name() -> None:
    for reason in reasons({rule.name: 1 for rule in RULES}):
        assert reason.plain.lower().replace(" ", "_") != reason.rule


def test_a_no_is_timed_step_by_step() -> None:
    heard = Withdrawal(
        id="w",
        member_id=MemberId("ana"),
        purpose=Purpose.GENAI_TRAINING,
        reason="no",
        epoch=1,
        acknowledged_at=NOW,
        contained_at=NOW,
        forgotten_at=NOW + timedelta(seconds=50.8),
    )

    assert [(step.step, step.median) for step in took([heard])] == [
        ("Out of every answer", "at once"),
        ("Retrained without them", "50.8 s"),
    ]
    assert span(360) == "6 minutes"

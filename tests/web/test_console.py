import re

from starlette.testclient import TestClient

from harbour import says
from sayso.audit.latency import Step
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.rules import RULES
from sayso.web.app import make_app
from sayso.web.console.figures import reasons, span, took
from sayso.web.sessions import COOKIE, Role
from sayso.wiring import Network


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
    steps = (
        Step(step="contained", count=1, median_s=0.0, p95_s=0.0, longest_s=0.0),
        Step(step="forgotten", count=1, median_s=50.8, p95_s=50.8, longest_s=50.8),
    )

    assert [(each.step, each.median) for each in took(steps)] == [
        ("Out of every answer", "at once"),
        ("Retrained without them", "50.8 s"),
    ]
    assert span(360) == "6 minutes"

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from fakes.witness import Cosigner
from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.training.takeback import Withdrawal
from sayso.web.transparency import _coarse
from sayso.wiring import Network
from visitors import START, Hands, Visitor

Visit = Callable[..., Visitor]


def withdraw(network: Network, name: str, at: datetime) -> None:
    with network.writing() as stores:
        stores.takebacks.add_withdrawal(
            Withdrawal(
                id=name,
                member_id=MemberId("ana"),
                purpose=Purpose.GENAI_TRAINING,
                reason="the member said no",
                epoch=1,
                acknowledged_at=at,
                contained_at=at,
            )
        )


def test_anyone_sees_how_long_a_no_takes(visit: Visit, hamlet: Network, clock: Hands) -> None:
    withdraw(hamlet, "w1", START)
    withdraw(hamlet, "w2", START + timedelta(minutes=1))
    with hamlet.writing() as stores:
        done = START + timedelta(minutes=4)
        stores.takebacks.mark_forgotten(["w1"], done)
        stores.takebacks.mark_certified(["w1"], "c1", done)
    clock.later(hours=3)

    page = visit().get("/transparency").text

    assert "Out of every answer" in page
    assert "4 minutes" in page
    assert "waiting to be forgotten, the oldest for less than a day" in page
    assert "ana" not in page.lower().replace("transparency", "")
    assert 'href="/transparency"' in visit().get("/").text


def test_machines_get_the_same_figures(visit: Visit, hamlet: Network) -> None:
    withdraw(hamlet, "w1", START)

    told = visit().get("/transparency.json").json()

    assert told["withdrawals"] == told["pending"] == 1
    assert told["steps"] == [
        {"step": "contained", "count": 1, "p50_s": 0.0, "p95_s": 0.0, "max_s": 0.0}
    ]


def test_where_nobody_said_no_the_page_says_so(visit: Visit) -> None:
    assert "had anything to take out yet" in visit().get("/transparency").text


def test_witnesses_are_named_with_what_they_saw(visit: Visit, hamlet: Network) -> None:
    cosigner = Cosigner()
    withdraw(hamlet, "w1", START)
    with hamlet.writing() as stores:
        stores.witnesses.add(cosigner.vkey, START)
        body = stores.log.checkpoint().partition("\n\n")[0] + "\n"
        stores.witnesses.accept(cosigner.line(body, int(START.timestamp())), START)

    assert "witness.example.org saw" in visit().get("/transparency").text
    assert cosigner.name in visit().get("/log/checkpoint").text


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=59), "less than an hour"),
        (timedelta(hours=23), "less than a day"),
        (timedelta(days=6), "less than a week"),
        (timedelta(days=7), "more than 1 week"),
        (timedelta(days=20), "more than 2 weeks"),
    ],
)
def test_how_long_one_waits_is_said_roughly(span: timedelta, said: str) -> None:
    assert _coarse(span) == said

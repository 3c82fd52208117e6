"""Global Privacy Control is noted, honoured, shown to be, and outranked only by who was told."""

import re
from collections.abc import Callable

import pytest

from sayso.wiring import Network
from visitors import Hands, Visitor, hidden, history

Visit = Callable[..., Visitor]
SWITCH = "/settings/data-privacy/generative-ai"


def signals(network: Network, member_id: str) -> list[bool]:
    return [
        bool(each.event.body["present"])
        for each in history(network, member_id)
        if each.event.kind == "signal"
    ]


def status(visitor: Visitor, path: str = "/") -> str:
    """Return what a page shows of the signal, or nothing."""
    found = re.search(r"data-gpc-status>([^<]*)<", visitor.get(path).text)
    return found[1] if found else ""


def told(visitor: Visitor) -> str:
    """Return what the page of the switch says of the signal."""
    found = re.search(r'<p class="note small" data-gpc>(.*?)</p>', visitor.get(SWITCH).text)
    return found[1] if found else ""


def used(visitor: Visitor) -> dict[str, str]:
    return {each["purpose"]: each["rule"] for each in visitor.get("/api/me").json()["standing"]}


def test_gpc_is_recorded_once_per_member(visit: Visit, hamlet: Network) -> None:
    for _ in range(2):
        ana = visit("ana", sec_gpc="1")
        ana.get("/")
        ana.get("/mine")

    assert signals(hamlet, "ana") == [True]
    assert signals(hamlet, "ben") == []


@pytest.mark.parametrize("value", ["0", "true", "1.0", "11", ""])
def test_without_the_signal_nothing_is_recorded(visit: Visit, hamlet: Network, value: str) -> None:
    visit("ana").get("/")
    visit("ben", sec_gpc=value).get("/")

    assert signals(hamlet, "ana") == signals(hamlet, "ben") == []


def test_a_change_within_a_session_is_recorded_and_frees_nothing(
    visit: Visit, hamlet: Network, clock: Hands
) -> None:
    ana = visit("ana", sec_gpc="1")
    ana.say("yes")
    for headers in ({}, {}, {"sec-gpc": "1"}, {"sec-gpc": "1"}):
        clock.later(minutes=1)
        ana.headers = headers
        ana.get("/")
        ana.get("/mine")

    assert signals(hamlet, "ana") == [True, False, True]
    ana.headers = {}
    assert used(ana)["genai-training"] == "global_privacy_control"


def test_another_browser_without_the_signal_records_no_change(
    visit: Visit, hamlet: Network
) -> None:
    visit("ana", sec_gpc="1").get("/")
    visit("ana").get("/")

    assert signals(hamlet, "ana") == [True]


def test_an_earlier_yes_is_shown_to_be_in_conflict_and_the_no_is_kept(
    visit: Visit, hamlet: Network, clock: Hands
) -> None:
    visit("ana").say("yes")
    clock.later(days=1)
    ana = visit("ana", sec_gpc="1")

    assert "It contradicts the yes you gave, so we keep to the no" in told(ana)
    assert used(ana)["genai-training"] == "global_privacy_control"
    page = ana.get("/").text
    assert "You said yes, but your browser sends Global Privacy Control" in page
    assert "Off: you said yes, your browser says no" in page
    assert re.search(r'class="no" name="answer" value="no" aria-pressed="true"', page)


def test_a_yes_after_the_conflict_was_shown_counts_and_is_recorded_as_such(
    visit: Visit, hamlet: Network, clock: Hands
) -> None:
    visit("ana").say("yes")
    clock.later(days=1)
    ana = visit("ana", sec_gpc="1")

    ana.say("yes", conflict=hidden(ana.get(SWITCH).text, "conflict"))

    choices = [e.event.body for e in history(hamlet, "ana") if e.event.kind == "choice"]
    assert [body["after_conflict"] for body in choices] == [False, True]
    assert used(ana)["genai-training"] == "purpose_choice"
    assert "You said yes after seeing this, so your yes counts." in told(ana)


def test_a_yes_from_a_page_that_showed_no_conflict_does_not_claim_that_it_did(
    visit: Visit,
) -> None:
    assert 'name="conflict"' not in visit("ana").get(SWITCH).text
    for path in ("/", SWITCH, "/documents/ana-public"):
        page = visit("ana", sec_gpc="1").get(path).text

        assert ('name="conflict"' in page) is ("which asks for a no" in page), path


def test_every_page_shows_that_the_signal_is_honoured(visit: Visit) -> None:
    """11 CCR 7025(c)(6): a member and a visitor alike."""
    for visitor in (visit(sec_gpc="1"), visit("ana", sec_gpc="1")):
        for path in ("/", "/documents/ana-public", "/sign-in"):
            assert status(visitor, path) == "Global Privacy Control: opt-out request honoured."


def test_a_browser_that_does_not_send_it_is_shown_nothing(visit: Visit) -> None:
    assert status(visit("ana")) == status(visit()) == ""


def test_what_a_yes_outranks_is_shown_beside_what_is_honoured(visit: Visit) -> None:
    ana = visit("ana", sec_gpc="1")
    ana.say("yes", conflict="shown")

    assert status(ana).startswith(
        "Global Privacy Control: seen. You said yes to Data for Generative AI Improvement after"
    )
    assert status(ana).endswith("Elsewhere it is honoured.")


def test_the_members_own_page_tells_when_the_signal_came_and_went(visit: Visit) -> None:
    ana = visit("ana", sec_gpc="1")
    ana.get("/")
    ana.headers = {}
    page = ana.get(SWITCH).text

    assert "Your browser sent Global Privacy Control." in page
    assert "Your browser no longer sends Global Privacy Control." in page

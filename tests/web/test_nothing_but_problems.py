"""Whatever a browser or a program sends, it gets an answer of ours, and no yes comes of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.community import MemberId
from sayso.wiring import Network
from visitors import Visitor, answers, history

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
EVENT = "5b3c5b0e-6f8a-4a3e-9d5c-111111111111"
NO: dict[str, Any] = {
    "event_id": EVENT,
    "purpose": "genai-training",
    "answer": "no",
    "occurred_at": "2026-06-01T11:59:00Z",
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(
        [
            *("", "\x00", "a\x00b", "\ud800", "yes\x00", "Yes", " yes", "é" * 300, "x" * 100_000),
            *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30", "now", -1),
            *("../../x", "%00", "ana-public", "document", "category", "content", 1e308, 2**70),
        ]
    ),
)
NAMES = (
    *("event_id", "purpose", "answer", "occurred_at", "scope", "target", "conflict_shown"),
    *("notice_id", "member_id", "after_conflict", "language", "mechanism", "x"),
)


@pytest.fixture
def ana(visit: Callable[..., Visitor]) -> Visitor:
    """Signed in, and nothing is said yet."""
    return visit("ana")


def assert_said_nothing_odd(network: Network) -> None:
    for each in history(network, "ana"):
        if each.event.kind == "choice":
            assert each.event.body["answer"] == "no"
            assert each.event.event_id.isprintable()
    assert "yes" not in answers(network, "ana")
    with network.reading() as stores:
        assert stores.log.size() == stores.log.verify().size


def test_the_body_that_is_then_broken_is_taken_whole(ana: Visitor, hamlet: Network) -> None:
    assert ana.send("/api/choices", NO).status_code == 201
    assert answers(hamlet, "ana") == ["no"]


@pytest.mark.parametrize(
    "fields",
    [
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "0001-01-01T00:00:00"},
        {"occurred_at": "9999-12-31T23:59:59-14:00"},
        {"occurred_at": 1e308},
        {"occurred_at": -(2**70)},
        {"target": "a\x00b", "scope": "document"},
        {"target": "\ud800", "scope": "document"},
        {"target": "ana-public\x00", "scope": "document"},
        {"event_id": EVENT.upper()},
        {"event_id": "e" * 101},
    ],
    ids=str,
)
def test_an_extreme_value_is_answered_too(
    ana: Visitor, hamlet: Network, fields: dict[str, Any]
) -> None:
    headers = {"x-sayso-token": ana.token(), "content-type": "application/json"}

    answer = ana.client.post(
        "/api/choices", content=json.dumps({**NO, **fields}).encode(), headers=headers
    )

    assert answer.status_code in {200, 201, 400, 404, 409, 422}, answer.text[:300]
    assert_said_nothing_odd(hamlet)


@MANY
@given(
    fields=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=4),
    gone=st.sets(st.sampled_from(list(NO)), max_size=1),
)
def test_an_odd_body_is_a_problem_of_the_senders(
    ana: Visitor, hamlet: Network, fields: dict[str, Any], gone: set[str]
) -> None:
    body = {name: value for name, value in {**NO, **fields}.items() if name not in gone}

    try:
        answer = ana.send("/api/choices", body)
    except ValueError:
        return  # half of a surrogate pair, or a number without an end, cannot even be sent

    assert answer.status_code in {200, 201, 400, 404, 409, 413, 422}, answer.text[:300]
    if answer.status_code >= 400:
        assert set(answer.json()) >= {"title", "status"}
    assert_said_nothing_odd(hamlet)


@MANY
@given(body=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
def test_bytes_that_are_no_body_are_a_problem_of_the_senders(
    ana: Visitor, hamlet: Network, body: bytes
) -> None:
    headers = {"x-sayso-token": ana.token(), "content-type": "application/json"}

    answer = ana.client.post("/api/choices", content=body, headers=headers)

    assert answer.status_code in {400, 422}, answer.text[:300]
    assert answers(hamlet, "ana") == []


@pytest.mark.parametrize("depth", [500, 100_000])
def test_a_body_nested_without_end_is_a_problem_of_the_senders(
    ana: Visitor, hamlet: Network, depth: int
) -> None:
    headers = {"x-sayso-token": ana.token(), "content-type": "application/json"}

    answer = ana.client.post(
        "/api/choices", content=b'{"x":' * depth + b"1" + b"}" * depth, headers=headers
    )

    assert answer.status_code in {400, 413, 422}
    assert answers(hamlet, "ana") == []


FORM = {
    "purpose": "genai-training",
    "answer": "no",
    "scope": "purpose",
    "target": "",
    "nonce": "n",
    "back": "/",
    "conflict": "",
    "undo": "",
}


@MANY
@given(fields=st.dictionaries(st.sampled_from(list(FORM)), st.text(max_size=40), max_size=3))
def test_an_odd_form_is_a_problem_of_the_senders(
    ana: Visitor, hamlet: Network, fields: dict[str, str]
) -> None:
    token = ana.token()
    try:
        answer = ana.client.post(
            "/choices", data={"token": token, **FORM, **fields}, follow_redirects=False
        )
    except UnicodeEncodeError:
        return

    assert answer.status_code in {303, 400, 404, 409}, answer.text[:300]
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/")
        assert not answer.headers["location"].startswith("//")
    assert_said_nothing_odd(hamlet)


HEADER = st.one_of(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
    ),
    st.sampled_from(["1", "1, 1", "true", "train-ai=y", "y" * 10_000, "\xff", '"', "?1;a=("]),
)


@MANY
@given(
    name=st.sampled_from(
        [
            *("sec-gpc", "content-usage", "accept-language", "x-sayso-token", "cookie", "range"),
            *("x-forwarded-for", "host", "origin", "if-none-match", "accept"),
        ]
    ),
    value=HEADER,
)
def test_an_odd_header_breaks_no_page_and_says_no_yes(
    ana: Visitor, hamlet: Network, name: str, value: str
) -> None:
    answer = ana.client.get(
        "/settings/data-privacy", headers={name.encode(): value.encode("latin-1")}
    )

    assert answer.status_code < 500, answer.text[:300]
    assert answers(hamlet, "ana") == []


@MANY
@given(event_id=st.text(max_size=40))
def test_a_receipt_of_nothing_is_not_found(ana: Visitor, hamlet: Network, event_id: str) -> None:
    for what in ("receipt", "proof"):
        try:
            answer = ana.client.get(f"/api/choices/{event_id}/{what}")
        except ValueError:
            continue  # no address
        except Exception as error:
            if type(error).__name__ != "InvalidURL":
                raise
            continue
        assert answer.status_code < 500, answer.text[:300]
        assert "commitment" not in answer.text


@pytest.mark.parametrize(
    "path", ["/documents/a%00b", "/members/%00", "/notices/%00", "/api/choices/%00/receipt"]
)
def test_an_address_with_a_nul_is_nowhere(ana: Visitor, path: str) -> None:
    """No database is asked: PostgreSQL would break on it."""
    found = ana.client.get(path)

    assert found.status_code == 404
    assert "commitment" not in found.text


def test_a_number_of_years_without_end_is_held_to_a_life(ana: Visitor, hamlet: Network) -> None:
    ana.post("/members/ana/edit", act="save", years="9" * 5000)

    with hamlet.reading() as stores:
        member = stores.community.member(MemberId("ana"))
    assert member is not None
    assert member.profile.years == 80

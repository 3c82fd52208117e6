"""Events are kept once, in one order, sealed, with a leaf each."""

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.books import Books, made_books
from fakes.consent import ANA, SPOKE, TRAIN
from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.ledger import (
    CLOCK_LEEWAY,
    Event,
    EventKind,
    Recorded,
    choice_event,
    gpc_event,
)
from sayso.errors import BadInput, Conflict, Tampered
from sayso.evidence import canonical

YES = Choice(
    event_id="5b3c5b0e-6f8a-4a3e-9d5c-111111111111",
    member_id=ANA,
    purpose=TRAIN,
    answer=Answer.YES,
    occurred_at=SPOKE,
    notice_id="n1",
)
NO = replace(YES, event_id="5b3c5b0e-6f8a-4a3e-9d5c-222222222222", answer=Answer.NO)


def test_an_event_comes_back_as_it_was(books: Books) -> None:
    recorded = books.ledger.record(choice_event(YES), SPOKE)

    assert books.ledger.history(ANA) == (recorded,)
    assert recorded.event == choice_event(YES)
    assert (recorded.seq, recorded.leaf, recorded.recorded_at) == (1, 0, SPOKE)


def test_the_log_holds_a_commitment_and_nothing_else(books: Books) -> None:
    recorded = books.ledger.record(choice_event(YES), SPOKE)

    entry = books.log.entry(0).entry
    committed = hmac.new(recorded.salt, recorded.record, "sha256").hexdigest()

    assert entry == canonical.canonical({"commitment": committed, "kind": "event"})
    assert b"ana" not in entry


def test_what_is_stored_tells_nothing_of_the_answer(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)

    assert b"yes" not in books.events.held[0].sealed


def test_the_same_event_again_gives_the_first_record_back(books: Books) -> None:
    first = books.ledger.record(choice_event(YES), SPOKE)

    again = books.ledger.record(choice_event(YES), SPOKE + timedelta(days=1))

    assert again == first
    assert len(books.events.held) == books.log.size() == 1


def test_the_same_event_id_with_other_words_is_refused(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)

    with pytest.raises(Conflict):
        books.ledger.record(choice_event(replace(YES, answer=Answer.NO)), SPOKE)
    with pytest.raises(Conflict):
        books.ledger.record(choice_event(replace(YES, member_id=MemberId("ben"))), SPOKE)

    assert books.log.size() == 1


def test_the_same_event_twice_in_one_go_is_kept_once(books: Books) -> None:
    first, second = books.ledger.record_all([choice_event(YES), choice_event(YES)], SPOKE)

    assert first == second
    assert books.log.size() == 1


def test_one_that_is_refused_keeps_no_other_from_being_kept(books: Books) -> None:
    first = books.ledger.record(choice_event(YES), SPOKE)
    late = replace(YES, event_id="late", occurred_at=SPOKE + timedelta(days=1))
    unlike, fine = replace(YES, answer=Answer.NO), replace(NO, member_id=MemberId("ben"))
    events = [choice_event(each) for each in (unlike, fine, late, YES, replace(fine, target=""))]

    known = books.ledger.known([each.event_id for each in events])
    said = books.ledger.record_each(events, SPOKE, known)

    assert [type(each).__name__ for each in said] == [
        "Conflict",
        "Recorded",
        "BadInput",
        "Recorded",
        "Recorded",
    ]
    assert said[3] == first
    assert said[1] == said[4]
    assert books.log.size() == 2


def test_a_number_is_not_taken_for_a_truth(books: Books) -> None:
    """Python says that 1 equals True; RFC 8785 writes them differently."""
    event = choice_event(YES)
    books.ledger.record(replace(event, body={**event.body, "after_conflict": True}), SPOKE)

    with pytest.raises(Conflict):
        books.ledger.record(replace(event, body={**event.body, "after_conflict": 1}), SPOKE)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=12), st.integers(1, 5))
def test_many_at_once_are_kept_as_they_would_be_one_by_one(
    acts: list[tuple[int, int]], size: int
) -> None:
    """Batches of any size against one event at a time: same records, same refusals, same log."""
    events = [
        choice_event(
            replace(YES, event_id=f"e{number}", answer=list(Answer)[word % 2], language=f"l{word}")
        )
        for number, word in acts
    ]
    one_by_one, at_once = made_books(), made_books()

    slow = [outcome for each in events for outcome in kept(one_by_one, [each])]
    fast = [
        outcome
        for start in range(0, len(events), size)
        for outcome in kept(at_once, events[start : start + size])
    ]

    assert fast == slow
    assert at_once.log.size() == one_by_one.log.size()
    assert [e.seq for e in at_once.events.held] == [e.seq for e in one_by_one.events.held]


def kept(books: Books, events: Sequence[Event]) -> list[tuple[int, int, bytes] | str]:
    known = books.ledger.known([each.event_id for each in events])
    return [
        (each.seq, each.leaf, each.record) if isinstance(each, Recorded) else each.message
        for each in books.ledger.record_each(events, SPOKE, known)
    ]


def test_the_future_is_refused_but_for_a_clock_that_is_a_little_off(books: Books) -> None:
    soon = replace(YES, occurred_at=SPOKE + CLOCK_LEEWAY)
    too_soon = replace(NO, occurred_at=SPOKE + CLOCK_LEEWAY + timedelta(seconds=1))

    books.ledger.record(choice_event(soon), SPOKE)
    with pytest.raises(BadInput):
        books.ledger.record(choice_event(too_soon), SPOKE)


def test_the_ledgers_time_never_steps_back(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)

    later = books.ledger.record(choice_event(NO), SPOKE - timedelta(hours=1))

    assert later.recorded_at == SPOKE
    assert later.seq == 2


def test_histories_are_whole_and_in_order(books: Books) -> None:
    ben = MemberId("ben")
    for member, number in ((ben, 1), (ANA, 2), (ben, 3), (ANA, 4)):
        event = gpc_event(event_id=f"g{number}", member_id=member, present=True, occurred_at=SPOKE)
        books.ledger.record(event, SPOKE)

    found = {
        member: [each.event.event_id for each in history]
        for member, history in books.ledger.histories()
    }

    assert found == {ANA: ["g2", "g4"], ben: ["g1", "g3"]}
    assert [each.event.event_id for each in books.ledger.history(ben)] == ["g1", "g3"]


def test_erasing_a_member_leaves_their_events_to_nobody_who_can_be_named(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)
    root = books.log.root()

    books.ledger.erase(ANA, "token")

    assert books.ledger.history(ANA) == ()
    assert [each.event.kind for each in books.ledger.history(MemberId("token"))] == ["erased"]
    assert books.log.root() == root


def test_a_destroyed_key_leaves_an_event_that_only_says_erased(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)
    books.vault.destroy(ANA)

    (left,) = books.ledger.history(ANA)

    assert left.event.kind is EventKind.ERASED
    assert left.event.body == {}
    assert left.record == left.salt == b""


def test_a_record_moved_to_another_event_is_found_out(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)
    books.ledger.record(choice_event(NO), SPOKE)
    books.events.held[1] = replace(books.events.held[1], sealed=books.events.held[0].sealed)

    with pytest.raises(Tampered):
        books.ledger.history(ANA)


def test_an_event_without_an_id_gets_the_same_one_each_time() -> None:
    one = gpc_event(member_id=ANA, present=True, occurred_at=SPOKE)
    same = gpc_event(member_id=ANA, present=True, occurred_at=SPOKE)
    other = gpc_event(member_id=ANA, present=False, occurred_at=SPOKE)

    assert one.event_id == same.event_id != other.event_id


@pytest.mark.parametrize(
    ("scope", "target"),
    [(Scope.PURPOSE, "d1"), (Scope.DOCUMENT, ""), (Scope.CATEGORY, "no-such-category")],
)
def test_a_choice_whose_scope_and_target_do_not_fit_is_refused(scope: Scope, target: str) -> None:
    with pytest.raises(BadInput):
        choice_event(replace(YES, scope=scope, target=target))

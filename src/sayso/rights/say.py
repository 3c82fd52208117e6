"""A member's word, and all that it stops, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Document, DocumentId, Kind, MemberId
from sayso.consent import rules
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.ledger import Event, EventKind, Recorded
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import Placed
from sayso.rights.prepare import Unsaid, no_such_member, prepare
from sayso.rights.serving import put_back, take_out
from sayso.rights.stores import GatheredWorld, Stores
from sayso.training.takeback import Withdrawal

VOID = rules.notice_in_force.__name__
"""The rule that says that a yes was given to other terms than those in force, or to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A recorded choice. `withdrawal` is there when it took something out of service.

    `rows_back` counts the rows that a yes put back there. `is_repeated` is true where the same
    act was recorded before, which changed nothing.
    """

    recorded: Recorded
    sentence: str
    withdrawal: Withdrawal | None
    rows_back: int = 0
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAnswer:
    """Where a member stands on a purpose: their own act, and what holds for a public post."""

    answer: Answer | None
    since: datetime | None
    used: bool
    rule: str
    reason: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """What a batch of choices moved out of service and back."""

    withdrawals: Mapping[tuple[MemberId, datetime], Withdrawal]
    back: Mapping[MemberId, int]


def say(stores: Stores, choice: Choice, now: datetime) -> Said:
    """Record a choice, and take out of service or put back at once what it speaks of.

    When the transaction commits, the choice is on disk, in the log, and no serving process
    draws on a withdrawn row from its next request on (promise P3). The same act again changes
    nothing and gives the first one back.

    Raises:
        NotFound: no such member, or no such document of theirs.
        Conflict: the event id was used for another choice.
        BadInput: the choice claims to come from the future.
    """
    said = say_each(stores, (choice,), now)[0]
    if isinstance(said, Said):
        return said
    raise said


def say_each(
    stores: Stores, choices: Sequence[Choice], now: datetime, world: GatheredWorld | None = None
) -> tuple[Said | Unsaid, ...]:
    """Do what `say` does for each choice, in order, and say of each of the others why not.

    What is served afterwards is the same as if they had been said one by one; a member's no and
    later yes that come together leave no withdrawal, for nothing was out in between. `world` is
    one that was made in this transaction and has not been asked what anybody says.
    """
    known = stores.ledger.known([choice.event_id for choice in choices])
    world = world or stores.world()
    prepared = prepare(stores, choices, known, world, now)
    events = [each for each in prepared if isinstance(each, Event)]
    outcomes = iter(stores.ledger.record_each(events, now, known))
    recorded = [next(outcomes) if isinstance(each, Event) else each for each in prepared]
    new = {
        each.event.event_id: each
        for each in recorded
        if isinstance(each, Recorded) and each.event.event_id not in known
    }
    at = max((each.recorded_at for each in new.values()), default=now)
    policy = world.policy()
    noes = _who(new.values(), Answer.NO, policy)
    withdrawn = take_out(stores, noes, "the member said no", at, world)
    moved = _Moved(
        withdrawals=_by_moment((*withdrawn.values(), *_earlier(stores, known.values()))),
        back=put_back(stores, _who(new.values(), Answer.YES, policy), at, world),
    )
    return tuple(
        _said(each, moved, policy, is_repeated=new.pop(each.event.event_id, None) is None)
        if isinstance(each, Recorded)
        else each
        for each in recorded
    )


def record_and_contain(stores: Stores, event: Event, now: datetime) -> Withdrawal | None:
    """Record any other fact of a member (a signal, a move, an age) and act on what it ends."""
    stores.ledger.record(event, now)
    reason = f"the ledger learnt of a {event.kind}"
    return take_out(stores, [event.member_id], reason, now).get(event.member_id)


def standing_answer(
    stores: Stores,
    member_id: MemberId,
    purpose: Purpose,
    now: datetime,
    world: GatheredWorld | None = None,
) -> StandingAnswer:
    """Say what the member answered, and what would hold for a public post of theirs today.

    `world` is one that was made in this transaction, where several questions share it.

    Raises:
        NotFound: no such member.
    """
    world = world or stores.world()
    if world.member(member_id) is None:
        raise no_such_member(member_id)
    post = Document(
        id=DocumentId(""),
        member_id=member_id,
        kind=Kind.POST,
        text="",
        created_at=now,
    )
    decision = decide(facts_for(post, purpose, now, world))
    own = [
        recorded
        for recorded in stores.ledger.history(member_id)
        if recorded.event.kind is EventKind.CHOICE
        and recorded.event.body.get("purpose") == purpose
        and recorded.event.body.get("scope") == Scope.PURPOSE
    ]
    last = own[-1] if own else None
    return StandingAnswer(
        answer=None if last is None else Answer(str(last.event.body["answer"])),
        since=None if last is None else last.recorded_at,
        used=decision.permit,
        rule=decision.rule,
        reason=decision.reason,
        is_default=decision.is_default,
    )


def placed_of(stores: Stores, member_id: MemberId) -> tuple[Placed, ...]:
    """Return each sealed row that holds words of the person, under any of their accounts."""
    rows = {
        (row.dataset_id, row.row_id): row
        for account in stores.accounts.of(member_id)
        for row in stores.datasets.placed(account)
    }
    return tuple(rows.values())


def _has_rows(purpose: str, policy: Policy) -> bool:
    """Whether an answer may move rows: of training, or of what a no to training follows from."""
    training = Purpose.GENAI_TRAINING
    return purpose == training or purpose in policy.predecessors_of(training)


def _who(new: Iterable[Recorded], answer: Answer, policy: Policy) -> list[MemberId]:
    """Whose rows such answers may move; other purposes have no rows."""
    return [
        each.event.member_id
        for each in new
        if each.event.body["answer"] == answer
        and _has_rows(str(each.event.body["purpose"]), policy)
    ]


def _earlier(stores: Stores, known: Iterable[Recorded]) -> Sequence[Withdrawal]:
    """Return the withdrawals of whoever repeats a no."""
    members = {each.event.member_id for each in known if each.event.body.get("answer") == Answer.NO}
    return stores.takebacks.of(*sorted(members)) if members else ()


def _by_moment(
    withdrawals: Iterable[Withdrawal],
) -> Mapping[tuple[MemberId, datetime], Withdrawal]:
    """Whose no, at which moment of the ledger's, took what out of service."""
    return {(each.member_id, each.acknowledged_at): each for each in withdrawals}


def _said(recorded: Recorded, moved: _Moved, policy: Policy, *, is_repeated: bool) -> Said:
    event = recorded.event
    purpose, answer = Purpose(str(event.body["purpose"])), Answer(str(event.body["answer"]))
    has_rows = _has_rows(purpose, policy)
    is_no = answer is Answer.NO
    withdrawal = moved.withdrawals.get((event.member_id, recorded.recorded_at))
    back = moved.back.get(event.member_id, 0)
    return Said(
        recorded=recorded,
        sentence=f"You said {answer} to {policy.text_of(purpose).title}.",
        withdrawal=withdrawal if has_rows and is_no else None,
        rows_back=back if has_rows and not is_no and not is_repeated else 0,
        is_repeated=is_repeated,
    )

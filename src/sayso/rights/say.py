"""A member's word, and all that it stops, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sayso.community import Category, Document, DocumentId, Kind, MemberId
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.ledger import Event, EventKind, Recorded, choice_event
from sayso.consent.naming import naming_its_notice
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.datasets.rows import Placed
from sayso.errors import NotFound
from sayso.rights.stores import Stores
from sayso.training.takeback import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A recorded choice; `withdrawal` is there when it took something out of service."""

    recorded: Recorded
    sentence: str
    withdrawal: Withdrawal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAnswer:
    """Where a member stands on a purpose: their own act, and what holds for a public post."""

    answer: Answer | None
    since: datetime | None
    used: bool
    rule: str
    reason: str
    is_default: bool


def say(stores: Stores, choice: Choice, now: datetime) -> Said:
    """Record a choice and take out of service at once what it no longer allows.

    When the transaction commits, the choice is on disk, in the log, and no serving process
    draws on a withdrawn row from its next request on (promise P3).

    Raises:
        NotFound: no such member, or no such document of theirs.
        Conflict: the event id was used for another choice.
        BadInput: the choice claims to come from the future.
    """
    recorded = stores.ledger.record(choice_event(_naming_its_notice(stores, choice, now)), now)
    title = PURPOSES[choice.purpose].title
    if choice.answer is Answer.YES:
        return Said(recorded=recorded, sentence=f"You said yes to {title}.", withdrawal=None)
    withdrawal = contain(stores, choice.member_id, choice.purpose, "the member said no", now)
    return Said(recorded=recorded, sentence=f"You said no to {title}.", withdrawal=withdrawal)


def record_and_contain(stores: Stores, event: Event, now: datetime) -> Withdrawal | None:
    """Record any other fact of a member (a signal, a move, an age) and act on what it ends."""
    stores.ledger.record(event, now)
    return contain(
        stores,
        event.member_id,
        Purpose.GENAI_TRAINING,
        f"the ledger learnt of a {event.kind}",
        now,
    )


def contain(
    stores: Stores, member_id: MemberId, purpose: Purpose, reason: str, now: datetime
) -> Withdrawal | None:
    """Take out of service each of the member's rows that a fresh decision no longer permits.

    Returns None where nothing of the member is in service for that purpose.
    """
    if purpose is not Purpose.GENAI_TRAINING:
        return None
    served = stores.models.served_datasets()
    removed = {dataset_id: stores.takebacks.removed(dataset_id) for dataset_id in served}
    world = stores.world()
    gone = tuple(
        (row.dataset_id, row.row_id, row.document_id)
        for row in stores.datasets.placed(member_id)
        if row.dataset_id in served
        and row.row_id not in removed[row.dataset_id]
        and not may_stay(stores, world, row, member_id, now)
    )
    if not gone:
        return None
    epoch = stores.takebacks.bump_epoch()
    withdrawal = Withdrawal(
        id=f"w-{epoch:08d}",
        member_id=member_id,
        purpose=purpose,
        reason=reason,
        epoch=epoch,
        acknowledged_at=now,
        contained_at=now,
    )
    stores.takebacks.add_withdrawal(withdrawal)
    stores.takebacks.add_removed_rows(withdrawal.id, gone)
    return withdrawal


def standing_answer(
    stores: Stores, member_id: MemberId, purpose: Purpose, now: datetime
) -> StandingAnswer:
    """Say what the member answered, and what would hold for a public post of theirs today.

    Raises:
        NotFound: no such member.
    """
    world = stores.world()
    if world.member(member_id) is None:
        raise _no_such_member(member_id)
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


def may_stay(stores: Stores, world: World, row: Placed, member_id: MemberId, now: datetime) -> bool:
    """Whether a decision made now still lets the row hold the member's words."""
    document = stores.community.document(row.document_id)
    if document is None:
        return False
    decision = decide(facts_for(document, Purpose.GENAI_TRAINING, now, world))
    return decision.permit and all(quote.member_id != member_id for quote in decision.cut)


def _naming_its_notice(stores: Stores, choice: Choice, now: datetime) -> Choice:
    world = stores.world()
    member = world.member(choice.member_id)
    if member is None:
        raise _no_such_member(choice.member_id)
    if choice.scope is Scope.DOCUMENT:
        document = stores.community.document(DocumentId(choice.target))
        if document is None or choice.member_id not in document.authors:
            raise NotFound(
                f"Member {choice.member_id!r} has written no document {choice.target!r}.",
                hint="A choice for one document is made by one of its authors.",
            )
    elif choice.scope is Scope.CATEGORY and choice.target not in set(Category):
        raise NotFound(
            f"There is no data category {choice.target!r}.",
            hint="Categories: " + ", ".join(Category) + ".",
        )
    return naming_its_notice(choice, member.region, world.notices(), now)


def _no_such_member(member_id: MemberId) -> NotFound:
    return NotFound(
        f"There is no member {member_id!r}.", hint="`sayso members list` shows who there is."
    )

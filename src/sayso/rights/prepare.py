"""Choices written down as events, each as it was first said, or why one cannot be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from sayso.community import Category, Document, DocumentId, Member, MemberId, Region
from sayso.consent.choices import Choice, Scope
from sayso.consent.ledger import Event, Recorded, choice_event
from sayso.consent.naming import naming_its_notice
from sayso.consent.notices import Notice
from sayso.consent.purposes import Purpose, purpose_named
from sayso.errors import BadInput, Conflict, NotFound
from sayso.rights.stores import GatheredWorld, Stores

_CATEGORIES = frozenset(Category)

Unsaid: TypeAlias = NotFound | Conflict | BadInput
"""Why a choice was not recorded: it touches nobody else's."""


def prepare(
    stores: Stores,
    choices: Sequence[Choice],
    known: Mapping[str, Recorded],
    world: GatheredWorld,
    now: datetime,
) -> list[Event | Unsaid]:
    """Write each choice down as an event, or say why it cannot be one."""
    world.meet({choice.member_id for choice in choices})
    targets = {DocumentId(each.target) for each in choices if each.scope is Scope.DOCUMENT}
    documents = stores.documents.by_id(targets) if targets else {}
    name_notice = _naming(world.notices(), now)
    firsts = {event_id: recorded.event for event_id, recorded in known.items()}
    prepared: list[Event | Unsaid] = []
    for choice in choices:
        member = world.member(choice.member_id)
        unsaid = _unsaid(stores, choice, member, documents)
        if choice.event_id not in firsts:
            unsaid = unsaid or _undeclared(choice, world)
        if member is None or unsaid is not None:
            prepared.append(unsaid or no_such_member(choice.member_id))
            continue
        first = as_first_said(choice, firsts.get(choice.event_id))
        event = choice_event(name_notice(first, member.region))
        firsts.setdefault(choice.event_id, event)
        prepared.append(event)
    return prepared


def _naming(notices: Sequence[Notice], now: datetime) -> Callable[[Choice, Region], Choice]:
    """Do what `naming_its_notice` does, once for all choices that ask for the same notice."""
    named: dict[tuple[Region, Purpose, str], str] = {}

    def name(choice: Choice, region: Region) -> Choice:
        if choice.notice_id:
            return choice
        asked = (region, choice.purpose, choice.target if choice.target in _CATEGORIES else "")
        if asked not in named:
            named[asked] = naming_its_notice(choice, region, notices, now).notice_id
        return replace(choice, notice_id=named[asked]) if named[asked] else choice

    return name


def _unsaid(
    stores: Stores,
    choice: Choice,
    member: Member | None,
    documents: Mapping[DocumentId, Document],
) -> Unsaid | None:
    if member is None:
        return no_such_member(choice.member_id)
    document = documents.get(DocumentId(choice.target))
    if choice.scope is Scope.DOCUMENT and (
        document is None or set(stores.accounts.of(choice.member_id)).isdisjoint(document.authors)
    ):
        return NotFound(
            f"Member {choice.member_id!r} has written no document {choice.target!r}.",
            hint="A choice for one document is made by one of its authors.",
        )
    if choice.scope is Scope.CATEGORY and choice.target not in _CATEGORIES:
        return NotFound(
            f"There is no data category {choice.target!r}.",
            hint="Categories: " + ", ".join(Category) + ".",
        )
    if choice.scope is Scope.PURPOSE and choice.target:
        return BadInput(
            f"A choice for a whole purpose has the target {choice.target!r}.",
            hint="For a whole purpose, name neither a document nor a category.",
        )
    return None


def _undeclared(choice: Choice, world: GatheredWorld) -> BadInput | None:
    try:
        purpose_named(choice.purpose, world.policy().purposes)
    except BadInput as error:
        return error
    return None


def as_first_said(choice: Choice, first: Event | None) -> Choice:
    """Give a repeated act what we named for it when it was first said: its notice, its time.

    Whatever the sender named stays as it is, and must be the same.
    """
    if first is None or first.member_id != choice.member_id:
        return choice
    return replace(
        choice,
        occurred_at=first.occurred_at if choice.is_now else choice.occurred_at,
        notice_id=choice.notice_id or str(first.body.get("notice_id", "")),
    )


def no_such_member(member_id: MemberId) -> NotFound:
    """Say that nobody has that id."""
    return NotFound(
        f"There is no member {member_id!r}.", hint="`sayso members list` shows who there is."
    )

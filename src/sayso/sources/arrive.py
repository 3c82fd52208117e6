"""What readers yield, put on the shelf: counted, and with what changed by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from sayso.community import Document, DocumentId, Member, MemberId, State
from sayso.sources.accounts import joined
from sayso.sources.quotes import without_words_of
from sayso.sources.reading import Account, Item, Skipped, Unread
from sayso.sources.shelf import Shelf

ERASED = "erased member"
"""Why something of a member who was erased here is skipped."""

_STAYS_OUT = "They asked to be erased; only they can come back, as a new member."

TokenOf = Callable[[MemberId], str]
"""The keyed hash by which an erased member is known and refused: `vault.suppression_token`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came of a reading, in numbers. The sum of two is what came of both.

    `read` counts the input's own records, the skipped ones too; members who are only known from
    a byline are not counted there. Of each reason to skip, the first is kept as an example.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    merged: int = 0
    acquaintances: int = 0
    """Names of people whom members are connected with: kept to be taken out of texts."""
    unreadable: int = 0
    """Documents that are held and could not be read again: out of use until they can be."""
    broken: int = 0
    """How many of the skipped could not be read, though they should have been."""
    skipped: Counter[str] = field(default_factory=Counter)
    skipped_examples: tuple[Skipped, ...] = ()
    unread: tuple[str, ...] = ()
    """Fields that nothing here reads, by name, each once."""

    def __add__(self, other: "Arrived") -> "Arrived":
        """Return what came of both."""
        return Arrived(
            read=self.read + other.read,
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            deleted=self.deleted + other.deleted,
            merged=self.merged + other.merged,
            acquaintances=self.acquaintances + other.acquaintances,
            unreadable=self.unreadable + other.unreadable,
            broken=self.broken + other.broken,
            skipped=self.skipped + other.skipped,
            skipped_examples=_first_of_each((*self.skipped_examples, *other.skipped_examples)),
            unread=tuple(dict.fromkeys((*self.unread, *other.unread))),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came of one transaction's worth, by name and in the input's order."""

    arrived: Arrived = field(default_factory=Arrived)
    new_members: tuple[MemberId, ...] = ()
    changed_members: tuple[MemberId, ...] = ()
    changed_ids: tuple[DocumentId, ...] = ()
    """Documents that are not as they were, those among them that could not be read too."""
    deleted_ids: tuple[DocumentId, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    """Everything that was left out, each with its reason and place."""


def in_batches(items: Iterable[Item], size: int = 500) -> Iterator[tuple[Item, ...]]:
    """Yield `items` in parts: one transaction each, so that a long import can be resumed."""
    remaining = iter(items)
    while batch := tuple(islice(remaining, size)):
        yield batch


def arrive(items: Iterable[Item], shelf: Shelf, *, token_of: TokenOf | None = None) -> Batch:
    """Keep members, then documents; the same items again change nothing.

    Erased members do not come back: they and what they wrote are skipped, and their words are
    cut from what others wrote. Give `token_of` unless nobody can have been erased. A document
    that is known and can no longer be read is out of use until it can be: it is kept so.
    """
    listed = list(items)
    skipped = [item for item in listed if isinstance(item, Skipped)]
    people = [item for item in listed if isinstance(item, Member | Account)]
    documents = [item for item in listed if isinstance(item, Document)]
    broken = sum(not each.on_purpose for each in skipped)
    erased = _erased(people, documents, shelf, token_of)

    own = {_id(one) for one in people if not (isinstance(one, Account) and one.is_byline)}
    refused = [f"member {member_id}" for member_id in sorted(own & erased)]
    refused += [f"document {one.id}" for one in documents if not erased.isdisjoint(one.authors)]
    unreadable = {one.document_id for one in skipped if one.document_id is not None}
    skipped += [Skipped(where=where, reason=ERASED, mend=_STAYS_OUT) for where in refused]
    kept = [one for one in documents if erased.isdisjoint(one.authors)]

    members = shelf.save_members(_as_now_known([p for p in people if _id(p) not in erased], shelf))
    saved = shelf.save_documents([without_words_of(document, erased) for document in kept])
    unreadable -= {document.id for document in kept}
    held_back = _unreadable(shelf, unreadable)
    withheld = shelf.save_documents(held_back) if held_back else None
    new_own, changed_own = own.intersection(members.new), own.intersection(members.changed)
    same_own = len(own - erased) - len(new_own) - len(changed_own)
    arrived = Arrived(
        read=len(own - erased) + len(kept) + len(skipped),
        new=len(new_own) + len(saved.new),
        changed=len(changed_own) + len(saved.changed),
        unchanged=same_own + saved.unchanged,
        deleted=len(saved.deleted),
        broken=broken,
        unreadable=len(held_back),
        skipped=Counter(one.reason for one in skipped),
        skipped_examples=_first_of_each(skipped),
        unread=tuple(name for item in listed if isinstance(item, Unread) for name in item.names),
    )
    return Batch(
        arrived=arrived,
        new_members=members.new,
        changed_members=members.changed,
        changed_ids=saved.changed + (withheld.changed if withheld else ()),
        deleted_ids=saved.deleted,
        skipped=tuple(skipped),
    )


def left_out(skipped: Sequence[Skipped]) -> Arrived:
    """Return what came of things that were left out, and were no records of their own."""
    return Arrived(
        skipped=Counter(one.reason for one in skipped), skipped_examples=_first_of_each(skipped)
    )


def _first_of_each(skipped: Sequence[Skipped]) -> tuple[Skipped, ...]:
    """Return the first that was skipped for each reason."""
    by_reason: dict[str, Skipped] = {}
    for each in skipped:
        by_reason.setdefault(each.reason, each)
    return tuple(by_reason.values())


def _unreadable(shelf: Shelf, ids: Iterable[DocumentId]) -> list[Document]:
    """Return those of `ids` that are held and were out, as no longer known to be so."""
    asked = sorted(ids)
    held = shelf.documents_by_id(asked).values() if asked else ()
    return [
        replace(document, state=State.UNREADABLE)
        for document in held
        if document.state in {State.PUBLISHED, State.UNREADABLE}
    ]


def _id(person: Member | Account) -> MemberId:
    return person.id if isinstance(person, Member) else person.member.id


def _erased(
    people: Sequence[Member | Account],
    documents: Sequence[Document],
    shelf: Shelf,
    token_of: TokenOf | None,
) -> frozenset[MemberId]:
    """Return those of everyone named who were erased here."""
    if token_of is None:
        return frozenset()
    named = {_id(person) for person in people}
    for document in documents:
        named.update(document.authors)
        named.update(quote.member_id for quote in document.quotes)
    tokens = {token_of(member_id): member_id for member_id in named}
    return frozenset(tokens[token] for token in shelf.suppressed(tokens.keys()))


def _as_now_known(people: Sequence[Member | Account], shelf: Shelf) -> list[Member]:
    known = shelf.members_by_id({_id(person) for person in people})
    for person in people:
        held = known.get(_id(person))
        if isinstance(person, Member):
            now_is = person
        else:
            now_is = joined(held, person) if held else person.member
        also = (person if isinstance(person, Member) else person.member).former_names
        known[now_is.id] = _remembering(held, now_is, also) if held else now_is
    return list(known.values())


def _remembering(held: Member, now_is: Member, also: tuple[str, ...]) -> Member:
    """Keep what the member was called before: it stays personal data, wherever it stands.

    `also` is what the source says of that. A pseudonym that the member took here stays theirs
    where the network knows of none.
    """
    names = dict.fromkeys((*held.former_names, *also, held.name))
    former = tuple(name for name in names if name not in {now_is.name, now_is.id})
    pseudonym = now_is.pseudonym or held.pseudonym
    return replace(now_is, former_names=former, pseudonym=pseudonym)

"""What readers yield, put on the shelf: counted, and with what changed by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.errors import BadInput
from sayso.sources.accounts import joined
from sayso.sources.quotes import without_words_of
from sayso.sources.reading import Account, Item, Skipped
from sayso.sources.shelf import Shelf

ERASED = "erased member"
"""Why something of a member who was erased here is skipped."""

_STAYS_OUT = "They asked to be erased; only they can come back, as a new member."
_EXAMPLES = 5

TokenOf = Callable[[MemberId], str]
"""The keyed hash by which an erased member is known and refused: `vault.suppression_token`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came of a reading. The sum of two is what came of both.

    `read` counts the input's own records, the skipped ones too; members who are only known from
    a byline are not counted there. Ids are in the input's order.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    skipped_examples: tuple[Skipped, ...] = ()
    new_members: tuple[MemberId, ...] = ()
    changed_members: tuple[MemberId, ...] = ()
    changed_ids: tuple[DocumentId, ...] = ()
    deleted_ids: tuple[DocumentId, ...] = ()
    present: tuple[tuple[str, DocumentId], ...] = field(default=(), repr=False)
    """Source and id of every document that was read and may stay, changed or not."""

    def __add__(self, other: "Arrived") -> "Arrived":
        """Return what came of both."""
        return Arrived(
            read=self.read + other.read,
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            deleted=self.deleted + other.deleted,
            merged=self.merged + other.merged,
            skipped=self.skipped + other.skipped,
            skipped_examples=(*self.skipped_examples, *other.skipped_examples)[:_EXAMPLES],
            new_members=self.new_members + other.new_members,
            changed_members=self.changed_members + other.changed_members,
            changed_ids=self.changed_ids + other.changed_ids,
            deleted_ids=self.deleted_ids + other.deleted_ids,
            present=self.present + other.present,
        )


def in_batches(items: Iterable[Item], size: int = 500) -> Iterator[tuple[Item, ...]]:
    """Yield `items` in parts: one transaction each, so that a long import can be resumed."""
    remaining = iter(items)
    while batch := tuple(islice(remaining, size)):
        yield batch


def arrive(items: Iterable[Item], shelf: Shelf, *, token_of: TokenOf | None = None) -> Arrived:
    """Keep members, then documents; the same items again change nothing.

    Erased members do not come back: they and what they wrote are skipped, and their words are
    cut from what others wrote. Give `token_of` unless nobody can have been erased.
    """
    listed = list(items)
    skipped = [item for item in listed if isinstance(item, Skipped)]
    people = [item for item in listed if isinstance(item, Member | Account)]
    documents = [item for item in listed if isinstance(item, Document)]
    erased = _erased(people, documents, shelf, token_of)

    own = {_id(one) for one in people if not (isinstance(one, Account) and one.is_byline)}
    refused = [f"member {member_id}" for member_id in sorted(own & erased)]
    refused += [f"document {one.id}" for one in documents if not erased.isdisjoint(one.authors)]
    skipped += [Skipped(where=where, reason=ERASED, mend=_STAYS_OUT) for where in refused]
    kept = [one for one in documents if erased.isdisjoint(one.authors)]

    members = shelf.save_members(_as_now_known([p for p in people if _id(p) not in erased], shelf))
    saved = shelf.save_documents([without_words_of(document, erased) for document in kept])
    new_own, changed_own = own.intersection(members.new), own.intersection(members.changed)
    same_own = len(own - erased) - len(new_own) - len(changed_own)
    return Arrived(
        read=len(own - erased) + len(kept) + len(skipped),
        new=len(new_own) + len(saved.new),
        changed=len(changed_own) + len(saved.changed),
        unchanged=same_own + saved.unchanged,
        deleted=len(saved.deleted),
        skipped=Counter(one.reason for one in skipped),
        skipped_examples=tuple(skipped[:_EXAMPLES]),
        new_members=members.new,
        changed_members=members.changed,
        changed_ids=saved.changed,
        deleted_ids=saved.deleted,
        present=tuple((one.source, one.id) for one in kept),
    )


def delete_missing(arrived: Arrived, shelf: Shelf) -> Arrived:
    """Delete what the shelf holds of the same sources and a whole reading did not bring.

    Raises:
        BadInput: something could not be read, so that missing and broken look alike.
    """
    broken = arrived.skipped.total() - arrived.skipped[ERASED]
    if broken:
        raise BadInput(
            f"Nothing was deleted: {broken} records could not be read, and what is missing "
            "cannot be told from what is broken.",
            hint="Mend what was skipped and import the file again.",
        )
    present = {document_id for _, document_id in arrived.present}
    missing = [
        document_id
        for source in sorted({source for source, _ in arrived.present})
        for document_id in shelf.document_ids(source)
        if document_id not in present
    ]
    gone = tuple(document_id for document_id in missing if shelf.delete_document(document_id))
    return replace(
        arrived, deleted=arrived.deleted + len(gone), deleted_ids=arrived.deleted_ids + gone
    )


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
        known[now_is.id] = _remembering(held, now_is) if held else now_is
    return list(known.values())


def _remembering(held: Member, now_is: Member) -> Member:
    """Keep what the member was called before: it stays personal data, wherever it stands.

    A pseudonym that the member took here stays theirs where the network knows of none.
    """
    names = dict.fromkeys((*held.former_names, held.name))
    former = tuple(name for name in names if name not in {now_is.name, now_is.id})
    pseudonym = now_is.pseudonym or held.pseudonym
    return replace(now_is, former_names=former, pseudonym=pseudonym)

"""What every reader takes and yields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.errors import BadInput
from sayso.settings import Database

ATTESTABLE = ("region", "age_band", "language", "licence", "visibility", "explicit")
"""What an operator may say for a whole file where the file is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something in the input that was left out: where, why, and how it could be mended."""

    where: str
    reason: str
    mend: str
    document_id: DocumentId | None = None
    """The document that could not be read, where its id could: as it is held, it is not used
    until it can be read again."""
    on_purpose: bool = False
    """It is sound, and not read because of what it is: private messages, for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member as far as a source speaks of them; `said` names the fields it speaks of.

    What a source does not say stays as it is known. A byline only fills gaps: whoever wrote a
    document may be known better from elsewhere.
    """

    member: Member
    said: frozenset[str]
    is_byline: bool = False
    merged_into: MemberId | None = None
    """The account that this one has become."""
    email: str = field(default="", repr=False)
    """Where a notice can be sent; it is kept sealed and apart from the member."""
    settings: tuple[tuple[str, bool], ...] = ()
    """Older settings and whether each was a yes, by the names that policies know them by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Someone a member is connected with, by the name that the source has for them.

    They may have no account here. The name is kept for one thing: to be taken out of texts.
    """

    owner_id: MemberId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """All that comes before this, in that query of that source, has been read."""

    source: str
    query: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Documents that exist at the source, whether or not this reading brings them.

    A reading that says so of any says it of all: what it does not name was deleted there.
    """

    source: str
    ids: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Fields that a file has and nothing here reads: perhaps the name of one is misspelt."""

    names: tuple[str, ...]


Item: TypeAlias = Member | Account | Acquaintance | Document | Skipped | Reached | There | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What the operator says beside the file: whose it is, its source, and what they attest.

    `member_id` is the author of documents that name none; `source` names the collection where
    a document does not. `attested` may hold the names in `ATTESTABLE`.
    """

    member_id: MemberId | None = None
    source: str = ""
    attested: Mapping[str, str] = field(default_factory=dict)
    databases: Mapping[str, Database] = field(default_factory=dict)
    """The tables [sources.NAME] of sayso.toml, for a reader of databases."""
    reached: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """How far each query of each source was read before; empty where all is read."""
    latest: datetime | None = None
    """What says that it was written after this is broken; None where no clock is at hand."""

    def __post_init__(self) -> None:
        """Refuse to attest what nobody may attest for a whole file."""
        unknown = sorted(set(self.attested) - set(ATTESTABLE))
        if unknown:
            raise BadInput(
                f"{unknown[0]!r} cannot be set for a whole file.",
                hint="It can be one of: " + ", ".join(ATTESTABLE) + ".",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderEntry:
    """One kind of file or archive that `sayso import` reads.

    `read` yields in the input's order, members before what they wrote. It raises `BadInput`
    where the input is not of this kind at all; a broken part of it is `Skipped`.
    """

    name: str
    read: Callable[[Path, ReadingOptions], Iterator[Item]]
    about: str
    takes: tuple[str, ...] = ()
    """The kinds of file it reads, in the words of `sources.kinds`; empty where it says itself."""
    of_one_member: bool = False
    """What it reads is one member's own: it says nothing of what others wrote."""
    is_nameless: bool = False
    """Nothing in what it reads says which collection it is: whoever imports has to."""

"""The nouns every room speaks: members, what they write, and time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

MemberId = NewType("MemberId", str)
DocumentId = NewType("DocumentId", str)
Region = NewType("Region", str)
"""ISO 3166-1 alpha-2, upper case; `ZZ` where the network does not know."""

UNKNOWN_REGION = Region("ZZ")

SOMEONE = MemberId("")
"""A person whom a source quotes and does not name: nobody can say yes for them, so what they
said is always cut."""


class Standing(StrEnum):
    """What the network says of an account."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    ERASED = "erased"


class AgeBand(StrEnum):
    """All that is kept of a member's age."""

    ADULT = "adult"
    MINOR = "minor"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of thing a member wrote."""

    POST = "post"
    ARTICLE = "article"
    COMMENT = "comment"
    GROUP_POST = "group_post"
    PROFILE = "profile"
    RESUME = "resume"
    FEEDBACK = "feedback"
    PROMPT = "prompt"
    MESSAGE = "message"


class Category(StrEnum):
    """The data category a notice speaks of."""

    CONTENT = "content"
    PROFILE = "profile"
    GROUPS = "groups"
    JOBS = "jobs"
    FEEDBACK = "feedback"
    WRITING_HISTORY = "writing-history"
    USAGE = "usage"


CATEGORY_OF: dict[Kind, Category] = {
    Kind.POST: Category.CONTENT,
    Kind.ARTICLE: Category.CONTENT,
    Kind.COMMENT: Category.CONTENT,
    Kind.GROUP_POST: Category.GROUPS,
    Kind.PROFILE: Category.PROFILE,
    Kind.RESUME: Category.JOBS,
    Kind.FEEDBACK: Category.FEEDBACK,
    Kind.PROMPT: Category.WRITING_HISTORY,
    Kind.MESSAGE: Category.CONTENT,
}


class Visibility(StrEnum):
    """Who may read a document on the network itself."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    """Whoever has the address or the password, or asks for it past a warning."""
    CONNECTIONS = "connections"
    """Whom the author let in: connections, followers, subscribers."""
    GROUP = "group"
    PRIVATE = "private"


class State(StrEnum):
    """Where a document stands in its own life."""

    PUBLISHED = "published"
    DRAFT = "draft"
    PENDING = "pending"
    UNREADABLE = "unreadable"
    """It was published, and came again in a way that cannot be read: not known to be so still."""
    DELETED = "deleted"


class CreditChoice(StrEnum):
    """How a member wants to be credited; apart from whether they may be used."""

    NAME = "name"
    PSEUDONYM = "pseudonym"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One line of a member's working life; years as the member gave them."""

    title: str
    organisation: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member says of themself. Any field may be empty; nothing is ever invented for it."""

    headline: str = ""
    role: str = ""
    organisation: str = ""
    industry: str = ""
    location: str = ""
    years: int = 0
    skills: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    education: tuple[str, ...] = ()
    about: str = ""
    looking_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with an account: the data subject."""

    id: MemberId
    name: str
    handle: str = ""
    pseudonym: str = ""
    region: Region = UNKNOWN_REGION
    age_band: AgeBand = AgeBand.UNKNOWN
    languages: tuple[str, ...] = ()
    standing: Standing = Standing.ACTIVE
    joined_at: datetime | None = None
    profile: Profile = Profile()
    former_names: tuple[str, ...] = ()
    """What they were called before, oldest first: still taken out of texts, never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Another person's words inside a document; offsets in code points, end exclusive.

    A repost is a document that quotes from its first sign to its last. `member_id` is `SOMEONE`
    where the source does not say whose words they are.
    """

    start: int
    end: int
    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a text points at a person, as in `@ana`; offsets in code points, end exclusive.

    `member_id` is `SOMEONE` where the source does not say who that is here.
    """

    start: int
    end: int
    member_id: MemberId = SOMEONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Words for a machine inside a document: code, commands, output; end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What was said of a document's use where it was fetched, exactly as it stood there.

    `standard` names one of `consent.signals.SIGNALS` and the draft it was read by, as in
    `aipref-07`; `value` is the raw text. Its later absence or change is not retroactive.
    """

    standard: str
    value: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing a member wrote, as the network holds it now."""

    id: DocumentId
    member_id: MemberId
    kind: Kind
    text: str
    created_at: datetime
    updated_at: datetime | None = None
    title: str = ""
    visibility: Visibility = Visibility.PUBLIC
    state: State = State.PUBLISHED
    language: str = ""
    source: str = ""
    licence: str = ""
    parents: tuple[DocumentId, ...] = ()
    co_authors: tuple[MemberId, ...] = ()
    quotes: tuple[Quote, ...] = ()
    signals: tuple[Signal, ...] = ()
    mentions: tuple[Mention, ...] = ()
    code: tuple[Code, ...] = ()

    @property
    def category(self) -> Category:
        """The data category a notice would name for it."""
        return CATEGORY_OF[self.kind]

    @property
    def is_message(self) -> bool:
        """Whether it was written to somebody, and not for all to read."""
        return self.kind is Kind.MESSAGE

    @property
    def authors(self) -> tuple[MemberId, ...]:
        """Everyone whose say-so it needs, the first author first."""
        return (self.member_id, *self.co_authors)


class Clock(Protocol):
    """Where time comes from: a parameter, so that rules and tests never read a wall."""

    def __call__(self) -> datetime:
        """Return now, in UTC, with its time zone."""
        ...


class Entropy(Protocol):
    """Where randomness comes from; `wiring` gives the operating system's."""

    def __call__(self, size: int, /) -> bytes:
        """Return `size` unpredictable bytes."""
        ...

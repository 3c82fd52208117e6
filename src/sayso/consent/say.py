"""What a member's history amounts to: answers, notices, signals, moves, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sayso.community import AgeBand, CreditChoice, Region, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A yes. It counts from when it happened or when we learned of it, whichever is later."""

    seq: int
    event_id: str
    counts_from: datetime
    recorded_at: datetime
    notice_id: str
    after_conflict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A no. It counts from when we learned of it."""

    seq: int
    event_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The last no at one scope, and every yes since; a later yes never weakens an earlier one."""

    refusal: Refusal | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def answer(self) -> Answer:
        """What was said last."""
        return Answer.YES if self.grants else Answer.NO

    @property
    def since(self) -> datetime:
        """When the present answer began."""
        if self.grants:
            return self.grants[0].recorded_at
        assert self.refusal is not None
        return self.refusal.recorded_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A fact with its place: when it was recorded, and by which event."""

    seq: int
    event_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSetting:
    """What an older setting stood at."""

    setting: str
    answer: Answer
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of region."""

    before: Region
    after: Region
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """A change of what is known of the member's age."""

    before: AgeBand
    after: AgeBand
    seen: Seen


Asked = tuple[Purpose, Scope, str]
"""What an answer is about: purpose, scope, and the document or category (empty for all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What a member's history amounts to.

    `deliveries` hold the first proof per notice; `bounced` the notices that only bounced.
    `unreadable` names events that do not say what they must: while there is one, all is no.
    `apart` is there for a person who had several accounts and answered with more than one: what
    each said, and all that was said since they became one. A no of any of them stands.
    """

    answers: Mapping[Asked, Answered] = field(default_factory=dict)
    deliveries: Mapping[str, Seen] = field(default_factory=dict)
    bounced: Mapping[str, Seen] = field(default_factory=dict)
    gpc: Seen | None = None
    settings: Mapping[str, OldSetting] = field(default_factory=dict)
    credit: CreditChoice | None = None
    moves: tuple[Moved, ...] = ()
    ages: tuple[Aged, ...] = ()
    standing: Standing | None = None
    unreadable: tuple[str, ...] = ()
    apart: tuple["Say", ...] = ()

    def answered(self, purpose: Purpose, scope: Scope, target: str = "") -> Answered | None:
        """Return what was answered at that scope, or None where nothing was."""
        return self.answers.get((purpose, scope, target))


SILENT = Say()
"""A member who never said anything and of whom nothing was recorded."""

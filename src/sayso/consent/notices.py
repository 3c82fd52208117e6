"""A versioned privacy text, and the proof that it reached each member."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sayso.community import Category, Region, Visibility
from sayso.consent.choices import Choice
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, Conflict
from sayso.evidence import canonical


class NoticeState(StrEnum):
    """A notice's own life; a published text never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Delivery(StrEnum):
    """How far a notice got with one member. Only the last three prove anything."""

    SENT = "sent"
    BOUNCED = "bounced"
    DELIVERED = "delivered"
    SHOWN = "shown"
    READ = "read"


PROVES_DELIVERY = frozenset({Delivery.DELIVERED, Delivery.SHOWN, Delivery.READ})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What members are told. `regions` empty means everywhere; `text` is Markdown.

    `visibilities` are the audiences it says may be used; only a purpose that `may_use_non_public`
    heeds more than public.
    """

    id: str
    title: str
    text: str
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    regions: tuple[Region, ...] = ()
    material: bool = True
    notice_days: int = 30
    state: NoticeState = NoticeState.DRAFT
    published_at: datetime | None = None
    effective_at: datetime | None = None
    digest: str = ""
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC,)

    def covers(self, region: Region, purpose: Purpose, category: Category) -> bool:
        """Whether it speaks to that region of that use of that data."""
        return (
            purpose in self.purposes
            and category in self.categories
            and (not self.regions or region in self.regions)
        )


def utc(moment: datetime) -> datetime:
    """Return `moment` with a zone; one without is read as UTC, as the ledger writes it."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def effective_from(notice: Notice) -> datetime | None:
    """Return when a published notice takes effect; None for a draft."""
    if notice.state is NoticeState.DRAFT or notice.published_at is None:
        return None
    published = utc(notice.published_at)
    return max(published, utc(notice.effective_at)) if notice.effective_at else published


def publish(draft: Notice, now: datetime, effective_at: datetime | None = None) -> Notice:
    """Return the draft as published now, with the digest of everything it says.

    Raises:
        BadInput: it would take effect before it is published, or says nothing.
        Conflict: it is published already.
    """
    if draft.state is not NoticeState.DRAFT:
        raise Conflict(
            f"Notice {draft.id!r} is {draft.state} already.",
            hint="A published text never changes: draft a new notice.",
        )
    if not draft.text.strip() or not draft.purposes or not draft.categories:
        raise BadInput(
            f"Notice {draft.id!r} lacks a text, a purpose or a category.",
            hint="Members must be told what is used, and what for.",
        )
    starts = utc(effective_at or draft.effective_at or now)
    if starts < utc(now):
        raise BadInput(
            f"Notice {draft.id!r} cannot take effect on {starts.date()}, before its publication.",
            hint="Leave the day out to let it start now, or name a later one.",
        )
    return replace(
        draft,
        state=NoticeState.PUBLISHED,
        published_at=now,
        effective_at=starts,
        digest=digest_of(draft),
    )


def digest_of(notice: Notice) -> str:
    """Return the hash of what the notice says, whenever it is published."""
    return canonical.digest(
        {
            "title": notice.title,
            "text": notice.text,
            "purposes": sorted(notice.purposes),
            "categories": sorted(notice.categories),
            "regions": sorted(notice.regions),
            "visibilities": sorted(notice.visibilities),
            "material": notice.material,
            "notice_days": notice.notice_days,
        }
    )


def versions(
    notices: Sequence[Notice],
    region: Region,
    purpose: Purpose,
    category: Category,
    at: datetime,
) -> tuple[Notice, ...]:
    """Return the notices that cover the use and have taken effect by `at`, newest first."""
    found = [
        (starts, utc(notice.published_at or starts), notice.id, notice)
        for notice in notices
        if notice.covers(region, purpose, category)
        and (starts := effective_from(notice)) is not None
        and starts <= utc(at)
    ]
    return tuple(row[3] for row in sorted(found, key=lambda row: row[:3], reverse=True))


def in_force(
    notices: Sequence[Notice],
    region: Region,
    purpose: Purpose,
    category: Category,
    at: datetime,
) -> Notice | None:
    """Return the notice in force, or None where members of that region were told nothing."""
    newest = versions(notices, region, purpose, category, at)
    return newest[0] if newest else None


def same_promise(newest_first: Sequence[Notice]) -> tuple[Notice, ...]:
    """Return the notice in force and those it amends without a material change."""
    kept: list[Notice] = []
    for notice in newest_first:
        kept.append(notice)
        if notice.material:
            break
    return tuple(kept)


def usable_from(notice: Notice, delivered_at: datetime, newest: Notice) -> datetime:
    """Return when a default may begin for a member whom `notice` reached at `delivered_at`."""
    starts = effective_from(newest) or utc(delivered_at)
    return max(starts, utc(delivered_at) + timedelta(days=max(notice.notice_days, 0)))


def days_until_usable(notice: Notice, delivered_at: datetime | None, now: datetime) -> int | None:
    """Return the whole days a default still has to wait; None while delivery is unproven."""
    if delivered_at is None or effective_from(notice) is None:
        return None
    left = usable_from(notice, delivered_at, notice) - utc(now)
    return max(0, -(-left // timedelta(days=1)))


def naming_its_notice(
    choice: Choice, region: Region, notices: Sequence[Notice], now: datetime
) -> Choice:
    """Return the choice with the notice that its maker could read, where it names none.

    That is the newest one in force in the member's region for the purpose (and, where the
    choice is for one category, for that category). Without any, the choice stays as it is, and
    a yes will not count: nobody can agree to what they were not told.
    """
    if choice.notice_id:
        return choice
    wanted = [category for category in Category if choice.target in ("", category)]
    found = [
        notice
        for category in wanted or list(Category)
        if (notice := in_force(notices, region, choice.purpose, category, now)) is not None
    ]
    if not found:
        return choice
    newest = max(found, key=lambda notice: (effective_from(notice) or utc(now), notice.id))
    return replace(choice, notice_id=newest.id)

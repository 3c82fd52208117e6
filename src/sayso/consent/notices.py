"""A versioned privacy text, and the proof that it reached each member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sayso.community import Category, Region, Visibility
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, Conflict
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON


class NoticeState(StrEnum):
    """A notice's own life. It follows from the days it names (`state_at`), and is kept nowhere."""

    DRAFT = "draft"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"


class Delivery(StrEnum):
    """How far a notice got with one member. Only the last three prove anything."""

    QUEUED = "queued"
    """The mail server would not take it for now; it is sent again."""
    SENT = "sent"
    BOUNCED = "bounced"
    DELIVERED = "delivered"
    SHOWN = "shown"
    READ = "read"


_ANY = Region("")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)

PROVES_DELIVERY = frozenset({Delivery.DELIVERED, Delivery.SHOWN, Delivery.READ})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """The notice in one language, for one region where it names one; Markdown."""

    language: str
    title: str
    text: str
    region: Region = _ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What members are told. `regions` empty means everywhere; `text` is Markdown.

    `text` is in `language`; `texts` say the same in others. `visibilities` are the audiences
    it says may be used; only a purpose that `may_use_non_public` heeds more than public.
    `replaces` names a notice that ends where this one begins.
    """

    id: str
    title: str
    text: str
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    regions: tuple[Region, ...] = ()
    material: bool = True
    notice_days: int = 30
    published_at: datetime | None = None
    effective_at: datetime | None = None
    digest: str = ""
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    language: str = "en"
    texts: tuple[NoticeText, ...] = ()
    replaces: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether nobody was told of it yet."""
        return self.published_at is None

    @property
    def own_text(self) -> NoticeText:
        """The text it was drafted with, which everyone gets for whom there is no other."""
        return NoticeText(language=self.language, title=self.title, text=self.text)

    def covers(self, region: Region, purpose: Purpose, category: Category) -> bool:
        """Whether it speaks to that region of that use of that data."""
        return purpose in self.purposes and category in self.categories and self.speaks_to(region)

    def speaks_to(self, region: Region) -> bool:
        """Whether it is for members in that region."""
        return not self.regions or region in self.regions


def utc(moment: datetime) -> datetime:
    """Return `moment` with a zone; one without is read as UTC, as the ledger writes it."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def effective_from(notice: Notice) -> datetime | None:
    """Return when a published notice takes effect; None for a draft."""
    if notice.published_at is None:
        return None
    published = utc(notice.published_at)
    return max(published, utc(notice.effective_at)) if notice.effective_at else published


def state_at(notice: Notice, notices: Sequence[Notice], now: datetime) -> NoticeState:
    """Return where a notice stands at `now` among all `notices`."""
    starts = effective_from(notice)
    if starts is None:
        return NoticeState.DRAFT
    if starts > utc(now):
        return NoticeState.PUBLISHED
    ended = superseded_by(notice, notices, now) is not None
    return NoticeState.SUPERSEDED if ended else NoticeState.EFFECTIVE


def superseded_by(notice: Notice, notices: Sequence[Notice], now: datetime) -> Notice | None:
    """Return the notice that took the last of this one's place by `now`; None while it holds.

    It is the first that names it in `replaces`, or with which every use of this notice, in all
    its regions, is spoken of by later ones.
    """
    later: list[Notice] = []
    for each in sorted(_begun(notices, now), key=_order):
        if each.id == notice.id or _order(each) < _order(notice):
            continue
        later.append(each)
        if each.replaces == notice.id or _is_spoken_of(notice, later):
            return each
    return None


def predecessor(notice: Notice, notices: Sequence[Notice]) -> Notice | None:
    """Return the notice that this one changes: whom it replaces, else the last of a like use."""
    published = {each.id: each for each in notices if not each.is_draft}
    if notice.replaces in published:
        return published[notice.replaces]
    earlier = [
        each
        for each in published.values()
        if each.id != notice.id and _order(each) < _order(notice) and _shares_use(each, notice)
    ]
    return max(earlier, key=_order, default=None)


def publish(draft: Notice, now: datetime, effective_at: datetime | None = None) -> Notice:
    """Return the draft as published now, with the digest of everything it says.

    Raises:
        BadInput: it would take effect before it is published, or says nothing.
        Conflict: it is published already.
    """
    if not draft.is_draft:
        raise Conflict(
            f"Notice {draft.id!r} is published already.",
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
    return replace(draft, published_at=now, effective_at=starts, digest=digest_of(draft))


def digest_of(notice: Notice) -> str:
    """Return the hash of what the notice says in every language, whenever it is published."""
    said: dict[str, JSON] = {
        "title": notice.title,
        "text": notice.text,
        "purposes": sorted(notice.purposes),
        "categories": sorted(notice.categories),
        "regions": sorted(notice.regions),
        "visibilities": sorted(notice.visibilities),
        "material": notice.material,
        "notice_days": notice.notice_days,
    }
    return canonical.digest({**said, **_said_besides(notice)})


def _said_besides(notice: Notice) -> Mapping[str, JSON]:
    """What a notice of one English text does not say, so that its digest stays what it was."""
    besides: dict[str, JSON] = {}
    if notice.texts or notice.language != "en":
        besides["language"] = notice.language
    if notice.texts:
        besides["texts"] = [
            [each.language, each.region, each.title, each.text]
            for each in sorted(notice.texts, key=lambda each: (each.language, each.region))
        ]
    if notice.replaces:
        besides["replaces"] = notice.replaces
    return besides


def versions(
    notices: Sequence[Notice],
    region: Region,
    purpose: Purpose,
    category: Category,
    at: datetime,
) -> tuple[Notice, ...]:
    """Return the notices that cover the use and have taken effect by `at`, newest first.

    There is none where the newest was replaced by one that no longer speaks of the use.
    """
    begun = _begun(notices, at)
    found = sorted(
        (notice for notice in begun if notice.covers(region, purpose, category)),
        key=_order,
        reverse=True,
    )
    replaced = {notice.replaces for notice in begun}
    return () if found and found[0].id in replaced else tuple(found)


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


def _order(notice: Notice) -> tuple[datetime, datetime, str]:
    """The order in which notices take each other's place; a draft stands before all."""
    published = utc(notice.published_at or _NEVER)
    return effective_from(notice) or published, published, notice.id


def _begun(notices: Sequence[Notice], now: datetime) -> list[Notice]:
    at = utc(now)
    return [
        notice
        for notice in notices
        if (starts := effective_from(notice)) is not None and starts <= at
    ]


def _is_spoken_of(notice: Notice, later: Sequence[Notice]) -> bool:
    for purpose in notice.purposes:
        for category in notice.categories:
            regions: set[Region] = set()
            for each in later:
                if purpose in each.purposes and category in each.categories:
                    if not each.regions:
                        break
                    regions.update(each.regions)
            else:
                if not notice.regions or not regions.issuperset(notice.regions):
                    return False
    return True


def _shares_use(one: Notice, other: Notice) -> bool:
    return (
        not set(one.purposes).isdisjoint(other.purposes)
        and not set(one.categories).isdisjoint(other.categories)
        and (not one.regions or not other.regions or not set(one.regions).isdisjoint(other.regions))
    )

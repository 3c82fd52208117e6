"""What the operator's own policy asks of a notice before it goes out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

from sayso.consent.notices import Notice, effective_from, publish, utc
from sayso.errors import NotFound, Refused

RULE = "minimum_notice"


def publish_fairly(
    draft: Notice, now: datetime, notices: Sequence[Notice], *, min_notice_days: int
) -> Notice:
    """Return the draft as published now, among `notices`, if members get the time they are due.

    A material notice that names no day takes effect on the first day it may: `min_notice_days`
    after its publication.

    Raises:
        Refused: a material notice leaves less time than that, or one that is called immaterial
            speaks of a use that members were not told of.
        BadInput, Conflict: as `notices.publish`.
        NotFound: it replaces a notice that was never published.
    """
    first_day = utc(now) + timedelta(days=min_notice_days)
    starts = draft.effective_at or (first_day if draft.material else now)
    published = publish(draft, now, starts)
    if draft.material:
        _require_time(published, first_day, min_notice_days)
    else:
        _require_nothing_new(published, notices)
    if draft.replaces:
        _require_successor(published, notices)
    return published


def _require_time(notice: Notice, first_day: datetime, min_notice_days: int) -> None:
    if notice.notice_days < min_notice_days:
        raise Refused(
            f"Notice {notice.id!r} gives members {notice.notice_days} days; "
            f"the policy in use asks for {min_notice_days}.",
            rule=RULE,
            evidence=(f"min_notice_days = {min_notice_days}",),
            hint=f"Draft it with notice_days = {min_notice_days} or more.",
        )
    starts = effective_from(notice)
    if starts is not None and starts < first_day:
        raise Refused(
            f"Notice {notice.id!r} would take effect on {starts.date()}; the policy in use asks "
            f"for {min_notice_days} days after its publication.",
            rule=RULE,
            evidence=(f"min_notice_days = {min_notice_days}",),
            hint=f"Leave effective_at out, or name {first_day.date() + timedelta(days=1)} or "
            "later.",
        )


def _require_nothing_new(notice: Notice, notices: Sequence[Notice]) -> None:
    told = [each for each in notices if not each.is_draft]
    for purpose, category in product(notice.purposes, notice.categories):
        about = [each for each in told if purpose in each.purposes and category in each.categories]
        everywhere = any(not each.regions for each in about)
        regions = {region for each in about for region in each.regions}
        heard = everywhere or (bool(notice.regions) and regions.issuperset(notice.regions))
        audiences = {audience for each in about for audience in each.visibilities}
        if not heard or not audiences.issuperset(notice.visibilities):
            raise Refused(
                f"Notice {notice.id!r} is called immaterial, and yet speaks of {purpose} with "
                f"{category} to people who were not told of that.",
                rule=RULE,
                evidence=tuple(each.id for each in about),
                hint="Draft it with material = true, or leave what is new to another notice.",
            )


def _require_successor(notice: Notice, notices: Sequence[Notice]) -> None:
    replaced = next((each for each in notices if each.id == notice.replaces), None)
    begun = effective_from(replaced) if replaced is not None else None
    if begun is None:
        raise NotFound(
            f"Notice {notice.id!r} replaces {notice.replaces!r}, which was never published.",
            hint="`sayso notice list` shows those that were.",
        )
    starts = effective_from(notice)
    if starts is not None and starts < begun:
        raise Refused(
            f"Notice {notice.id!r} would take effect before {notice.replaces!r}, which it "
            "replaces.",
            rule=RULE,
            evidence=(f"{notice.replaces} takes effect on {begun.date()}",),
            hint=f"Name {begun.date() + timedelta(days=1)} or later.",
        )

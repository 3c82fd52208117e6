"""Which notice a choice was made under, where the choice itself does not say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sayso.community import Category, Region
from sayso.consent.choices import Choice
from sayso.consent.notices import Notice, effective_from, in_force, utc


def naming_its_notice(
    choice: Choice, region: Region, notices: Sequence[Notice], now: datetime
) -> Choice:
    """Return the choice with the notice that its maker could read, where it names none.

    That is the newest one in force in the member's region for the purpose (and, where the
    choice is for one category, for that category); before any is in force, the newest that is
    published, so that the yes counts from the day that one takes effect. Without any, the
    choice stays as it is, and a yes will not count: nobody can agree to what they were not told.
    """
    if choice.notice_id:
        return choice
    wanted = [category for category in Category if choice.target in ("", category)]
    categories = wanted or list(Category)
    found = [
        notice
        for category in categories
        if (notice := in_force(notices, region, choice.purpose, category, now)) is not None
    ] or [
        notice
        for notice in notices
        if notice.published_at is not None
        and utc(notice.published_at) <= utc(now)
        and any(notice.covers(region, choice.purpose, category) for category in categories)
    ]
    if not found:
        return choice
    newest = max(found, key=lambda notice: (effective_from(notice) or utc(now), notice.id))
    return replace(choice, notice_id=newest.id)

"""Notices on the site: who still has to be told, before which page, and what silence means."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from sayso.community import Member
from sayso.consent.choices import Answer
from sayso.consent.deliveries import is_for
from sayso.consent.notices import (
    Notice,
    NoticeState,
    effective_from,
    state_at,
    usable_from,
)
from sayso.consent.purposes import Purpose
from sayso.errors import Refused
from sayso.rights.say import VOID, StandingAnswer
from sayso.web.site import Site
from sayso.web.words import day
from sayso.wiring import Stores

_NEVER_BEFORE = (
    *("/api", "/choices", "/healthz", "/log", "/notices", "/settings", "/sign-", "/static"),
    "/.well-known",
)
"""Paths that are never held up: what programs ask for, the notices themselves, signing in and
out, and above all the switches. Saying no must never be hindered."""


class NoticeFirst(Refused):
    """A page waits until the member was shown a notice; it is a way there, not an end."""

    def __init__(self, notice_id: str, back: str) -> None:
        super().__init__(
            "There is a notice that you have not seen yet.",
            rule="notice_before_the_page",
            evidence=(f"notice {notice_id}",),
            hint="Read it, and go on.",
        )
        self.notice_id = notice_id
        self.back = back


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One purpose that a notice opens: where the member stands, and what silence would mean."""

    purpose: Purpose
    standing: StandingAnswer
    if_silent: str


def is_looked_at(request: Request) -> bool:
    """Whether somebody asked for this page to see it now; a browser's guess ahead is nobody."""
    ahead = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method == "GET" and "prefetch" not in ahead.lower()


def holds_up(request: Request) -> bool:
    """Whether a notice may come before what is asked for: a page, and not one of those above."""
    return (
        is_looked_at(request)
        and "text/html" in request.headers.get("accept", "")
        and not request.url.path.startswith(_NEVER_BEFORE)
    )


def require_told(request: Request, site: Site, stores: Stores, member: Member) -> None:
    """Send a member to a notice that never reached them, once, before the page they asked for.

    Raises:
        NoticeFirst: there is one; the oldest comes first.
    """
    if not holds_up(request):
        return
    now = site.network.clock()
    every = stores.notices.list()
    live = {NoticeState.PUBLISHED, NoticeState.EFFECTIVE}
    waiting = [
        notice
        for notice in every
        if (member.id, notice.id) not in site.told
        and is_for(notice, member)
        and state_at(notice, every, now) in live
    ]
    if not waiting:
        return
    reached = stores.world().say(member.id).deliveries
    for notice in waiting:
        if notice.id not in reached:
            query = f"?{request.url.query}" if request.url.query else ""
            raise NoticeFirst(notice.id, request.url.path + query)
        site.told.add((member.id, notice.id))


def if_silent(
    notice: Notice, standing: StandingAnswer, now: datetime, *, is_default: bool, renews: bool
) -> str:
    """Say what holds for a purpose if the member does nothing about this notice.

    `is_default`: the policy lets silence begin something; `renews`: it asks for a new yes.
    """
    starts = effective_from(notice) or now
    if standing.answer is Answer.NO:
        return "You said no before, and that stays."
    if standing.answer is Answer.YES:
        if notice.material and renews and starts > now:
            return f"You said yes before. From {day(starts)} on, that needs a new yes."
        if standing.rule == VOID:
            return "You said yes to the terms before these. Without a new yes, it is a no."
        return "You said yes, and that stays."
    if is_default:
        begins = day(usable_from(notice, now, notice))
        return f"If you say nothing, this begins on {begins}. You can say no before and after."
    return "If you say nothing, it is a no."

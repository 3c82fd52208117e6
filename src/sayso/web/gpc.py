"""Global Privacy Control: seen on a member's own request, kept as a fact, and answered aloud."""

from datetime import datetime

from fastapi import Request

from sayso.community import MemberId
from sayso.consent.choices import Scope
from sayso.consent.events import EventKind, gpc_event
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.consent.say import Say
from sayso.consent.signals import gpc
from sayso.rights.say import record_and_contain
from sayso.web.sessions import Session
from sayso.web.site import Site
from sayso.wiring import Stores

_MOST_SESSIONS = 100_000


def is_sent(request: Request) -> bool:
    """Say whether the browser asks that data be neither sold nor shared (W3C GPC)."""
    return gpc.seen(request.headers.getlist(gpc.HEADER))


def note(site: Site, request: Request, session: Session, now: datetime) -> None:
    """Record the first sighting of a member's signal, and each change within a session.

    Where it stops, that is written down and changes nothing: absence is no consent (11 CCR
    7025(c)(5)). A browser that never sent it says nothing by not sending it.
    """
    sent, sent_before = is_sent(request), session.id in site.gpc_sent_by
    if not session.member_id or sent is sent_before:
        return
    with site.network.writing() as stores:
        known = stores.community.member(session.member_id) is not None
        if known and sent is not _last_recorded(stores, session.member_id):
            event = gpc_event(member_id=session.member_id, present=sent, occurred_at=now)
            record_and_contain(stores, event, now)
    if sent:
        if len(site.gpc_sent_by) >= _MOST_SESSIONS:
            site.gpc_sent_by.clear()  # each is seen again at its next request
        site.gpc_sent_by.add(session.id)
    else:
        site.gpc_sent_by.discard(session.id)


def status(request: Request, say: Say | None, policy: Policy) -> str:
    """Return what every page shows of the signal: honoured or not (11 CCR 7025(c)(6)).

    Empty where this browser does not send it.
    """
    if not is_sent(request):
        return ""
    known = () if say is None else overruled(say, policy)
    chosen = [policy.text_of(each).title for each in known]
    if chosen:
        return (
            f"Global Privacy Control: seen. You said yes to {' and '.join(chosen)} after being "
            "shown that your browser says otherwise, so that yes counts. Elsewhere it is honoured."
        )
    return "Global Privacy Control: opt-out request honoured."


def overruled(say: Say, policy: Policy) -> tuple[Purpose, ...]:
    """Return the purposes with a yes that was given after the conflict was shown."""
    seen = say.gpc
    if seen is None:
        return ()
    return tuple(
        purpose
        for purpose in policy.purposes
        if (answered := say.answered(purpose, Scope.PURPOSE)) is not None
        and any(grant.after_conflict and grant.seq > seen.seq for grant in answered.grants)
    )


def _last_recorded(stores: Stores, member_id: MemberId) -> bool:
    sightings = [
        recorded.event.body.get("present") is True
        for recorded in stores.ledger.history(member_id)
        if recorded.event.kind is EventKind.SIGNAL
    ]
    return bool(sightings) and sightings[-1]

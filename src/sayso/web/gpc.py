"""Global Privacy Control: seen on a member's own request, kept once as a fact."""

from datetime import datetime

from fastapi import Request

from sayso.community import MemberId
from sayso.consent.fold import fold
from sayso.consent.ledger import gpc_event
from sayso.rights.say import record_and_contain
from sayso.web.site import Site

HEADER = "sec-gpc"


def is_sent(request: Request) -> bool:
    """Say whether the browser asks that data be neither sold nor shared (W3C GPC)."""
    return request.headers.get(HEADER, "").strip() == "1"


def note(site: Site, request: Request, member_id: MemberId, now: datetime) -> None:
    """Record the signal the first time a member's browser sends it; its absence means nothing."""
    if not is_sent(request) or member_id in site.gpc_seen:
        return
    with site.network.writing() as stores:
        known = stores.community.member(member_id) is not None
        if known and fold(stores.ledger.history(member_id)).gpc is None:
            event = gpc_event(member_id=member_id, present=True, occurred_at=now)
            record_and_contain(stores, event, now)
    site.gpc_seen.add(member_id)

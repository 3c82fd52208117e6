"""What members were told, in the words they were told it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.consent.fold import fold
from sayso.consent.ledger import delivery_event
from sayso.consent.notices import Delivery, NoticeState
from sayso.errors import NotFound
from sayso.web.site import site_of
from sayso.web.visits import session_of, visiting

router = APIRouter()


@router.get("/notices")
def notices(request: Request) -> Response:
    """List the published notices, newest first."""
    with visiting(request) as visit:
        published = [
            notice
            for notice in reversed(visit.stores.notices.list())
            if notice.state is not NoticeState.DRAFT
        ]
        return visit.page("notices.html", notices=published)


@router.get("/notices/{notice_id}")
def notice(request: Request, notice_id: str) -> Response:
    """Show one notice; to a member whom it had not reached, that is its delivery."""
    with visiting(request) as visit:
        found = visit.stores.notices.get(notice_id)
        if found is None or found.state is NoticeState.DRAFT:
            raise NotFound("There is no notice of that name.", hint="See the list of notices.")
        page = visit.page("notice.html", notice=found)
    _shown(request, notice_id)
    return page


def _shown(request: Request, notice_id: str) -> None:
    site = site_of(request)
    now = site.network.clock()
    member_id = session_of(request, now).member_id
    if not member_id:
        return
    with site.network.reading() as stores:
        known = stores.community.member(member_id) is not None
        reached = fold(stores.ledger.history(member_id)).deliveries if known else {}
    if known and notice_id not in reached:
        event = delivery_event(
            member_id=member_id, notice_id=notice_id, delivery=Delivery.SHOWN, occurred_at=now
        )
        with site.network.writing() as stores:
            stores.ledger.record(event, now)

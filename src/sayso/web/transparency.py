"""How long a no takes here: a page for everyone, from the log alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from sayso.audit.latency import published
from sayso.evidence.witness import Cosignature
from sayso.web.console.figures import took
from sayso.web.site import site_of
from sayso.web.visits import visiting
from sayso.web.words import counted

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A witness of the log, and how much of it they saw, when."""

    name: str
    entries: int
    at: datetime


@router.get("/transparency")
def transparency(request: Request) -> Response:
    """Show how long each step of a no took, what waits, and how to check both."""
    with visiting(request) as visit:
        stores = visit.stores
        found = published(stores.log)
        waiting = stores.takebacks.pending()
        return visit.page(
            "transparency.html",
            latency=found,
            steps=took(found.steps),
            waits=_coarse(visit.now - waiting[0].acknowledged_at) if waiting else "",
            log_size=stores.log.size(),
            log_root=stores.log.root(),
            log_key=stores.log.vkey,
            witnesses=[_seen(each) for each in stores.witnesses.newest()],
        )


@router.get("/transparency.json")
def figures(request: Request) -> Response:
    """Give the same figures to machines."""
    with site_of(request).network.reading() as stores:
        found = published(stores.log)
        size = stores.log.size()
    steps = [
        {
            "step": each.step,
            "count": each.count,
            "p50_s": each.median_s,
            "p95_s": each.p95_s,
            "max_s": each.longest_s,
        }
        for each in found.steps
    ]
    return JSONResponse(
        {
            "log_size": size,
            "withdrawals": found.withdrawals,
            "pending": found.pending,
            "reinstated": found.reinstated,
            "steps": steps,
        }
    )


def _coarse(span: timedelta) -> str:
    """Say how long something waits, so roughly that nobody can be told by it."""
    if span < timedelta(hours=1):
        return "less than an hour"
    if span < timedelta(days=1):
        return "less than a day"
    if span < timedelta(weeks=1):
        return "less than a week"
    return f"more than {counted(span.days // 7, 'week')}"


def _seen(cosignature: Cosignature) -> Seen:
    name = cosignature.vkey.partition("+")[0]
    return Seen(name=name, entries=cosignature.size, at=cosignature.signed_at)

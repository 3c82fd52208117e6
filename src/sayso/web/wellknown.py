"""What the whole site says of its use, at the addresses where machines look for it."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from sayso.consent import outside
from sayso.consent.signals import gpc, robots, tdmrep
from sayso.consent.signals.robots import PathUsage
from sayso.consent.signals.tdmrep import Offer, Reservation
from sayso.web.signals import POLICY_PATH, policy_address
from sayso.web.site import site_of

DOCUMENTS = "/documents/"
_HEEDED_SINCE = date(2026, 5, 3)
"""The day of the rule that heeds the signal under every policy."""

router = APIRouter()


@router.get(robots.WELL_KNOWN)
def robots_txt() -> Response:
    """Say what holds by path: no member, and no document, is named."""
    return PlainTextResponse(
        robots.emit(
            [
                PathUsage(path=robots.EVERYWHERE, usage=outside.CLOSED),
                PathUsage(path=DOCUMENTS, usage=outside.ALWAYS),
            ]
        )
    )


@router.get(tdmrep.WELL_KNOWN)
def tdmrep_json(request: Request) -> Response:
    """Reserve everything; a text's own header outranks the file where its authors said yes."""
    everything = Reservation(
        location=robots.EVERYWHERE, usage=outside.CLOSED, policy=policy_address(request)
    )
    return JSONResponse(tdmrep.emit_file([everything]))


@router.get(POLICY_PATH)
def tdm_policy(request: Request) -> Response:
    """Say whom to ask, and that consent comes first."""
    site = str(request.base_url).rstrip("/")
    name = site_of(request).network.settings.network
    offer = Offer(uid=policy_address(request), assigner=site, name=name, url=f"{site}/notices")
    return JSONResponse(tdmrep.emit_offer(offer), media_type="application/ld+json")


@router.get(gpc.WELL_KNOWN)
def gpc_json(request: Request) -> Response:
    """Say that Global Privacy Control is heeded here, and since when in the present way."""
    with site_of(request).network.reading() as stores:
        used = stores.policies.history()
    since = used[-1].used_from.date() if used else _HEEDED_SINCE
    return JSONResponse(gpc.support(since))

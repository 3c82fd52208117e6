"""The log for everyone: checkpoint, tiles, and proofs of growth (c2sp.org/tlog-tiles)."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from sayso.errors import NotFound
from sayso.evidence import tiles
from sayso.web.site import site_of

_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
_A_MOMENT = {"cache-control": "public, max-age=5"}
_MOST_DIGITS = 18

router = APIRouter(prefix="/log")


@router.get("/checkpoint")
def checkpoint(request: Request) -> Response:
    """Give the newest signed checkpoint, and who cosigned it."""
    with site_of(request).network.reading() as stores:
        return PlainTextResponse(stores.log.checkpoint(), headers=_A_MOMENT)


@router.get("/key")
def key(request: Request) -> Response:
    """Give the key that checks the log's signatures."""
    with site_of(request).network.reading() as stores:
        return PlainTextResponse(stores.log.vkey + "\n")


@router.get("/growth/{old}")
def growth(request: Request, old: str) -> Response:
    """Give the proof that the newest checkpoint grew out of the log at size `old`."""
    if not (old.isascii() and old.isdigit() and len(old) <= _MOST_DIGITS):
        raise NotFound("The log never had that size.", hint="Name the size on your checkpoint.")
    with site_of(request).network.reading() as stores:
        return PlainTextResponse(stores.log.growth_text(int(old)), headers=_A_MOMENT)


@router.get("/tile/{place:path}")
def tile(request: Request, place: str) -> Response:
    """Give up to 256 hashes of one level, or entries; a tile never changes once it is there."""
    wanted = tiles.parse(f"tile/{place}")
    with site_of(request).network.reading() as stores:
        body = tiles.content(stores.log, wanted)
    return Response(body, media_type="application/octet-stream", headers=_FOREVER)

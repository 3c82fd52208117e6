"""The log for everyone: checkpoint and tiles (c2sp.org/tlog-tiles)."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from sayso.errors import NotFound
from sayso.evidence import merkle
from sayso.evidence.log import Log
from sayso.web.site import site_of

_WIDTH = 256
_HIGHEST = 5
_PLACE = re.compile(r"(?P<number>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?")
_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}

router = APIRouter(prefix="/log")


@router.get("/checkpoint")
def checkpoint(request: Request) -> Response:
    """Give the newest signed checkpoint."""
    with site_of(request).network.reading() as stores:
        return PlainTextResponse(stores.log.checkpoint())


@router.get("/key")
def key(request: Request) -> Response:
    """Give the key that checks the log's signatures."""
    with site_of(request).network.reading() as stores:
        return PlainTextResponse(stores.log.vkey + "\n")


@router.get("/tile/entries/{place:path}")
def entries(request: Request, place: str) -> Response:
    """Give up to 256 entries, each after its length in two bytes."""
    number, width = _read(place)
    with site_of(request).network.reading() as stores:
        start = number * _WIDTH
        _require_size(stores.log, start + width)
        found = stores.log.entries(start, start + width)
        body = b"".join(len(leaf.entry).to_bytes(2) + leaf.entry for leaf in found)
    return Response(body, media_type="application/octet-stream", headers=_FOREVER)


@router.get("/tile/{level}/{place:path}")
def tile(request: Request, level: int, place: str) -> Response:
    """Give up to 256 hashes of complete subtrees of 256 to the power of `level` entries."""
    number, width = _read(place)
    if not 0 <= level <= _HIGHEST:
        raise _no_tile()
    with site_of(request).network.reading() as stores:
        span = _WIDTH**level
        start = number * _WIDTH * span
        _require_size(stores.log, start + width * span)
        body = b"".join(_subtree(stores.log, start + index * span, span) for index in range(width))
    return Response(body, media_type="application/octet-stream", headers=_FOREVER)


def _subtree(log: Log, start: int, span: int) -> bytes:
    return merkle.root([merkle.leaf_hash(leaf.entry) for leaf in log.entries(start, start + span)])


def _read(place: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(place)
    if found is None:
        raise _no_tile()
    width = int(found["width"] or _WIDTH)
    if width > _WIDTH or (found["width"] and width == _WIDTH):
        raise _no_tile()
    return int(found["number"].replace("x", "").replace("/", "")), width


def _require_size(log: Log, size: int) -> None:
    if size > log.size():
        raise _no_tile()


def _no_tile() -> NotFound:
    return NotFound("The log has no such tile.", hint="/log/checkpoint says how large it is.")

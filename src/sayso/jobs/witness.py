"""Showing the log to a witness, as c2sp.org/tlog-witness asks, and writing it out as files."""

import os
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from sayso.errors import BadInput, NotHere, Refused, Tampered
from sayso.evidence import tiles
from sayso.evidence.witness import Cosignature
from sayso.wiring import Network

_PATIENCE_S = 30.0
_MOST_BYTES = 65_536
_TRIES = 3
_REFUSALS: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "it does not accept this log's signature",
    HTTPStatus.NOT_FOUND: "it does not watch this log, or the address is not its own",
    HTTPStatus.BAD_REQUEST: "it did not understand us",
}


def submit(network: Network, address: str) -> tuple[Cosignature, ...]:
    """Show a witness the newest checkpoint and keep its cosignature.

    Raises:
        BadInput: the address is no web address.
        NotHere: nobody answers there.
        Refused: the witness does not cosign.
        Tampered: the witness saw another log before, or one larger than this.
        NotFound: whoever answered is no witness of ours.
    """
    if not address.startswith(("https://", "http://")):
        raise BadInput(f"{address!r} is not a web address.", hint="It begins with https://.")
    with network.reading() as stores:
        old = max((each.size for each in stores.witnesses.newest()), default=0)
    for _ in range(_TRIES):
        with network.reading() as stores:
            size, sent = stores.log.size(), stores.log.growth_text(old)
        status, answer = _posted(f"{address.rstrip('/')}/add-checkpoint", sent.encode())
        if status == HTTPStatus.OK:
            body = sent.partition("\n\n")[2]
            with network.writing() as stores:
                return stores.witnesses.accept(body + answer, network.clock())
        if status != HTTPStatus.CONFLICT:
            raise _refused(address, status)
        old = _seen(answer, old, size)
    raise Refused(
        f"The witness at {address} keeps changing its mind.", rule="witness", hint="Try later."
    )


def export(
    network: Network, folder: Path, *, report: Callable[..., None] = lambda *_: None
) -> tuple[int, int]:
    """Write the log into `folder` as any web server can serve it; return its size, and files.

    What is there already is kept, for a tile never changes; the checkpoint comes last.

    Raises:
        BadInput: the folder holds another log.
    """
    written = 0
    with network.reading() as stores:
        size, key, checkpoint = stores.log.size(), stores.log.vkey, stores.log.checkpoint()
        _require_own(folder / "key", key)
        for tile in tiles.tiles_of(size):
            path = folder / tile.path
            if not path.exists():
                _write(path, tiles.content(stores.log, tile))
                written += 1
            report(min(tile.end, size), size)
    _write(folder / "key", f"{key}\n".encode())
    _write(folder / "checkpoint", checkpoint.encode())
    return size, written + 2


def _require_own(path: Path, key: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8", errors="replace").strip() != key:
        raise BadInput(f"{path.parent} holds another log.", hint="Name another folder.")


def _seen(answer: str, sent: int, size: int) -> int:
    """Read the size that a witness saw last (`text/x.tlog.size`)."""
    text = answer.removesuffix("\n")
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(2**63)):
        raise Refused("The witness did not say what it saw.", rule="witness")
    seen = int(text)
    if seen > size:
        raise Tampered(
            f"The witness saw {seen} entries in this log, which now has {size}.",
            hint="Was this home put back from a backup? Its log must not go on: others hold more.",
        )
    if seen == sent:
        raise Tampered(f"The witness saw another log at size {seen} than this one.")
    return seen


def _refused(address: str, status: int) -> Refused | Tampered:
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return Tampered(
            f"The witness at {address} says that this log does not grow out of what it saw.",
            hint="`sayso verify LOG` looks for what was changed.",
        )
    reason = _REFUSALS.get(status, f"it answers {status}")
    return Refused(f"The witness at {address} does not cosign: {reason}.", rule="witness")


def _posted(address: str, body: bytes) -> tuple[int, str]:
    request = urllib.request.Request(address, data=body, method="POST")  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return int(answer.status), answer.read(_MOST_BYTES).decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(_MOST_BYTES).decode(errors="replace")
    except (OSError, UnicodeDecodeError) as error:
        raise NotHere(f"No witness answers at {address}: {error}.") from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.unfinished")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)

"""A log's signed tree head (c2sp.org/tlog-checkpoint) and the proof of one leaf (tlog-proof)."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import Tampered
from sayso.evidence.merkle import HASH_BYTES

PROOF_FORMAT = "c2sp.org/tlog-proof@v1"
_FEWEST_LINES = 3
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """How large the log named `origin` was, and its root then (hex)."""

    origin: str
    size: int
    root: str

    def body(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(bytes.fromhex(self.root))}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That a leaf stands at `position`: the path to the root of `checkpoint`, a signed note."""

    position: int
    path: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """Return it in the form that members keep as a `.tlog-proof` file."""
        lines = [PROOF_FORMAT, f"index {self.position}", *map(_base64, self.path), ""]
        return "\n".join(lines) + "\n" + self.checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """That the log at size `old` is the beginning of the one in `checkpoint`, a signed note."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """Return it as a witness is sent it (c2sp.org/tlog-witness, add-checkpoint)."""
        lines = [f"old {self.old}", *map(_base64, self.path), ""]
        return "\n".join(lines) + "\n" + self.checkpoint


def parse(body: str) -> Checkpoint:
    """Read the text of a checkpoint after its signature held; extension lines are passed over.

    Raises:
        Tampered: it is not the text of a checkpoint.
    """
    lines = body.split("\n")
    if lines.pop() or len(lines) < _FEWEST_LINES or not all(lines):
        raise Tampered("This is not a checkpoint: it needs an origin, a size and a root.")
    return Checkpoint(origin=lines[0], size=_number(lines[1]), root=_hash(lines[2]).hex())


def parse_proof(text: str) -> Proof:
    """Read a `.tlog-proof`. Nothing in it is checked yet, least of all the signature.

    Raises:
        Tampered: it is not the text of a proof.
    """
    head, parted, note = text.partition("\n\n")
    lines = head.split("\n")
    if not parted or lines.pop(0) != PROOF_FORMAT:
        raise Tampered(f"This is not a proof: its first line is not {PROOF_FORMAT}.")
    if lines and lines[0].startswith("extra "):
        lines.pop(0)
    if not lines or not lines[0].startswith("index "):
        raise Tampered("This is not a proof: it does not say which leaf it is about.")
    position = _number(lines.pop(0).removeprefix("index "))
    return Proof(position=position, path=_path(lines), checkpoint=note)


def parse_growth(text: str) -> Grown:
    """Read what a witness is sent. Nothing in it is checked yet, least of all the signature.

    Raises:
        Tampered: it is not the text of a proof of growth.
    """
    head, parted, note = text.partition("\n\n")
    lines = head.split("\n")
    if not parted or not lines[0].startswith("old "):
        raise Tampered("This is not a proof of growth: its first line is not an old size.")
    old = _number(lines.pop(0).removeprefix("old "))
    return Grown(old=old, path=_path(lines), checkpoint=note)


def _path(lines: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(_hash(line) for line in lines)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS) or (
        text[0] == "0" and text != "0"
    ):
        raise Tampered(f"{text[:40]!r} is not a whole number.")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Tampered(f"{text!r} is not a hash.") from error
    if len(raw) != HASH_BYTES or _base64(raw) != text:
        raise Tampered(f"{text!r} is not a hash.")
    return raw


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()

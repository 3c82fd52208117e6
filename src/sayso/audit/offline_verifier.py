"""Check receipts, certificates, proofs and checkpoints with Python alone, without Sayso.

    python offline_verifier.py [--vkey KEY] [--leaf TEXT] [--witness KEY]... FILE...

This one file may be copied and read on its own. It checks, per FILE (RFC 6962, 8032, 8785;
signed-note, tlog-checkpoint, tlog-proof, tlog-cosignature and tlog-witness of c2sp.org), that
(1) what it says is what its log entry commits to: a receipt's record under its salt, or the
    digest of everything but its `proof`; a `.tlog-proof` needs its entry as TEXT;
(2) the entry is in the log whose root the checkpoint names;
(3) the log's key signed the checkpoint: KEY, else the file's own, which the reader compares;
(4) as many of the witnesses named have cosigned it as --witnesses-needed says, else all;
(5) a proof of growth (`old SIZE`, hashes, checkpoint) begins with that checkpoint, given before;
(6) no two files name different roots for one log at one size.
Exit code 0: all of it holds; 1: something does not; 3: too little was given to say.
"""

import base64
import hmac
import json
import sys
from argparse import ArgumentParser, RawTextHelpFormatter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple

PROOF_FORMAT = "c2sp.org/tlog-proof@v1"
LOG, WITNESS = 1, 4  # kinds of keys (c2sp.org/signed-note)
GIVEN = ("dpv:ConsentGiven", "dpv:RenewedConsentGiven")  # what a receipt may call a yes (DPV 2.3)
REFUSED = ("dpv:ConsentRefused", "dpv:ConsentWithdrawn")
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
Roots = dict[tuple[str, int], bytes]
_P, _ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032 section 5.1
_D = -121665 * pow(121666, -1, _P) % _P


class Failed(ValueError):
    """Something does not hold; the message says what."""


class Unsaid(Failed):
    """Too little was given to check it; the message asks for the rest."""


class Head(NamedTuple):
    """What a checkpoint signs, and which witnesses saw it."""

    origin: str
    size: int
    root: bytes
    seen: tuple[str, ...]


class Trust(NamedTuple):
    """Whom the reader believes; `leaf` is the log entry that a proof alone is about."""

    vkey: str = ""
    leaf: str = ""
    witnesses: Sequence[str] = ()
    needed: int = 0


def _add(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: tuple[int, ...]) -> tuple[int, ...]:
    a, b = point[0] * point[0], point[1] * point[1]
    g, h = (a - b) % _P, (a + b) % _P
    f, e = (2 * point[2] * point[2] + g) % _P, (h - (point[0] + point[1]) ** 2) % _P
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _point(packed: bytes) -> tuple[int, ...]:
    sign, y = divmod(int.from_bytes(packed, "little"), 2**255)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    x = x * pow(2, (_P - 1) // 4, _P) % _P if (x * x - square) % _P else x
    if len(packed) != 32 or y >= _P or (x * x - square) % _P or (x == 0 and sign):
        raise Failed("This is not a key.")
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def signature_holds(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether `signature` is the key's over `text`: Ed25519 (RFC 8032 section 5.1.7)."""
    x, y, _, xy = _point(public)
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= _ORDER:
        return False
    said = sha512(signature[:32] + public + text).digest()
    factor, minus = int.from_bytes(said, "little") % _ORDER, (_P - x, y, 1, _P - xy)
    total = (table := [(0, 1, 1, 0), _BASE, minus, _add(_BASE, minus)])[0]
    for bit in range(252, -1, -1):
        total = _double(total)
        pick = (scalar >> bit & 1) + 2 * (factor >> bit & 1)
        total = _add(total, table[pick]) if pick else total
    x, y = (total[axis] * pow(total[2], -1, _P) % _P for axis in (0, 1))
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def canonical(value: object) -> str:
    """Return the one text (RFC 8785) of a value that came out of `json`."""
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: str(item[0]).encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(held)}" for key, held in items) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if not isinstance(value, float):
        return json.dumps(value, ensure_ascii=False)
    mantissa, _, exponent = repr(value or 0.0).partition("e")  # ECMA-262, Number::toString
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return f"{Decimal(repr(abs(value) and value)):f}".removesuffix(".0")
    return f"{mantissa}e{int(exponent):+d}"


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON of anyone's; its numbers are doubles
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise Failed("A key appears twice in one object.")
        return dict(pairs)

    return json.loads(text, parse_int=float, object_pairs_hook=once)


def climb(index: int, last: int, start: bytes, path: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Follow `path` up from `start` to the old and the new root (RFC 9162 section 2.1)."""
    before = after = start
    for sibling in path:
        if last == 0:
            raise Failed("The path has steps too many.")
        if index & 1 or index == last:
            before, after = (sha256(b"\x01" + sibling + end).digest() for end in (before, after))
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            after = sha256(b"\x01" + after + sibling).digest()
        index, last = index >> 1, last >> 1
    return (before, after) if last == 0 else (b"", b"")


def check_growth(text: str, trust: Trust, roots: Roots) -> tuple[Head, list[str]]:
    """Check that an earlier checkpoint is the beginning of the one in `text` (tlog-witness)."""
    start, _, note = text.partition("\n\n")
    head, (first, *path) = open_checkpoint(note, trust), start.split("\n")
    old, hashes = _number(first.removeprefix("old ")), [_bytes(step, 32) for step in path]
    if (root := roots.get((head.origin, old))) is None:
        raise Unsaid(f"Give the log's checkpoint of size {old} before this proof of growth.")
    index, last = (old - 1, head.size - 1) if 0 < old < head.size else (0, 0)
    while index & 1:
        index, last = index >> 1, last >> 1
    begin, *rest = hashes if index else [root, *hashes]
    if climb(index, last, begin, rest) != (root, head.root) or not 0 < old <= head.size:
        raise Failed(f"The log at size {old} is not the beginning of the log at {head.size}.")
    return head, [f"The log of {old} entries is the beginning of this one."]


def open_checkpoint(note: str, trust: Trust) -> Head:
    """Return what a checkpoint signs, once the log's and enough witnesses' signatures hold."""
    text, _, signatures = note.rpartition("\n\n")
    *lines, ended = signatures.split("\n")
    if not _signed(f"{text}\n", lines, trust.vkey, LOG) or ended:
        raise Failed(f"The checkpoint is not signed by {trust.vkey}.")
    origin, size, root = text.split("\n")[:3]
    if origin != trust.vkey.partition("+")[0]:
        raise Failed(f"The checkpoint is of {origin}, and the key is that of another log.")
    told = {key[-44:]: _signed(f"{text}\n", lines, key, WITNESS) for key in trust.witnesses}
    seen = tuple(filter(None, told.values()))
    if len(seen) < (trust.needed or len(trust.witnesses)):
        raise Failed(f"Of the witnesses that are named, only {len(seen)} cosigned.")
    return Head(origin, _number(size), _bytes(root, 32), seen)


def _signed(text: str, lines: Sequence[str], vkey: str, kind: int) -> str:
    """Check each signature that claims to be of `vkey`; say who signed, or nothing."""
    name, key_id, packed = ([*vkey.split("+", 2), "", ""])[:3]
    key, told = base64.b64decode(packed) if len(packed) == 44 else b"", ""
    own_id = sha256(name.encode() + b"\n" + key).digest()[:4]
    if key[:1] != bytes([kind]) or key_id != own_id.hex():
        what = "--vkey, a log's key" if kind == LOG else "--witness's key"
        raise (Failed if vkey else Unsaid)(f"{vkey!r} is no {what}.")
    for line in lines:
        start, _, signature = line.rpartition(" ")
        raw = _bytes(signature) if start == f"\N{EM DASH} {name}" else b""
        if raw[:4] == own_id:  # a witness puts eight bytes of time before its signature
            time, at = (int.from_bytes(raw[4:12], "big"), 12) if kind == WITNESS else (0, 4)
            said = f"cosignature/v1\ntime {time}\n{text}" if kind == WITNESS else text
            if not signature_holds(key[1:], said.encode(), raw[at:]):
                raise Failed(f"The signature of {name} is not over this checkpoint.")
            told = f"The witness {name} saw it at {datetime.fromtimestamp(time, UTC)}."
    return told


def _number(text: str) -> int:
    if str(int(text)) != text:
        raise Failed(f"{text[:40]!r} is not a whole number.")
    return int(text)


def _bytes(text: str, length: int = 0) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text or len(raw) != (length or len(raw)):
        raise Failed(f"{text[:80]!r} is not the base64 of {length or 'some'} bytes.")
    return raw


def check_proof(proof: str, entry: bytes, trust: Trust) -> tuple[Head, list[str]]:
    """Check that `entry` is in the log that signed."""
    start, _, note = proof.partition("\n\n")
    form, index, *path = (line for line in start.split("\n") if not line.startswith("extra "))
    if form != PROOF_FORMAT or not index.startswith("index "):
        raise Failed(f"This is not a proof in the form {PROOF_FORMAT}.")
    head, position = open_checkpoint(note, trust), _number(index[6:])
    if not entry:
        raise Unsaid("Give the log entry that the proof is about as --leaf.")
    leaf, hashes = sha256(b"\x00" + entry).digest(), [_bytes(step, 32) for step in path]
    reached = climb(position, head.size - 1, leaf, hashes)[1] if 0 <= position < head.size else b""
    if reached != head.root:
        raise Failed("The proof does not lead from this entry to the root that was signed.")
    return head, [f"The entry stands in the log at {position}."]


def check_file(text: str, trust: Trust, roots: Roots) -> tuple[Head, list[str]]:
    """Check one file beside the `roots` of those before; what cannot be read does not hold."""
    try:
        if text.lstrip().startswith("{"):
            head, sentences = _check_document(_parsed(text), trust)
        elif text.startswith(PROOF_FORMAT):
            head, sentences = check_proof(text, trust.leaf.encode(), trust)
        elif text.startswith("old "):
            head, sentences = check_growth(text, trust, roots)
        else:
            head, sentences = open_checkpoint(text, trust), []
    except BROKEN as error:
        raise (error if isinstance(error, Failed) else Failed(repr(error))) from None
    if roots.setdefault((head.origin, head.size), head.root) != head.root:
        raise Failed(f"Two roots were signed for {head.origin} at size {head.size}.")
    signed = f"Signed: {head.origin}, {head.size} entries, root {head.root.hex()}"
    return head, [*sentences, signed, *head.seen]


def _check_document(document: dict[str, Any], trust: Trust) -> tuple[Head, list[str]]:
    """Check a receipt or a certificate against its log entry, and that against the log."""
    proof = document["proof"]
    if "record" in proof:
        record, told = _parsed(proof["record"]), [f"What was recorded: {proof['record']}"]
        fitting = {"yes": GIVEN, "no": REFUSED}[record["body"]["answer"]]
        (status,) = (each["@type"] for each in document["dpv:hasConsentStatus"])
        claims = (document["dct:identifier"], document["dpv:hasDataSubject"], status in fitting)
        if claims != (record["event_id"], record["member_id"], True):
            raise Failed("The receipt around the record says something else than the record.")
        salt, text = bytes.fromhex(proof["salt"]), proof["record"].encode()
        leaf = {"commitment": hmac.new(salt, text, sha256).hexdigest(), "kind": "event"}
    else:
        leaf = _parsed(proof["leaf"])
        told = [f"All of it was entered in the log as a {leaf['kind']}."]
        body = {key: held for key, held in document.items() if key != "proof"}
        if leaf["digest"] != sha256(canonical(body).encode()).hexdigest():
            raise Failed(f"What the file says is not what was entered as a {leaf['kind']}.")
    if not trust.vkey:
        trust = trust._replace(vkey=proof["vkey"])
        told.append(f"Its own key signed; compare it with the network's: {trust.vkey}")
    head, proven = check_proof(proof["log_proof"], canonical(leaf).encode(), trust)
    return head, [*told, *proven]


def main(arguments: Sequence[str] | None = None, check: Callable[..., Any] = check_file) -> int:
    """Check the files that are named, and say what holds."""
    about = sys.modules[check.__module__].__doc__
    parser = ArgumentParser(description=about, formatter_class=RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--vkey", default="", help="the log's key, as the network publishes it")
    parser.add_argument("--leaf", default="", help="the log entry that a .tlog-proof is about")
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness")
    parser.add_argument("--witnesses-needed", type=int, default=0, help="how many of them (all)")
    asked = parser.parse_args(arguments)
    trust = Trust(asked.vkey, asked.leaf, asked.witness, asked.witnesses_needed)
    roots, codes = Roots(), {0}
    for file in asked.files:
        try:
            said = "\n  ".join([f"{file}: holds.", *check(file.read_text("utf8"), trust, roots)[1]])
        except (OSError, Unsaid) as error:
            said, codes = f"{file}: CANNOT SAY. {error}", codes | {3}
        except ValueError as error:
            said, codes = f"{file}: DOES NOT HOLD. {error}", codes | {1}
        sys.stdout.write(f"{said}\n")
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())

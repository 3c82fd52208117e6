"""Check a receipt, a certificate, a proof or a checkpoint with Python alone, without Sayso.

    python -m sayso.audit.offline_verifier [--vkey KEY] [--leaf TEXT] FILE...

This one file may be copied and read on its own. It checks, per FILE (RFC 6962, RFC 8785, RFC
8032, c2sp.org/signed-note, tlog-checkpoint and tlog-proof):

(1) what the file says is what its log entry commits to: a receipt's record under its salt, or
    the digest of everything in the file but its `proof`;
(2) the entry is in the log whose root the checkpoint names;
(3) the checkpoint is signed by the log's key: KEY, or else the key in the file, and then the
    reader must compare that key with the one the network publishes;
(4) no two files given together name different roots for one log at one size.

A `.tlog-proof` needs its log entry as TEXT; a bare checkpoint needs KEY. Exit code 0: all holds,
1: something does not, 2: wrong usage.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PROOF_FORMAT = "c2sp.org/tlog-proof@v1"


class Failed(ValueError):
    """Something does not hold; the message says what."""


# What reading a file that is not what it says may raise: then nothing holds.
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Head(NamedTuple):
    """What a checkpoint signs."""

    origin: str
    size: int
    root: bytes


# -- Ed25519 (RFC 8032 section 5.1.7), slow and short

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_I = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _point(packed: bytes) -> Point | None:
    number = int.from_bytes(packed, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(packed) != 32 or y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _I % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def signature_holds(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether `signature` is the key's over `text`."""
    key, start = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or start is None or _BASE is None or len(signature) != 64 or scalar >= _ORDER:
        return False
    said = hashlib.sha512(signature[:32] + public + text).digest()
    left = _times(scalar, _BASE)
    right = _add(start, _times(int.from_bytes(said, "little") % _ORDER, key))
    return all((left[axis] * right[2] - right[axis] * left[2]) % _P == 0 for axis in (0, 1))


# -- canonical JSON (RFC 8785)


def canonical(value: object) -> str:
    """Return the one text of a value that came out of `json`."""
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: str(item[0]).encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(held)}" for key, held in items) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """ECMA-262, Number::toString."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + part) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    head = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{head}e{point - 1:+d}"


# -- the log


def root_from(entry: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that `path` leads to from an entry (RFC 9162 section 2.1.3.2)."""
    found = hashlib.sha256(b"\x00" + entry).digest()
    index, last = position, size - 1
    if not 0 <= position < size:
        raise Failed(f"A log of {size} entries has no entry {position}.")
    for sibling in path:
        if last == 0:
            raise Failed("The path has steps too many.")
        if index & 1 or index == last:
            found = hashlib.sha256(b"\x01" + sibling + found).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + sibling).digest()
        index, last = index >> 1, last >> 1
    if last:
        raise Failed("The path has steps too few.")
    return found


def open_checkpoint(note: str, vkey: str) -> Head:
    """Return what a checkpoint signs, once the signature of `vkey` on it holds."""
    text, parted, signatures = note.rpartition("\n\n")
    text += "\n"
    name, key_id, key = _key(vkey)
    start = f"\N{EM DASH} {name} "
    lines = [line.removeprefix(start) for line in signatures.split("\n") if line.startswith(start)]
    given = [base64.b64decode(line) for line in lines]
    ours = [signature[4:] for signature in given if signature[:4] == key_id]
    if not parted or not ours:
        raise Failed(f"The checkpoint is not signed by {vkey}.")
    if not all(signature_holds(key, text.encode(), signature) for signature in ours):
        raise Failed(f"The signature of {name} is not over this checkpoint.")
    lines = text.split("\n")
    if lines[0] != name:
        raise Failed(f"The checkpoint is of {lines[0]}, and the key is that of {name}.")
    return Head(lines[0], int(lines[1]), base64.b64decode(lines[2]))


def _key(vkey: str) -> tuple[str, bytes, bytes]:
    name, key_id, packed = ([*vkey.strip().split("+", 2), "", ""])[:3]
    key = base64.b64decode(packed)
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if len(key) != 33 or key[0] != 1 or key_id != expected.hex():
        raise Failed(f"{vkey!r} is not the key of a log.")
    return name, expected, key[1:]


def check_proof(proof: str, entry: bytes, vkey: str) -> tuple[int, Head]:
    """Check that `entry` is in the log that signed; return its position and the checkpoint."""
    head, _, note = proof.partition("\n\n")
    lines = [line for line in head.split("\n") if not line.startswith("extra ")]
    if lines[0] != PROOF_FORMAT or not lines[1].startswith("index "):
        raise Failed(f"This is not a proof in the form {PROOF_FORMAT}.")
    signed = open_checkpoint(note, vkey)
    position, path = int(lines[1][6:]), [base64.b64decode(line) for line in lines[2:]]
    if root_from(entry, position, signed.size, path) != signed.root:
        raise Failed("The proof does not lead from this entry to the root that was signed.")
    return position, signed


# -- files


def check_file(text: str, vkey: str, leaf: str) -> tuple[Head, list[str]]:
    """Check one file; return its checkpoint, and sentences that say what holds."""
    if text.startswith(PROOF_FORMAT):
        if not vkey or not leaf:
            raise Failed("A proof alone needs --vkey and --leaf, its log entry.")
        position, head = check_proof(text, leaf.encode(), vkey)
        return head, [f"The entry stands in the log at {position}."]
    if text.lstrip().startswith("{"):
        return _check_document(text, vkey)
    if not vkey:
        raise Failed("A checkpoint alone needs --vkey, the log's key.")
    return open_checkpoint(text, vkey), []


def _check_document(text: str, vkey: str) -> tuple[Head, list[str]]:
    document = _object(text)
    proof = document.get("proof", document)
    if not isinstance(proof, Mapping) or not {"log_proof", "vkey"} <= proof.keys():
        raise Failed("It carries no proof from the log.")
    if "record" in proof:
        entry = _committed(document, proof)
        sentences = [f"What was recorded: {proof['record']}"]
    else:
        entry = str(proof.get("leaf", "")).encode()
        own = {"proof"} if "proof" in document else {"leaf", "log_position", "log_proof", "vkey"}
        body = {key: held for key, held in document.items() if key not in own}
        if _object(entry).get("digest") != hashlib.sha256(canonical(body).encode()).hexdigest():
            raise Failed("What the file says is not what was entered in the log.")
        sentences = [f"All of it was entered in the log as a {_object(entry).get('kind')}."]
    position, head = check_proof(str(proof["log_proof"]), entry, vkey or str(proof["vkey"]))
    sentences.append(f"The entry stands in the log at {position}.")
    if not vkey:
        sentences.append(f"Its own key signed; compare it with the network's: {proof['vkey']}")
    return head, sentences


def _committed(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Return the log entry of the record, once the receipt around it says the same."""
    text, salt = str(proof["record"]), bytes.fromhex(proof["salt"])
    record = _object(text)
    status = {"yes": "dpv:ConsentGiven", "no": "dpv:ConsentWithdrawn"}
    told = [each["@type"] for each in document.get("dpv:hasConsentStatus", [])]
    answers = [status.get(record.get("body", {}).get("answer"))] * len(told)
    claims = (document.get("dct:identifier"), document.get("dpv:hasDataSubject"))
    if told != answers or claims not in {(None, None), (record["event_id"], record["member_id"])}:
        raise Failed("The receipt around the record says something else than the record.")
    commitment = hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
    return canonical({"commitment": commitment, "kind": "event"}).encode()


def _object(text: str | bytes) -> dict[str, Any]:
    value = json.loads(text, parse_int=_whole, object_pairs_hook=_once)
    if not isinstance(value, dict):
        raise Failed("This is not a JSON object.")
    return value


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= 15 else float(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise Failed("A key appears twice in one object.")
    return dict(pairs)


def _check(file: Path, asked: argparse.Namespace, roots: dict[tuple[str, int], bytes]) -> str:
    head, sentences = check_file(file.read_text(encoding="utf-8"), asked.vkey, asked.leaf)
    if roots.setdefault((head.origin, head.size), head.root) != head.root:
        raise Failed(f"Two roots were signed for {head.origin} at size {head.size}.")
    signed = f"Signed: {head.origin}, {head.size} entries, root {head.root.hex()}"
    return "\n  ".join([f"{file}: holds.", *sentences, signed])


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files that are named, and say what holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--vkey", default="", help="the log's key, as the network publishes it")
    parser.add_argument("--leaf", default="", help="the log entry that a .tlog-proof is about")
    asked = parser.parse_args(arguments)
    roots: dict[tuple[str, int], bytes] = {}
    failures = 0
    for file in asked.files:
        try:
            said = _check(file, asked, roots)
        except BROKEN as error:
            reason = error if isinstance(error, Failed) else f"It cannot be read: {error!r}"
            said, failures = f"{file}: DOES NOT HOLD. {reason}", failures + 1
        sys.stdout.write(f"{said}\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

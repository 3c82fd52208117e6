"""Signed notes (c2sp.org/signed-note): a text, and under it who signed it.

Spoken are Ed25519 over the text (type 0x01) and Ed25519 over the text and a time, by which a
witness says when it saw a log (type 0x04, c2sp.org/tlog-cosignature). Signatures of other kinds
or by others are passed over, as the format asks.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sayso.errors import BadInput, Tampered

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
_KINDS = (ED25519, COSIGNATURE)
_TIME_BYTES = 8
_LATEST = 2**63 - 1
_KEY_ID_BYTES = 4
_MOST_SIGNATURES = 64
_DASH = "\N{EM DASH}"


class Verifier:
    """A public key with a name. `vkey` is its one text: name+key id+key.

    `is_witness` says that its signatures carry the time at which they were made.
    """

    def __init__(self, vkey: str) -> None:
        """Read a verifier key.

        Raises:
            BadInput: it is not a verifier key, of another kind, or its key id is not its own.
        """
        parts = vkey.strip().split("+", 2)
        try:
            name, key_id, key = parts[0], bytes.fromhex(parts[1]), _unbase64(parts[2])
            public = Ed25519PublicKey.from_public_bytes(key[1:])
        except (IndexError, ValueError) as error:
            raise _bad_key(vkey, "it is not name+key id+key") from error
        if key[:1] not in _KINDS:
            raise _bad_key(vkey, "its kind is not Ed25519")
        if key_id != _key_id(name, key):
            raise _bad_key(vkey, "its key id belongs to another name or key")
        _check_name(name)
        self.name = name
        self.key_id = key_id
        self.vkey = f"{name}+{key_id.hex()}+{_base64(key)}"
        self.is_witness = key[:1] == COSIGNATURE
        self._public = public

    def signed(self, text: str, signature: bytes) -> bool:
        """Say whether `signature` is this key's over `text`."""
        said = text
        if self.is_witness:
            time, signature = _timed(signature)
            if time > _LATEST:
                return False
            said = cosigned_text(text, time)
        try:
            self._public.verify(signature, said.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A secret key with a name. The same text always gets the same note."""

    def __init__(self, name: str, seed: bytes) -> None:
        """`seed` is the 32 secret bytes of an Ed25519 key (RFC 8032).

        Raises:
            BadInput: the name is empty or holds a space or a plus sign.
        """
        _check_name(name)
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.name = name
        self._key_id = _key_id(name, ED25519 + public)
        self.vkey = f"{name}+{self._key_id.hex()}+{_base64(ED25519 + public)}"

    def sign(self, text: str) -> str:
        """Return `text` with this key's signature under it.

        Raises:
            BadInput: the text does not end in a newline, or holds a control character.
        """
        if not text.endswith("\n") or _has_controls(text):
            raise BadInput("A note is whole lines of plain text, the last one ended.")
        signature = _base64(self._key_id + self._private.sign(text.encode()))
        return f"{text}\n{_DASH} {self.name} {signature}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One line under a note whose signature holds. `time` is Unix time, of a witness alone."""

    vkey: str
    line: str
    time: int | None = None


def cosigned_text(text: str, time: int) -> str:
    """Return what a witness signs when it saw `text` at Unix `time` (tlog-cosignature)."""
    return f"cosignature/v1\ntime {time}\n{text}"


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of `note` once a known key's signature over it holds.

    Raises:
        Tampered: it is no signed note, no known key signed it, or a known key's signature is
            not over this text.
    """
    text, signed = signatures(note, verifiers)
    if not signed:
        names = ", ".join(sorted(verifier.name for verifier in verifiers))
        raise Tampered(f"The note is not signed by {names or 'any key that is known'}.")
    return text


def signatures(note: str, verifiers: Sequence[Verifier]) -> tuple[str, tuple[Signed, ...]]:
    """Return the text of `note`, and its signatures by known keys; there may be none.

    Raises:
        Tampered: it is no signed note, or a known key's signature is not over this text.
    """
    text, lines = _parted(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    held = []
    for line in lines:
        name, signature = _signature(line)
        verifier = known.get((name, signature[:_KEY_ID_BYTES]))
        if verifier is None:
            continue
        if not verifier.signed(text, signature[_KEY_ID_BYTES:]):
            raise Tampered(f"The signature of {name} is not over this text.")
        time = _timed(signature[_KEY_ID_BYTES:])[0] if verifier.is_witness else None
        held.append(Signed(vkey=verifier.vkey, line=line, time=time))
    return text, tuple(held)


def _parted(note: str) -> tuple[str, list[str]]:
    start = note.rfind("\n\n")
    lines = note[start + 2 :].split("\n")
    if start < 0 or lines.pop() or not lines or _has_controls(note):
        raise Tampered("This is not a signed note: it has no text with signature lines under it.")
    if len(lines) > _MOST_SIGNATURES:
        raise Tampered(f"This note has more than {_MOST_SIGNATURES} signatures.")
    return note[: start + 1], lines


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, text = rest.partition(" ")
    try:
        signature = _unbase64(text)
    except ValueError as error:
        raise Tampered(f"This is not a signature line: {line!r}.") from error
    if dash != _DASH or not name or "+" in name or len(signature) <= _KEY_ID_BYTES:
        raise Tampered(f"This is not a signature line: {line!r}.")
    return name, signature


def _timed(signature: bytes) -> tuple[int, bytes]:
    return int.from_bytes(signature[:_TIME_BYTES]), signature[_TIME_BYTES:]


def _key_id(name: str, key: bytes) -> bytes:
    """`key` begins with its kind."""
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:_KEY_ID_BYTES]


def _check_name(name: str) -> None:
    if not name or "+" in name or name.split() != [name] or _has_controls(name):
        raise BadInput(
            f"{name!r} cannot name a key.",
            hint="Use a URL without its scheme, such as example.org/log: no spaces, no plus.",
        )


def _has_controls(text: str) -> bool:
    return any(character < " " and character != "\n" for character in text)


def _bad_key(vkey: str, reason: str) -> BadInput:
    return BadInput(f"{vkey!r} is not a verifier key: {reason}.")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unbase64(text: str) -> bytes:
    """Decode strictly: one text per value, so that nothing can be said in two ways."""
    raw = base64.b64decode(text, validate=True)
    if _base64(raw) != text:
        raise ValueError("not the shortest base64")
    return raw

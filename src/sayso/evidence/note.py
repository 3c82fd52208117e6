"""Signed notes (c2sp.org/signed-note): a text, and under it who signed it.

Ed25519 alone is spoken (signature type 0x01); signatures of other kinds by others are passed
over, as the format asks, so that a witness may add its own.
"""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sayso.errors import BadInput, Tampered

ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_MOST_SIGNATURES = 64
_DASH = "\N{EM DASH}"


class Verifier:
    """A public key with a name. `vkey` is its one text: name+key id+key."""

    def __init__(self, vkey: str) -> None:
        """Read a verifier key.

        Raises:
            BadInput: it is not a verifier key, not Ed25519, or its key id is not its own.
        """
        parts = vkey.strip().split("+", 2)
        try:
            name, key_id, key = parts[0], bytes.fromhex(parts[1]), _unbase64(parts[2])
            public = Ed25519PublicKey.from_public_bytes(key[1:])
        except (IndexError, ValueError) as error:
            raise _bad_key(vkey, "it is not name+key id+key") from error
        if key[:1] != ED25519:
            raise _bad_key(vkey, "its kind is not Ed25519")
        if key_id != _key_id(name, key[1:]):
            raise _bad_key(vkey, "its key id belongs to another name or key")
        _check_name(name)
        self.name = name
        self.key_id = key_id
        self.vkey = f"{name}+{key_id.hex()}+{_base64(key)}"
        self._public = public

    def signed(self, text: str, signature: bytes) -> bool:
        """Say whether `signature` is this key's over `text`."""
        try:
            self._public.verify(signature, text.encode())
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
        self._key_id = _key_id(name, public)
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


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of `note` once a known key's signature over it holds.

    Raises:
        Tampered: it is no signed note, no known key signed it, or a known key's signature is
            not over this text.
    """
    text, lines = _parted(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    held = False
    for line in lines:
        name, signature = _signature(line)
        verifier = known.get((name, signature[:_KEY_ID_BYTES]))
        if verifier is None:
            continue
        if not verifier.signed(text, signature[_KEY_ID_BYTES:]):
            raise Tampered(f"The signature of {name} is not over this text.")
        held = True
    if not held:
        names = ", ".join(sorted(verifier.name for verifier in verifiers))
        raise Tampered(f"The note is not signed by {names or 'any key that is known'}.")
    return text


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


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:_KEY_ID_BYTES]


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

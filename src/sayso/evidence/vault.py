"""One key per member: what is sealed with it is lost to us for good when it is destroyed.

The log keeps commitments alone, so every proof outlives the key, and nothing else does.
"""

import hashlib
import hmac
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sayso.community import Entropy, MemberId
from sayso.errors import NotFound, Tampered

KEY_BYTES = 32
SALT_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x01"


class KeyStore(Protocol):
    """Keeps each member's key, wrapped; stands inside one transaction of its owner."""

    def key(self, member_id: MemberId) -> bytes | None:
        """Return the wrapped key, or None where there is none (any more)."""
        ...

    def add(self, member_id: MemberId, wrapped: bytes) -> None:
        """Keep the wrapped key of a member who has none."""
        ...

    def destroy(self, member_id: MemberId) -> bool:
        """Drop the key; say whether there was one. Twice does it once."""
        ...


class Vault:
    """Seals and opens what is kept of a member, under that member's own key.

    The keys are kept wrapped under `master`, and every text is bound to its member, so that
    one member's sealed text can never be opened as another's.
    """

    def __init__(self, store: KeyStore, master: bytes, entropy: Entropy) -> None:
        """`master` is 32 secret bytes; `entropy` gives keys and nonces."""
        self._store = store
        self._master = AESGCM(master)
        self._entropy = entropy
        self._opened: tuple[bytes, AESGCM] | None = None

    def seal(self, member_id: MemberId, plain: bytes) -> bytes:
        """Return `plain` sealed for `member_id`; a member's first seal makes their key."""
        key = self._key(member_id)
        return self._lock(self._new_key(member_id) if key is None else key, member_id, plain)

    def open(self, member_id: MemberId, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            NotFound: the member's key was destroyed, or never made.
            Tampered: it was not sealed for this member, or was changed since.
        """
        key = self._key(member_id)
        if key is None:
            raise NotFound(
                f"There is no key for member {member_id}: what was kept of them is gone.",
                hint="An erased member's records can be read from their own receipts alone.",
            )
        return _unlock(key, member_id, sealed)

    def destroy(self, member_id: MemberId) -> bool:
        """Make everything sealed for `member_id` unreadable; say whether there was a key."""
        self._opened = None
        return self._store.destroy(member_id)

    def _key(self, member_id: MemberId) -> AESGCM | None:
        wrapped = self._store.key(member_id)
        if wrapped is None:
            return None
        if self._opened is None or self._opened[0] != wrapped:
            self._opened = (wrapped, AESGCM(_unlock(self._master, member_id, wrapped)))
        return self._opened[1]

    def _new_key(self, member_id: MemberId) -> AESGCM:
        raw = self._entropy(KEY_BYTES)
        self._store.add(member_id, self._lock(self._master, member_id, raw))
        return AESGCM(raw)

    def _lock(self, key: AESGCM, member_id: MemberId, plain: bytes) -> bytes:
        nonce = self._entropy(_NONCE_BYTES)
        return _FORMAT + nonce + key.encrypt(nonce, plain, _bound_to(member_id))


def commitment(salt: bytes, record: bytes) -> str:
    """Return what the log holds of a record: nothing, to anyone without its salt."""
    return hmac.new(salt, record, hashlib.sha256).hexdigest()


def suppression_token(key: bytes, member_id: MemberId) -> str:
    """Return the keyed hash by which an erased member's re-import is known, and only that."""
    return hmac.new(key, b"suppressed\0" + member_id.encode(), hashlib.sha256).hexdigest()


def _unlock(key: AESGCM, member_id: MemberId, sealed: bytes) -> bytes:
    head = len(_FORMAT) + _NONCE_BYTES
    if sealed[: len(_FORMAT)] != _FORMAT or len(sealed) <= head:
        raise Tampered(f"What is kept of member {member_id} is not in a form that we sealed.")
    try:
        return key.decrypt(sealed[len(_FORMAT) : head], sealed[head:], _bound_to(member_id))
    except InvalidTag as error:
        raise Tampered(
            f"What is kept of member {member_id} was changed, or sealed for someone else."
        ) from error


def _bound_to(member_id: MemberId) -> bytes:
    return b"sayso vault\0" + member_id.encode()

"""One key per member: what is sealed with it is lost to us for good when it is destroyed.

The log keeps commitments alone, so every proof outlives the key, and nothing else does.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
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

    def keys(self, member_ids: Collection[MemberId]) -> Mapping[MemberId, bytes]:
        """Return the wrapped keys of those members who have one (still)."""
        ...

    def add(self, wrapped: Mapping[MemberId, bytes]) -> None:
        """Keep the wrapped keys of members who have none."""
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

    def seal(self, member_id: MemberId, plain: bytes) -> bytes:
        """Return `plain` sealed for `member_id`; a member's first seal makes their key."""
        return self.seal_all([(member_id, plain)])[0]

    def seal_all(self, plains: Sequence[tuple[MemberId, bytes]]) -> list[bytes]:
        """Return each text sealed for its member, as `seal` would one by one, and faster."""
        keys = self._keys({member_id for member_id, _ in plains})
        fresh: dict[MemberId, bytes] = {}
        for member_id, _ in plains:
            if member_id not in keys:
                raw = self._entropy(KEY_BYTES)
                fresh[member_id] = self._lock(self._master, member_id, raw)
                keys[member_id] = AESGCM(raw)
        if fresh:
            self._store.add(fresh)
        return [self._lock(keys[member_id], member_id, plain) for member_id, plain in plains]

    def open(self, member_id: MemberId, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            NotFound: the member's key was destroyed, or never made.
            Tampered: it was not sealed for this member, or was changed since.
        """
        plain = self.open_all([(member_id, sealed)])[0]
        if plain is None:
            raise NotFound(
                f"There is no key for member {member_id}: what was kept of them is gone.",
                hint="An erased member's records can be read from their own receipts alone.",
            )
        return plain

    def open_all(self, sealed: Sequence[tuple[MemberId, bytes]]) -> list[bytes | None]:
        """Return what was sealed, in order; None where the member's key was destroyed.

        Raises:
            Tampered: one was not sealed for its member, or was changed since.
        """
        keys = self._keys({member_id for member_id, _ in sealed})
        return [
            _unlock(keys[member_id], member_id, text) if member_id in keys else None
            for member_id, text in sealed
        ]

    def destroy(self, member_id: MemberId) -> bool:
        """Make everything sealed for `member_id` unreadable; say whether there was a key."""
        return self._store.destroy(member_id)

    def _keys(self, member_ids: Collection[MemberId]) -> dict[MemberId, AESGCM]:
        return {
            member_id: AESGCM(_unlock(self._master, member_id, wrapped))
            for member_id, wrapped in self._store.keys(member_ids).items()
        }

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

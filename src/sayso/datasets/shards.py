"""Where a row goes: by its member's own facts and a secret key, never by a rank."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import HELD_OUT, RowId

HELD_OUT_SHARE = 0.05
"""The share of members whose rows measure models and train none."""

_ROW_ID_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The fixed division of a home. The same key and sizes place everyone alike, for ever.

    A member's place depends on that member alone, so one member's leaving moves nobody.
    """

    key: bytes = field(repr=False)
    shards: int
    slices: int

    @property
    def digest(self) -> str:
        """Name this partition without giving its key away."""
        return self._keyed(b"partition", f"{self.shards} {self.slices}").hex()

    @property
    def all_shards(self) -> tuple[int, ...]:
        """Every shard's number, that of those held out first."""
        return (HELD_OUT, *range(self.shards))

    def place(self, member_id: MemberId, *, is_default: bool) -> tuple[int, int]:
        """Return (shard, slice) of a row whose first author is `member_id`.

        Rows that rest on a default go to the last slice: their members leave most often.
        """
        if int.from_bytes(self._keyed(b"held", member_id)) < HELD_OUT_SHARE * 2**256:
            return HELD_OUT, 0
        shard = int.from_bytes(self._keyed(b"shard", member_id)) % self.shards
        if is_default:
            return shard, self.slices - 1
        return shard, int.from_bytes(self._keyed(b"slice", member_id)) % self.slices

    def row_id(self, document_id: DocumentId) -> RowId:
        """Return the id of the row made of that document, which does not give it away."""
        return RowId(self._keyed(b"id", document_id).hex()[:_ROW_ID_DIGITS])

    def order(self, row_id: RowId) -> bytes:
        """Return the key that rows of one slice are sorted by."""
        return self._keyed(b"row", row_id)

    def row_ids(self, document_ids: Iterable[DocumentId]) -> list[RowId]:
        """Return the `row_id` of many documents."""
        keyed = _Keyed(self.key, b"id\0")
        return [RowId(keyed(each.encode()).hex()[:_ROW_ID_DIGITS]) for each in document_ids]

    def orders(self, row_ids: Iterable[RowId]) -> list[bytes]:
        """Return the `order` of many rows."""
        keyed = _Keyed(self.key, b"row\0")
        return [keyed(each.encode()) for each in row_ids]

    def tokens(self, told: Iterable[memoryview], *, before: bytes) -> list[bytes]:
        """Return 16 bytes for each, equal for what is told alike after the same `before`.

        They give nothing of it away.
        """
        keyed = _Keyed(self.key, b"token\0" + before)
        return [keyed(each)[:16] for each in told]

    def _keyed(self, use: bytes, text: str) -> bytes:
        return hmac.digest(self.key, use + b"\0" + text.encode(), hashlib.sha256)


class _Keyed:
    """HMAC-SHA-256 (RFC 2104) of many texts that begin alike: key and beginning are read once."""

    def __init__(self, key: bytes, before: bytes) -> None:
        size = hashlib.sha256().block_size
        whole = (hashlib.sha256(key).digest() if len(key) > size else key).ljust(size, b"\0")
        self._inner = hashlib.sha256(bytes(each ^ 0x36 for each in whole) + before)
        self._outer = hashlib.sha256(bytes(each ^ 0x5C for each in whole))

    def __call__(self, told: bytes | memoryview) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(told)
        outer.update(inner.digest())
        return outer.digest()

"""What a row is made of, told by a few bytes: the same bytes, the same row.

A build on yesterday's dataset makes no row anew whose token was there yesterday. A token is keyed
(`Partition.token`): it gives nothing away of what was taken out of a text.
"""

import hashlib
from collections.abc import Sequence

import pyarrow as pa

from sayso.datasets.admitting.answers import ASKED, Asked
from sayso.datasets.making.steps import Step
from sayso.datasets.shards import Partition
from sayso.datasets.tables import ABOUT_BYTES, TOKEN_BYTES, netstrings

_FOLLOWS = frozenset({"id", "shard", "slice", "order", "token"})
"""What is told by the other columns and the partition, which is the same or nothing is taken."""
_OF_PERMITTED = tuple(name for name in ASKED.names if name not in _FOLLOWS)
_OF_REFUSED = ("document_id", "member_id", "rule", "reason")


def with_tokens(asked: Asked, steps: Sequence[Step], partition: Partition) -> Asked:
    """Return the answers with the token of each."""
    rules = "\n".join(step.rules for step in steps).encode()
    return Asked(
        permitted=_with(asked.permitted, _OF_PERMITTED, hashlib.sha256(rules).digest(), partition),
        refused=_with(asked.refused, _OF_REFUSED, b"refused", partition),
    )


def about(table: pa.Table, steps: Sequence[Step]) -> pa.Array:
    """Return what the steps know of each row beyond the row itself: 8 bytes, nought for nothing."""
    said = zip(*(step.about(table) for step in steps), strict=True)
    return pa.array(
        [
            hashlib.blake2b(b"\0".join(each), digest_size=ABOUT_BYTES).digest()
            if any(each)
            else bytes(ABOUT_BYTES)
            for each in said
        ],
        pa.binary(ABOUT_BYTES),
    )


def _with(
    batch: pa.RecordBatch, names: Sequence[str], before: bytes, partition: Partition
) -> pa.RecordBatch:
    told = netstrings(pa.Table.from_batches([batch]), names)
    tokens = partition.tokens(told, before=before)
    at = batch.schema.get_field_index("token")
    return batch.set_column(at, batch.schema.field(at), pa.array(tokens, pa.binary(TOKEN_BYTES)))

"""Copies in one shard: the rows that stay, and the refusals of those that say the same again.

Copies that were left out before take part as well, by their prints alone: a later copy may be one
of theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.making.staging import fixed
from sayso.datasets.similarity.keepers import REASONS, Copies, Likeness, Words, copies
from sayso.datasets.similarity.similar import BANDS
from sayso.datasets.tables import REFUSED
from sayso.errors import Conflict

TOLD = ["id", "document_id", "member_id", "created_at", "shard", "order"]
"""What is read of each row to part copies from the rest, beside its prints."""

_KEY, _SKETCH = 32, 64
"""Where in its 192 bytes of prints a copy's key ends, and its sketch; its bands come last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All rows of a shard, of which each may be a copy of an earlier one, and earlier copies.

    `told` holds the columns `TOLD`; `keys` [N, 32], `sketches` [N, 32] and `bands` [N, 128], the
    last in as many parts as there are pieces, are rows of bytes. `before` (`REFUSED`) are copies
    that were left out before.
    """

    told: pa.Table
    keys: npt.NDArray[np.uint8]
    sketches: npt.NDArray[np.uint8]
    bands: Sequence[npt.NDArray[np.uint8]]
    before: pa.Table


def without_copies(pool: Pool) -> tuple[npt.NDArray[np.bool_], pa.Table]:
    """Say which rows stay, and refuse the others (`REFUSED`, sorted by their keys).

    The outcome is a function of the *set* of rows: their order does not matter, and taking a
    row away can bring others back but never drops one.

    Raises:
        Conflict: a copy that was left out before is none any more.
    """
    count = len(pool.told)
    before = pool.before
    prints = fixed(_of_one_length(before["prints"]))
    told = pa.concat_tables([pool.told, before.select(TOLD).cast(pool.told.schema)])
    found = copies(
        _ranks(told),
        np.concatenate([pool.keys, prints[:, :_KEY]]),
        _bands([*pool.bands, prints[:, _SKETCH:]]),
        _numbers(np.concatenate([pool.sketches, prints[:, _KEY:_SKETCH]])),
    )
    if found.kept[count:].any():
        name = before["document_id"][int(np.flatnonzero(found.kept[count:])[0])]
        raise Conflict(f"Document {name} was left out as a copy and is none; nothing was sealed.")
    stays = found.kept[:count]
    return stays, _refused(told, found, pool, np.flatnonzero(~stays)).sort_by("order")


def _refused(told: pa.Table, found: Copies, pool: Pool, dropped: npt.NDArray[np.int64]) -> pa.Table:
    gone = told.take(pa.array(dropped))
    rules = [
        Likeness.NEAR_DUPLICATE if near else Likeness.DUPLICATE
        for near in found.near[dropped].tolist()
    ]
    bands = _rows_of(pool.bands, dropped)
    prints = np.concatenate([pool.keys[dropped], pool.sketches[dropped], bands], axis=1)
    columns = {
        **{name: gone[name] for name in TOLD},
        "rule": pa.array([rule.value for rule in rules], pa.string()),
        "reason": pa.array([REASONS[rule] for rule in rules], pa.string()),
        "duplicate_of": told["id"].take(pa.array(found.parents[dropped])),
        "prints": pa.array([row.tobytes() for row in prints], pa.binary()),
    }
    return pa.Table.from_arrays(
        [columns[name].cast(REFUSED.field(name).type) for name in REFUSED.names], schema=REFUSED
    )


def _rows_of(
    parts: Sequence[npt.NDArray[np.uint8]], wanted: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    """Return some rows of what lies in parts; `wanted` are their numbers, in order."""
    found, begin = [], 0
    for part in parts:
        first, past = np.searchsorted(wanted, (begin, begin + len(part)))
        found.append(part[wanted[first:past] - begin])
        begin += len(part)
    return np.concatenate(found)


def _ranks(told: pa.Table) -> npt.NDArray[np.int64]:
    """Return the place of each row in the order of (created_at, document id)."""
    keys = [("created_at", "ascending"), ("document_id", "ascending")]
    early = pc.sort_indices(told, sort_keys=keys).to_numpy()
    ranks = np.empty(len(early), np.int64)
    ranks[early] = np.arange(len(early))
    return ranks


def _bands(parts: Sequence[npt.NDArray[np.uint8]]) -> Iterator[Words]:
    """Yield one band of all rows after the other."""
    for band in range(BANDS):
        column = slice(8 * band, 8 * band + 8)
        yield np.concatenate([_numbers(part[:, column]).ravel() for part in parts])


def _numbers(rows: npt.NDArray[np.uint8]) -> Words:
    return np.ascontiguousarray(rows).view("<u8").astype(np.uint64, copy=False)


def _of_one_length(prints: pa.ChunkedArray) -> pa.ChunkedArray:
    return prints.cast(pa.binary(_SKETCH + 8 * BANDS))

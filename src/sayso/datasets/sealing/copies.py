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

from sayso.community import DocumentId, MemberId
from sayso.datasets.making.staging import columned, fixed
from sayso.datasets.similarity.keepers import REASONS, Likeness, Words, copies
from sayso.datasets.similarity.similar import BANDS
from sayso.datasets.tables import REFUSED

TOLD = ["id", "document_id", "member_id", "created_at", "shard", "order", "token", "about"]
"""What is read of each row to part copies from the rest, beside its prints."""
PRINTS = ["key", "sketch", "bands"]

_KEY, _SKETCH = 32, 64
"""Where in its 192 bytes of prints a copy's key ends, and its sketch; its bands come last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All rows of a shard, of which each may be a copy of an earlier one, and earlier copies.

    `told` holds the columns `TOLD`; `keys` [N, 32], `sketches` [N, 32] and `bands` [N, 128] are
    rows of bytes. `before` (`REFUSED`) are copies
    that were left out before.
    """

    told: pa.Table
    keys: npt.NDArray[np.uint8]
    sketches: npt.NDArray[np.uint8]
    bands: npt.NDArray[np.uint8]
    before: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """Which rows of a pool stay [N]; the refusals of all copies (`REFUSED`, sorted by their keys).

    `returning` names those documents that were left out before as copies and are none any more,
    and who wrote each: their rows have to be made before the shard can be sealed.
    """

    stays: npt.NDArray[np.bool_]
    copies: pa.Table
    returning: tuple[tuple[DocumentId, MemberId], ...]


def without_copies(pool: Pool) -> Parted:
    """Part the copies from the rest.

    The outcome is a function of the *set* of rows: their order does not matter, and taking a
    row away can bring others back but never drops one.
    """
    count = len(pool.told)
    before = pool.before
    prints = fixed(_of_one_length(before["prints"]))
    told = pa.concat_tables([pool.told, before.select(TOLD).cast(pool.told.schema)])
    keys = np.concatenate([pool.keys, prints[:, :_KEY]])
    sketches = np.concatenate([pool.sketches, prints[:, _KEY:_SKETCH]])
    bands = [pool.bands, prints[:, _SKETCH:]]
    found = copies(_ranks(told), keys, _bands(bands), _numbers(sketches))
    dropped = np.flatnonzero(~found.kept)
    gone = told.take(pa.array(dropped))
    rules = [
        Likeness.NEAR_DUPLICATE if near else Likeness.DUPLICATE
        for near in found.near[dropped].tolist()
    ]
    parts = [keys[dropped], sketches[dropped], _rows_of(bands, dropped)]
    columns = {
        **{name: gone[name] for name in TOLD},
        "rule": pa.array([rule.value for rule in rules], pa.string()),
        "reason": pa.array([REASONS[rule] for rule in rules], pa.string()),
        "duplicate_of": told["id"].take(pa.array(found.parents[dropped])),
        "prints": columned(np.concatenate(parts, axis=1)).cast(pa.binary()),
    }
    refused = pa.Table.from_arrays(
        [columns[name].cast(REFUSED.field(name).type) for name in REFUSED.names], schema=REFUSED
    )
    back = before.filter(pa.array(found.kept[count:]))
    names = (back[name].to_pylist() for name in ("document_id", "member_id"))
    return Parted(
        stays=found.kept[:count],
        copies=refused.sort_by("order"),
        returning=tuple(zip(*names, strict=True)),
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

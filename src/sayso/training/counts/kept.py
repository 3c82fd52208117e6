"""A sum as it is kept, so that who serves from it need not add all slices up."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from sayso.training.counts.files import changed, path_of, read, write
from sayso.training.counts.runs import Spelling
from sayso.training.counts.sums import Level, Sum
from sayso.training.models import Summed


def save(store: Path, name: str, added: Sum) -> str:
    """Keep a sum; when this returns it is on the disk. Return its digest.

    Raises:
        SaysoError: the disk is full; nothing half-written is left.
    """
    digest = added.digest
    lengths = np.repeat(
        np.arange(1, len(added.levels) + 1, dtype=np.uint8),
        [len(level.runs) for level in added.levels],
    )
    columns = pa.table(
        {
            "run": np.concatenate([level.runs for level in added.levels]),
            "length": lengths,
            "times": np.concatenate([level.times for level in added.levels]),
            "alone": np.concatenate([level.alone for level in added.levels]),
            "after": np.concatenate([level.after for level in added.levels]),
        }
    )
    write(path_of(store, name), columns, {"name": name, "digest": digest})
    return digest


def load(store: Path, summed: Summed, spelling: Spelling, people: int) -> Sum:
    """Read a sum and check that it says what it was kept with.

    Raises:
        NotFound: it is gone.
        Tampered: it says something else.
    """
    path = path_of(store, summed.name)
    columns, _ = read(path)
    lengths = columns["length"].to_numpy()
    edges = np.searchsorted(lengths, np.arange(1, spelling.order + 2))
    levels = tuple(
        Level(
            runs=columns["run"].to_numpy()[start:stop],
            times=columns["times"].to_numpy()[start:stop],
            alone=columns["alone"].to_numpy()[start:stop],
            after=columns["after"].to_numpy()[start:stop],
        )
        for start, stop in pairwise(edges)
    )
    added = Sum(spelling=spelling, people=people, levels=levels)
    if added.digest != summed.digest:
        raise changed(path)
    return added

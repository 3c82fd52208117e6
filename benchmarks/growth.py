"""How the cost of a dataset grows with what goes in: Sayso alone, the job of `benchmarks.datasets`.

By the number of documents, and by bytes of longer texts, in one process with the memory that a
home has by default. A size is left out where there is no room for it in the folder for temporary
files, or no time at the speed of the size before: ten million documents need some 18 GB.

`python -m benchmarks.growth 10000 100000` runs these sizes alone, and no longer texts.
"""

import argparse
import math
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets import JOB, SHARDS
from benchmarks.datasets_cost import Cost, corpus, sayso

SIZES = (100_000, 1_000_000, 10_000_000)
LONG_TEXTS = (137_000, 548_000)
"""Documents with ten times as many words: 1 and 4 GB."""
SCALE = 10
MINUTES = 15
"""A size that would take longer, making of the corpus included, is left out."""
DISK_BYTES_PER_BYTE = 2.4
"""Of text: the corpus, pieces and the dataset, while they are all there."""

_HEAD = "{:>11} {:>7} {:>8} {:>7} {:>10} {:>10} {:>8} {:>7} {:>6} {:>6} {:>8}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """One size: what it held and cost, and the seconds it took with making the corpus."""

    documents: int
    size: int
    cost: Cost
    seconds: float


def main(sizes: Sequence[int], *, with_long: bool) -> None:
    """Print a row for each size, the slope, and the balance of shards."""
    sys.stdout.write(
        f"Sayso in one process, {SHARDS} shards; the processor's time. Peak is the most resident\n"
        "memory, own the same without what is mapped from files. Rows and bytes are those of the\n"
        "largest shard, to the mean; member is the share of all rows that one member wrote.\n"
    )
    sys.stdout.write(
        _HEAD.format(
            *("documents", "MB", "CPU s", "us/doc", "MB/s/core", "kept", "peak MB", "own MB"),
            *("rows", "bytes", "member"),
        )
    )
    grown = [each for size in sizes if (each := _grow(size, 1))]
    if len(grown) > 1:
        points = [(math.log(each.documents), math.log(each.cost.said["cpu"])) for each in grown]
        slope = statistics.linear_regression(*zip(*points, strict=True)).slope
        sys.stdout.write(f"slope of log CPU over log documents: {slope:.3f}\n")
    if with_long:
        sys.stdout.write("longer texts\n")
        for size in LONG_TEXTS:
            _grow(size, SCALE)


_TAKEN: list[float] = []
"""Seconds a byte of text took, of sizes done so far."""


def _grow(documents: int, scale: int) -> Grown | None:
    with TemporaryDirectory(prefix="sayso-bench-") as folder:
        expected = 750 * scale * documents
        why = _no_room(Path(folder), expected)
        if why:
            sys.stdout.write(f"{documents:>11,} left out: {why}\n")
            return None
        began = time.monotonic()
        place = Path(folder) / "corpus"
        facts = corpus(place, documents, scale)
        cost = sayso("patterns", place, **JOB)
        seconds = time.monotonic() - began
    _TAKEN.append(seconds / facts["bytes"])
    grown = Grown(documents=documents, size=facts["bytes"], cost=cost, seconds=seconds)
    _tell(grown)
    return grown


def _no_room(folder: Path, size: int) -> str:
    """Say why so many bytes of text are too many; nothing where they are not."""
    free, needed = shutil.disk_usage(folder).free, DISK_BYTES_PER_BYTE * size
    if free < needed:
        return f"{needed / 1e9:.0f} GB of disk are needed, {free / 1e9:.0f} GB are free"
    minutes = _TAKEN[-1] * size / 60 if _TAKEN else 0
    return f"it would take some {minutes:.0f} minutes" if minutes > MINUTES else ""


def _tell(grown: Grown) -> None:
    said, cost = grown.cost.said, grown.cost
    sys.stdout.write(
        _HEAD.format(
            f"{grown.documents:,}",
            f"{grown.size / 1e6:,.0f}",
            f"{said['cpu']:,.1f}",
            f"{said['cpu'] / grown.documents * 1e6:,.0f}",
            f"{grown.size / 1e6 / said['cpu']:.2f}",
            f"{said['kept']:,.0f}",
            f"{cost.peak_bytes / 1e6:,.0f}",
            f"{said['own_peak_bytes'] / 1e6:,.0f}",
            f"{said['rows_most'] / said['rows_mean']:.2f}",
            f"{said['bytes_most'] / said['bytes_mean']:.2f}",
            f"{100 * said['heaviest']:.2f} %",
        )
    )
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", help="documents; the usual three if none")
    given = parser.parse_args().sizes
    main(given or SIZES, with_long=not given)

"""A dataset made of the same documents by Sayso, datatrove, Daft and data-juicer, in one run.

The job: take documents of members who said yes, normalise, take out e-mail addresses and
telephone numbers by the same two patterns, leave out copies and near copies, divide the rest by
member into 16 shards, write Parquet with zstd. Sayso decides by its rules, marks languages and
sorts of text, keys every row, writes down what it refused and why, and seals: digests, Merkle
trees, a tree of who is in it. It looks for copies inside a shard, the others in everything.
Then Sayso alone: with all that a home redacts, and sealing of pieces that lie ready.

`python -m benchmarks.datasets 10000` is a quick run; without sizes it takes some twenty minutes.
How cost grows with size is `benchmarks.growth`.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets_cost import Cost, corpus, cost_of, median_cost, sayso
from benchmarks.peers import installed

SIZES = (10_000, 100_000, 1_000_000)
SHARDS = 16
PATTERNS: Mapping[str, str] = {
    "email": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "phone": r"\+[0-9][0-9 ()./-]{6,17}[0-9]",
}
JOB: Mapping[str, object] = {**PATTERNS, "shards": SHARDS}
WHOLE_DOCUMENTS = 10_000
LAID_READY = (100_000, 1_000_000)
PEER_SECONDS = 300
"""A peer that would take longer is left out of a size."""

_TROVE = (
    *("datatrove[io,processing]==0.10.1", "daft==0.7.26", "regex", "tokenizers"),
    "xxhash<4",  # datatrove gives it words, which 4 does not take
)
_JUICER = ("py-data-juicer==1.6.1", "aiohttp", "ray")
"""The last two it loads and does not ask for; what else it would install as it runs is refused."""

PEERS: Mapping[str, tuple[str, ...]] = {
    "datatrove": _TROVE,
    "Daft": _TROVE,
    "data-juicer": _JUICER,
}
_SAID = """\
The same documents in, rows by member in 16 shards of zstd Parquet out, in each: members who said
yes, one form of text, two patterns for e-mail addresses and telephone numbers, no copies and near
copies (128 hashes of runs of five words in 16 bands). Sayso alone decides by its rules, marks
languages and sorts of text, keys rows, writes down refusals, and seals; it looks for copies inside
a shard, the others in everything. CPU s are the processor's of the whole process tree, starting
up included; peak is the most resident memory of one process.
datatrove 0.10.1; Daft 0.7.26, its native runner, NFD for the NFC it lacks; data-juicer 1.6.1, its
operators without its executor, which while it runs installs torch with CUDA.
"""
_DONE_BY = Path(__file__).with_name("datasets_peer.py")
_HEAD = "{:<12} {:>8} {:>8} {:>8} {:>9} {:>9} {:>10} {:>10}\n"


def main(sizes: Sequence[int]) -> None:
    """Print what the job costs each of them, and Sayso's own figures."""
    sys.stdout.write(_SAID)
    with TemporaryDirectory(prefix="sayso-bench-") as folder, ExitStack() as stack:
        pythons = _environments(stack)
        slow: dict[str, float] = {}
        for size in sizes:
            with _corpus(Path(folder), size) as (place, facts):
                _compare(place, facts, pythons, slow)
                if size == WHOLE_DOCUMENTS:
                    _tell_whole(place, facts)
                if size in LAID_READY:
                    _tell_sealing(place)


@contextmanager
def _corpus(folder: Path, size: int) -> Iterator[tuple[Path, Mapping[str, int]]]:
    with TemporaryDirectory(dir=folder) as made:
        place = Path(made) / "corpus"
        yield place, corpus(place, size)


def _environments(stack: ExitStack) -> Mapping[str, Path]:
    """Install the peers; one that cannot be installed is named and left out."""
    pythons: dict[tuple[str, ...], Path] = {}
    for needs in dict.fromkeys(PEERS.values()):
        try:
            pythons[needs] = stack.enter_context(installed(needs))
        except SystemExit as why:
            sys.stdout.write(f"left out: {why}\n")
    return {name: pythons[needs] for name, needs in PEERS.items() if needs in pythons}


def _compare(
    place: Path, facts: Mapping[str, int], pythons: Mapping[str, Path], slow: dict[str, float]
) -> None:
    """Print a row for each; `slow` remembers the seconds that peers took for a document."""
    count, size = facts["documents"], facts["bytes"]
    sys.stdout.write(
        f"\n{count:,} documents by {facts['members']:,} members, {size / 1e6:.1f} MB of text\n"
    )
    columns = ("CPU s", "wall s", "peak MB", "MB/s/core", "x Sayso's", "admitted", "kept")
    sys.stdout.write(_HEAD.format("", *columns))
    ours = median_cost(partial(sayso, "patterns", place, **JOB))
    _tell("Sayso", ours, ours, size)
    for name, python in pythons.items():
        expected = slow.get(name, 0) * count
        if expected > PEER_SECONDS:
            sys.stdout.write(f"{name:<12} left out: some {expected / 60:.0f} minutes\n")
            continue
        command = [str(python), "-P", str(_DONE_BY), name]
        try:
            cost = median_cost(partial(cost_of, command, {**JOB, "corpus": str(place)}))
        except SystemExit as why:
            sys.stdout.write(f"{name:<12} left out: {why}\n")
            continue
        slow[name] = cost.wall / count
        _tell(name, cost, ours, size)


def _tell(name: str, cost: Cost, ours: Cost, size: int) -> None:
    sys.stdout.write(
        _HEAD.format(
            name,
            f"{cost.cpu:,.1f}",
            f"{cost.wall:,.1f}",
            f"{cost.peak_bytes / 1e6:,.0f}",
            f"{size / 1e6 / cost.cpu:.2f}",
            f"{cost.cpu / ours.cpu:.2f}",
            f"{cost.said['admitted']:,.0f}",
            f"{cost.said['kept']:,.0f}",
        )
    )
    sys.stdout.flush()


def _tell_whole(place: Path, facts: Mapping[str, int]) -> None:
    cost = median_cost(partial(sayso, "whole", place, **JOB))
    seconds = cost.said["cpu"]
    sys.stdout.write(
        f"\nSayso with every finder, the names of {facts['members']:,} members and the tagger, "
        f"{facts['documents']:,} documents:\n{seconds:.1f} CPU s, "
        f"{facts['bytes'] / 1e6 / seconds:.2f} MB/s/core, peak {cost.peak_bytes / 1e6:,.0f} MB; "
        f"before it {cost.said['ready']:.1f} CPU s for the names and the tagger\n"
    )


def _tell_sealing(place: Path) -> None:
    said = median_cost(partial(sayso, "seal", place, **JOB)).said
    rows = said["admitted"]
    prints = said["making"] - said["Patterns"] - said["Mark"]
    sys.stdout.write(
        f"\nSealing alone, of {rows:,.0f} rows in pieces that lie ready: "
        f"{said['sealing']:.1f} CPU s, {rows / said['sealing']:,.0f} rows/s/core;\n"
        f"of these, writing the rows that stay as Parquet is {said['writing']:.1f} by itself\n"
        f"Where Sayso's seconds go: asking {said['asking']:.1f}, normalising and two patterns "
        f"{said['Patterns']:.1f}, languages and sorts {said['Mark']:.1f},\n"
        f"digests and what copies are found by {prints:.1f}, laying pieces down "
        f"{said['laying']:.1f}, sealing {said['sealing']:.1f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", help="documents; the usual three if none")
    main(parser.parse_args().sizes or SIZES)

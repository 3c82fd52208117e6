"""Signing texts for near copies beside datasketch, rensa and datatrove, and what is found.

Texts are of invented sentences, about 700 bytes each; all read the same ones in one run, on one
core, and seconds are the processor's. Sayso's figure holds the exact key and the sketch too, with
normalising; peers split at spaces. Then, of pairs made by replacing words, how many are found.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import wordfreq

from benchmarks.peers import installed, run
from sayso.datasets.similarity import keepers, similar

PEERS = (
    "numpy",
    "datasketch==2.0.0",
    "rensa==0.5.0",
    "datatrove[io]==0.10.1",
    "regex",
    "tokenizers",
    "xxhash<4",  # datatrove gives it words, which 4 does not take
)
TEXTS = 10_000
PAIRS = 20_000
ROUNDS = 5
_ROWS = 4_000_000
_SIGNED_BY = Path(__file__).with_name("similar_peer.py")
_RUN = 5
_SPEED = "{:<40} {:>10} {:>8}\n"
_FOUND = "{:<12} {:>7} {:>15} {:>10}\n"


def main() -> None:
    """Print the speeds, the table of what is found, and what choosing the keepers takes."""
    chance = np.random.default_rng(1)
    _tell_speed(_texts(chance, TEXTS))
    _tell_found(chance)
    _tell_keepers(chance)


def _texts(chance: np.random.Generator, count: int) -> list[str]:
    """Return texts of words as common as they are in English, every tenth with a foreign one."""
    common = wordfreq.get_frequency_dict("en", wordlist="small")
    words, shares = np.array(list(common)), np.array(list(common.values()))
    lengths = chance.integers(90, 170, count)
    drawn = words[chance.choice(len(words), lengths.sum(), p=shares / shares.sum())]
    texts = [" ".join(part) for part in np.split(drawn, lengths.cumsum()[:-1])]
    return [text + (" … déjà vu" if at % 10 == 0 else ".") for at, text in enumerate(texts)]


def _tell_speed(texts: list[str]) -> None:
    column = pa.array(texts)
    ours = {
        "Sayso, key, bands and sketch": len(texts) / _seconds(column, whole=True),
        "Sayso, 128 hashes alone": len(texts) / _seconds(column, whole=False),
    }
    with installed(PEERS) as python, TemporaryDirectory() as folder:
        given = Path(folder) / "texts.json"
        given.write_text(json.dumps(texts), encoding="utf-8")
        peers = json.loads(run([str(python), str(_SIGNED_BY), str(given)], "The peers failed"))
    size = sum(len(text.encode()) for text in texts) / len(texts)
    sys.stdout.write(f"Texts signed a second and core, {len(texts):,} texts of {size:.0f} bytes\n")
    sys.stdout.write(_SPEED.format("", "a second", "ratio"))
    whole = ours["Sayso, key, bands and sketch"]
    for name, speed in {**ours, **peers}.items():
        sys.stdout.write(_SPEED.format(name, f"{speed:,.0f}", f"{whole / speed:.1f}"))


def _seconds(column: pa.StringArray, *, whole: bool) -> float:
    taken: list[float] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        if whole:
            similar.prints(column)
        else:
            similar.signatures(column)
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def _tell_found(chance: np.random.Generator) -> None:
    some = _texts(chance, PAIRS)
    others = [_changed(text, chance) for text in some]
    likeness = np.array([_jaccard(*pair) for pair in zip(some, others, strict=True)])
    left, right = similar.prints(pa.array(some)), similar.prints(pa.array(others))
    shared = ((left.bands == right.bands) & (left.bands != 0)).any(axis=1)
    found = shared & (similar.agreeing(left.sketches, right.sketches) >= keepers.AGREEING)
    sys.stdout.write("\nPairs found, by the Jaccard similarity of their runs of five words\n")
    sys.stdout.write(_FOUND.format("similarity", "pairs", "share a band", "found"))
    for low, high in [*((at / 10, at / 10 + 0.1) for at in range(2, 9)), (0.9, 1.01), (0.8, 1.01)]:
        among = (likeness >= low) & (likeness < high)
        sys.stdout.write(
            _FOUND.format(
                f"{low:.1f} to {min(high, 1):.1f}",
                among.sum(),
                f"{shared[among].mean():.4f}",
                f"{found[among].mean():.4f}",
            )
        )
    apart = np.roll(np.arange(PAIRS), 1)
    strangers = ((left.bands == left.bands[apart]) & (left.bands != 0)).any(axis=1).sum()
    sys.stdout.write(f"of {PAIRS:,} pairs of unrelated texts {strangers} share a band\n")


def _changed(text: str, chance: np.random.Generator) -> str:
    words = text.split()
    for at in chance.integers(0, len(words), chance.integers(1, 16)):
        words[at] = f"other{at}"
    return " ".join(words)


def _jaccard(*pair: str) -> float:
    some, others = (
        {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        for words in (text.split() for text in pair)
    )
    return len(some & others) / len(some | others)


def _tell_keepers(chance: np.random.Generator) -> None:
    """Time `copies` on invented prints: a tenth exact copies, a tenth near ones."""
    keys = np.frombuffer(chance.bytes(32 * _ROWS), np.uint8).reshape(-1, 32).copy()
    bands = _numbers(chance, similar.BANDS)
    sketches = _numbers(chance, 4)
    for columns in ((keys, bands, sketches), (bands, sketches)):
        copied, first = chance.integers(0, _ROWS, (2, _ROWS // 10))
        for column in columns:
            column[copied] = column[first]
    began = time.process_time()
    found = keepers.copies(chance.permutation(_ROWS), keys, bands.T, sketches)
    taken = time.process_time() - began
    sys.stdout.write(
        f"\nKeepers of one shard of {_ROWS:,} rows: {_ROWS / taken:,.0f} rows/s, "
        f"{(~found.kept).sum():,} left out, {found.near.sum():,} of them near copies\n"
    )


def _numbers(chance: np.random.Generator, columns: int) -> npt.NDArray[np.uint64]:
    return chance.integers(1, 2**64 - 1, (_ROWS, columns), np.uint64)


if __name__ == "__main__":
    main()

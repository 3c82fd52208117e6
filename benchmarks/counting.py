"""The count model on the real posts: what it is worth, what it costs, and what forgetting costs.

Posts are laid out in shards and slices as sealed datasets are; some authors are held out, and all
figures of quality are of theirs. `people` is how many must have written a run of two or more.
Times are the processor's seconds of this process, which also keeps and checks its files.
"""

import math
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import posts
from sayso.datasets.rows import HELD_OUT, DatasetId, Row
from sayso.datasets.sealed import read_held_out, read_rows
from sayso.training.counts.counting import Counter, count_dataset, sum_of, sum_up
from sayso.training.counts.law import Law
from sayso.training.counts.naming import FOLDER
from sayso.training.counts.runs import counted_in
from sayso.training.counts.sums import Sum
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import COUNTS, Blend
from sayso.training.shard import text_of
from sayso.training.takeback import RemovedRow
from sayso.training.tokenizer import Tokenizer, tokenizer
from sayso.training.train import train

SHARDS, SLICES = 16, 8
PEOPLE = (1, 2, 3, 5)
LEAVERS = 8
_LONGEST = 1024
"""Tokens of a held-out post that are measured."""
_ROW = "{:<22} {:>9} {:>10} {:>10} {:>8} {:>8} {:>8} {:>9}\n"


def main() -> None:
    """Print quality and cost by people, then what one member's leaving costs."""
    division = posts.partition(SHARDS, SLICES)
    made = posts.rows(posts.real(), division)
    if not made:
        sys.exit(f"{posts.FILE} is not there.")
    with TemporaryDirectory(prefix="sayso-bench-") as folder:
        store = Path(folder)
        alphabet = tokenizer(store, COUNTS.vocabulary)
        dataset = posts.sealed(store, made, division)
        tokens = _counting(store, dataset, alphabet)
        _worth(store, dataset, alphabet, tokens)
        _leaving(store, dataset, made)


def _counting(store: Path, dataset: DatasetId, alphabet: Tokenizer) -> int:
    counter = Counter(tokenizer=alphabet, recipe=COUNTS, blend=Blend(counts=1))
    began = time.process_time()
    count_dataset(store, dataset, counter)
    seconds = time.process_time() - began
    rows = tuple(read_rows(store, dataset, held_out=False))
    tokens = sum(map(len, alphabet.encode_all([text_of(row) for row in rows])))
    size = sum(path.stat().st_size for path in (store / FOLDER).iterdir())
    sys.stdout.write(
        f"{SHARDS} x {SLICES}: {len(rows):,} posts, {tokens / 1e6:.2f} M tokens, counted in "
        f"{seconds:.1f} s ({seconds / tokens * 1e6:.2f} s per million, tokenizing included), kept "
        f"in {size / 1e6:.1f} MB ({size / tokens:.1f} bytes a token)\n\n"
    )
    return tokens


def _worth(store: Path, dataset: DatasetId, alphabet: Tokenizer, tokens: int) -> None:
    heads = ("people", "bits/byte", "perplexity", "runs", "add up s", "load ms", "16x128 ms")
    sys.stdout.write(_ROW.format(*heads, "next ms"))
    held = [
        np.array([alphabet.end, *alphabet.encode(text_of(row)), alphabet.end])[: _LONGEST + 1]
        for row in read_held_out(store, dataset)
    ]
    lengths = np.array(alphabet.byte_lengths())
    for people in PEOPLE:
        blend = Blend(counts=1, people=people)
        counter = Counter(tokenizer=alphabet, recipe=COUNTS, blend=blend)
        counted = count_dataset(store, dataset, counter)
        began = time.process_time()
        summed = sum_up(store, counted, counter)
        adding = time.process_time() - began
        model = _model(store, dataset, blend)
        assert model.summed == summed
        began = time.perf_counter()
        added = sum_of(store, model)
        assert added is not None
        law = Law(added, blend.discounts)
        loading = time.perf_counter() - began
        costs = (f"{adding:.2f}", f"{1e3 * loading:.0f}", *_speed(law, held))
        _tell(str(people), law, added, costs, held, lengths)
        if people > 1:
            told = _told_alone(added)
            _tell("  by what is told", Law(told, blend.discounts), told, ("",) * 4, held, lengths)
    sys.stdout.write(
        f"({tokens / 1e6:.2f} M tokens; what is served takes 24 bytes of memory a run)\n\n"
    )


def _tell(  # noqa: PLR0913, PLR0917 - a row of the table
    name: str,
    law: Law,
    added: Sum,
    costs: Sequence[str],
    held: Sequence[np.ndarray],
    lengths: np.ndarray,
) -> None:
    nats = -sum(float(law.known(text[None]).sum()) for text in held)
    count = sum(len(text) - 1 for text in held)
    size = sum(int(lengths[text[1:]].sum()) for text in held)
    runs = sum(len(level.runs) for level in added.levels)
    quality = (f"{nats / math.log(2) / size:.3f}", f"{math.exp(nats / count):.1f}")
    sys.stdout.write(_ROW.format(name, *quality, f"{runs:,}", *costs))
    sys.stdout.flush()


def _told_alone(added: Sum) -> Sum:
    """Divide by the counts of what may be told alone, as the textbook has it."""
    levels = list(added.levels)
    for at, (shorter, longer) in enumerate(pairwise(added.levels)):
        contexts = np.repeat(longer.runs // np.uint64(added.spelling.vocabulary), longer.times)
        levels[at] = replace(shorter, after=counted_in(shorter.runs, contexts))
    return replace(added, levels=tuple(levels))


def _speed(law: Law, held: Sequence[np.ndarray]) -> tuple[str, str]:
    batch = np.stack([text[:129] for text in held if len(text) > 128][:16])
    known, following = [], []
    for _ in range(9):
        began = time.perf_counter()
        law.known(batch)
        known.append(time.perf_counter() - began)
        began = time.perf_counter()
        law.following(batch[:1])
        following.append(time.perf_counter() - began)
    return f"{1e3 * statistics.median(known):.1f}", f"{1e3 * statistics.median(following):.2f}"


def _model(store: Path, dataset: DatasetId, blend: Blend) -> TrainedModel:
    return train(store, dataset, recipe=COUNTS, blend=blend, launch=in_this_process)


def _leaving(store: Path, dataset: DatasetId, made: Sequence[Row]) -> None:
    blend = Blend(counts=1)
    model = _model(store, dataset, blend)
    counter = Counter(tokenizer=tokenizer(store, COUNTS.vocabulary), recipe=COUNTS, blend=blend)
    division = posts.partition(SHARDS, SLICES)
    members = sorted({row.member_id for row in made if row.shard != HELD_OUT})
    out, again, parts, same = [], [], [], True
    for leaver in members[:: len(members) // LEAVERS][:LEAVERS]:
        theirs = [_removed(dataset, row) for row in made if row.member_id == leaver]
        gone = {row.row_id for row in theirs}
        began = time.perf_counter()
        thinned = sum_of(store, model, theirs)
        assert thinned is not None
        Law(thinned, blend.discounts)
        out.append(time.perf_counter() - began)
        successor = posts.sealed(store, [row for row in made if row.id not in gone], division)
        seconds, counted, digest = _forgotten(store, successor, counter)
        again.append(seconds)
        parts.append(counted)
    anew = store / "anew"
    shutil.copytree(store / "datasets", anew / "datasets")
    shutil.copytree(store / "tokenizers", anew / "tokenizers")
    whole, _, expected = _forgotten(anew, successor, counter)
    same = digest == expected
    sys.stdout.write(
        f"One of {len(members)} members leaves, {LEAVERS} times, people 3:\n"
        f"  out of the next answer after {1e3 * statistics.median(out):.0f} ms "
        f"(at most {1e3 * max(out):.0f}), sum read and rows taken out of it\n"
        f"  forgotten in {statistics.median(again):.2f} s, {statistics.mean(parts):.1f} of "
        f"{SHARDS * SLICES} parts counted again, all added up again; everything counted anew "
        f"{whole:.2f} s: {statistics.median(again) / whole:.2f} of it; same counts: {same}\n"
    )


def _removed(dataset: DatasetId, row: Row) -> RemovedRow:
    return RemovedRow(
        dataset_id=dataset,
        row_id=row.id,
        document_id=row.document_id,
        withdrawal_id="",
        shard=row.shard,
        slice=row.slice,
    )


def _forgotten(store: Path, dataset: DatasetId, counter: Counter) -> tuple[float, int, str]:
    parts: list[int] = []
    began = time.process_time()
    counted = count_dataset(store, dataset, counter, lambda shard, _: parts.append(shard))
    summed = sum_up(store, counted, counter)
    return time.process_time() - began, len(parts), summed.digest


if __name__ == "__main__":
    main()

"""What forgetting costs beside the closed form: processor seconds of learning, in one process.

Members leave by chance, one or a hundred together; the model is learnt again from its
checkpoints. The closed form counts slices; here the seconds of a whole training are its unit.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import posts
from sayso.datasets.rows import DatasetId, Row
from sayso.training.costs import Layout, redo_share
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY
from sayso.training.shard import Job, Tell
from sayso.training.tokenizer import tokenizer
from sayso.training.train import train

MEMBERS, WORDS = 2000, 60
SHARDS, SLICES = 16, 8
TOGETHER = ((1, 12), (10, 4), (100, 2))
"""So many leave together, and so often it is tried."""
_RECIPE = replace(TINY, name="bench", width=64, layers=2, heads=4, hidden=160, context=64, batch=8)
_ROW = "{:>9} {:>6} {:>12} {:>13} {:>7}\n"


def main() -> None:
    """Train once, let members leave, and print shares of a whole training beside closed form."""
    division = posts.partition(SHARDS, SLICES)
    everyone = posts.rows(posts.made_up(MEMBERS, WORDS), division)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        store = Path(folder)
        tokenizer(store, _RECIPE.vocabulary)  # once for a home, and no part of training
        whole, model = _timed(store, posts.sealed(store, everyone, division))
        sys.stdout.write(
            f"{MEMBERS} members, {SHARDS} x {SLICES}, {model.report.tokens:,} tokens: "
            f"{whole:.1f} CPU s\n"
        )
        sys.stdout.write(_ROW.format("together", "tries", "share", "closed form", "ratio"))
        chance = random.Random(7)  # noqa: S311 - the same draw each time
        for together, tries in TOGETHER:
            expected = redo_share(Layout(shards=SHARDS, slices=SLICES), together)
            shares = [_forgetting(store, everyone, together, chance) / whole for _ in range(tries)]
            share = statistics.mean(shares)
            sys.stdout.write(
                _ROW.format(
                    together, tries, f"{share:.4f}", f"{expected:.4f}", f"{share / expected:.2f}"
                )
            )


def _forgetting(
    store: Path, everyone: Sequence[Row], together: int, chance: random.Random
) -> float:
    """Return the seconds of learning again without some; the first model's checkpoints stay."""
    members = sorted({row.member_id for row in everyone if row.shard >= 0})
    leaving = set(chance.sample(members, together))
    rest = [row for row in everyone if row.member_id not in leaving]
    dataset = posts.sealed(store, rest, posts.partition(SHARDS, SLICES))
    seconds, _ = _timed(store, dataset)
    return seconds


def _timed(store: Path, dataset: DatasetId) -> tuple[float, TrainedModel]:
    """Train, and return the processor seconds of learning: looking and measuring are no part."""
    spent = 0.0

    def launch(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
        nonlocal spent
        began = time.process_time()
        in_this_process(jobs, workers, tell)
        spent = time.process_time() - began

    model = train(store, dataset, recipe=_RECIPE, launch=launch)
    return spent, model


if __name__ == "__main__":
    main()

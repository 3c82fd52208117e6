"""How fast shards learn, beside a loop in nanoGPT's manner: the same sizes, tokens and thread.

Sayso's side reads texts, keeps documents apart, computes deterministically and keeps a
checkpoint on the disk after each of the slices; the peer does none of these.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch

from benchmarks import nanogpt_peer, posts
from sayso.community import MemberId
from sayso.training.backends.exactly import exactly
from sayso.training.backends.gpt import GPT
from sayso.training.backends.trainer import NetworkTrainer
from sayso.training.backends.windows import batches_in, stream_of
from sayso.training.checkpoints import Passed, save
from sayso.training.recipes import SMALL, Recipe
from sayso.training.shard import Sample
from sayso.training.tokenizer import Tokenizer, tokenizer

MEMBERS, WORDS, SLICES, ROUNDS = 240, 120, 4, 5
_RECIPES = (
    replace(SMALL, epochs=1),
    replace(SMALL, epochs=1, documents_apart=False),
)


def main() -> None:
    """Train both ways in turns; print tokens a second of the processor, and the ratio."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        made = tokenizer(Path(folder), SMALL.vocabulary)
        samples = [
            Sample(members=(MemberId(post.author),), text=post.text)
            for post in posts.made_up(MEMBERS, WORDS)
        ]
        tokens = stream_of(made, [sample.text for sample in samples])
        sys.stdout.write(f"{len(tokens):,} tokens, {SLICES} slices, one thread, {ROUNDS} rounds\n")
        for recipe in _RECIPES:
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(_ours(Path(folder) / "kept", recipe, made, samples))
                theirs.append(_theirs(recipe, tokens))
            apart = "documents apart" if recipe.documents_apart else "documents together"
            ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
            sys.stdout.write(
                f"{apart}: Sayso {statistics.median(ours):,.0f} tokens a CPU second, nanoGPT's "
                f"manner {statistics.median(theirs):,.0f}, median ratio "
                f"{statistics.median(ratios):.2f}\n"
            )


def _ours(folder: Path, recipe: Recipe, made: Tokenizer, samples: list[Sample]) -> float:
    part = -(-len(samples) // SLICES)
    with exactly():
        trainer = NetworkTrainer(recipe, made, lambda: GPT(recipe))
        began, tokens = time.process_time(), 0
        for number in range(SLICES):
            tokens += trainer.learn(
                samples[number * part : (number + 1) * part],
                name="",
                shard=0,
                slice_=number,
                tell=lambda _share, _tokens: None,
            )
            name = f"{time.monotonic_ns():064x}"
            save(folder, name, number, trainer.state(), Passed(tokens=tokens))
    return tokens / (time.process_time() - began)


def _theirs(recipe: Recipe, tokens: torch.Tensor) -> float:
    torch.set_num_threads(1)
    began = time.process_time()
    seen = nanogpt_peer.steps(tokens, recipe, batches_in(tokens, recipe))
    return seen / (time.process_time() - began)


if __name__ == "__main__":
    main()

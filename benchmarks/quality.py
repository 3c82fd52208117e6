"""What forgetting costs in quality, and what wins it back: real posts, authors held out.

The same posts in 1, 4, 16 and 64 shards, each learnt once, so that all cost the same compute: one
shard alone, all shards together, and the count model beside them; from weights by chance and from
a base of public text that no author wrote (the manual and the docstrings of Python's own library).
"""

import ast
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from pydoc_data import topics  # the library's manual, as its own `help` shows it

from benchmarks import posts
from sayso.training.bases import starting_from
from sayso.training.environment import describe
from sayso.training.models import Report
from sayso.training.public_text import Work, in_a_process
from sayso.training.recipes import SMALL, Blend, Recipe, counts_share
from sayso.training.tokenizer import tokenizer
from sayso.training.train import measure, train

SHARDS, SLICES = (1, 4, 16, 64), 4
LONGEST, ROWS = 2500, 120
BASE_SHARE = 0.1
_BASE_LETTERS = 2_500_000
_RECIPE = replace(SMALL, epochs=1)
_ROW = "{:<9} {:>6} {:>10} {:>11} {:>10} {:>12} {:>9} {:>9}\n"


def main() -> None:
    """Print bits per byte of held-out authors' posts for every number of shards."""
    written = list(posts.real(LONGEST))
    if not written:
        sys.exit(f"{posts.FILE} is not there.")
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        store = Path(folder) / "store"
        tokenizer(store, _RECIPE.vocabulary)
        files = _public_text(Path(folder) / "public")
        work = Work(
            store=store,
            recipe=_RECIPE,
            environment=describe(),
            files=files,
            name="manual",
            made_of="Python's manual and docstrings",
        )
        base = in_a_process(work)
        sys.stdout.write(
            f"{len(written):,} posts by {len({each.author for each in written})} authors, "
            f"{SLICES} slices; bits per byte of {ROWS} held-out posts, lower is better\n"
        )
        head = ("starts of", "shards", "untaught", "one shard", "shards", "with counts", "counts")
        sys.stdout.write(_ROW.format(*head, "seconds"))
        first: dict[str, float] = {}
        for name, recipe, share in (
            ("chance", _RECIPE, 0.0),
            ("base", starting_from(_RECIPE, base), BASE_SHARE),
        ):
            for shards in SHARDS:
                began = time.monotonic()
                told = _learnt(store, written, shards, recipe, share)
                _tell(name, shards, told, time.monotonic() - began)
                first.setdefault(name, told.shards_bits or 0)
                if shards == 16:
                    sys.stdout.write(_beside(told, first[name]))


def _learnt(
    store: Path, written: list[posts.Post], shards: int, recipe: Recipe, share: float
) -> Report:
    division = posts.partition(shards, SLICES)
    dataset = posts.sealed(store, posts.rows(written, division), division)
    counts = counts_share(shards)
    blend = Blend(base=share * (1 - counts), counts=counts)
    model = train(store, dataset, recipe=recipe, blend=blend, workers=2)
    return measure(store, model, ROWS)


def _tell(name: str, shards: int, told: Report, seconds: float) -> None:
    bits = (told.untrained_bits, told.shard_bits, told.shards_bits)
    bits += (told.mixture_bits, told.counts_bits)
    shown = [f"{each:.3f}" if each is not None else "-" for each in bits]
    sys.stdout.write(_ROW.format(name, shards, *shown, f"{seconds:.0f}"))
    sys.stdout.flush()


def _beside(told: Report, monolithic: float) -> str:
    alone, all_of_it = (told.shards_bits or 0) / monolithic, (told.mixture_bits or 0) / monolithic
    return f"  16 shards to one: {alone:.3f}; with counts, to one without: {all_of_it:.3f}\n"


def _public_text(folder: Path) -> tuple[Path, ...]:
    """Write down text that no author wrote, as an operator would bring it."""
    folder.mkdir()
    left, found = _BASE_LETTERS, []
    for number, text in enumerate(_texts()):
        if left <= 0:
            break
        path = folder / f"{number:05}.txt"
        path.write_text(text[:left], encoding="utf-8")
        found.append(path)
        left -= len(text)
    return tuple(found)


def _texts() -> Iterator[str]:
    yield from topics.topics.values()
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                told = ast.get_docstring(node)
                if told and len(told) > 80:
                    yield told


if __name__ == "__main__":
    main()

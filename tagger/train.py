"""`python -m tagger.train`: makes the weights that Sayso ships, and says how good they are.

Without a word after it, trains twice: once without any text of the sets that are scored, to be
believed, and once with all that may be used, to be shipped.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sayso.redact.strangers import BIASES
from sayso.redact.tagger.tagging import Tagger
from sayso.redact.tagger.weights import WEIGHTS, Weights, to_arrays
from sayso.redact.tagger.words import commonness
from tagger import characters, gazetteer
from tagger.fit import Plan, fit
from tagger.mixture import LAST, TRAIN, mixture
from tagger.pack import pack
from tagger.prepare import prepare
from tagger.scoring import errors, score
from tagger.sets import Example, read

SCORED = ("presidio_synth", "uner_ewt", "btc", "wnut17", "uner_multi", "meddocan", "so_tech")


def main(asked: Sequence[str]) -> None:
    """Train, score and write as the words in `asked` say: `scored`, `shipped`, `errors SET`."""
    if asked[:1] == ["errors"]:
        _show_errors(asked[1:])
        return
    if "shipped" not in asked:
        sys.stdout.write("Weights that saw none of what they are scored on:\n")
        _report(train(TRAIN))
    if "scored" not in asked:
        weights = train(TRAIN + LAST)
        write(weights, WEIGHTS)
        sys.stdout.write(f"Shipped weights, {WEIGHTS.stat().st_size / 1e6:.1f} MB (uner_* alone")
        sys.stdout.write(" are texts they did not see):\n")
        _report(weights)


def train(names: Sequence[str], plan: Plan | None = None) -> Weights:
    """Return weights trained on the sets `names` and on invented sentences."""
    known = characters.make()
    lexicon, common = gazetteer.make(), commonness(known)
    examples = mixture(names, characters=known, lexicon=lexicon, common=common)
    prepared = prepare(examples, characters=known, lexicon=lexicon, common=common)
    net = fit(prepared, plan or Plan())
    return pack(net, characters=known, lexicon=lexicon, common=common)


def write(weights: Weights, path: Path) -> None:
    """Write the weights to `path`: the same weights are the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = to_arrays(weights)
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(sorted(arrays.items())))  # type: ignore[arg-type]


def _report(weights: Weights) -> None:
    tagger = Tagger(weights)
    for name in SCORED:
        examples = read(f"{name}_dev")
        for dial, bias in BIASES.items():
            if bias is None:
                continue
            found = _spans(tagger, examples, bias)
            sys.stdout.write(f"{name:15s} {dial:9s} {score(examples, found)}\n")


def _spans(tagger: Tagger, examples: Sequence[Example], bias: int) -> list[list[tuple[int, int]]]:
    tagged = tagger.tag_batch([example.text for example in examples], bias=bias)
    return [[(one.start, one.end) for one in names] for names in tagged]


def _show_errors(names: Sequence[str]) -> None:
    tagger = Tagger.load()
    for name in names:
        examples = read(name)
        errors(examples, _spans(tagger, examples, 0), sys.stdout.write, most=200)


if __name__ == "__main__":
    main(sys.argv[1:])

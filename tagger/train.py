"""`python -m tagger.train`: makes the weights that Sayso ships, and says how good they are.

Without a word after it, trains twice: once without any text of the sets that are scored, to be
believed, and once with all that may be used, to be shipped.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sayso.redact.tagger.tagging import Tagger
from sayso.redact.tagger.weights import WEIGHTS, Weights, to_arrays
from sayso.redact.tagger.words import commonness
from tagger import characters, gazetteer
from tagger.change import augmented
from tagger.fit import Plan, fit
from tagger.invent import LANGUAGES, Inventor
from tagger.pack import pack
from tagger.prepare import prepare
from tagger.scoring import errors, score
from tagger.sets import Example, read

TRAIN = ("btc_train", "wnut17_train", "wikigold_train")
"""CC BY 4.0."""
LAST = ("btc_dev", "wnut17_dev", "presidio_synth_dev", "meddocan_dev", "so_tech_dev")
"""CC BY 4.0 and MIT: for the weights that are shipped alone, since they are scored."""
SCORED = ("presidio_synth", "uner_ewt", "btc", "wnut17", "uner_multi", "meddocan", "so_tech")

BIASES = {"light": 0, "balanced": 50, "strict": 150}
_INVENTED = {"en": 7000, "zh": 3000}
_OTHERWISE = 1300


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
    lexicon, common = gazetteer.make(known), commonness(known)
    examples = _real(names) + _invented()
    prepared = prepare(examples, characters=known, lexicon=lexicon, common=common)
    net = fit(prepared, plan or Plan())
    return pack(net, characters=known, lexicon=lexicon, common=common)


def write(weights: Weights, path: Path) -> None:
    """Write the weights to `path`: the same weights are the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = to_arrays(weights)
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(sorted(arrays.items())))  # type: ignore[arg-type]


def _real(names: Sequence[str]) -> list[Example]:
    examples = [example for name in names for example in read(name)]
    return augmented(examples, random.Random(1), swaps=1, small=0.1, capitals=0.04)


def _invented() -> list[Example]:
    made: list[Example] = []
    for at, language in enumerate(LANGUAGES):
        inventor = Inventor(language, random.Random(at))
        own = [inventor.example(3) for _ in range(_INVENTED.get(language, _OTHERWISE))]
        made += augmented(own, random.Random(at), swaps=0, small=0.06, capitals=0.03)
    return made


def _report(weights: Weights) -> None:
    tagger = Tagger(weights)
    for name in SCORED:
        examples = read(f"{name}_dev")
        for dial, bias in BIASES.items():
            found = _spans(tagger, examples, bias)
            sys.stdout.write(f"{name:15s} {dial:9s} {score(examples, found)}\n")


def _spans(tagger: Tagger, examples: Sequence[Example], bias: int) -> list[list[tuple[int, int]]]:
    tagged = tagger.tag_batch([example.text for example in examples], bias=bias)
    return [[(one.start, one.end) for one in names] for names in tagged]


def _show_errors(names: Sequence[str]) -> None:
    tagger = Tagger.load()
    for name in names:
        examples = read(name)
        errors(examples, _spans(tagger, examples, 50), sys.stdout.write, most=200)


if __name__ == "__main__":
    main(sys.argv[1:])

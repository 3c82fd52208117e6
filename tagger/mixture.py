"""What the weights are trained on: labelled sets, invented sentences, salad and posts."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.words import Commonness, Lexicon
from tagger.change import augmented
from tagger.invent import LANGUAGES, Inventor
from tagger.posts import paragraphs
from tagger.salad import Salad
from tagger.sets import Example, read

TRAIN = ("btc_train", "wnut17_train", "wikigold_train")
"""CC BY 4.0."""
LAST = ("btc_dev", "wnut17_dev", "presidio_synth_dev", "meddocan_dev", "so_tech_dev")
"""CC BY 4.0 and MIT: for the weights that are shipped alone, since they are scored."""

_INVENTED: Mapping[str, int] = {"en": 4200, "zh": 1800, "pt": 1080, "hr": 1080, "de": 1080}
_SALADS: Mapping[str, int] = {"en": 1500, "zh": 3200, "de": 2000}
_OTHERWISE = 800
_POSTS = 2100
_EVERY: Mapping[str, int] = {"meddocan_dev": 4}
"""Of the set with many long texts of one form, one text in so many."""
_SWAPS = 1
_REAL, _INVENTED_ENGLISH, _INVENTED_ELSEWHERE = 1.5, 0.35, 0.75


def mixture(
    names: Sequence[str],
    *,
    characters: Characters,
    lexicon: Lexicon,
    common: Commonness,
) -> list[Example]:
    """Return the sets `names` told in several ways, and what is made up."""
    made = augmented(
        [example for name in names for example in read(name)[:: _EVERY.get(name, 1)]],
        random.Random(1),
        swaps=_SWAPS,
        small=0.1,
        capitals=0.04,
    )
    made = [replace(one, weight=_REAL) for one in made]
    for at, language in enumerate(LANGUAGES):
        chance = random.Random(at)
        inventor, salad = Inventor(language, chance), Salad(language, chance)
        count = _INVENTED.get(language, _OTHERWISE)
        invented = augmented(
            [inventor.example(3) for _ in range(count)], chance, swaps=0, small=0.1, capitals=0.03
        )
        weight = _INVENTED_ENGLISH if language == "en" else _INVENTED_ELSEWHERE
        made += [replace(one, weight=weight) for one in invented]
        count = _SALADS.get(language, _OTHERWISE)
        made += augmented(
            [salad.example() for _ in range(count)], chance, swaps=0, small=0.03, capitals=0.02
        )
    made += paragraphs(
        _POSTS,
        random.Random(4),
        characters=characters,
        lexicon=lexicon,
        common=common,
    )
    return made

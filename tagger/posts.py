"""Real posts (CC0) whose names nobody has labelled: what is surely no name is said to be none."""

import json
import random
import re

from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.words import FIRSTS, LASTS, Commonness, Lexicon
from tagger.gazetteer import hashed
from tagger.sets import POSTS, UNSURE, Example, Span

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NAMES = 0b1111
_USUAL, _COMMONEST = 3, 6
_MANY = 3


def paragraphs(
    count: int,
    chance: random.Random,
    *,
    characters: Characters,
    lexicon: Lexicon,
    common: Commonness,
) -> list[Example]:
    """Return paragraphs; capitalised words that may be names are labelled unsure, and neighbours.

    A word may be a name if a list has it as one, or if it is rare.
    """
    with POSTS.open(encoding="utf-8") as lines:
        texts = [part for line in lines for part in json.loads(line)["text"].split("\n\n")]
    texts = [text for text in texts if 60 < len(text) < 1200]
    made = []
    for text in chance.sample(texts, count):
        words = [one for one in _WORD.finditer(text) if one.group()[0].isupper()]
        hashes = hashed([word.group() for word in words], characters)
        classes = lexicon.classes_of(hashes)
        steps = common.of(hashes)[0].max(axis=1) if words else classes
        unsure = [
            (_may_name(own) and step < _COMMONEST) or step < _USUAL
            for own, step in zip(classes.tolist(), steps.tolist(), strict=True)
        ]
        spans = [
            Span(start=word.start(), end=word.end(), label=UNSURE)
            for at, word in enumerate(words)
            if unsure[at] or _beside(words, unsure, at)
        ]
        made.append(Example(text=text, spans=tuple(spans), language="en", whole=False))
    return made


def _may_name(classes: int) -> bool:
    counted = max(classes >> FIRSTS & 7, classes >> LASTS & 7)
    return bool(classes & _NAMES) or counted >= _MANY


def _beside(words: list[re.Match[str]], unsure: list[bool], at: int) -> bool:
    """Whether the word stands directly beside one that may be a name."""
    return any(
        0 <= other < len(words)
        and unsure[other]
        and abs(words[max(other, at)].start() - words[min(other, at)].end()) <= 2
        for other in (at - 1, at + 1)
    )

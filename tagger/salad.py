"""Rows of ordinary words in any order, with a name or a place among them now and then.

They show what a language looks like where nobody is named. The words come from wordfreq; the
network sees how common they are, their shape and their letters at both ends, never which words
they are (`Example.without_words`), so that none of wordfreq's lists ends up in the weights.
"""

import random
from functools import cache

import numpy as np

from sayso.redact.tagger.words import FIRSTS, LASTS, bins
from tagger.characters import make as make_characters
from tagger.gazetteer import hashed, make
from tagger.invent import Inventor
from tagger.people import person
from tagger.sets import PERSON, Example, Span

_LIST = {"hr": "sh"}
_NAMES = 0b1111
_LISTED = 0b1_0000_0111_1111  # names, places, peoples, firms
_MANY = 2
_CAPITALS = {"de": 0.38, "en": 0.05}


class Salad:
    """Makes examples of one language; the same seed makes the same."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self._language = language
        self._chance = chance
        self._inventor = Inventor(language, chance)
        self._words, weights = _words(language)
        self._summed = np.cumsum(weights).tolist()
        self._technical = False

    def example(self) -> Example:
        """Return one to three sentences of salad."""
        pieces: list[tuple[str, str]] = []
        self._technical = self._language == "en" and self._chance.random() < 0.4
        for _ in range(self._chance.randint(1, 3)):
            pieces += self._sentence()
        text, spans = "", []
        for piece, label in pieces:
            if label:
                spans.append(Span(start=len(text), end=len(text) + len(piece), label=label))
            text += piece
        return Example(text=text, spans=tuple(spans), language=self._language, without_words=True)

    def _sentence(self) -> list[tuple[str, str]]:
        chance, chinese = self._chance, self._language == "zh"
        count = chance.randint(4, 22)
        glue = "" if chinese else " "
        pieces: list[tuple[str, str]] = []
        words = chance.choices(self._words, cum_weights=self._summed, k=count)
        for at, word in enumerate(words):
            if at:
                mark = chance.random()
                pieces.append(((("\uff0c" if chinese else ", ") if mark < 0.08 else glue), ""))
            pieces.append(self._word(word, first=at == 0))
        ends = ("\u3002",) if chinese else (". ", ". ", ". ", "? ", "! ", "\n", ": ", "")
        pieces.append((chance.choice(ends), ""))
        return pieces

    def _word(self, word: str, *, first: bool) -> tuple[str, str]:
        chance = self._chance
        roll = chance.random()
        if roll < 0.025:
            kind = chance.choice("nnnfll")
            return person(self._language, chance).written(kind, chance), PERSON
        if roll < 0.07:
            return self._inventor.filler(chance.choice("ppoobDXw"))
        if roll < 0.09:
            return self._inventor.filler("#")
        if roll < 0.10 and self._language != "zh":
            return "".join(chance.choices("ABCDEFGHIKLMNOPRSTUVX", k=chance.randint(2, 5))), ""
        if self._technical and roll < 0.35:
            return self._identifier(), ""
        if self._language == "zh":
            return word, ""
        capital = first or chance.random() < _CAPITALS.get(self._language, 0.02)
        if chance.random() < (0.3 if capital and self._language == "de" else 0.08):
            word = self._glued(word)
        if capital:
            word = word[:1].upper() + word[1:]
        return word, ""

    def _identifier(self) -> str:
        """Return a word as programs have them: in humps, with low lines, with brackets."""
        chance = self._chance
        one, other, third = (word.replace("'", "") for word in chance.choices(self._words, k=3))
        forms = (
            one + other.capitalize(), one.capitalize() + other.capitalize(), f"{one}_{other}",
            f"{one}.{other}()", f"{one.upper()}_{other.upper()}", f"<{one}>", f"{one}.{other}",
            f"/usr/{one}/{other}", f"{one.upper()}:", one.capitalize(), one.upper(), f"--{one}",
            f"{one.capitalize()}{other.capitalize()}{third.capitalize()}", f"{one}[{other}]",
            f"{one}={other};", f"`{one}`", f"{one.capitalize()}JS", f"lib{one}", f"{other}.{one}",
        )  # fmt: skip
        return chance.choice(forms)

    def _glued(self, word: str) -> str:
        """Return a word that no list has, made of two."""
        other = self._chance.choice(self._words)
        if self._language in {"de", "da", "sv", "nl"} and self._chance.random() < 0.6:
            return word + self._chance.choice(("", "s")) + other
        return word[: len(word) // 2 + 1] + other[len(other) // 2 :]


@cache
def _words(language: str) -> tuple[tuple[str, ...], list[float]]:
    """Return ordinary words and how often each comes: rare ones more often than in life."""
    characters = make_characters()
    lexicon = make()
    words, weights = [], []
    for place, ones in enumerate(bins(_LIST.get(language, language))):
        for word in ones:
            if word.replace("'", "").isalpha():
                words.append(word)
                weights.append(10.0 ** (-place / 250))
    classes = lexicon.classes_of(hashed(words, characters))
    steps = -250 * np.log10(np.array(weights))
    listed = (classes & (_NAMES if language == "zh" else _LISTED)) > 0
    listed |= ((classes >> FIRSTS & 7) >= _MANY) | ((classes >> LASTS & 7) >= _MANY)
    unusual = steps > (0 if language == "zh" else 400)
    kept = ~(listed & unusual)
    if language == "en":
        kept &= steps < 520  # below, many are names of people that no list of names has
    return (
        tuple(word for word, keep in zip(words, kept, strict=True) if keep),
        np.array(weights)[kept].tolist(),
    )

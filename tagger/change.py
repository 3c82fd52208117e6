"""Examples told again with other names, and in other letters: names change, sentences stay."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from tagger import census
from tagger.gazetteer import by_locale
from tagger.sets import PERSON, Example, Span, label_of

_RARELY = 0.08
_COUNTED = 0.5
_MOSTLY = 0.7
_FOUND_BEFORE = ("HANDLE", "URL", "EMAIL", "PHONE", "CARD", "ID")

_OTHER_LETTERS = (
    "ar_", "fa_", "he_", "ja_", "ko_", "zh_", "th_", "hi_", "ta_", "bn_", "gu_", "mr_", "or_",
    "ne_", "si_", "ka_", "hy_", "el_", "ru_", "uk_", "bg_", "mk_",
)  # fmt: skip
_LATIN = tuple(locale for locale in by_locale() if not locale.startswith(_OTHER_LETTERS))


def with_other_names(example: Example, chance: random.Random) -> Example:
    """Return the example with each person's name replaced by one of the same form."""
    firsts, lasts = _names(chance)
    known: dict[str, str] = {}

    def other_word(word: str, pool: Sequence[str]) -> str:
        bare = word.strip(".,'\"")
        if len(bare) < 3 or not bare[:1].isupper() or not bare.isalpha():
            return word
        new = known.setdefault(bare, chance.choice(pool).split(" ")[0])
        return word.replace(bare, new.upper() if bare.isupper() else new)

    def other(name: str) -> str:
        first, *rest = name.split(" ")
        pool = firsts if rest or chance.random() < 0.7 else lasts
        return " ".join([other_word(first, pool), *(other_word(word, lasts) for word in rest)])

    return _replaced(example, {PERSON: other})


def _names(chance: random.Random) -> tuple[Sequence[str], Sequence[str]]:
    """Return first and last names to choose from: of one country, or as borne in another."""
    if chance.random() > _COUNTED:
        return by_locale()[chance.choice(_LATIN)]
    pools = (census.to_draw_from("first"), census.to_draw_from("last"))
    firsts, lasts = (chance.choices(names, cum_weights=sums, k=20) for names, sums in pools)
    return firsts, lasts


def with_capital_names(example: Example) -> Example:
    """Return the example with its people in capitals, as courts and registers write them."""
    return _replaced(example, {PERSON: str.upper})


def redacted(example: Example, chance: random.Random) -> Example:
    """Return the example as redaction leaves it: a placeholder for each person, nobody left."""
    numbers: dict[str, int] = {}

    def placeholder(name: str) -> str:
        return f"<PERSON_{numbers.setdefault(name, len(numbers) + chance.randint(1, 3))}>"

    gone = _replaced(example, {PERSON: placeholder})
    kept = tuple(span for span in gone.spans if label_of(span) != PERSON)
    return replace(gone, spans=kept)


def without_addresses(example: Example) -> Example:
    """Return the example with placeholders for all that is found before names are looked for."""

    def gone(kind: str) -> Callable[[str], str]:
        counted = count(1)
        return lambda _: f"<{kind}_{next(counted)}>"

    return _replaced(example, {kind: gone(kind) for kind in _FOUND_BEFORE})


def in_small_letters(example: Example) -> Example:
    """Return the example as somebody types who never presses shift."""
    lowered = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in example.text)
    return replace(example, text=lowered)


def in_capitals(example: Example) -> Example:
    """Return the example in capitals throughout."""
    raised = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in example.text)
    return replace(example, text=raised)


def _replaced(example: Example, others: Mapping[str, Callable[[str], str]]) -> Example:
    made, spans, at, size = [], [], 0, 0
    for span in sorted(example.spans, key=lambda one: one.start):
        if span.start < at:
            continue
        other = others.get(label_of(span) or span.label)
        held = example.text[span.start : span.end]
        new = other(held) if other else held
        made += [example.text[at : span.start], new]
        size += span.start - at
        spans.append(Span(start=size, end=size + len(new), label=span.label))
        size += len(new)
        at = span.end
    made.append(example.text[at:])
    return replace(example, text="".join(made), spans=tuple(spans))


def augmented(
    examples: Sequence[Example], chance: random.Random, *, swaps: int, small: float, capitals: float
) -> list[Example]:
    """Return the examples and, of a share of them, the same told otherwise."""
    made = [
        without_addresses(example) if chance.random() < _MOSTLY else example for example in examples
    ]
    for example in [*made]:
        has_names = any(label_of(span) == PERSON for span in example.spans)
        if has_names:
            made += [with_other_names(example, chance) for _ in range(swaps)]
            if chance.random() < _RARELY:
                made.append(redacted(example, chance))
            if chance.random() < _RARELY:
                made.append(with_capital_names(with_other_names(example, chance)))
        if chance.random() < small:
            made.append(in_small_letters(with_other_names(example, chance)))
        if chance.random() < capitals:
            made.append(in_capitals(with_other_names(example, chance)))
    return made

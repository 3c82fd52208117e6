"""Examples told again with other names, and in other letters: names change, sentences stay."""

import random
from collections.abc import Sequence
from dataclasses import replace

from tagger.gazetteer import by_locale
from tagger.sets import PERSON, Example, Span, label_of

_LATIN = tuple(
    locale
    for locale in by_locale()
    if not locale.startswith(
        tuple(
            "ar_ fa_ he_ ja_ ko_ zh_ th_ hi_ ta_ bn_ gu_ mr_ or_ ne_ si_ ka_ hy_ el_ ru_ uk_ bg_ mk_".split(
                " "
            )
        )
    )
)


def with_other_names(example: Example, chance: random.Random) -> Example:
    """Return the example with each person's name replaced by one of the same form."""
    locale = chance.choice(_LATIN)
    known: dict[str, str] = {}

    def other(name: str) -> str:
        return " ".join(
            _other_word(word, locale, known, chance, place, name)
            for place, word in enumerate(name.split(" "))
        )

    return _replaced(example, {PERSON: other})


def _other_word(
    word: str, locale: str, known: dict[str, str], chance: random.Random, place: int, name: str
) -> str:
    bare = word.strip(".,'\"")
    if len(bare) < 3 or not bare[:1].isupper() or not bare.isalpha():
        return word
    if bare not in known:
        firsts, lasts = by_locale()[locale]
        alone = " " not in name
        pool = firsts if place == 0 and (not alone or chance.random() < 0.7) else lasts
        known[bare] = chance.choice(pool).split(" ")[0]
    new = known[bare]
    if bare.isupper():
        new = new.upper()
    return word.replace(bare, new)


def in_small_letters(example: Example) -> Example:
    """Return the example as somebody types who never presses shift."""
    lowered = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in example.text)
    return replace(example, text=lowered)


def in_capitals(example: Example) -> Example:
    """Return the example in capitals throughout."""
    raised = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in example.text)
    return replace(example, text=raised)


def _replaced(example: Example, others: dict[str, object]) -> Example:
    made, spans, at, size = [], [], 0, 0
    for span in sorted(example.spans, key=lambda one: one.start):
        if span.start < at:
            continue
        other = others.get(label_of(span))
        held = example.text[span.start : span.end]
        new = other(held) if callable(other) else held
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
    made = list(examples)
    for example in examples:
        has_names = any(label_of(span) == PERSON for span in example.spans)
        if has_names:
            made += [with_other_names(example, chance) for _ in range(swaps)]
        if chance.random() < small:
            made.append(in_small_letters(with_other_names(example, chance)))
        if chance.random() < capitals:
            made.append(in_capitals(with_other_names(example, chance)))
    return made

"""Forms: sentences with slots, in which a clause whose slot is unknown is not said at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")
_CLAUSE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """A first draft: how it opens, what to say next (the member's own part), how it ends."""

    opening: str
    points: tuple[str, ...]
    closing: str


Parts = tuple[tuple[str, ...], ...]
"""Sentences in order; of each, several ways to say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that is known of one language. Forms are ours; slots are the member's own words.

    `{slot}` is filled; `[ ... {slot}]` is a clause that goes where its slot is empty; a form
    with an empty slot outside a clause is not used. `words` makes slots of this language alone.
    """

    code: str
    headlines: tuple[str, ...]
    summary: Parts
    posts: tuple[PostForm, ...]
    message: Parts
    resume: Parts
    questions: Mapping[str, str]
    quotation: str
    quotable: str
    at: str
    conjunction: Callable[[str], str]
    year: str
    years: str
    words: Callable[[Mapping[str, str]], dict[str, str]]

    def listed(self, parts: Sequence[str]) -> str:
        """Say several things as one: "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.conjunction(parts[-1])} {parts[-1]}"

    def counted_years(self, number: int) -> str:
        """Say how many years; nothing for none."""
        return f"{number} {self.year if number == 1 else self.years}" if number > 0 else ""


def filled(form: str, slots: Mapping[str, str]) -> str | None:
    """Fill a form; None where a slot that it cannot do without is empty."""

    def clause(found: re.Match[str]) -> str:
        known = all(slots.get(name) for name in _SLOT.findall(found.group(1)))
        return found.group(1) if known else ""

    kept = _CLAUSE.sub(clause, form)
    if not all(slots.get(name) for name in _SLOT.findall(kept)):
        return None
    return opened(_SLOT.sub(lambda found: slots[found.group(1)], kept))


def opened(text: str) -> str:
    """Begin with a capital, unless the first word's own spelling says otherwise (iOS, eBay)."""
    first = re.match(r"\w+", text)
    if first is None or not first.group().islower():
        return text
    return text[0].upper() + text[1:]


def told(parts: Parts, slots: Mapping[str, str], turn: int, most: int) -> list[str]:
    """Say one sentence per part, as far as it is known; `turn` chooses between the ways.

    Of more than `most`, the first and the last parts are kept: they open and close.
    """
    sentences: list[str] = []
    for number, ways in enumerate(parts):
        known = [said for way in ways if (said := filled(way, slots)) is not None]
        fresh = [said for said in known if said not in sentences]
        if fresh:
            sentences.append(fresh[(turn + number * (turn // 3)) % len(fresh)])
    if len(sentences) <= most:
        return sentences
    return [*sentences[: most - 1], sentences[-1]]

"""Words on the shelf: how stock is written down, dealt out and filled in."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_MARKS = {
    "#": "subject",
    "*": "problem",
    ">": "tried",
    "+": "fix",
    "=": "result",
    "!": "lesson",
}
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_OPINIONS = frozenset({"story", "tips", "view"})
_END = (".", "!", "?", ":", "…", '."', '?"', ".“", ". »", "?“")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that happened at work: clauses that frames turn into sentences."""

    subject: str
    problem: str
    tried: str
    fix: str
    result: str
    lesson: str
    trade: str = ""

    def fits(self, trade: str) -> bool:
        """Whether it can have happened to somebody in that trade."""
        return self.trade in {"", trade}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """The words of one line of work, in English."""

    key: str
    industry: str
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    skills: tuple[str, ...]
    topics: tuple[str, ...]
    education: tuple[str, ...]
    cases: tuple[Case, ...]
    tips: tuple[str, ...]
    views: tuple[str, ...]
    details: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What people say in one language whatever their trade."""

    code: str
    numbers: tuple[str, ...]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    openings: tuple[str, ...]
    problem_leads: tuple[str, ...]
    told_leads: tuple[str, ...]
    tried_leads: tuple[str, ...]
    fix_leads: tuple[str, ...]
    result_leads: tuple[str, ...]
    lesson_leads: tuple[str, ...]
    closings: tuple[str, ...]
    cases: tuple[Case, ...]
    tip_intros: tuple[str, ...]
    tips: tuple[str, ...]
    views: tuple[str, ...]
    view_turns: tuple[str, ...]
    reflections: tuple[str, ...]
    occasions: tuple[str, ...]
    reactions: tuple[str, ...]
    quotations: tuple[str, ...]
    remarks: tuple[str, ...]
    replies: tuple[str, ...]
    messages: tuple[str, ...]
    contacts: Mapping[str, str]
    abouts: tuple[str, ...]
    favourites: tuple[str, ...]
    sign_offs: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """Split a comma-separated list."""
    return tuple(part.strip() for part in " ".join(text.split()).split(","))


def lines(text: str) -> tuple[str, ...]:
    """Read a list whose items start with `- ` and may go on over several lines."""
    items: list[str] = []
    for line in text.strip().splitlines():
        stripped = line.strip()
        if stripped.startswith("- "):
            items.append(stripped[2:])
        elif stripped:
            items[-1] += f" {stripped}"
    return tuple(items)


def cases(text: str) -> tuple[Case, ...]:
    """Read cases: one marked line per part, the subject (`#`, perhaps with `@trade`) first."""
    found: list[dict[str, str]] = []
    part = ""
    for line in text.strip().splitlines():
        mark, _, rest = line.strip().partition(" ")
        if mark in _MARKS:
            part = _MARKS[mark]
            if part == "subject":
                found.append({})
                if rest.startswith("@"):
                    found[-1]["trade"], _, rest = rest[1:].partition(" ")
            found[-1][part] = rest
        elif line.strip():
            found[-1][part] += f" {line.strip()}"
    return tuple(Case(**parts) for parts in found)


class Deck(Generic[T]):
    """Deals everything once before anything comes twice, so that a feed does not repeat itself."""

    def __init__(self, rng: random.Random, cards: Sequence[T]) -> None:
        self._rng = rng
        self._cards = list(cards)
        self._pile: list[T] = []

    def deal(self) -> T:
        """Take the next card; shuffle again when none is left, never the same one twice running."""
        if not self._pile:
            last, self._pile = self._cards[-1], list(self._cards)
            self._rng.shuffle(self._pile)
            if len(self._pile) > 1 and self._pile[-1] == last:
                self._pile.reverse()
        card = self._pile.pop()
        if not self._pile:
            self._cards.remove(card)
            self._cards.append(card)
        return card


def fill(rng: random.Random, template: str, slots: Mapping[str, str]) -> str:
    """Choose one of each `[a|b]`, roll each `{3-9}` and put the slots in."""
    while _CHOICE.search(template):
        template = _CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), template)
    template = _RANGE.sub(
        lambda m: str(rng.randint(int(m.group(1)), int(m.group(2)))),
        template,
    )
    return _SLOT.sub(lambda m: slots[m.group(1)], template).strip()


def suited(cards: Sequence[str], mood: str) -> tuple[str, ...]:
    """Return the lines that suit a mood, without their `@mood` marks.

    A line without a mark suits whatever gives an opinion (a story, tips, a view); one marked
    `@any` suits every occasion besides.
    """
    marks = {f"@{mood}"} | (set() if mood in _OPINIONS else {"@any"})
    marked = tuple(rest for mark, _, rest in (c.partition(" ") for c in cards) if mark in marks)
    plain = tuple(card for card in cards if not card.startswith("@"))
    return marked + plain if mood in _OPINIONS or not marked else marked


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def sentence(*parts: str) -> str:
    """Join clauses into one sentence: a capital in front, a full stop at the end."""
    text = " ".join(part for part in parts if part).strip()
    text = capital(text)
    return text if text.endswith(_END) else f"{text}."

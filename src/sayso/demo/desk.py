"""Where everyone writes: the decks that keep neighbours apart, and one person's pen."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.demo.stock import Case, Deck, Tongue, fill, sentence, words
from sayso.demo.villagers import Villager, given

_OWN_CASE_SHARE = 0.9
_MONTHS = words("""January, February, March, April, May, June, July, August, September, October,
    November, December""")


class Desk:
    """Deals lines and cases to whoever sits down: everything once before anything twice."""

    def __init__(self, rng: random.Random, people: Sequence[Villager]) -> None:
        self.rng = rng
        self._people = people
        self._lines: dict[str, Deck[str]] = {}
        self._cases: dict[str, Deck[Case]] = {}

    def deal(self, shelf: str, cards: Sequence[str]) -> str:
        """Take the next line from a shelf; `cards` fill it when it is first asked for."""
        if shelf not in self._lines:
            self._lines[shelf] = Deck(self.rng, cards)
        return self._lines[shelf].deal()

    def deal_case(self, shelf: str, cards: Sequence[Case]) -> Case:
        """Take the next case from a shelf."""
        if shelf not in self._cases:
            self._cases[shelf] = Deck(self.rng, cards)
        return self._cases[shelf].deal()

    def chance(self, share: float) -> bool:
        """Be true this often."""
        return self.rng.random() < share

    def other(self, *than: Villager) -> Villager:
        """Pick somebody else, to be named in a text."""
        named = {villager.member.id for villager in than}
        while True:
            found = self.rng.choice(self._people)
            if found.member.id not in named:
                return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Somebody writing something in one tongue; `slots` are what a line may ask for."""

    desk: Desk
    writer: Villager
    tongue: Tongue
    slots: Mapping[str, str]

    @property
    def english(self) -> bool:
        """Whether the words of the writer's trade may be used: they are in English."""
        return self.tongue.code == "en"

    @property
    def at_home(self) -> bool:
        """Whether the writer uses their own tongue, and so their own turns of phrase."""
        return self.tongue is self.writer.tongue

    def line(self, shelf: str, cards: Sequence[str]) -> str:
        """Deal a line of this tongue and fill it in."""
        return self.fill(self.desk.deal(f"{shelf}/{self.tongue.code}", cards))

    def trade_line(self, shelf: str, own: Sequence[str], general: Sequence[str]) -> str:
        """Deal a line of the writer's trade, or in other tongues a general one."""
        if not self.english:
            return self.line(shelf, general)
        return self.line(f"{shelf}/{self.writer.trade.key}", own)

    def case(self, shelf: str = "case") -> Case:
        """Deal the next thing that happened to somebody in this writer's position."""
        if self.english and self.desk.chance(_OWN_CASE_SHARE):
            trade = self.writer.trade
            return self.desk.deal_case(f"{shelf}/{trade.key}", trade.cases)
        return self.desk.deal_case(f"{shelf}/{self.tongue.code}", self.tongue.cases)

    def fill(self, template: str) -> str:
        """Fill in a template."""
        return fill(self.desk.rng, template, self.slots)

    def clause(self, shelf: str, leads: Sequence[str], clause: str, share: float) -> str:
        """Make a sentence of a clause, this often with a lead before it."""
        lead = self.line(shelf, leads) if self.desk.chance(share) else ""
        text = self.fill(clause)
        whole = lead.endswith("?") or (lead.endswith(":") and self.tongue.code == "de")
        return f"{lead} {sentence(text)}" if whole else sentence(lead, text)


def pen(desk: Desk, writer: Villager, tongue: Tongue, at: datetime, **more: str) -> Pen:
    """Hand the writer a pen, with friends to name and small facts to mention."""
    friend = desk.other(writer)
    second = desk.other(writer, friend)
    number, number_two = desk.rng.sample(tongue.numbers, 2)
    weekday = desk.rng.choice(tongue.weekdays)
    small = {
        "member": friend.member.name,
        "member_two": second.member.name,
        "first": given(friend.member.name),
        "other_handle": second.member.handle,
        "email": f"{writer.member.handle}@example.org",
        "phone": _phone(desk.rng, writer.member.region),
        "n": number,
        "n_cap": number.capitalize(),
        "n_two": number_two,
        "weekday": weekday,
        "weekday_cap": weekday.capitalize(),
        "month": desk.rng.choice(tongue.months),
        "this_month": _MONTHS[at.month - 1],
        "question": desk.deal(f"asked/{writer.trade.key}", writer.trade.questions),
    }
    return Pen(desk=desk, writer=writer, tongue=tongue, slots={**writer.facts, **small, **more})


def _phone(rng: random.Random, region: str) -> str:
    """Return a number from a range kept free for fiction: Ofcom's, else North America's."""
    if region in {"GB", "IE"}:
        return f"07700 900{rng.randint(100, 999)}"
    return f"+1 {rng.choice(('206', '312', '617'))} 555 01{rng.randint(10, 99)}"

"""Posts and articles: cases, tips, views and occasions put into a villager's own words."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.demo.stock import Case, Deck, Tongue, fill, sentence
from sayso.demo.villagers import Villager, given

_BLOCK = "||"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text and what it is about; `tongue` is the language it was written in."""

    text: str
    tongue: Tongue
    subject: str = ""
    title: str = ""


class Desk:
    """Where everyone writes: the decks that keep neighbours from saying the same thing."""

    def __init__(self, rng: random.Random, people: Sequence[Villager]) -> None:
        self.rng = rng
        self._people = people
        self._cards: dict[tuple[str, ...], Deck[str]] = {}
        self._cases: dict[str, Deck[Case]] = {}

    def deal(self, shelf: str, tongue: Tongue, cards: Sequence[str]) -> str:
        """Take the next line from a shelf of one tongue or trade."""
        key = (shelf, tongue.code)
        if key not in self._cards:
            self._cards[key] = Deck(self.rng, cards)
        return self._cards[key].deal()

    def case(self, writer: Villager, tongue: Tongue) -> Case:
        """Take the next thing that happened to somebody in this writer's position."""
        own = tongue.code == "en" and self.rng.random() > 0.1
        key = writer.trade.key if own else tongue.code
        if key not in self._cases:
            self._cases[key] = Deck(self.rng, writer.trade.cases if own else tongue.cases)
        return self._cases[key].deal()

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

    def slots(self, writer: Villager, tongue: Tongue, at: datetime) -> dict[str, str]:
        """Return what a template may ask for when this person writes at this moment."""
        friend = self.other(writer)
        second = self.other(writer, friend)
        number, number_two = self.rng.sample(tongue.numbers, 2)
        weekday = self.rng.choice(tongue.weekdays)
        return dict(writer.facts) | {
            "member": friend.member.name,
            "member_two": second.member.name,
            "first": given(friend.member.name),
            "other_handle": second.member.handle,
            "email": f"{writer.member.handle}@example.org",
            "phone": _phone(self.rng, writer.member.region),
            "n": number,
            "n_cap": number.capitalize(),
            "n_two": number_two,
            "weekday": weekday,
            "weekday_cap": weekday.capitalize(),
            "month": self.rng.choice(tongue.months),
            "this_month": f"{at:%B}",
            "subject": self.rng.choice(writer.trade.cases).subject,
            "question": self.deal(f"question/{writer.trade.key}", tongue, writer.trade.questions),
        }

    def line(
        self, shelf: str, tongue: Tongue, cards: Sequence[str], slots: Mapping[str, str]
    ) -> str:
        """Deal a line and fill it in."""
        return fill(self.rng, self.deal(shelf, tongue, cards), slots)


def _phone(rng: random.Random, region: str) -> str:
    """Return a number from a range kept free for fiction: Ofcom's, else North America's."""
    if region in {"GB", "IE"}:
        return f"07700 900{rng.randint(100, 999)}"
    return f"+1 {rng.choice(('206', '312', '617'))} 555 01{rng.randint(10, 99)}"


def post(desk: Desk, writer: Villager, tongue: Tongue, at: datetime, *, contact: str = "") -> Draft:
    """Write a post: mostly something that happened, now and then advice, a view, an occasion."""
    slots = desk.slots(writer, tongue, at)
    sort = desk.rng.choices(("story", "tips", "view", "occasion"), (52, 14, 13, 21))[0]
    subject = ""
    if sort == "story":
        case = desk.case(writer, tongue)
        subject = case.subject
        blocks = _story(desk, writer, tongue, case, slots)
    elif sort == "tips":
        blocks = _tips(desk, writer, tongue, slots)
    elif sort == "view":
        blocks = _view(desk, writer, tongue, slots)
    else:
        text = desk.line("occasion", tongue, tongue.occasions, slots)
        blocks = [" ".join(part.split()) for part in text.split(_BLOCK)]
        if desk.chance(0.35):
            blocks.append(writer.habits.favourite)
    if contact:
        blocks.append(fill(desk.rng, tongue.contacts.get(contact) or "", slots))
    return Draft(text=_laid_out(writer, blocks), tongue=tongue, subject=subject)


def _story(
    desk: Desk, writer: Villager, tongue: Tongue, case: Case, slots: Mapping[str, str]
) -> list[str]:
    happened = _happened(desk, tongue, case, slots)
    lesson = _clause(desk, "lesson", tongue.lesson_leads, tongue, slots, case.lesson, 0.75)
    opening = desk.line("opening", tongue, tongue.openings, slots)
    if tongue.code == "en" and desk.chance(0.4):
        detail = desk.line(f"detail/{writer.trade.key}", tongue, writer.trade.details, slots)
        happened[0] = f"{happened[0]} {detail}"
    shape = desk.rng.random()
    if shape < 0.2:
        blocks = [sentence(fill(desk.rng, case.lesson, slots)), *happened]
    elif shape < 0.42:
        blocks = [*happened, lesson]
    else:
        blocks = [f"{opening} {happened[0]}", *happened[1:], lesson]
    return blocks + _ending(desk, writer, tongue, slots)


def _happened(desk: Desk, tongue: Tongue, case: Case, slots: Mapping[str, str]) -> list[str]:
    problem = _clause(desk, "problem", tongue.problem_leads, tongue, slots, case.problem, 0.55)
    tried = _clause(desk, "tried", tongue.tried_leads, tongue, slots, case.tried, 0.5)
    fixed = _clause(desk, "fix", tongue.fix_leads, tongue, slots, case.fix, 0.7)
    result = _clause(desk, "result", tongue.result_leads, tongue, slots, case.result, 0.35)
    return [f"{problem} {tried}", f"{fixed} {result}"]


def _clause(  # noqa: PLR0913 - a clause, its shelf and its reader
    desk: Desk,
    shelf: str,
    leads: Sequence[str],
    tongue: Tongue,
    slots: Mapping[str, str],
    clause: str,
    share: float,
) -> str:
    lead = desk.line(shelf, tongue, leads, slots) if desk.chance(share) else ""
    words = fill(desk.rng, clause, slots)
    if lead.endswith("?"):
        return f"{lead} {sentence(words)}"
    return sentence(lead, words)


def _tips(desk: Desk, writer: Villager, tongue: Tongue, slots: Mapping[str, str]) -> list[str]:
    own = tongue.code == "en"
    given_tips = [
        desk.line(f"tip/{writer.trade.key}", tongue, writer.trade.tips, slots)
        if own and number != 1
        else desk.line("tip", tongue, tongue.tips, slots)
        for number in range(3)
    ]
    mark = desk.rng.choice(("- ", "* ", "{}. ", ""))
    listed = "\n".join(f"{mark.format(n)}{tip}" for n, tip in enumerate(given_tips, start=1))
    intro = desk.line("tip_intro", tongue, tongue.tip_intros, slots)
    return [intro, listed, *_ending(desk, writer, tongue, slots)]


def _view(desk: Desk, writer: Villager, tongue: Tongue, slots: Mapping[str, str]) -> list[str]:
    own = tongue.code == "en" and desk.chance(0.75)
    shelf = f"view/{writer.trade.key}" if own else "view"
    claim = desk.line(shelf, tongue, writer.trade.views if own else tongue.views, slots)
    turns = [desk.line("turn", tongue, tongue.view_turns, slots) for _ in range(2)]
    case = desk.case(writer, tongue)
    proof = [
        sentence(fill(desk.rng, case.problem, slots)),
        sentence(fill(desk.rng, case.fix, slots)),
    ]
    blocks = [claim, " ".join(proof) if desk.chance(0.6) else "", " ".join(turns)]
    return [block for block in blocks if block] + _ending(desk, writer, tongue, slots)


def _ending(desk: Desk, writer: Villager, tongue: Tongue, slots: Mapping[str, str]) -> list[str]:
    last: list[str] = []
    if desk.chance(0.34) and writer.tongue is tongue:
        last.append(writer.habits.favourite)
    if tongue.code == "en" and desk.chance(0.16):
        last.append(slots["question"])
    elif desk.chance(0.66):
        last.append(desk.line("closing", tongue, tongue.closings, slots))
    if writer.habits.sign_off and writer.tongue is tongue:
        last.append(writer.habits.sign_off)
    return [" ".join(last)] if last else []


def _laid_out(writer: Villager, blocks: Sequence[str]) -> str:
    """Set the blocks as this villager does: much air, a little, or none."""
    kept = [block for block in blocks if block]
    listed = any("\n" in block for block in kept)
    if writer.habits.paragraphs == "airy" or listed:
        return "\n\n".join(kept)
    if writer.habits.paragraphs == "plain" and len(kept) > 2:
        return f"{' '.join(kept[:2])}\n\n{' '.join(kept[2:])}"
    return " ".join(kept)


def article(desk: Desk, writer: Villager, tongue: Tongue, at: datetime) -> Draft:
    """Write an article: three things that happened, what they share, and advice at the end."""
    slots = desk.slots(writer, tongue, at)
    cases = [desk.case(writer, tongue) for _ in range(3)]
    opening = desk.line("opening", tongue, tongue.openings, slots)
    own = tongue.code == "en"
    views = writer.trade.views if own else tongue.views
    claim = desk.line(f"view/{writer.trade.key}" if own else "view", tongue, views, slots)
    turn = desk.line("turn", tongue, tongue.view_turns, slots)
    blocks = [f"{opening} {claim} {turn}"]
    for case in cases:
        told = _happened(desk, tongue, case, slots)
        lesson = _clause(desk, "lesson", tongue.lesson_leads, tongue, slots, case.lesson, 0.6)
        if own:
            detail = desk.line(f"detail/{writer.trade.key}", tongue, writer.trade.details, slots)
            told[0] = f"{told[0]} {detail}"
        blocks.append(" ".join([*told, lesson]))
    blocks.append(_advice(desk, writer, tongue, slots))
    blocks.extend(_ending(desk, writer, tongue, slots))
    title = sentence(fill(desk.rng, cases[0].lesson, slots)).rstrip(".")
    return Draft(text="\n\n".join(blocks), tongue=tongue, subject=cases[0].subject, title=title)


def _advice(desk: Desk, writer: Villager, tongue: Tongue, slots: Mapping[str, str]) -> str:
    own = tongue.code == "en"
    tips = [
        desk.line(f"tip/{writer.trade.key}", tongue, writer.trade.tips, slots)
        if own
        else desk.line("tip", tongue, tongue.tips, slots)
        for _ in range(2)
    ]
    general = desk.line("tip", tongue, tongue.tips, slots)
    return " ".join([*tips, general, writer.habits.favourite if writer.tongue is tongue else ""])

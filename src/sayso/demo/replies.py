"""Comments: a reaction, somebody's own experience, and now and then the author's very words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Quote
from sayso.demo.desk import Desk, Pen, pen
from sayso.demo.drafts import Draft
from sayso.demo.stock import Case, capital, sentence, suited
from sayso.demo.tongues import TONGUES
from sayso.demo.villagers import Villager

_SENTENCE = re.compile(r"[^.!?\n]+[.!?](?=\s|$)")
_UNQUOTABLE = re.compile('["„“«»@:]|[0-9]{3}|example')
_FEWEST_WORDS = 15
_MOST_WORDS = 52
_MOST_REMARKS = 3
_QUOTES_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A comment's text, and the words in it that are somebody else's."""

    text: str
    quotes: tuple[Quote, ...] = ()


def comment(  # noqa: PLR0913 - who answers whom, about what, when and how
    desk: Desk, writer: Villager, to: Villager, draft: Draft, at: datetime, *, quoting: bool = False
) -> Reply:
    """Answer somebody's post, in its own tongue where the writer speaks it."""
    held = _pen(desk, writer, to, draft, at)
    quote = _quote(desk, draft, quoting=quoting) if held.tongue is draft.tongue else ""
    if quote:
        asked = desk.deal(f"quotation/{held.tongue.code}", held.tongue.quotations)
        first = held.fill(asked.replace("{quote}", "\0")).replace("\0", quote)
    else:
        first = _said(held, "reaction", held.tongue.reactions, draft.mood)
    text = first
    for turn in range(_MOST_REMARKS):
        if len(text.split()) >= _FEWEST_WORDS and (turn or not desk.chance(0.85)):
            break
        more = _said(held, "remark", held.tongue.remarks, draft.mood)
        if more not in text:
            text = f"{text} {more}"
        if len(text.split()) > _MOST_WORDS and not quote:
            text = more
        held = _pen(desk, writer, to, draft, at)
    if quote and quote in text:
        start = text.index(quote)
        spoken = Quote(start=start, end=start + len(quote), member_id=to.member.id)
        return Reply(text=text, quotes=(spoken,))
    return Reply(text=text)


def answer(desk: Desk, writer: Villager, to: Villager, draft: Draft, at: datetime) -> Reply:
    """Thank somebody for a comment under one's own post."""
    held = pen(desk, writer, draft.tongue, at, author_first=to.given)
    return Reply(text=_said(held, "reply", draft.tongue.replies, draft.mood))


def quotable(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that are worth repeating, as they stand in it."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return tuple(
        said for said in found if 6 <= len(said.split()) <= 22 and not _UNQUOTABLE.search(said)
    )


def _quote(desk: Desk, draft: Draft, *, quoting: bool) -> str:
    """Pick the words to repeat: a saying of the post if it stands there word for word."""
    if not quoting and not desk.chance(_QUOTES_SHARE):
        return ""
    sayings = [said for said in draft.sayings if said in draft.text and len(said.split()) > 4]
    found = sayings or (quotable(draft.text) if quoting else ())
    return desk.rng.choice(found) if found else ""


def _pen(desk: Desk, writer: Villager, to: Villager, draft: Draft, at: datetime) -> Pen:
    spoken = draft.tongue if draft.tongue is writer.tongue else TONGUES["en"]
    about = draft.subject if draft.subject and spoken is draft.tongue else to.facts["topic"]
    held = pen(desk, writer, spoken, at, author_first=to.given, subject=about)
    return pen(
        desk,
        writer,
        spoken,
        at,
        author_first=to.given,
        subject=about,
        **_own(held, _fitting(held)),
    )


def _fitting(held: Pen) -> Case:
    while True:
        case = held.case("remembered")
        if case.fits(held.writer.trade.key):
            return case


def _own(held: Pen, case: Case) -> dict[str, str]:
    """Put a case of the commenter's own into words, to be told in passing."""
    problem, fix = held.fill(case.problem), held.fill(case.fix)
    lesson = held.fill(case.lesson)
    return {
        "own_problem": problem,
        "own_problem_cap": capital(problem),
        "own_fix": capital(fix),
        "own_fix_low": fix,
        "own_result": sentence(held.fill(case.result)).rstrip("."),
        "own_lesson": capital(lesson),
        "own_lesson_low": lesson,
    }


def _said(held: Pen, shelf: str, cards: Sequence[str], mood: str) -> str:
    fitting = suited(cards, mood)
    telling = tuple(card for card in fitting if "{own_" in card)
    return held.line(f"{shelf}/{mood}", fitting + telling)

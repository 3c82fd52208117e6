"""Comments: a reaction, somebody's own experience, and now and then the author's very words."""

import re
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Quote
from sayso.demo.drafts import Desk, Draft
from sayso.demo.stock import Tongue, fill
from sayso.demo.tongues import TONGUES
from sayso.demo.villagers import Villager

_SENTENCE = re.compile(r"[^.!?\n]+[.!?](?=\s|$)")
_FEWEST_WORDS = 15
_UNQUOTABLE = re.compile('["„“«»@:]|[0-9]{3}|example')


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A comment's text, and the words in it that are somebody else's."""

    text: str
    quotes: tuple[Quote, ...] = ()


def comment(
    desk: Desk, writer: Villager, to: Villager, draft: Draft, at: datetime, *, quoting: bool = False
) -> Reply:
    """Answer somebody's post, in its own tongue where the writer speaks it."""
    tongue = draft.tongue if draft.tongue is writer.tongue else TONGUES["en"]
    slots = desk.slots(writer, tongue, at) | {
        "author_first": to.given,
        "subject": draft.subject or to.facts["topic"],
    }
    parts: list[str] = []
    said = quotable(draft.text) if tongue is draft.tongue else ()
    quote = desk.rng.choice(said) if said and (quoting or desk.chance(0.2)) else ""
    if quote:
        quoted = desk.deal("quotation", tongue, tongue.quotations)
        parts.append(fill(desk.rng, quoted, slots | {"quote": quote}))
    else:
        parts.append(desk.line("reaction", tongue, tongue.reactions, slots))
    if desk.chance(0.85) or not quote:
        parts.append(_remark(desk, tongue, draft, slots))
    while len(" ".join(parts).split()) < _FEWEST_WORDS:
        parts.append(_remark(desk, tongue, draft, slots))
    text = " ".join(parts)
    if not quote:
        return Reply(text=text)
    start = text.index(quote)
    spoken = Quote(start=start, end=start + len(quote), member_id=to.member.id)
    return Reply(text=text, quotes=(spoken,))


def _remark(desk: Desk, tongue: Tongue, draft: Draft, slots: dict[str, str]) -> str:
    while True:
        remark = desk.deal("remark", tongue, tongue.remarks)
        if draft.subject and draft.tongue is tongue or "{subject}" not in remark:
            return fill(desk.rng, remark, slots)


def answer(desk: Desk, writer: Villager, to: Villager, tongue: Tongue, at: datetime) -> Reply:
    """Thank somebody for a comment under one's own post."""
    slots = desk.slots(writer, tongue, at) | {"author_first": to.given}
    text = desk.line("reply", tongue, tongue.replies, slots)
    if len(text.split()) < _FEWEST_WORDS and writer.tongue is tongue:
        text = f"{text} {writer.habits.favourite}"
    return Reply(text=text)


def quotable(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that are worth repeating, as they stand in it."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return tuple(
        said for said in found if 6 <= len(said.split()) <= 22 and not _UNQUOTABLE.search(said)
    )

"""A suggestion as it is given and as it is kept: sealed, and others' words by reference only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sayso.community import MemberId
from sayso.errors import Tampered
from sayso.writing.credit import Credit, CreditTier
from sayso.writing.generators.forms import Pack
from sayso.writing.kept import SuggestionId
from sayso.writing.quotations import Quotation
from sayso.writing.words import words

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A credit in words, as the credited member chooses now.

    `member_id` and `document_id` are empty unless the member is credited by name: a link would
    name them. `passage` is the stretch of the text it speaks of, where there is one.
    """

    tier: CreditTier
    name: str
    sentence: str
    passage: str = ""
    member_id: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Words offered to a member. `text` is the first of `variants`, or nothing.

    `notes` stand beside the variants ("used by 7 members"); `made_of` says in plain sentences
    where the words are from; `questions` are asked where too little is known.
    """

    id: SuggestionId
    member_id: MemberId
    kind: str
    prompt: str
    language: str
    created_at: datetime
    variants: tuple[str, ...]
    notes: tuple[str, ...]
    credits: tuple[Credit, ...]
    shown: tuple[Shown, ...]
    questions: tuple[str, ...]
    made_of: tuple[str, ...]
    model_id: str
    epoch: int
    generator: str

    @property
    def text(self) -> str:
        """The first variant."""
        return self.variants[0] if self.variants else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is sealed in a history: the member's own, ours, and references; no other's words."""

    prompt: str = ""
    language: str = "en"
    variants: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    generator: str = ""
    model_note: str = ""
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation whose words may be shown now, under this name."""

    quotation: Quotation
    words: str
    name: str


def to_bytes(body: Body) -> bytes:
    """Write a body, to be sealed."""
    return json.dumps({"format": _FORMAT, **asdict(body)}, ensure_ascii=False).encode()


def from_bytes(plain: bytes) -> Body:
    """Read what `to_bytes` wrote.

    Raises:
        Tampered: it is something else.
    """
    try:
        said: Mapping[str, Any] = json.loads(plain)
        return Body(
            prompt=said["prompt"],
            language=said["language"],
            variants=tuple(said["variants"]),
            notes=tuple(said["notes"]),
            questions=tuple(said["questions"]),
            made_of=tuple(said["made_of"]),
            generator=said["generator"],
            model_note=said["model_note"],
            quotations=tuple(Quotation(**one) for one in said["quotations"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Tampered("A kept suggestion is not in a form that we wrote.") from error


def with_quotations(
    text: str, quoted: Sequence[Quoted], pack: Pack
) -> tuple[str, tuple[Credit, ...]]:
    """Put quotations under a draft, marked and with their author's name; return their credits."""
    if not quoted:
        return text, ()
    whole = f"{text}\n\n{pack.quotable}\n"
    credits_: list[Credit] = []
    for one in quoted:
        before, after = pack.quotation.split("{text}")
        start = len(whole) + 1 + len(before)
        whole = f"{whole}\n{before}{one.words}{after} ({one.name})"
        credits_.append(
            Credit(
                tier=CreditTier.QUOTE,
                member_id=one.quotation.member_id,
                document_id=one.quotation.document_id,
                start=start,
                end=start + len(one.words),
                words=len(words(one.words)),
            )
        )
    return whole, tuple(credits_)


def of_quotations(credit: Credit, body: Body) -> bool:
    """Say whether a credit is that of a quotation under the draft, not of words inside it."""
    beyond = bool(body.variants) and credit.end > len(body.variants[credit.variant])
    return credit.tier is CreditTier.QUOTE and beyond


def sentence(credit: Credit, name: str, title: str) -> str:
    """Say what a credit means; one sentence per tier, never blurred."""
    of = f", in “{title}”" if title else ""
    match credit.tier:
        case CreditTier.QUOTE:
            return f"These {credit.words} words are also {name}'s{of}."
        case CreditTier.CONTEXT:
            return f"Written with a text by {name} at hand{of}."
        case CreditTier.RELATED:
            return f"{name} wrote about this{of}. Nothing is taken from it."
        case CreditTier.MODEL:
            return credit.note

"""Suggestions as a page or a program shows them: words, credits with their links, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import Request

from sayso.community import Member
from sayso.errors import BadInput, NotFound
from sayso.web.site import site_of
from sayso.web.visits import Visit, visiting
from sayso.writing.credit import CreditTier
from sayso.writing.history import Shown as Credited
from sayso.writing.history import Suggestion
from sayso.writing.suggest import SuggestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that can be asked for, as a button says it."""

    value: SuggestionKind
    title: str


KINDS = (
    Kind(value=SuggestionKind.POST, title="First draft"),
    Kind(value=SuggestionKind.CONTINUE, title="Next words"),
    Kind(value=SuggestionKind.HEADLINE, title="Headline"),
    Kind(value=SuggestionKind.SUMMARY, title="Profile summary"),
    Kind(value=SuggestionKind.MESSAGE, title="Message to a recruiter"),
    Kind(value=SuggestionKind.RESUME, title="Résumé summary"),
)
_TITLES = {kind.value: kind.title for kind in KINDS}
_LABELS = {
    CreditTier.QUOTE: "in these words",
    CreditTier.CONTEXT: "at hand",
    CreditTier.RELATED: "related",
    CreditTier.MODEL: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way of saying it. `number` is its place among those first offered."""

    number: int
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A credit: a name as its member chose, and a link only where they are named."""

    name: str
    label: str
    sentence: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A suggestion ready to be shown. `made_of` says in sentences where its words are from."""

    id: str
    kind: str
    title: str
    variants: tuple[Variant, ...]
    credits: tuple[Chip, ...]
    questions: tuple[str, ...]
    made_of: tuple[str, ...]
    prompt: str
    at: datetime


def ask(request: Request, member: Member, kind: str, text: str) -> Offer:
    """Ask for a suggestion; it is kept in the member's history.

    Raises:
        BadInput: there is no such kind, or the text is too long.
        Refused: the member said no to help with writing.
    """
    if kind not in set(SuggestionKind):
        raise BadInput(f"{kind!r} cannot be suggested.", hint="One of: " + ", ".join(_TITLES) + ".")
    site = site_of(request)
    with site.network.writing() as stores:
        made = site.assistant.writer.suggest(
            stores, member, SuggestionKind(kind), text, site.network.clock()
        )
    return _offer(made)


def offered(request: Request, form: Mapping[str, str]) -> Offer | None:
    """Return what the form was offered, with its words as edited there; None where it is gone."""
    with visiting(request) as visit:
        writer = visit.site.assistant.writer
        try:
            made = writer.read(visit.stores, visit.member.id, form.get("suggestion", ""), visit.now)
        except NotFound:
            return None
    offer = _offer(made)
    texts = {f"variant-{each.number}": each for each in offer.variants}
    variants = tuple(
        replace(each, text=form[name].strip()) for name, each in texts.items() if name in form
    )
    return replace(offer, variants=variants)


def without(offer: Offer, number: str) -> Offer:
    """Return it without one refused variant."""
    left = tuple(each for each in offer.variants if str(each.number) != number)
    return replace(offer, variants=left)


def kept(visit: Visit) -> tuple[Offer, ...]:
    """Return the member's history, newest first, with credits as they stand now."""
    writer = visit.site.assistant.writer
    return tuple(_offer(each) for each in writer.history(visit.stores, visit.member.id, visit.now))


def _offer(made: Suggestion) -> Offer:
    notes = (*made.notes, *("" for _ in made.variants))
    return Offer(
        id=made.id,
        kind=made.kind,
        title=_TITLES[SuggestionKind(made.kind)],
        variants=tuple(
            Variant(number=number, text=text, note=note)
            for number, (text, note) in enumerate(zip(made.variants, notes, strict=False))
        ),
        credits=tuple(dict.fromkeys(_chip(each) for each in made.shown)),
        questions=made.questions,
        made_of=made.made_of,
        prompt=made.prompt,
        at=made.created_at,
    )


def _chip(each: Credited) -> Chip:
    return Chip(
        name=each.name,
        label=_LABELS[each.tier],
        sentence=each.sentence,
        link=f"/documents/{each.document_id}" if each.document_id else "",
    )

"""Suggestions as a page or a program shows them: words, credits with their links, questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import Request

from sayso.community import CreditChoice, Member, MemberId
from sayso.consent.say import fold
from sayso.errors import BadInput
from sayso.web.site import site_of
from sayso.web.visits import Visit, visiting
from sayso.writing.credit import Credit, CreditTier, show_credit
from sayso.writing.suggest import Suggestion, SuggestionKind


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
_NOTHING = "Nothing good enough to offer this time. Write a little more, or fill in your profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way of saying it. `number` is its place among those first offered."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A credit: a name as its member chose, and a link only where they are named."""

    name: str
    words: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A suggestion ready to be shown."""

    id: str
    kind: SuggestionKind
    title: str
    variants: tuple[Variant, ...]
    credits: tuple[Chip, ...]
    questions: tuple[str, ...]
    made_by: str
    nothing: str = _NOTHING
    prompt: str = ""
    at: datetime | None = None


def ask(request: Request, member: Member, kind: str, text: str) -> Shown:
    """Ask for a suggestion; it is kept in the member's history.

    Raises:
        BadInput: there is no such kind.
    """
    if kind not in set(SuggestionKind):
        raise BadInput(f"{kind!r} cannot be suggested.", hint="One of: " + ", ".join(_TITLES) + ".")
    site = site_of(request)
    now = site.network.clock()
    with site.network.writing() as stores:
        suggestion = site.writer.suggest(stores, member, SuggestionKind(kind), text, now)
    with visiting(request) as visit:
        return _shown(visit, suggestion)


def offered(request: Request, member_id: MemberId, form: Mapping[str, str]) -> Shown | None:
    """Return what the form was offered, with its words as edited there."""
    with visiting(request) as visit:
        for shown in kept(visit):
            if shown.id == form.get("suggestion", ""):
                variants = tuple(
                    Variant(number=int(name.removeprefix("variant-")), text=text.strip())
                    for name, text in form.items()
                    if name.removeprefix("variant-").isdecimal() and name.startswith("variant-")
                )
                return replace(shown, variants=variants)
    del member_id
    return None


def without(shown: Shown, number: str) -> Shown:
    """Return it without one refused variant."""
    left = tuple(each for each in shown.variants if str(each.number) != number)
    return replace(shown, variants=left)


def kept(visit: Visit) -> tuple[Shown, ...]:
    """Return the member's history, newest first, with credits as they stand now."""
    return ()


def _shown(visit: Visit, suggestion: Suggestion) -> Shown:
    raise NotImplementedError


def _chips(visit: Visit, credits_: Sequence[Credit]) -> tuple[Chip, ...]:
    ids = {each.member_id for each in credits_ if each.tier is not CreditTier.MODEL}
    people = visit.stores.community.members_by_id(ids)
    chips: dict[tuple[str, str], Chip] = {}
    for each in credits_:
        choice = _choice(visit, each.member_id)
        is_named = choice is CreditChoice.NAME and each.tier is not CreditTier.MODEL
        chip = Chip(
            name=show_credit(each, people.get(each.member_id), choice),
            words=_WORDS[each.tier].format(each.words),
            link=f"/documents/{each.document_id}" if is_named else "",
        )
        chips.setdefault((chip.name, chip.link), chip)
    return tuple(chips.values())


_WORDS = {
    CreditTier.QUOTE: "{} words of theirs",
    CreditTier.CONTEXT: "what it was made from",
    CreditTier.RELATED: "related",
    CreditTier.MODEL: "",
}


def _choice(visit: Visit, member_id: MemberId) -> CreditChoice:
    if not member_id:
        return CreditChoice.NOBODY
    return fold(visit.stores.ledger.history(member_id)).credit or CreditChoice.NAME

"""Suggestions for the signed-in member, with their credits."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from sayso.web import suggesting
from sayso.web.suggesting import Offer
from sayso.web.visits import header_token, may_act
from sayso.writing.suggest import SuggestionKind

router = APIRouter(prefix="/api/suggestions", tags=["suggestions"])


class Wanted(BaseModel):
    """What is asked for, and what the member has typed so far."""

    model_config = ConfigDict(extra="forbid")

    kind: SuggestionKind
    text: str = Field("", max_length=20_000)


class VariantOut(BaseModel):
    """One way of saying it; `note` says how common it is, where that is known."""

    text: str
    note: str


class CreditOut(BaseModel):
    """Whose words it draws on, named as they chose."""

    name: str
    label: str
    sentence: str
    link: str


class SuggestionOut(BaseModel):
    """Words on offer."""

    id: str
    kind: str
    variants: list[VariantOut]
    credits: list[CreditOut]
    questions: list[str]


@router.post("")
def suggest(request: Request, wanted: Wanted) -> SuggestionOut:
    """Suggest words; nothing is posted, and what was offered is in the member's history."""
    member = may_act(request, header_token(request))
    return _out(suggesting.ask(request, member, wanted.kind, wanted.text))


def _out(shown: Offer) -> SuggestionOut:
    return SuggestionOut(
        id=shown.id,
        kind=shown.kind,
        variants=[VariantOut(text=each.text, note=each.note) for each in shown.variants],
        credits=[
            CreditOut(name=each.name, label=each.label, sentence=each.sentence, link=each.link)
            for each in shown.credits
        ],
        questions=list(shown.questions),
    )

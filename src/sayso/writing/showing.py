"""Whom to thank, as each chooses now: nothing about names or say-so is taken from storage."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.community import CreditChoice, DocumentId, MemberId
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.writing.credit import Credit, CreditTier, show_credit
from sayso.writing.generators.local import pack_of
from sayso.writing.history import (
    Body,
    Quoted,
    Shown,
    Suggestion,
    of_quotations,
    sentence,
    with_quotations,
)
from sayso.writing.kept import KeptSuggestion
from sayso.writing.needs import Stores
from sayso.writing.quotations import Quotation, words_of
from sayso.writing.serving import Served

DEFAULT_CREDIT = CreditChoice.NAME
"""How a member who said yes, and nothing about credit, is credited: as the notice told them."""

Permission = Callable[[DocumentId], bool]


def permission(stores: Stores, now: datetime) -> Permission:
    """Return the question whether a document may be used at this moment, asked afresh."""
    world = stores.world()

    def permitted(document_id: DocumentId) -> bool:
        document = stores.documents.one(document_id)
        if document is None:
            return False
        return decide(facts_for(document, Purpose.GENAI_TRAINING, now, world)).permit

    return permitted


def whole(  # noqa: PLR0913 - what is kept, and what is true now
    stores: Stores,
    kept: KeptSuggestion,
    body: Body,
    *,
    credits_: Sequence[Credit],
    served: Served,
    permitted: Permission,
) -> Suggestion:
    """Put a suggestion together as it may be shown now.

    A credit, and a quotation with it, is gone when its document may no longer be used.
    """
    world = stores.world()
    quoted = [
        Quoted(quotation=quotation, words=said, name=_name(world, quotation.member_id))
        for quotation in body.quotations
        if permitted(quotation.document_id) and (said := _words_now(served, quotation)) is not None
    ]
    variants = list(body.variants)
    found = [
        replace(credit, note=body.model_note) if credit.tier is CreditTier.MODEL else credit
        for credit in credits_
        if not of_quotations(credit, body)
        and (credit.tier is CreditTier.MODEL or permitted(credit.document_id))
    ]
    if variants and quoted:
        variants[0], fresh = with_quotations(variants[0], quoted, pack_of(body.language))
        found.extend(fresh)
    return Suggestion(
        id=kept.id,
        member_id=kept.member_id,
        kind=kept.kind,
        prompt=body.prompt,
        language=body.language,
        created_at=kept.created_at,
        variants=tuple(variants),
        notes=body.notes,
        credits=tuple(found),
        shown=tuple(_shown(stores, world, credit, variants) for credit in found),
        questions=body.questions,
        made_of=body.made_of,
        model_id=kept.model_id,
        epoch=kept.epoch,
        generator=body.generator,
    )


def _words_now(served: Served, quotation: Quotation) -> str | None:
    corpus = served.corpus
    row = corpus.of_document(quotation.document_id) if corpus else None
    if corpus is None or row is None or not served.allowed[corpus.number[row.id]]:
        return None
    return words_of(corpus, quotation)


def _choice(world: World, member_id: MemberId) -> CreditChoice:
    return world.say(member_id).credit or DEFAULT_CREDIT


def _name(world: World, member_id: MemberId) -> str:
    credit = Credit(tier=CreditTier.QUOTE, member_id=member_id, document_id=DocumentId(""))
    return show_credit(credit, world.member(member_id), _choice(world, member_id))


def _shown(stores: Stores, world: World, credit: Credit, variants: Sequence[str]) -> Shown:
    if credit.tier is CreditTier.MODEL:
        return Shown(tier=credit.tier, name="", sentence=credit.note)
    name = _name(world, credit.member_id)
    by_name = _choice(world, credit.member_id) is CreditChoice.NAME
    document = stores.documents.one(credit.document_id) if by_name else None
    passage = variants[credit.variant][credit.start : credit.end] if variants else ""
    return Shown(
        tier=credit.tier,
        name=name,
        sentence=sentence(credit, name, document.title if document else ""),
        passage=passage,
        member_id=credit.member_id if by_name else "",
        document_id=credit.document_id if by_name else "",
    )

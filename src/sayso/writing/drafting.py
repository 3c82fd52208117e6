"""One draft from request to credit: words, guard, personal data, quotations, credits."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sayso.community import DocumentId, MemberId
from sayso.redact.scan import Surroundings
from sayso.writing.corpus import Corpus
from sayso.writing.credit import Credit, CreditTier
from sayso.writing.generators.local import FROM_TYPED, GENERATORS, Ask, slots_of
from sayso.writing.generators.phrases import Phrase
from sayso.writing.guard import personal, without
from sayso.writing.history import Body
from sayso.writing.needs import Redactor, Stores
from sayso.writing.overlap import overlap
from sayso.writing.quotations import Topic, quotations, related, says_any
from sayso.writing.serving import Scorer, Served
from sayso.writing.showing import Permission
from sayso.writing.words import words

GENERATOR = "local"
LEFT_OUT = "a sentence was left out: it repeated more of another member's words than allowed"
_TAIL_LETTERS = 600
_MOST_OFFERS = 3
_MODEL_WEIGHT = 0.25
"""How much the model counts against a phrase's share: it is small, so it only hints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request and all that it may draw on."""

    stores: Stores
    served: Served
    ask: Ask
    redactor: Redactor
    limit_words: int
    permitted: Permission

    @property
    def requester(self) -> MemberId:
        """Who is writing."""
        return self.ask.member.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A body before it is kept, and its credits, those of its quotations not among them."""

    body: Body
    credits: tuple[Credit, ...] = ()


def drafted(call: Call, kind: str) -> Made:
    """Draft a headline, summary, post, message or résumé summary."""
    draft = dict(GENERATORS)[kind](call.ask)
    variants: list[str] = []
    credits_: list[Credit] = []
    made_of = list(draft.made_of)
    for text in draft.variants:
        safe, found, is_cut = _safe(call, text)
        if is_cut and LEFT_OUT not in made_of:
            made_of.append(LEFT_OUT)
        if safe and safe not in variants:
            credits_.extend(replace(credit, variant=len(variants)) for credit in found)
            variants.append(safe)
    body = Body(
        prompt=call.ask.text,
        language=call.ask.pack.code,
        variants=tuple(variants),
        questions=draft.questions,
        made_of=tuple(made_of),
        generator=GENERATOR,
    )
    if kind == "post" and variants and call.served.corpus is not None:
        return _with_others(call, call.served.corpus, Made(body=body, credits=tuple(credits_)))
    return Made(body=body, credits=tuple(credits_))


def continued(call: Call, scorer: Callable[[Served], Scorer | None]) -> Made:
    """Offer to go on with what is typed: phrases that several members use, or nothing."""
    ask, served = call.ask, call.served
    offers: Sequence[Phrase] = served.phrases.offers(ask.text) if served.phrases else ()
    tail = ask.text[-_TAIL_LETTERS:]
    fit = [offer for offer in offers if _may_follow(call, tail, offer)]
    note = ""
    model = scorer(served) if len(fit) > 1 else None
    if model is not None:
        fit = _ranked(model, tail, fit)
        note = _model_note(served)
    fit = fit[:_MOST_OFFERS]
    body = Body(
        prompt=ask.text,
        language=ask.pack.code,
        variants=tuple(offer.text for offer in fit),
        notes=tuple(f"used by {offer.members} members" for offer in fit),
        made_of=(FROM_TYPED, *(f"a phrase {offer.members} members use" for offer in fit[:1]))
        if fit
        else (),
        generator=GENERATOR,
        model_note=note,
    )
    by_model = Credit(
        tier=CreditTier.MODEL, member_id=MemberId(""), document_id=DocumentId(""), note=note
    )
    return Made(body=body, credits=(by_model,) if note else ())


def _safe(call: Call, text: str) -> tuple[str, tuple[Credit, ...], bool]:
    """Return the text without others' personal data and without too long a run of their words.

    With it come the credits for what is left, and whether anything had to go.
    """
    found = call.redactor.redact(text, Surroundings(language=call.ask.pack.code)).found
    clean = whole = personal(text, found, call.ask.own_facts)
    corpus = call.served.corpus
    while corpus is not None and clean:
        shared = overlap(clean, call.stores, corpus, call.requester, call.permitted)
        forbidden = shared.too_long(call.limit_words)
        if not forbidden:
            return clean, shared.credits(), clean != whole
        clean = without(clean, forbidden)
    return clean, (), clean != whole


def _may_follow(call: Call, tail: str, offer: Phrase) -> bool:
    """Say whether a phrase may stand after the tail: no long run, nobody's personal data."""
    found = call.redactor.redact(tail + offer.text, Surroundings(language=call.ask.pack.code)).found
    ours = [piece for piece in found if piece.end > len(tail)]
    corpus = call.served.corpus
    if ours or corpus is None:
        return False
    shared = overlap(tail + offer.text, call.stores, corpus, call.requester, call.permitted)
    return all(span.end <= len(tail) for span in shared.too_long(call.limit_words))


def _with_others(call: Call, corpus: Corpus, made: Made) -> Made:
    """Add what others wrote about the topic: quotations to keep or leave, and related texts."""
    question = slots_of(call.ask).get("topic") or call.ask.text
    topic = Topic(
        question=question,
        requester=call.requester,
        language=call.ask.pack.code,
        allowed=call.served.allowed,
    )
    kept = quotations(corpus, topic)
    beside = tuple(
        credit
        for credit in related(corpus, topic)
        if not says_any(corpus, credit.document_id, kept)
    )
    made_of = made.body.made_of
    if kept:
        count = "one sentence" if len(kept) == 1 else f"{len(kept)} sentences"
        made_of = (*made_of, f"{count} of other members, quoted with credit")
    return Made(
        body=replace(made.body, quotations=kept, made_of=made_of),
        credits=(*made.credits, *beside),
    )


def _ranked(model: Scorer, tail: str, fit: Sequence[Phrase]) -> list[Phrase]:
    """Order offers by how often members go on so, and by how likely the model finds it."""
    scores = model.score(tail, [offer.text for offer in fit])
    per_word = [
        math.log(offer.share) + _MODEL_WEIGHT * score / max(1, len(words(offer.text)))
        for offer, score in zip(fit, scores, strict=True)
    ]
    order = sorted(range(len(fit)), key=lambda at: (-per_word[at], fit[at].text))
    return [fit[at] for at in order]


def _model_note(served: Served) -> str:
    groups = [
        f"group {shard} (parts 1 to {slices})"
        for shard, slices in sorted(served.slices.items())
        if slices
    ]
    return f"Put in order by model {served.model_id[:12]}, which learnt from {', '.join(groups)}."

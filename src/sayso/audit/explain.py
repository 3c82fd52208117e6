"""Why a document may or may not be used, as of any day and by what was known on any other."""

from dataclasses import dataclass
from datetime import datetime

from sayso.audit.past import FOREVER, Past
from sayso.community import Document, DocumentId
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import facts_for
from sayso.consent.notices import utc
from sayso.consent.purposes import Purpose
from sayso.errors import NotFound
from sayso.rights.stores import Stores

NOT_YET_WRITTEN = "not_yet_written"
"""The one answer about the past that is no rule's: there was nothing to decide about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A decision, the same in sentences, and what it was made from."""

    decision: Decision
    sentences: tuple[str, ...]
    grounds: tuple[str, ...]


def explain(
    stores: Stores,
    document_id: DocumentId,
    purpose: Purpose,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Explained:
    """Decide again and say why: as things stood at `as_of`, by what was known at `known_at`.

    Without `known_at`, by all that is known. Of the document only today's state is there.

    Raises:
        NotFound: no such document.
    """
    document = stores.documents.one(document_id)
    if document is None:
        raise NotFound(
            f"There is no document {document_id!r}.",
            hint="`sayso documents list` shows the ids of all.",
        )
    world = stores.world()
    past = Past(
        members=world.member,
        history=world.history,
        policies=stores.policies.history(),
        notices=world.notices(),
        objectors=world.objectors(),
        as_of=as_of,
        known_at=known_at or FOREVER,
    )
    decision = decided(document, purpose, past)
    return Explained(
        decision=decision,
        sentences=_sentences(document_id, past.policy().text_of(purpose).title, decision),
        grounds=past.told(document),
    )


def decided(document: Document, purpose: Purpose, past: Past) -> Decision:
    """Return the decision of that time; what was not written yet could not be used."""
    written = utc(document.created_at)
    if written > past.as_of:
        return Decision(
            permit=False,
            rule=NOT_YET_WRITTEN,
            reason=f"It was written later, on {written.isoformat()}.",
            evidence=(f"document {document.id} of {written.isoformat()}",),
            mend="Ask about a later day.",
        )
    return decide(facts_for(document, purpose, past.as_of, past))


def _sentences(document_id: DocumentId, title: str, decision: Decision) -> tuple[str, ...]:
    may = "may" if decision.permit else "may not"
    lines = [
        f"{document_id} {may} be used for {title}.",
        f"Because: {decision.reason} (rule {decision.rule})",
    ]
    lines += [f"  evidence: {each}" for each in decision.evidence]
    lines += [
        f"  outranked: {verdict.rule} would have said "
        f"{'yes' if verdict.permit else 'no'}: {verdict.reason}"
        for verdict in decision.beat
    ]
    lines += [
        f"  cut: {quote.end - quote.start} characters quoted from {quote.member_id}, who objects"
        for quote in decision.cut
    ]
    lines += [
        f"  cut: a name of {named.end - named.start} characters, whose owner objects to being named"
        for named in (*decision.named_in_title, *decision.named)
    ]
    return tuple(lines)

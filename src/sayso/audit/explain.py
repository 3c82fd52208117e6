"""Why a document may or may not be used, as of any day and by what was known on any other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import DocumentId, Member, MemberId
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import World, facts_for
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.say import Say, fold
from sayso.errors import NotFound
from sayso.rights.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A decision, and the same in sentences."""

    decision: Decision
    sentences: tuple[str, ...]


class _AsOf:
    """A world whose ledger ends at a moment (`as_of`) or was read no later than another."""

    def __init__(
        self, world: World, stores: Stores, as_of: datetime, known_at: datetime | None
    ) -> None:
        self._world = world
        self._stores = stores
        self._as_of = as_of
        self._known_at = known_at

    def member(self, member_id: MemberId) -> Member | None:
        return self._world.member(member_id)

    def say(self, member_id: MemberId) -> Say:
        history = self._stores.ledger.history(member_id)
        return fold(history, as_of=self._as_of, known_at=self._known_at)

    def policy(self) -> Policy:
        return self._world.policy()

    def notices(self) -> Sequence[Notice]:
        return self._world.notices()


def explain(
    stores: Stores,
    document_id: DocumentId,
    purpose: Purpose,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Explained:
    """Decide again and say why. The document, policy and notices are today's.

    Raises:
        NotFound: no such document.
    """
    document = stores.community.document(document_id)
    if document is None:
        raise NotFound(
            f"There is no document {document_id!r}.",
            hint="`sayso import` prints what it read; ids are the source's own.",
        )
    world = _AsOf(stores.world(), stores, as_of, known_at)
    decision = decide(facts_for(document, purpose, as_of, world))
    return Explained(decision=decision, sentences=_sentences(document_id, purpose, decision))


def _sentences(document_id: DocumentId, purpose: Purpose, decision: Decision) -> tuple[str, ...]:
    may = "may" if decision.permit else "may not"
    lines = [
        f"{document_id} {may} be used for {PURPOSES[purpose].title}.",
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
    return tuple(lines)

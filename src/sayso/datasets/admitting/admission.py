"""What decides whether a document may be in a dataset, and the one question put to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Document, DocumentId
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.datasets.admitting.company import MENTIONS, NOBODY, Neighbours, Spared, spared_in
from sayso.datasets.admitting.missed import Missed
from sayso.datasets.admitting.wording import quotes_are_clear
from sayso.datasets.shards import Partition

UNCLEAR_QUOTE = "quote_out_of_range"

Marks = Callable[[Collection[DocumentId]], Mapping[DocumentId, Sequence[Missed]]]
"""Looks up what redaction missed in documents before, as somebody marked it."""


def nothing_missed(_: Collection[DocumentId]) -> Mapping[DocumentId, Sequence[Missed]]:
    """Say that nobody marked anything."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What every document of one dataset is judged by."""

    world: World
    purpose: Purpose
    at: datetime
    partition: Partition
    missed: Marks = nothing_missed
    neighbours: Neighbours = NOBODY
    mentions: str = MENTIONS[0]
    """Whose names go; one of `company.MENTIONS`."""


def judge(document: Document, admission: Admission) -> Decision:
    """Decide; a permit whose cuts cannot be made for certain becomes a refusal.

    Which rules were beaten is not told.
    """
    facts = facts_for(document, admission.purpose, admission.at, admission.world)
    decision = decide(facts, tells_beaten=False)
    if decision.permit and not quotes_are_clear(document.text, decision.cut):
        return Decision(
            permit=False,
            rule=UNCLEAR_QUOTE,
            reason="It quotes someone who objects, and where the quotation ends is not known.",
        )
    return decision


def spared(document: Document, admission: Admission) -> tuple[Spared, ...]:
    """Return the names that may stay in the document's text."""
    if admission.mentions == MENTIONS[0]:
        return ()
    return spared_in(document, admission.purpose, admission.at, admission.world)

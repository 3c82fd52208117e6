"""What is taken back out of a dataset: its successor, and which rows no say-so carries any more."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sayso.community import Document, DocumentId, MemberId
from sayso.consent.decision import Decision
from sayso.consent.facts import World
from sayso.datasets.admitting.admission import Admission, judge, spared
from sayso.datasets.admitting.asking import ask
from sayso.datasets.admitting.wording import members_in
from sayso.datasets.build import BuildPlan, Documents, admission_for
from sayso.datasets.documents import batch_of
from sayso.datasets.making.making import made
from sayso.datasets.making.steps import Step
from sayso.datasets.places import Place
from sayso.datasets.rows import DatasetId, Refusal, Row, RowId
from sayso.datasets.sealed import read_rows, read_some, refused_of
from sayso.datasets.sealing.seal import Returning, Sealed
from sayso.datasets.successors import Change, successor
from sayso.datasets.tables import refusals_of_table, rows_of_staged

TAKEN_BACK = "taken_back"
GONE = "gone"
QUOTED_OBJECTS = "quoted_objects"
NAMED_OBJECTS = "named_objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is taken back out of a dataset. Of `forgotten` members nothing is kept at all."""

    dataset: DatasetId
    removed: AbstractSet[RowId]
    forgotten: AbstractSet[MemberId] = frozenset()


def take_back(
    store: Place, leaving: Leaving, documents: Documents, world: World, plan: BuildPlan
) -> Sealed:
    """Seal the successor of a dataset without the rows that leave.

    A removed row comes back only cut: with someone's words gone from it, and only if everyone
    whose words are left allows it now. What its author wrote and was left out as a copy is asked
    again too: of somebody who said no, no print is kept. Its later copies, refused as duplicates,
    come back where no other row says the same and a decision made now permits them.

    Raises:
        as `seal.successor`.
    """
    dataset, removed = leaving.dataset, leaving.removed
    before = {row.document_id: row for row in read_some(store, dataset, removed)}
    admission = admission_for(world, plan)
    results: dict[DocumentId, Row | Refusal] = {}
    asked = {row.document_id: row.member_id for row in before.values()}
    copies = refused_of(store, dataset, set(asked.values()) - leaving.forgotten, copies=True)
    asked |= copies
    while True:
        found = sorted(documents(frozenset(asked)), key=lambda document: document.id)
        for result in admit(found, admission, plan.steps):
            if result.document_id in copies and isinstance(result, Row):
                continue  # a copy it stays
            earlier = before.get(result.document_id)
            results[result.document_id] = _not_as_before(result, earlier)
        for document_id in asked.keys() - {each.id for each in found} - before.keys():
            results[document_id] = _gone(document_id, asked[document_id])
        change = Change(
            removed=removed,
            added=tuple(
                result for result in results.values() if result.member_id not in leaving.forgotten
            ),
            forgotten=leaving.forgotten,
            detectors=plan.redactor.digest,
            directory=plan.redactor.directory.digest,
        )
        try:
            return successor(store, dataset, change, plan.partition, plan.seats)
        except Returning as back:
            asked, copies = dict(back.copies), {}


def admit(
    documents: Sequence[Document], admission: Admission, steps: Sequence[Step]
) -> list[Row | Refusal]:
    """Return the row made of each document, or the refusal of it, here and now."""
    results: list[Row | Refusal] = []
    for asked in ask([batch_of(documents)], admission):
        piece = made(asked, steps)
        results += rows_of_staged(piece.rows)
        results += refusals_of_table(piece.refused)
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLonger:
    """A sealed row that a decision made now does not allow as it stands, and why."""

    row: Row
    document: Document | None
    rule: str
    reason: str


def no_longer_permitted(
    store: Place, dataset: DatasetId, documents: Documents, admission: Admission
) -> Iterator[NoLonger]:
    """Decide again for every sealed row; yield those that may not be used as they stand.

    A row is also refused where somebody quoted in it objects now: their words are still there.
    """
    return refused_now(read_rows(store, dataset), documents, admission)


def refused_now(
    sealed: Iterable[Row], documents: Documents, admission: Admission
) -> Iterator[NoLonger]:
    """Do the same for some rows, which are held in memory."""
    rows = {row.document_id: row for row in sealed}
    for document in documents(frozenset(rows)):
        row = rows.pop(document.id)
        decision = judge(document, admission)
        if not decision.permit:
            yield NoLonger(row=row, document=document, rule=decision.rule, reason=decision.reason)
        elif not set(row.members) <= _present(document, decision, admission):
            reason = "It still holds the words of somebody quoted in it, who objects."
            yield NoLonger(row=row, document=document, rule=QUOTED_OBJECTS, reason=reason)
        elif _names(row, admission):
            reason = "It still holds the name of somebody who objects to being named."
            yield NoLonger(row=row, document=document, rule=NAMED_OBJECTS, reason=reason)
    for row in rows.values():
        reason = "The network no longer holds it."
        yield NoLonger(row=row, document=None, rule=GONE, reason=reason)


def _present(document: Document, decision: Decision, admission: Admission) -> set[MemberId]:
    """Return whose words, and whose spared names, are left once the cuts are made."""
    named = {each.member_id for each in spared(document, admission)}
    return named.union(members_in(document, decision.cut))


def _names(row: Row, admission: Admission) -> bool:
    objectors = admission.world.objectors()
    return any(objectors.find(words, row.document_id) for words in (row.title, row.text))


def _gone(document_id: DocumentId, member_id: MemberId) -> Refusal:
    return Refusal(
        document_id=document_id,
        member_id=member_id,
        rule=GONE,
        reason="The network no longer holds it.",
    )


def _not_as_before(result: Row | Refusal, before: Row | None) -> Row | Refusal:
    """Keep a removed row out unless someone's words are gone from it."""
    if before is None or isinstance(result, Refusal) or set(result.members) < set(before.members):
        return result
    return _refused(result, TAKEN_BACK, "It was taken back; the next new dataset asks again.")


def _refused(result: Row | Refusal, rule: str, reason: str) -> Refusal:
    return Refusal(
        document_id=result.document_id, member_id=result.member_id, rule=rule, reason=reason
    )

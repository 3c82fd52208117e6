"""The act of building: documents in, a sealed dataset out, then written down for good."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import pyarrow as pa

from sayso.community import Document, DocumentId, MemberId
from sayso.consent.decision import Decision
from sayso.consent.facts import World
from sayso.consent.purposes import Purpose
from sayso.datasets.admitting.admission import Admission, Marks, judge, nothing_missed, spared
from sayso.datasets.admitting.answers import Asked
from sayso.datasets.admitting.asking import ask
from sayso.datasets.admitting.company import MENTIONS, NOBODY, Neighbours
from sayso.datasets.admitting.wording import members_in
from sayso.datasets.disk import workplace
from sayso.datasets.documents import batch_of
from sayso.datasets.engines import Engine
from sayso.datasets.engines.local import Local
from sayso.datasets.making.making import made, name_of
from sayso.datasets.making.staging import is_laid, lay
from sayso.datasets.making.steps import Mark, Redact, Step, digest_of
from sayso.datasets.places import Place, place, shelf
from sayso.datasets.rows import DatasetId, Manifest, Placed, Refusal, Row, RowId
from sayso.datasets.sealed import read_refusals, read_rows
from sayso.datasets.sealing.membership import Seats
from sayso.datasets.sealing.seal import MEMORY, Sealed, SealFacts, seal_pieces
from sayso.datasets.shards import Partition
from sayso.datasets.successors import Change, left_out, successor
from sayso.datasets.tables import refusals_of_table, rows_of_staged
from sayso.evidence.canonical import JSON
from sayso.redact.redactor import Redactor

Progress = Callable[[int, int], None]
"""Told (done, total); total is 0 where nobody counted."""

WORTH_WORKERS = 2_000
"""Below so many documents, starting workers takes longer than they save."""

PIECE_BYTES = 4_000_000
"""Documents are worked on in pieces of about so many bytes."""

TAKEN_BACK = "taken_back"
GONE = "gone"
QUOTED_OBJECTS = "quoted_objects"
NAMED_OBJECTS = "named_objects"

Documents = Callable[[frozenset[DocumentId]], Iterable[Document]]
"""Looks documents up by id, as the network holds them now; unknown ids are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """How a dataset is built. The outcome depends on `engine`, `memory` and `total` in nothing."""

    purpose: Purpose
    at: datetime
    redactor: Redactor
    partition: Partition
    seats: Seats
    engine: Engine = field(default_factory=Local)
    memory: int = MEMORY
    """Bytes of rows that each process holds at a time."""
    refuse_marks: frozenset[str] = frozenset()
    """Sorts of text that are left out; see `marking.REFUSABLE`."""
    total: int = 0
    """How many documents there are, where that is known."""
    missed: Marks = nothing_missed
    neighbours: Neighbours = NOBODY
    mentions: str = MENTIONS[0]
    """Whose names go; one of `company.MENTIONS`."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done to permitted documents, in order."""
        return (Redact(self.redactor), Mark(self.refuse_marks))


class Datasets(Protocol):
    """The record of datasets in the database."""

    def known(self, dataset_id: DatasetId) -> bool:
        """Say whether the dataset is recorded already."""
        ...

    def save(
        self,
        manifest: Manifest,
        rows: Iterable[tuple[Placed, tuple[MemberId, ...]]],
        refusals: Iterable[Refusal],
        now: datetime,
    ) -> None:
        """Record the dataset, where each row lies, whose words it holds, what was refused.

        All of it is there when the transaction commits, or none. Saving a known dataset again
        changes nothing.
        """
        ...


class Leaves(Protocol):
    """The transparency log."""

    def append(self, kind: str, entry: dict[str, JSON]) -> int:
        """Append a leaf; return its position."""
        ...


def build(
    store: Place,
    batches: Iterable[pa.RecordBatch],
    world: World,
    plan: BuildPlan,
    progress: Progress = lambda _done, _total: None,
) -> Sealed:
    """Decide, redact and seal: the dataset of what may be used now, whatever came in order.

    `batches` hold documents (`documents.DOCUMENTS`). Building the same twice gives the same id.
    Nothing is recorded yet: call `record` with the outcome, in one writing transaction. Stopped
    at any moment, run it again: pieces that were finished are not made anew, and a dataset that
    was sealed already is found.

    Raises:
        Conflict: another process is sealing now, or one document came twice.
        SaysoError: the disk is full, or a worker was ended from outside.
    """
    steps = plan.steps
    name = hashlib.sha256(f"{digest_of(steps)} {plan.partition.digest}".encode()).hexdigest()
    engine = plan.engine if plan.total >= WORTH_WORKERS else Local()
    with workplace(shelf(store), name[:16]) as aside, engine.open(steps) as run:
        answers = ask(_counted(batches, plan.total, progress), _admission(world, plan))
        tasks = (_PieceTask(work=str(aside), asked=asked) for asked in _in_pieces(answers))
        pieces = list(run(_make_piece, tasks))
        return seal_pieces(aside, pieces, _facts(world, plan), run, plan.memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PieceTask:
    work: str
    asked: Asked


def _make_piece(steps: Sequence[Step], task: _PieceTask) -> str:
    """Make a piece and lay it down, unless it lies there; return its name."""
    work, name = place(task.work), name_of(task.asked, digest_of(steps))
    if not is_laid(work, name):
        lay(work, name, made(task.asked, steps))
    return name


def _in_pieces(answers: Iterable[Asked]) -> Iterator[Asked]:
    """Put answers together until they are worth a task."""
    held: list[Asked] = []
    size = 0
    for asked in answers:
        held.append(asked)
        size += asked.permitted.nbytes + asked.refused.nbytes
        if size >= PIECE_BYTES:
            yield _joined(held)
            held, size = [], 0
    if held:
        yield _joined(held)


def _joined(answers: Sequence[Asked]) -> Asked:
    if len(answers) == 1:
        return answers[0]
    return Asked(
        permitted=pa.concat_batches([each.permitted for each in answers]),
        refused=pa.concat_batches([each.refused for each in answers]),
    )


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
    whose words are left allows it now. Its later copies, which were refused as duplicates,
    come back where a decision made now permits them.

    Raises:
        as `seal.successor`.
    """
    dataset, removed = leaving.dataset, leaving.removed
    before = {row.document_id: row for row in read_rows(store, dataset) if row.id in removed}
    copies = left_out(store, dataset, plan.partition, leaving.forgotten)
    results: dict[DocumentId, Row | Refusal] = {}
    asked = {row.document_id: row.member_id for row in before.values()}
    while True:
        found = sorted(documents(frozenset(asked)), key=lambda document: document.id)
        for result in admit(found, _admission(world, plan), plan.steps):
            earlier = before.get(result.document_id)
            results[result.document_id] = _not_as_before(result, earlier)
        for document_id in asked.keys() - results.keys() - before.keys():
            results[document_id] = _gone(document_id, asked[document_id])
        stay_out = (each.document_id for each in results.values() if isinstance(each, Refusal))
        gone = removed | set(map(plan.partition.row_id, stay_out))
        orphans = copies.returning(gone)
        asked = {e.document_id: e.member_id for e in orphans if e.document_id not in results}
        if not asked:
            break
    change = Change(
        removed=removed,
        added=tuple(
            result for result in results.values() if result.member_id not in leaving.forgotten
        ),
        forgotten=leaving.forgotten,
        detectors=plan.redactor.digest,
        directory=plan.redactor.directory.digest,
    )
    return successor(store, dataset, change, plan.partition, plan.seats)


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


def record(store: Place, sealed: Sealed, datasets: Datasets, log: Leaves, now: datetime) -> None:
    """Write a sealed dataset down: in the database and, as its leaf `seal`, in the log.

    Run it inside one writing transaction; recording twice records once.
    """
    manifest = sealed.manifest
    if datasets.known(sealed.dataset_id):
        return
    rows = (
        (placed(sealed.dataset_id, row), row.members) for row in read_rows(store, sealed.dataset_id)
    )
    datasets.save(manifest, rows, read_refusals(store, sealed.dataset_id), now)
    log.append(
        "seal",
        {
            "digest": sealed.dataset_id,
            "purpose": manifest.purpose,
            "rows": manifest.rows,
            "predecessor": manifest.predecessor,
        },
    )


def placed(dataset: DatasetId, row: Row) -> Placed:
    """Return where a row lies, without its text."""
    return Placed(
        dataset_id=dataset,
        row_id=row.id,
        document_id=row.document_id,
        member_id=row.member_id,
        shard=row.shard,
        slice=row.slice,
        rule=row.rule,
    )


def _admission(world: World, plan: BuildPlan) -> Admission:
    return Admission(
        world=world,
        purpose=plan.purpose,
        at=plan.at,
        partition=plan.partition,
        missed=plan.missed,
        neighbours=plan.neighbours,
        mentions=plan.mentions,
    )


def _facts(world: World, plan: BuildPlan) -> SealFacts:
    return SealFacts(
        purpose=plan.purpose,
        policy=world.policy().digest,
        notices=tuple(
            notice.id
            for notice in world.notices()
            if not notice.is_draft and plan.purpose in notice.purposes
        ),
        detectors=plan.redactor.digest,
        directory=plan.redactor.directory.digest,
        partition=plan.partition,
        seats=plan.seats,
    )


def _counted(
    batches: Iterable[pa.RecordBatch], total: int, progress: Progress
) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        progress(done, total)


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

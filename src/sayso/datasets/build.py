"""The act of building: documents in, a sealed dataset out, then written down for good."""

import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sayso.community import Document, DocumentId, MemberId
from sayso.consent.decision import Decision
from sayso.consent.facts import World
from sayso.consent.purposes import Purpose
from sayso.datasets.company import MENTIONS, NOBODY, Neighbours
from sayso.datasets.membership import Seats
from sayso.datasets.pipeline import (
    Admission,
    Marks,
    Redacting,
    admit,
    judge,
    nothing_missed,
    spared,
)
from sayso.datasets.redacting import redacting_here, redacting_in_processes
from sayso.datasets.rows import DatasetId, Manifest, Placed, Refusal, Row, RowId
from sayso.datasets.seal import (
    Change,
    Sealed,
    SealFacts,
    read_refusals,
    read_rows,
    returning,
    seal,
    successor,
)
from sayso.datasets.shards import Partition
from sayso.datasets.wording import members_in
from sayso.evidence.canonical import JSON
from sayso.redact.redactor import Redactor

Progress = Callable[[int, int], None]
"""Told (done, total); total is 0 where nobody counted."""

WORTH_PROCESSES = 2_000
"""Below so many documents, starting processes takes longer than they save."""

TAKEN_BACK = "taken_back"
GONE = "gone"
QUOTED_OBJECTS = "quoted_objects"
NAMED_OBJECTS = "named_objects"

Documents = Callable[[frozenset[DocumentId]], Iterable[Document]]
"""Looks documents up by id, as the network holds them now; unknown ids are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """How a dataset is built. The outcome depends on everything but `workers` and `total`."""

    purpose: Purpose
    at: datetime
    redactor: Redactor
    partition: Partition
    seats: Seats
    workers: int = 1
    """Processes that redact; 0 means one per core."""
    total: int = 0
    """How many documents there are, where that is known."""
    missed: Marks = nothing_missed
    neighbours: Neighbours = NOBODY
    mentions: str = MENTIONS[0]
    """Whose names go; one of `company.MENTIONS`."""


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
    store: Path,
    documents: Iterable[Document],
    world: World,
    plan: BuildPlan,
    progress: Progress = lambda _done, _total: None,
) -> Sealed:
    """Decide, redact and seal: the dataset of what may be used now, whatever came in order.

    Building the same twice gives the same id. Nothing is recorded yet: call `record` with the
    outcome, in one writing transaction. Stopped at any moment, run it again: what it left
    behind is swept away, and a dataset that was sealed already is found, not made anew.

    Raises:
        Conflict: another process is sealing now.
        SaysoError: the disk is full, or a process was ended from outside.
    """
    admission = _admission(world, plan)
    with _redacting(plan) as redacting:
        results = admit(_counted(documents, plan.total, progress), admission, redacting)
        return seal(store, results, _facts(world, plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is taken back out of a dataset. Of `forgotten` members nothing is kept at all."""

    dataset: DatasetId
    removed: AbstractSet[RowId]
    forgotten: AbstractSet[MemberId] = frozenset()


def take_back(
    store: Path, leaving: Leaving, documents: Documents, world: World, plan: BuildPlan
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
    copies = {each.document_id: each for each in returning(store, dataset, removed)}
    wanted = frozenset(before.keys() | copies.keys())
    found = sorted(documents(wanted), key=lambda document: document.id)
    with _redacting(plan, len(found)) as redacting:
        results = {
            result.document_id: _not_as_before(result, before.get(result.document_id))
            for result in admit(found, _admission(world, plan), redacting)
        }
    for document_id, copy in copies.items():
        results.setdefault(document_id, _refused(copy, GONE, "The network no longer holds it."))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLonger:
    """A sealed row that a decision made now does not allow as it stands, and why."""

    row: Row
    document: Document | None
    rule: str
    reason: str


def no_longer_permitted(
    store: Path, dataset: DatasetId, documents: Documents, admission: Admission
) -> Iterator[NoLonger]:
    """Decide again for every sealed row; yield those that may not be used as they stand.

    A row is also refused where somebody quoted in it objects now: their words are still there.
    """
    rows = {row.document_id: row for row in read_rows(store, dataset)}
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


def record(store: Path, sealed: Sealed, datasets: Datasets, log: Leaves, now: datetime) -> None:
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


def _redacting(plan: BuildPlan, count: int = -1) -> AbstractContextManager[Redacting]:
    documents = plan.total if count < 0 else count
    workers = plan.workers or len(os.sched_getaffinity(0))
    if workers > 1 and documents >= WORTH_PROCESSES:
        return redacting_in_processes(plan.redactor, workers)
    return nullcontext(redacting_here(plan.redactor))


def _counted(documents: Iterable[Document], total: int, progress: Progress) -> Iterator[Document]:
    for done, document in enumerate(documents, start=1):
        yield document
        progress(done, total)


def _not_as_before(result: Row | Refusal, before: Row | None) -> Row | Refusal:
    """Keep a removed row out unless someone's words are gone from it."""
    if before is None or isinstance(result, Refusal) or set(result.members) < set(before.members):
        return result
    return _refused(result, TAKEN_BACK, "It was taken back; the next new dataset asks again.")


def _refused(result: Row | Refusal, rule: str, reason: str) -> Refusal:
    return Refusal(
        document_id=result.document_id, member_id=result.member_id, rule=rule, reason=reason
    )

"""The act of building: documents in, a sealed dataset out, then written down for good."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import pyarrow as pa

from sayso.community import Document, DocumentId
from sayso.consent.facts import World
from sayso.consent.purposes import Purpose
from sayso.datasets.admitting.admission import Admission, Marks, nothing_missed
from sayso.datasets.admitting.answers import Asked
from sayso.datasets.admitting.asking import ask
from sayso.datasets.admitting.company import MENTIONS, NOBODY, Neighbours
from sayso.datasets.contents import Contents, contents, contents_beyond
from sayso.datasets.disk import workplace
from sayso.datasets.documents import batch_of
from sayso.datasets.engines import Engine
from sayso.datasets.engines.local import Local
from sayso.datasets.making.pieces import (
    Made,
    PieceTask,
    Sifted,
    all_fresh,
    make_piece,
    pieces_of,
)
from sayso.datasets.making.steps import Mark, Redact, Step, digest_of
from sayso.datasets.making.tokens import with_tokens
from sayso.datasets.places import Place, shelf
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import read_manifest
from sayso.datasets.sealing.membership import Seats
from sayso.datasets.sealing.onto import Gone
from sayso.datasets.sealing.seal import MEMORY, Material, Returning, Sealed, SealFacts, seal_pieces
from sayso.datasets.shards import Partition
from sayso.datasets.whole import is_whole
from sayso.datasets.yesterday import Yesterday
from sayso.errors import NotFound, Tampered
from sayso.evidence.canonical import JSON
from sayso.redact.redactor import Redactor

Progress = Callable[[int, int], None]
"""Told (done, total); total is 0 where nobody counted."""

WORTH_WORKERS = 2_000
"""Below so many documents, starting workers takes longer than they save."""

Documents = Callable[[frozenset[DocumentId]], Iterable[Document]]
"""Looks documents up by id, as the network holds them now; unknown ids are left out."""

Sift = Callable[[Asked], Sifted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An earlier dataset: what has not changed since is taken from it, and not made anew.

    Documents that it left out as copies of others are looked up where those are gone.
    """

    dataset: DatasetId
    documents: Documents


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """How a dataset is built.

    The outcome depends on `engine`, `memory`, `base` and `total` in nothing.
    """

    purpose: Purpose
    at: datetime
    redactor: Redactor
    partition: Partition
    seats: Seats
    engine: Engine = field(default_factory=Local)
    memory: int = MEMORY
    """Bytes of rows that each process holds at a time."""
    base: Base | None = None
    """What it is built on, where there is something."""
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

    def holds_all_of(self, manifest: Manifest) -> bool:
        """Say whether every row and every refusal of a dataset is recorded still."""
        ...

    def save(self, manifest: Manifest, contents: Contents, now: datetime) -> None:
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

    `batches` hold documents (`documents.DOCUMENTS`). Building the same twice gives the same id
    and the same bytes. Nothing is recorded yet: call `record` with the outcome, in one writing
    transaction. Stopped at any moment, run it again: pieces that were finished are not made anew,
    and a dataset that was sealed already is found.

    Raises:
        Conflict: another process is sealing now, or one document came twice.
        SaysoError: the disk is full, or a worker was ended from outside.
        Tampered: the dataset that this one is built on is not what was sealed.
    """
    steps, facts = plan.steps, _facts(world, plan)
    name = hashlib.sha256(f"{digest_of(steps)} {plan.partition.digest}".encode()).hexdigest()
    engine = plan.engine if plan.total >= WORTH_WORKERS else Local()
    before = _before(store, plan, facts)
    with workplace(shelf(store), name[:16]) as aside, engine.open(steps) as run:

        def laid(documents: Iterable[pa.RecordBatch], sift: Sift) -> list[Made]:
            answers = ask(documents, admission_for(world, plan))
            sifted = (sift(with_tokens(each, steps, plan.partition)) for each in answers)
            tasks = (PieceTask(work=str(aside), sifted=each) for each in pieces_of(sifted))
            return list(run(make_piece, tasks))

        pieces = laid(_counted(batches, plan.total, progress), before.sift if before else all_fresh)
        gone = before.gone(b"".join(each.anew for each in pieces)) if before else Gone()
        while True:
            material = Material(
                folder=aside,
                pieces=[each.piece for each in pieces],
                onto=before.onto(gone) if before else None,
            )
            try:
                return seal_pieces(material, facts, run, plan.memory)
            except Returning as back:
                if plan.base is None:
                    raise
                found = plan.base.documents(frozenset(back.copies))
                pieces += laid([batch_of(tuple(found))], all_fresh)
                gone = replace(gone, ids=gone.ids.union(map(plan.partition.row_id, back.copies)))


def _before(store: Place, plan: BuildPlan, facts: SealFacts) -> Yesterday | None:
    """Return the dataset to build on, if that can be done."""
    if plan.base is None:
        return None
    try:
        if not is_whole(store, plan.base.dataset):
            return None
    except NotFound:  # then all is made anew
        return None
    try:
        return Yesterday(store, plan.base.dataset, facts)
    except (NotFound, Tampered):  # then all is made anew
        return None


def record(store: Place, sealed: Sealed, datasets: Datasets, log: Leaves, now: datetime) -> None:
    """Write a sealed dataset down: in the database and, as its leaf `seal`, in the log.

    Run it inside one writing transaction; recording twice records once. What it shares with the
    dataset that it was sealed onto is copied from that one's record.
    """
    manifest = sealed.manifest
    if datasets.known(sealed.dataset_id):
        return
    like = _recorded(store, sealed, datasets)
    held = contents_beyond(store, manifest, like) if like else contents(store, manifest)
    datasets.save(manifest, held, now)
    log.append(
        "seal",
        {
            "digest": sealed.dataset_id,
            "purpose": manifest.purpose,
            "rows": manifest.rows,
            "predecessor": manifest.predecessor,
        },
    )


def _recorded(store: Place, sealed: Sealed, datasets: Datasets) -> Manifest | None:
    """Return the manifest of the dataset that it was sealed onto, where all of that is recorded."""
    if sealed.base is None:
        return None
    try:
        base = read_manifest(store, sealed.base)
    except (NotFound, Tampered):  # it went meanwhile
        return None
    return base if datasets.holds_all_of(base) else None


def admission_for(world: World, plan: BuildPlan) -> Admission:
    """Return what a build judges each document by."""
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

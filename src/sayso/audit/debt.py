"""Consent debt: what datasets and models stand on, and what would fall away if that gave way.

What a row stood on when it was sealed is read from the row. What would fall away is decided anew
today, in bulk, with one thing supposed to be otherwise.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from sayso.audit.simulate import BATCH, DEFAULT, Amount, Gathering
from sayso.audit.standing import RESTS_ON, Counted, Fall, Line, Standing, Tokens
from sayso.audit.what_if import Supposed, WhatIfs
from sayso.consent.bulk import Truths
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, Manifest, RowId
from sayso.datasets.sealed import folder_of, read_rows
from sayso.rights.stores import Community, Documents
from sayso.training.models import ModelState, StoredModel

DATASET, MODEL = "dataset", "model"


class Entry(Protocol):
    """A dataset as it is recorded."""

    @property
    def id(self) -> DatasetId:
        """Its id."""
        ...

    @property
    def sealed_at(self) -> datetime:
        """When it was sealed."""
        ...

    @property
    def manifest(self) -> Manifest:
        """What it is."""
        ...


class Datasets(Protocol):
    """The record of datasets."""

    def list(self) -> Sequence[Entry]:
        """Return every dataset, oldest first."""
        ...


class Models(Protocol):
    """The record of models."""

    def of_dataset(self, dataset_id: DatasetId) -> Sequence[StoredModel]:
        """Return the models that stand on that dataset, oldest first."""
        ...


class Takebacks(Protocol):
    """What was taken out of service."""

    def removed(self, dataset_id: DatasetId) -> frozenset[RowId]:
        """Return the rows of that dataset that nothing may answer from."""
        ...


class Stores(Protocol):
    """What is read to reckon debt."""

    @property
    def community(self) -> Community:
        """Members."""
        ...

    @property
    def documents(self) -> Documents:
        """Documents."""
        ...

    @property
    def datasets(self) -> Datasets:
        """Datasets."""
        ...

    @property
    def models(self) -> Models:
        """Models."""
        ...

    @property
    def takebacks(self) -> Takebacks:
        """Withdrawals."""
        ...

    def world(self) -> Gathering:
        """Return the facts as they are now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What one dataset, or one model in use, stands on.

    A model stands on the rows it learnt from that are still in service. Where the texts of a
    dataset are deleted (`is_kept` is false) only its totals are known, without tokens.
    """

    id: str
    what: str
    dataset_id: DatasetId
    purpose: str
    since: datetime
    is_kept: bool
    stands_on: Amount
    lines: tuple[Line, ...] = ()
    falls: tuple[Fall, ...] = ()

    @property
    def on_default(self) -> int:
        """How many documents rest on silence."""
        return sum(
            line.documents
            for line in self.lines
            if line.of == RESTS_ON and line.name.startswith(DEFAULT)
        )

    @property
    def by_opt_in(self) -> int | None:
        """How many documents would fall away if silence were a no; None where nobody can tell."""
        falls = (each for each in self.falls if each.supposed is Supposed.OPT_IN)
        return next((each.lost.documents for each in falls), None)


def debts(  # noqa: PLR0913 - one reckoning has this many parts
    stores: Stores,
    store: Path,
    now: datetime,
    *,
    tokens: Tokens,
    only: Collection[DatasetId] | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Debt, ...]:
    """Reckon for every recorded dataset and each model in use, oldest first; nothing is written.

    `tokens` counts those of sealed texts. With `only`, other datasets and their models are left
    out.

    Raises:
        Tampered: a row is not the one that was sealed.
    """
    entries = [each for each in stores.datasets.list() if only is None or each.id in only]
    kept = {each.id: folder_of(store, each.id).is_dir() for each in entries}
    total = sum(_documents(each.manifest) for each in entries if kept[each.id])
    reckoning = _Reckoning(stores, store, now, Counted(tokens))
    found: list[Debt] = []
    done = 0
    for entry in entries:
        if not kept[entry.id]:
            found.append(_of_the_record(entry))
            continue
        standing = reckoning.begin(entry)
        for count in reckoning.read(entry, standing):
            done += count
            tell(done, total)
        found += [
            _debt(entry, standing),
            *(
                _debt(entry, standing, model)
                for model in stores.models.of_dataset(entry.id)
                if model.state is ModelState.IN_USE
            ),
        ]
    return tuple(found)


class _Reckoning:
    """What is asked once for all datasets: the world, and what may be supposed for each purpose."""

    def __init__(self, stores: Stores, store: Path, now: datetime, counted: Counted) -> None:
        self._stores, self._store, self._now, self._counted = stores, store, now, counted
        self._world = stores.world()
        self._world.gather()
        self._members = [each.id for each in stores.community.members()]
        self._what_ifs: dict[str, WhatIfs] = {}

    def begin(self, entry: Entry) -> Standing:
        """Return what will hold a dataset's rows."""
        purpose = entry.manifest.purpose
        if purpose not in self._what_ifs:
            self._what_ifs[purpose] = WhatIfs(
                self._world, self._members, Purpose(purpose), self._now
            )
        return Standing(self._world, self._what_ifs[purpose], self._counted, self._now)

    def read(self, entry: Entry, standing: Standing) -> Iterator[int]:
        """Read a dataset's rows and decide for each; yield how many were read at a time."""
        removed = self._stores.takebacks.removed(entry.id)
        rows = read_rows(self._store, entry.id)
        while batch := list(islice(rows, BATCH)):
            ids = [row.document_id for row in batch]
            standing.read(batch, self._stores.documents.by_id(ids), removed)
            yield len(batch)


def _debt(entry: Entry, standing: Standing, model: StoredModel | None = None) -> Debt:
    these: Truths = standing.all_rows() if model is None else standing.learnt_from()
    return Debt(
        id=entry.id if model is None else model.model.model_id,
        what=DATASET if model is None else MODEL,
        dataset_id=entry.id,
        purpose=entry.manifest.purpose,
        since=entry.sealed_at if model is None else model.trained_at,
        is_kept=True,
        stands_on=standing.amount(these),
        lines=standing.lines(these),
        falls=standing.falls(these),
    )


def _of_the_record(entry: Entry) -> Debt:
    manifest = entry.manifest
    return Debt(
        id=entry.id,
        what=DATASET,
        dataset_id=entry.id,
        purpose=manifest.purpose,
        since=entry.sealed_at,
        is_kept=False,
        stands_on=Amount(members=manifest.members, documents=_documents(manifest), tokens=0),
    )


def _documents(manifest: Manifest) -> int:
    return manifest.rows + manifest.held_out_rows

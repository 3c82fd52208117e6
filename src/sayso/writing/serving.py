"""What suggestions are drawn from at this moment: looked up anew on every call."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.datasets.rows import DatasetId, RowId
from sayso.datasets.sealed import read_refusals, read_rows
from sayso.training.models import StoredModel, TrainedModel
from sayso.training.takeback import RemovedRow, clean_slices
from sayso.writing.corpus import Corpus
from sayso.writing.generators.phrases import PhraseTable
from sayso.writing.words import Hasher

FOLDER = "phrases"


class Scorer(Protocol):
    """A model that says how likely words are; `is_empty` where no part of it may speak."""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to ask."""
        ...

    def score(self, prompt: str, continuations: Sequence[str]) -> list[float]:
        """Return each continuation's log probability."""
        ...


LoadScorer = Callable[[Path, TrainedModel, Mapping[int, int], Sequence[RemovedRow]], Scorer]


class Models(Protocol):
    """What is asked of the models."""

    def in_use(self) -> StoredModel | None:
        """Return the model that suggestions come from."""
        ...


class Takebacks(Protocol):
    """What is asked of the record of withdrawals."""

    def epoch(self) -> int:
        """Return the number that changes whenever something stops being served."""
        ...

    def removed_rows(self, dataset_id: DatasetId) -> Sequence[RemovedRow]:
        """Return the rows that nothing may answer from."""
        ...


class Stores(Protocol):
    """One transaction over these."""

    @property
    def models(self) -> Models:
        """Models."""
        ...

    @property
    def takebacks(self) -> Takebacks:
        """Withdrawals."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What one call may draw on; nothing in it knows a removed row."""

    epoch: int
    model: TrainedModel | None
    corpus: Corpus | None
    phrases: PhraseTable | None
    allowed: NDArray[np.bool_]
    slices: Mapping[int, int]
    removed: tuple[RemovedRow, ...]

    @property
    def model_id(self) -> str:
        """The model in use, or nothing."""
        return self.model.model_id if self.model else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    corpus: Corpus
    phrases: PhraseTable


class Serving:
    """Keeps the dataset of the model in use in memory, and never trusts what it kept.

    Every call reads the epoch and the model in the caller's own transaction; when either moved,
    the masks and the scorer are made anew before anything is answered. Threads may share it.
    """

    def __init__(
        self, store: Path, hasher: Hasher, *, least_members: int, load_scorer: LoadScorer
    ) -> None:
        self._store = store
        self._hasher = hasher
        self._least = least_members
        self._load_scorer = load_scorer
        self._lock = Lock()
        self._loaded: _Loaded | None = None
        self._served: Served | None = None
        self._scorer: (
            tuple[tuple[str, Mapping[int, int], tuple[RemovedRow, ...]], Scorer] | None
        ) = None

    def now(self, stores: Stores) -> Served:
        """Return what may be drawn on in this transaction."""
        epoch = stores.takebacks.epoch()
        stored = stores.models.in_use()
        model_id = stored.model.model_id if stored else ""
        with self._lock:
            served = self._served
            if served is None or (served.epoch, served.model_id) != (epoch, model_id):
                served = self._served = self._looked_up(stores, epoch, stored)
            return served

    def scorer(self, served: Served) -> Scorer | None:
        """Return the model's shards, each at the newest part that holds no removed row.

        Counts speak without the removed rows themselves.
        """
        if served.model is None:
            return None
        with self._lock:
            removed = served.removed if served.model.summed else ()
            kept, wanted = self._scorer, (served.model_id, served.slices, removed)
            if kept is None or kept[0] != wanted:
                self._scorer = None  # the old weights go before the new ones come
                made = self._load_scorer(self._store, served.model, served.slices, removed)
                kept = self._scorer = (wanted, made)
            return None if kept[1].is_empty else kept[1]

    def _looked_up(self, stores: Stores, epoch: int, stored: StoredModel | None) -> Served:
        if stored is None:
            self._loaded = None
            return Served(
                epoch=epoch,
                model=None,
                corpus=None,
                phrases=None,
                allowed=np.zeros(0, dtype=np.bool_),
                slices={},
                removed=(),
            )
        model = stored.model
        removed = tuple(stores.takebacks.removed_rows(model.dataset_id))
        if self._loaded is None or self._loaded.corpus.dataset_id != model.dataset_id:
            self._loaded = None
            self._loaded = self._load(model.dataset_id)
        gone: AbstractSet[RowId] = frozenset(row.row_id for row in removed)
        return Served(
            epoch=epoch,
            model=model,
            corpus=self._loaded.corpus,
            phrases=self._loaded.phrases.without(gone),
            allowed=self._loaded.corpus.allowed(gone),
            slices=clean_slices(model.slices, removed),
            removed=removed,
        )

    def _load(self, dataset_id: DatasetId) -> _Loaded:
        rows = tuple(read_rows(self._store, dataset_id, held_out=False))
        path = self._store / FOLDER / f"{dataset_id}.npz"
        phrases = PhraseTable.load(path, dataset_id, self._hasher, least_members=self._least)
        if phrases is None:
            phrases = PhraseTable.of_rows(rows, self._hasher, least_members=self._least)
            phrases.save(path, dataset_id)
        corpus = Corpus(dataset_id, rows, self._hasher, read_refusals(self._store, dataset_id))
        return _Loaded(corpus=corpus, phrases=phrases)


def forget_phrases(store: Path, dataset_id: DatasetId) -> bool:
    """Delete a dataset's phrase table; say whether there was one."""
    path = store / FOLDER / f"{dataset_id}.npz"
    there = path.exists()
    path.unlink(missing_ok=True)
    return there

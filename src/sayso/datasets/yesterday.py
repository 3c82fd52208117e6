"""Yesterday's dataset, as today's build asks it: which answers are the same, and what is gone."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sayso.datasets.admitting.answers import Asked
from sayso.datasets.making.pieces import UNSURE, Sifted
from sayso.datasets.making.staging import columned, fixed
from sayso.datasets.places import Place, place
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_manifest
from sayso.datasets.sealing.onto import Gone, Onto, onto_all_of
from sayso.datasets.sealing.seal import SealFacts
from sayso.datasets.sealing.workings import read_kept
from sayso.datasets.tables import TOKEN_BYTES
from sayso.errors import NotFound

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Yesterday:
    """A dataset that today's is built on: 24 bytes of each of its rows and refusals."""

    def __init__(self, store: Place, dataset: DatasetId, facts: SealFacts) -> None:
        """Read what was kept beside it.

        Raises:
            NotFound: it cannot be built on: it is gone, or was sealed with another key.
            Tampered: what was kept beside it is gone or was changed.
        """
        manifest = read_manifest(store, dataset)
        if (manifest.partition, manifest.members_key) != (facts.partition.digest, facts.seats.key):
            raise NotFound(f"Dataset {dataset} was sealed with other keys or into other shards.")
        self._onto = onto_all_of(store, dataset)
        self._knows_others = manifest.directory != facts.directory
        tokens, abouts = [], []
        for shard in facts.partition.all_shards:
            kept = read_kept(place(self._onto.workings), shard)
            for records in (kept.rows, kept.refused):
                tokens.append(fixed(records["token"]).copy())  # a view would hold all the rest
                abouts.append(fixed(records["about"]).copy())
        self._tokens = np.concatenate(tokens)
        first, second = _halves(self._tokens)
        self._sort = np.lexsort((second, first))
        self._first, self._second = first[self._sort], second[self._sort]
        self._abouts = np.concatenate(abouts)[self._sort]
        self._seen = np.zeros(len(first), np.bool_)

    def onto(self, gone: Gone) -> Onto:
        """Say where it lies, and what of it is gone."""
        return replace(self._onto, gone=gone)

    def sift(self, asked: Asked) -> Sifted:
        """Part what must be made from what is there, and remember what is there."""
        known, fresh = self._parted(asked.permitted)
        _, refused = self._parted(asked.refused)
        unsure = ~fresh & self._knows_others
        again = asked.permitted.filter(pa.array(unsure))
        was = columned(self._abouts[known[unsure]])
        return Sifted(
            fresh=Asked(
                permitted=asked.permitted.filter(pa.array(fresh)),
                refused=asked.refused.filter(pa.array(refused)),
            ),
            unsure=pa.RecordBatch.from_arrays([*again.columns, was], schema=UNSURE),
        )

    def gone(self, anew: bytes) -> Gone:
        """Return what was not seen today, and what is made anew."""
        unseen = self._tokens[self._sort[~self._seen]].tobytes()
        return Gone(tokens=unseen + anew)

    def _parted(self, batch: pa.RecordBatch) -> tuple[Places, Mask]:
        """Say of each answer where it is known, and whether it is not; remember what was seen."""
        if not len(batch) or not len(self._first):
            return np.zeros(len(batch), np.int64), np.ones(len(batch), np.bool_)
        first, second = _halves(fixed(pa.chunked_array([batch["token"]])))
        at = np.minimum(np.searchsorted(self._first, first), len(self._first) - 1)
        known = (self._first[at] == first) & (self._second[at] == second)
        self._seen[at[known]] = True
        return at, ~known


def _halves(tokens: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    numbers = np.ascontiguousarray(tokens).reshape(-1, TOKEN_BYTES).view("<u8").astype(np.uint64)
    return numbers[:, 0].copy(), numbers[:, 1].copy()

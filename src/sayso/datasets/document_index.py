"""Where each document of some files stands, and whose it is: sixteen bytes for each of them."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.community import DocumentId, MemberId

Authors = tuple[MemberId, ...]


class Spot(NamedTuple):
    """One row group of one file, by their numbers."""

    file: int
    group: int


class DocumentIndex:
    """Finds documents by the hash of their id. Two ids of one hash share what is found.

    The hashes are Python's own, so an index serves the process that made it and no other.
    """

    def __init__(self, found: Iterable[tuple[Spot, Sequence[str], Sequence[Authors]]]) -> None:
        """Take in what `found` yields: a row group's ids and the authors of each, in order."""
        self._spots: list[Spot] = []
        self._people: dict[Authors, int] = {}
        hashes: list[npt.NDArray[np.int64]] = []
        spots: list[npt.NDArray[np.int32]] = []
        people: list[npt.NDArray[np.int32]] = []
        for spot, ids, authors in found:
            if not self._spots or self._spots[-1] != spot:
                self._spots.append(spot)
            hashes.append(_hashes(ids))
            spots.append(np.full(len(ids), len(self._spots) - 1, dtype=np.int32))
            numbers = (self._people.setdefault(each, len(self._people)) for each in authors)
            people.append(np.fromiter(numbers, np.int32, len(ids)))
        joined = np.concatenate(hashes) if hashes else np.empty(0, np.int64)
        order = np.argsort(joined, kind="stable")
        self._hashes = joined[order]
        self._spot = np.concatenate(spots)[order] if spots else np.empty(0, np.int32)
        self._author = np.concatenate(people)[order] if people else np.empty(0, np.int32)
        self._sets = list(self._people)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self._hashes)

    def likely(self, ids: Sequence[DocumentId]) -> list[DocumentId]:
        """Return those of `ids` that may be there; of those left out, none is."""
        low, high = self._ranges(ids)
        return [ids[at] for at in np.flatnonzero(low < high).tolist()]

    def spots(self, ids: Collection[DocumentId]) -> list[Spot]:
        """Return where those of `ids` may stand that may be there, in the files' order."""
        low, high = self._ranges(list(ids))
        found = {
            number
            for start, end in zip(low.tolist(), high.tolist(), strict=True)
            for number in self._spot[start:end].tolist()
        }
        return [self._spots[number] for number in sorted(found)]

    def spots_by(self, member_id: MemberId) -> list[Spot]:
        """Return where documents stand that the member wrote, alone or with others."""
        theirs = [number for authors, number in self._people.items() if member_id in authors]
        numbers = np.unique(self._spot[np.isin(self._author, theirs)])
        return [self._spots[number] for number in numbers.tolist()]

    def authors(self, ids: Collection[DocumentId]) -> dict[DocumentId, Authors]:
        """Return who wrote those of `ids` that are there."""
        listed = list(ids)
        low, high = self._ranges(listed)
        return {
            document_id: tuple(
                dict.fromkeys(
                    author
                    for number in self._author[start:end].tolist()
                    for author in self._sets[number]
                )
            )
            for document_id, start, end in zip(listed, low.tolist(), high.tolist(), strict=True)
            if start < end
        }

    def twins(self, most: int) -> tuple[frozenset[int], list[Spot]]:
        """Return hashes that more than one row has, so many at most, and where those stand."""
        again = np.unique(self._hashes[1:][self._hashes[1:] == self._hashes[:-1]])[:most]
        numbers = np.unique(self._spot[np.isin(self._hashes, again)])
        return frozenset(again.tolist()), [self._spots[number] for number in numbers.tolist()]

    def _ranges(
        self, ids: Sequence[DocumentId]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        asked = _hashes(ids)
        return np.searchsorted(self._hashes, asked), np.searchsorted(self._hashes, asked, "right")


def _hashes(ids: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(hash, ids), np.int64, len(ids))

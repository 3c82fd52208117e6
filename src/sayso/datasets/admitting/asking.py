"""May we? Asked of very many documents at once: columns in, those permitted and those refused out.

Nothing that is not permitted goes any further than here. Documents that no rule can tell apart
are decided once; the others, which hold others' words too or are singled out, one by one.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.community import CATEGORY_OF, Document, Kind, MemberId
from sayso.consent.decision import Decision
from sayso.consent.likeness import singled_out
from sayso.datasets.admitting.admission import Admission, judge
from sayso.datasets.admitting.answers import (
    Asked,
    Author,
    Numbers,
    Said,
    counts,
    permitted,
    refused,
)
from sayso.datasets.admitting.company import called
from sayso.datasets.documents import MOMENT, documents_in

_TOLD_APART = ("kind", "visibility", "state", "licence")
"""What a verdict may turn on, beside the author, signals, the moment and others' words."""

_SEEN_OF = {kind.value: (CATEGORY_OF[kind], kind is Kind.MESSAGE) for kind in Kind}
"""What rules see of a document's kind, as `consent.watching` has it."""

_REMEMBERED = 200_000
"""So many authors, and kinds of their documents, are held in memory; others are asked again."""


def ask(batches: Iterable[pa.RecordBatch], admission: Admission) -> Iterator[Asked]:
    """Yield, for each batch of `DOCUMENTS`, the decision made for each of them now."""
    asker = _Asker(admission)
    return map(asker.answer, batches)


class _Asker:
    """Answers batch after batch, and asks of no account twice."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._at = pa.scalar(admission.at.astimezone(UTC), MOMENT)
        self._objectors = admission.world.objectors()
        self._sorts: dict[Hashable, int] = {}
        self._decided: dict[tuple[MemberId, int], Decision] = {}
        self._authors: dict[MemberId, Author] = {}

    def answer(self, batch: pa.RecordBatch) -> Asked:
        said = self._said(batch)
        permits = np.array([each.permit for each in said.decisions], np.bool_)[said.which]
        return Asked(
            permitted=permitted(batch, said, np.flatnonzero(permits), self._admission),
            refused=refused(batch, said, np.flatnonzero(~permits), self._admission.partition),
        )

    def _said(self, batch: pa.RecordBatch) -> Said:
        writers = batch["member_id"].dictionary_encode()
        authors = [self._author(MemberId(each)) for each in writers.dictionary.to_pylist()]
        wrote = writers.indices.to_numpy().astype(np.int64)
        decisions: list[Decision] = []
        which = np.full(len(batch), -1, np.int64)
        one_by_one: dict[int, Document] = {}
        for at in self._apart(batch, authors, wrote):
            one_by_one[at] = document = _document(batch, at)
            which[at] = len(decisions)
            decisions.append(judge(document, self._admission))
        rows = np.flatnonzero(which < 0)
        sort = self._sort(batch)
        alike = (wrote * len(self._sorts) + sort)[rows]
        _, firsts, groups = np.unique(alike, return_index=True, return_inverse=True)
        which[rows] = groups + len(decisions)
        examples = rows[firsts]
        whose = [authors[at].member_id for at in wrote[examples]]
        kinds = [*zip(whose, sort[examples].tolist(), strict=True)]
        decisions += self._decide(batch, examples, kinds)
        return Said(
            decisions=decisions, which=which, authors=authors, wrote=wrote, one_by_one=one_by_one
        )

    def _decide(
        self, batch: pa.RecordBatch, examples: Numbers, kinds: Sequence[tuple[MemberId, int]]
    ) -> Iterator[Decision]:
        """Yield for each of some documents the decision for all that no rule can tell from it."""
        new = [at for at, kind in enumerate(kinds) if kind not in self._decided]
        documents = documents_in(batch.take(pa.array(examples[new])))
        for at, document in zip(new, documents, strict=True):
            self._decided[kinds[at]] = judge(document, self._admission)
        return map(self._decided.__getitem__, kinds)

    def _sort(self, batch: pa.RecordBatch) -> Numbers:
        """Return a number for each document, equal where no rule can tell their sorts apart."""
        if max(len(self._sorts), len(self._decided)) > _REMEMBERED:
            self._sorts.clear()
            self._decided.clear()
        numbers = _signals(batch)
        for name in _TOLD_APART:
            column = batch[name].dictionary_encode()
            numbers = numbers * len(column.dictionary) + column.indices.to_numpy()
        _, firsts, sorts = np.unique(numbers, return_index=True, return_inverse=True)
        some = batch.take(pa.array(firsts))
        seen = map(_SEEN_OF.__getitem__, some["kind"].to_pylist())
        said = (some[name].to_pylist() for name in _TOLD_APART[1:])
        known = [
            self._sorts.setdefault(each, len(self._sorts))
            for each in zip(seen, *said, _signalled(some), strict=True)
        ]
        return np.array(known, np.int64)[sorts]

    def _apart(self, batch: pa.RecordBatch, authors: list[Author], wrote: Numbers) -> list[int]:
        """Return the documents that are decided one by one, in order."""
        apart = np.zeros(len(batch), np.bool_)
        for name in ("co_authors", "quotes"):
            apart |= counts(batch[name]) > 0
        apart |= pc.greater(batch["created_at"], self._at).to_numpy(zero_copy_only=False)
        particular = np.array([bool(each.apart) for each in authors], np.bool_)
        for at in np.flatnonzero(particular[wrote] if len(wrote) else wrote).tolist():
            apart[at] |= batch["id"][at].as_py() in authors[wrote[at]].apart
        if not self._objectors.is_empty:
            columns = (batch[name].to_pylist() for name in ("id", "title", "text"))
            for at, (document_id, *texts) in enumerate(zip(*columns, strict=True)):
                apart[at] |= any(self._objectors.find(text, document_id) for text in texts)
        return np.flatnonzero(apart).tolist()

    def _author(self, member_id: MemberId) -> Author:
        author = self._authors.get(member_id)
        if author is None:
            if len(self._authors) > _REMEMBERED:
                self._authors.clear()
            world, partition = self._admission.world, self._admission.partition
            member = world.member(member_id)
            shard, usual = partition.place(member_id, is_default=False)
            _, late = partition.place(member_id, is_default=True)
            self._authors[member_id] = author = Author(
                member_id=member_id,
                shard=shard,
                slice=usual,
                slice_of_default=late,
                region=member.region if member else "",
                names=tuple(called(member)) if member else (),
                apart=frozenset(singled_out(world.say(member_id))),
            )
        return author


def _signals(batch: pa.RecordBatch) -> Numbers:
    """Return a number for each document, equal where the same was signalled of it."""
    if not counts(batch["signals"]).any():
        return np.zeros(len(batch), np.int64)
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in _signalled(batch)])


def _signalled(batch: pa.RecordBatch) -> Iterator[Hashable]:
    """Yield what was signalled of each document, in a form that can be compared."""
    for said in batch["signals"].to_pylist():
        yield tuple(tuple(each.values()) for each in said or ())


def _document(batch: pa.RecordBatch, at: int) -> Document:
    return documents_in(batch.slice(at, 1))[0]

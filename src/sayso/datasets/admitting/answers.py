"""The answers to "may we?" as columns: documents with their places, or with what refused them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sayso.community import SOMEONE, Document, DocumentId, MemberId
from sayso.consent.decision import Decision
from sayso.datasets.admitting.admission import Admission, spared
from sayso.datasets.admitting.company import MENTIONS, NOBODY, called
from sayso.datasets.admitting.missed import Field, Missed, standing
from sayso.datasets.admitting.wording import Span, members_in
from sayso.datasets.documents import SPAN, documents_in
from sayso.datasets.shards import Partition
from sayso.datasets.tables import ROWS, TOKEN_BYTES, noughts, refused_once

ASKED = pa.schema(
    [
        *(ROWS.field(name) for name in ROWS.names if name not in {"redactions", "marks", "digest"}),
        pa.field("shard", pa.int32(), nullable=False),
        pa.field("slice", pa.int32(), nullable=False),
        pa.field("order", pa.binary(32), nullable=False),
        pa.field("region", pa.string(), nullable=False),
        pa.field("people", pa.list_(pa.string()), nullable=False),
        pa.field("cut", pa.list_(SPAN), nullable=False),
        pa.field("names", pa.list_(SPAN), nullable=False),
        pa.field("names_in_title", pa.list_(SPAN), nullable=False),
        pa.field("code", pa.list_(SPAN), nullable=False),
        pa.field("spared", pa.list_(SPAN), nullable=False),
        pa.field("token", pa.binary(TOKEN_BYTES), nullable=False),
    ]
)
"""A permitted document with its decision and its place, before anything is taken out of it.

`token` is nought until `making.tokens` gives it.
"""

Numbers = npt.NDArray[np.int64]

_SAME = ("member_id", "kind", "title", "text", "language", "licence", "source", "created_at")
_SPANS = ("cut", "names", "names_in_title", "spared")


class Asked(NamedTuple):
    """The answers for some documents: those permitted (`ASKED`), the others (`REFUSED`)."""

    permitted: pa.RecordBatch
    refused: pa.RecordBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """What is told of an account once, however much they wrote."""

    member_id: MemberId
    shard: int
    slice: int
    slice_of_default: int
    region: str
    names: tuple[str, ...]
    apart: frozenset[DocumentId]
    """Documents that the member spoke of one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was decided for the documents of a batch.

    `which` [N] says for each of them which of `decisions` is its own, `wrote` [N] which of
    `authors`. `one_by_one` holds those, by their numbers, that were decided by themselves.
    """

    decisions: Sequence[Decision]
    which: Numbers
    authors: Sequence[Author]
    wrote: Numbers
    one_by_one: Mapping[int, Document]


class _Column:
    """A column in which many rows have the same value: values, and which of them is whose."""

    def __init__(self, usual: Iterable[object], which: Numbers) -> None:
        self._values = list(usual)
        self._which = which.copy()

    def put(self, row: int, value: object) -> None:
        self._which[row] = len(self._values)
        self._values.append(value)

    def array(self, kind: pa.DataType) -> pa.Array:
        return pa.array(self._values, kind).take(pa.array(self._which))


class _Near(NamedTuple):
    """A document as `Neighbours` are asked about it."""

    id: DocumentId
    authors: tuple[MemberId, ...]
    parents: tuple[DocumentId, ...]


def permitted(
    batch: pa.RecordBatch, said: Said, places: Numbers, admission: Admission
) -> pa.RecordBatch:
    """Return the documents at `places` of a batch, which were permitted (`ASKED`)."""
    taken = batch.take(pa.array(places))
    ids: list[DocumentId] = taken["id"].to_pylist()
    which, wrote = said.which[places], said.wrote[places]
    authors, decisions, partition = said.authors, said.decisions, admission.partition
    nowhere = np.zeros(len(places), np.int64)
    columns = {
        "members": _Column(([each.member_id] for each in authors), wrote),
        "evidence": _Column((each.evidence for each in decisions), which),
        "rule": _Column((each.rule for each in decisions), which),
        "reason": _Column((each.reason for each in decisions), which),
        "is_default": _Column((each.is_default for each in decisions), which),
        "shard": _Column((each.shard for each in authors), wrote),
        "region": _Column((each.region for each in authors), wrote),
        "people": _Column((each.names for each in authors), wrote),
        **{name: _Column([()], nowhere) for name in _SPANS},
    }
    people: dict[int, Sequence[str]] = {}
    marked = admission.missed(ids)
    for row in _with_others(taken, places, said, admission, marked):
        document = said.one_by_one.get(int(places[row])) or documents_in(taken.slice(row, 1))[0]
        people[row] = tuple(_names(document, admission))
        told = _told(document, decisions[which[row]], admission, marked.get(document.id, ()))
        for name, value in told.items():
            columns[name].put(row, value)
    near = {} if admission.neighbours is NOBODY else admission.neighbours.names(_near(taken))
    for row, document_id in enumerate(ids) if near else ():
        if others := near.get(document_id):
            known = people.get(row, authors[wrote[row]].names)
            people[row] = tuple(dict.fromkeys((*known, *others)))
    for row, names in people.items():
        columns["people"].put(row, names)
    row_ids = partition.row_ids(ids)
    slices = [(each.slice, each.slice_of_default) for each in authors]
    late = columns["is_default"].array(pa.bool_()).to_numpy(zero_copy_only=False).astype(np.int64)
    arrays = {name: taken[name] for name in _SAME} | {
        "id": pa.array(row_ids, pa.string()),
        "document_id": taken["id"],
        "slice": pa.array(np.array(slices, np.int32).reshape(-1, 2)[wrote, late]),
        "order": pa.array(partition.orders(row_ids), pa.binary(32)),
        "token": noughts(len(places), TOKEN_BYTES),
        "code": _whole(taken["code"], ASKED.field("code").type),
    }
    arrays |= {name: held.array(ASKED.field(name).type) for name, held in columns.items()}
    return pa.RecordBatch.from_arrays([arrays[name] for name in ASKED.names], schema=ASKED)


def refused(
    batch: pa.RecordBatch, said: Said, places: Numbers, partition: Partition
) -> pa.RecordBatch:
    """Return the documents at `places` of a batch, which were refused (`REFUSED`)."""
    which, wrote = said.which[places], said.wrote[places]
    document_ids = batch["id"].take(pa.array(places))
    row_ids = partition.row_ids(document_ids.to_pylist())
    columns = {
        "document_id": document_ids,
        "member_id": batch["member_id"].take(pa.array(places)),
        "rule": _Column((each.rule for each in said.decisions), which).array(pa.string()),
        "reason": _Column((each.reason for each in said.decisions), which).array(pa.string()),
        "id": pa.array(row_ids, pa.string()),
        "shard": _Column((each.shard for each in said.authors), wrote).array(pa.int32()),
        "order": pa.array(partition.orders(row_ids), pa.binary(32)),
    }
    return refused_once(columns)


def _with_others(
    taken: pa.RecordBatch,
    places: Numbers,
    said: Said,
    admission: Admission,
    marked: Collection[DocumentId],
) -> Iterator[int]:
    """Yield the rows in which more than their author's own words and name may be."""
    if admission.mentions != MENTIONS[0]:
        yield from range(len(taken))
        return
    others = counts(taken["mentions"]) > 0
    others |= np.isin(places, list(said.one_by_one))
    if marked:
        others |= pc.is_in(taken["id"], pa.array(list(marked))).to_numpy(zero_copy_only=False)
    yield from np.flatnonzero(others).tolist()


def _told(
    document: Document, decision: Decision, admission: Admission, marked: Sequence[Missed]
) -> dict[str, object]:
    """Return whose words are in a document, and which places of it must go or may stay."""
    missed = list(standing(document, marked))
    kept = spared(document, admission)
    members = members_in(document, decision.cut)
    named = sorted({each.member_id for each in kept} - set(members))
    why = Counter(each.reason for each in kept)
    in_text: tuple[Span, ...] = (
        *decision.named,
        *(each for each in missed if each.field is Field.TEXT),
    )
    in_title: tuple[Span, ...] = (
        *decision.named_in_title,
        *(each for each in missed if each.field is Field.TITLE),
    )
    return {
        "members": (*members, *named),
        "evidence": (
            *decision.evidence,
            *(f"names that stay: {count} {reason}" for reason, count in sorted(why.items())),
        ),
        "cut": _spans(decision.cut),
        "names": _spans(in_text),
        "names_in_title": _spans(in_title),
        "spared": _spans(kept),
    }


def _names(document: Document, admission: Admission) -> Iterator[str]:
    """Yield how those are called who wrote it, are quoted in it or are mentioned."""
    spoken_of = (
        *document.authors,
        *(quote.member_id for quote in document.quotes),
        *(mention.member_id for mention in document.mentions),
    )
    for member_id in dict.fromkeys(spoken_of):
        member = None if member_id == SOMEONE else admission.world.member(member_id)
        if member is not None:
            yield from called(member)


def _near(taken: pa.RecordBatch) -> list[_Near]:
    columns = (taken[name].to_pylist() for name in ("id", "member_id", "co_authors", "parents"))
    return [
        _Near(document_id, (author, *(others or ())), tuple(parents or ()))
        for document_id, author, others, parents in zip(*columns, strict=True)
    ]


def counts(lists: pa.ListArray) -> Numbers:
    """Return how many items each list has; none where there is no list."""
    found: Numbers = pc.fill_null(pc.list_value_length(lists), 0).to_numpy().astype(np.int64)
    return found


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _whole(lists: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return the lists with an empty one where there was none."""
    if not lists.null_count:
        return lists
    bounds = np.concatenate((np.zeros(1, np.int32), counts(lists).cumsum().astype(np.int32)))
    return pa.ListArray.from_arrays(pa.array(bounds), lists.flatten(), type=kind)

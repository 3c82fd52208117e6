"""May we? Asked of very many documents at once: columns in, those permitted and those refused out.

Nothing that is not permitted goes any further than here.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from sayso.community import SOMEONE, Document, DocumentId, MemberId
from sayso.consent.decision import Decision
from sayso.consent.likeness import singled_out
from sayso.datasets.admitting.admission import Admission, judge, spared
from sayso.datasets.admitting.company import MENTIONS, called
from sayso.datasets.admitting.missed import Field, Missed, standing
from sayso.datasets.admitting.wording import Span, members_in
from sayso.datasets.documents import MOMENT, SPAN, documents_in
from sayso.datasets.rows import Refusal
from sayso.datasets.tables import ROWS, refused_batch

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
    ]
)
"""A permitted document with its decision and its place, before anything is taken out of it."""

_SAME = ("document_id", "member_id", "kind", "title", "text", "language", "licence", "source")
_SAME_AS: Mapping[str, str] = {name: name for name in _SAME} | {"document_id": "id"}


class Asked(NamedTuple):
    """The answers for some documents: those permitted (`ASKED`), the others (`REFUSED`)."""

    permitted: pa.RecordBatch
    refused: pa.RecordBatch


def ask(batches: Iterable[pa.RecordBatch], admission: Admission) -> Iterator[Asked]:
    """Yield, for each batch of `DOCUMENTS`, the decision made for each of them now."""
    asker = _Asker(admission)
    return map(asker.answer, batches)


class _Known(NamedTuple):
    """What is asked of a member's account once, however much they wrote."""

    shard: int
    slice: int
    slice_of_default: int
    region: str
    names: tuple[str, ...]
    apart: frozenset[DocumentId]


class _Near(NamedTuple):
    """A document as `Neighbours` are asked about it."""

    id: DocumentId
    authors: tuple[MemberId, ...]
    parents: tuple[DocumentId, ...]


class _Asker:
    """Answers batch after batch; documents that no rule can tell apart are decided once."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._at = pa.scalar(admission.at.astimezone(UTC), MOMENT)
        self._objectors = admission.world.objectors()
        self._decided: dict[Hashable, Decision] = {}
        self._known: dict[MemberId, _Known] = {}

    def answer(self, batch: pa.RecordBatch) -> Asked:
        columns = {
            name: batch[name].to_pylist()
            for name in batch.schema.names
            if name not in {"created_at", "updated_at"}
        }
        columns["later"] = pc.greater(batch["created_at"], self._at).to_pylist()
        one_by_one: dict[int, Document] = {}
        decisions = [self._decide(columns, at, batch, one_by_one) for at in range(len(batch))]
        places = [at for at, decision in enumerate(decisions) if decision.permit]
        return Asked(
            permitted=self._permitted(batch, columns, places, decisions, one_by_one),
            refused=self._refused(columns, decisions),
        )

    def _decide(
        self,
        columns: Mapping[str, list[Any]],
        at: int,
        batch: pa.RecordBatch,
        one_by_one: dict[int, Document],
    ) -> Decision:
        document_id, member_id = columns["id"][at], columns["member_id"][at]
        title, text = columns["title"][at], columns["text"][at]
        find = self._objectors.find
        if (
            columns["co_authors"][at]
            or columns["quotes"][at]
            or document_id in self._about(member_id).apart
            or find(text, document_id)
            or find(title, document_id)
        ):
            one_by_one[at] = document = _document(batch, at)
            return judge(document, self._admission)
        signals = columns["signals"][at]
        kind = (
            member_id,
            columns["kind"][at],
            columns["visibility"][at],
            columns["state"][at],
            columns["licence"][at],
            tuple((one["standard"], one["value"], one["seen_at"]) for one in signals or ()),
            columns["later"][at],
        )
        decision = self._decided.get(kind)
        if decision is None:
            self._decided[kind] = decision = judge(_document(batch, at), self._admission)
        return decision

    def _about(self, member_id: MemberId) -> _Known:
        known = self._known.get(member_id)
        if known is None:
            world, partition = self._admission.world, self._admission.partition
            member = world.member(member_id)
            shard, usual = partition.place(member_id, is_default=False)
            _, late = partition.place(member_id, is_default=True)
            self._known[member_id] = known = _Known(
                shard=shard,
                slice=usual,
                slice_of_default=late,
                region=member.region if member else "",
                names=tuple(called(member)) if member else (),
                apart=frozenset(singled_out(world.say(member_id))),
            )
        return known

    def _permitted(
        self,
        batch: pa.RecordBatch,
        columns: Mapping[str, list[Any]],
        places: list[int],
        decisions: Sequence[Decision],
        one_by_one: Mapping[int, Document],
    ) -> pa.RecordBatch:
        admission = self._admission
        taken = batch.take(pa.array(places, pa.int64()))
        ids: list[DocumentId] = [columns["id"][at] for at in places]
        marked = admission.missed(ids)
        near = self._near(columns, places, ids)
        rows = []
        for at, document_id in zip(places, ids, strict=True):
            plain = (
                at not in one_by_one
                and not columns["mentions"][at]
                and document_id not in marked
                and admission.mentions == MENTIONS[0]
            )
            decision = decisions[at]
            if plain:
                rows.append(self._plain(columns, at, decision, near))
            else:
                document = one_by_one.get(at) or _document(batch, at)
                rows.append(self._careful(document, decision, near, marked))
        made: dict[str, list[Any]] = {name: [] for name in _MADE}
        for row in rows:
            for name, value in zip(_MADE, row, strict=True):
                made[name].append(value)
        partition = admission.partition
        row_ids = list(map(partition.row_id, ids))
        arrays: dict[str, pa.Array] = {name: taken[_SAME_AS[name]] for name in _SAME} | {
            "id": pa.array(row_ids, pa.string()),
            "created_at": taken["created_at"],
            "rule": pa.array([decisions[at].rule for at in places], pa.string()),
            "reason": pa.array([decisions[at].reason for at in places], pa.string()),
            "is_default": pa.array([decisions[at].is_default for at in places], pa.bool_()),
            "order": pa.array(list(map(partition.order, row_ids)), pa.binary(32)),
            "code": _whole(taken["code"], ASKED.field("code").type),
        }
        for name in _MADE:
            arrays[name] = pa.array(made[name], ASKED.field(name).type)
        return pa.RecordBatch.from_arrays([arrays[name] for name in ASKED.names], schema=ASKED)

    def _plain(
        self,
        columns: Mapping[str, list[Any]],
        at: int,
        decision: Decision,
        near: Mapping[DocumentId, tuple[str, ...]],
    ) -> tuple[Any, ...]:
        member_id = columns["member_id"][at]
        known = self._about(member_id)
        others = near.get(columns["id"][at], ())
        people = tuple(dict.fromkeys((*known.names, *others))) if others else known.names
        slice_ = known.slice_of_default if decision.is_default else known.slice
        return ((member_id,), decision.evidence, known.shard, slice_, known.region, people) + (
            ((),) * 4
        )

    def _careful(
        self,
        document: Document,
        decision: Decision,
        near: Mapping[DocumentId, tuple[str, ...]],
        marked: Mapping[DocumentId, Sequence[Missed]],
    ) -> tuple[Any, ...]:
        known = self._about(document.member_id)
        missed = list(standing(document, marked.get(document.id, ())))
        kept = spared(document, self._admission)
        members = members_in(document, decision.cut)
        named = sorted({each.member_id for each in kept} - set(members))
        why = Counter(each.reason for each in kept)
        evidence = (
            *decision.evidence,
            *(f"names that stay: {count} {reason}" for reason, count in sorted(why.items())),
        )
        in_text: tuple[Span, ...] = (
            *decision.named,
            *(each for each in missed if each.field is Field.TEXT),
        )
        in_title: tuple[Span, ...] = (
            *decision.named_in_title,
            *(each for each in missed if each.field is Field.TITLE),
        )
        people = dict.fromkeys((*self._names(document), *near.get(document.id, ())))
        return (
            (*members, *named),
            evidence,
            known.shard,
            known.slice_of_default if decision.is_default else known.slice,
            known.region,
            tuple(people),
            _spans(decision.cut),
            _spans(in_text),
            _spans(in_title),
            _spans(kept),
        )

    def _names(self, document: Document) -> Iterator[str]:
        """Yield how those are called who wrote it, are quoted in it or are mentioned."""
        spoken_of = (
            *document.authors,
            *(quote.member_id for quote in document.quotes),
            *(mention.member_id for mention in document.mentions),
        )
        for member_id in dict.fromkeys(spoken_of):
            if member_id != SOMEONE:
                yield from self._about(member_id).names

    def _near(
        self, columns: Mapping[str, list[Any]], places: Sequence[int], ids: Sequence[DocumentId]
    ) -> Mapping[DocumentId, tuple[str, ...]]:
        return self._admission.neighbours.names(
            [
                _Near(
                    id=document_id,
                    authors=(columns["member_id"][at], *(columns["co_authors"][at] or ())),
                    parents=tuple(columns["parents"][at] or ()),
                )
                for at, document_id in zip(places, ids, strict=True)
            ]
        )

    def _refused(
        self, columns: Mapping[str, list[Any]], decisions: Sequence[Decision]
    ) -> pa.RecordBatch:
        refusals = [
            Refusal(
                document_id=columns["id"][at],
                member_id=columns["member_id"][at],
                rule=decision.rule,
                reason=decision.reason,
            )
            for at, decision in enumerate(decisions)
            if not decision.permit
        ]
        return refused_batch(refusals, self._admission.partition)


_MADE = (
    *("members", "evidence", "shard", "slice", "region", "people"),
    *("cut", "names", "names_in_title", "spared"),
)


def _document(batch: pa.RecordBatch, at: int) -> Document:
    return documents_in(batch.slice(at, 1))[0]


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _whole(lists: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return the lists with an empty one where there was none."""
    if not lists.null_count:
        return lists
    return pa.array([each or [] for each in lists.to_pylist()], kind)

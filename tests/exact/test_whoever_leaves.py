"""Whoever leaves, together or alone, by however many workers it is forgotten: the same bytes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.seats import SEATS
from sayso.community import MemberId
from sayso.datasets.rows import HELD_OUT, DatasetId, Row, RowId, row_digest
from sayso.datasets.successors import Change, successor
from sayso.training.recipes import TINY, Blend
from sayso.training.train import train
from small_dataset import (
    PARTITION,
    Written,
    bytes_of,
    new_store,
    row,
    rows,
    sealed,
    trained,
    writings,
)

_MEMBERS = [f"member{number}" for number in range(18)]


def _made() -> list[Row]:
    """Everybody's rows: one member's in two slices, and one row that two wrote together."""
    in_two = Written(member="member3", text="What rests on a default lies last.", is_default=True)
    alone = [*rows(writings(_MEMBERS)), row(in_two, 9)]
    wrote = next(each for each in alone if each.shard == 0)
    other = next(each.member_id for each in alone if each.shard == 1)
    joined = replace(wrote, members=(wrote.member_id, other))
    joined = replace(joined, digest=row_digest(joined))
    return [joined if each.id == wrote.id else each for each in alone]


_MADE = _made()
_TRAINED_ON = [each for each in _MADE if each.shard != HELD_OUT]


def _of(members: Iterable[MemberId]) -> frozenset[RowId]:
    """Return every row that holds words of those members."""
    gone = set(members)
    return frozenset(each.id for each in _MADE if gone & set(each.members))


def _in(chosen: Callable[[Row], bool]) -> frozenset[RowId]:
    return _of(each.member_id for each in _TRAINED_ON if chosen(each))


_WHO = {
    "one of the first slice": _of([next(e.member_id for e in _TRAINED_ON if e.slice == 0)]),
    "one of the last slice": _of([next(e.member_id for e in _TRAINED_ON if e.slice == 2)]),
    "one who lies in two slices": _of([MemberId("member3")]),
    "the second of two who wrote together": _of(
        [next(e.members[1] for e in _MADE if len(e.members) > 1)]
    ),
    "several of one shard": _in(lambda e: e.shard == 1 and e.slice > 0),
    "several of both shards": _of([MemberId(name) for name in _MEMBERS[:6]]),
    "all of a slice": _in(lambda e: (e.shard, e.slice) == (0, 1)),
    "a whole shard": _in(lambda e: e.shard == 1),
    "everybody": _of([MemberId(name) for name in _MEMBERS]),
    "a single text of one": frozenset([_TRAINED_ON[0].id]),
}


def _without(store: Path, dataset: DatasetId, gone: frozenset[RowId]) -> DatasetId:
    return successor(store, dataset, Change(removed=gone), PARTITION, SEATS).dataset_id


@pytest.mark.parametrize("gone", _WHO.values(), ids=_WHO.keys())
def test_forgetting_equals_never_having_had_them(tmp_path: Path, gone: frozenset[RowId]) -> None:
    forgetting, never = new_store(tmp_path, "forgetting"), new_store(tmp_path, "never")
    blend = Blend(counts=0.4)
    before = trained(forgetting, sealed(forgetting, _MADE), blend=blend)

    after = trained(forgetting, _without(forgetting, before.dataset_id, gone), blend=blend)

    rest = [each for each in _MADE if each.id not in gone]
    oracle = trained(never, sealed(never, rest), blend=blend)
    assert gone
    assert bytes_of(after) == bytes_of(oracle)
    assert [chain.counts for chain in after.shards] == [chain.counts for chain in oracle.shards]
    assert after.summed == oracle.summed


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_however_many_workers_forget_the_bytes_are_the_same(tmp_path: Path, workers: int) -> None:
    gone = _WHO["several of both shards"]
    forgetting, never = new_store(tmp_path, "forgetting"), new_store(tmp_path, "never")
    before = trained(forgetting, sealed(forgetting, _MADE))
    dataset = _without(forgetting, before.dataset_id, gone)

    after = train(forgetting, dataset, recipe=TINY, workers=workers)

    rest = [each for each in _MADE if each.id not in gone]
    assert bytes_of(after) == bytes_of(trained(never, sealed(never, rest)))

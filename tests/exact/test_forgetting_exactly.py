"""Forgetting a member gives the bytes of a training that never had them: the oracle."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.community import MemberId
from sayso.datasets.sealed import read_manifest
from sayso.errors import CannotCompare, Tampered
from sayso.evidence.canonical import JSON, canonical, parse
from sayso.training.certificate import Forgotten, Side, body, check
from sayso.training.checkpoints import FOLDER, prune
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY
from sayso.training.verify import retrain_and_compare, verify_certificate
from small_dataset import (
    PARTITION,
    bytes_of,
    new_store,
    rows,
    sealed,
    trained,
    without,
    writings,
)


def _member_at(shard: int, slice_: int) -> str:
    names = (MemberId(f"somebody{number}") for number in range(500))
    wanted = (shard, slice_)
    return next(name for name in names if PARTITION.place(name, is_default=False) == wanted)


_PLACES = {
    "in the first slice": (0, 0),
    "in the middle slice": (1, 1),
    "in the last slice": (1, 2),
}
_OTHERS = [f"other{number}" for number in range(14)]


@pytest.mark.parametrize("place", _PLACES.values(), ids=_PLACES.keys())
@pytest.mark.parametrize("documents", [1, 4])
def test_forgetting_a_member_equals_never_having_had_them(
    tmp_path: Path, place: tuple[int, int], documents: int
) -> None:
    leaver = _member_at(*place)
    with_them = rows([*writings(_OTHERS), *writings([leaver], each=documents)])
    without_them = [row for row in with_them if row.member_id != leaver]
    forgetting, never = new_store(tmp_path, "forgetting"), new_store(tmp_path, "never")
    before = trained(forgetting, sealed(forgetting, with_them))

    after = trained(forgetting, without(forgetting, before.dataset_id, with_them, leaver))
    oracle = trained(never, sealed(never, without_them))

    assert bytes_of(after) == bytes_of(oracle)
    shard, slice_ = place
    was, now = bytes_of(before), bytes_of(after)
    changed = {where for where in now if now[where] != was[where]}
    assert changed == {(shard, later) for later in range(slice_, PARTITION.slices)}
    assert after.report.slices_learnt == PARTITION.slices - slice_


def test_forgetting_the_only_member_of_a_shard_leaves_its_first_weights(tmp_path: Path) -> None:
    alone = _member_at(1, 1)
    others = [name for name in _OTHERS if PARTITION.place(MemberId(name), is_default=False)[0] != 1]
    made = rows([*writings(others), *writings([alone])])
    store = new_store(tmp_path)
    before = trained(store, sealed(store, made))

    after = trained(store, without(store, before.dataset_id, made, alone))

    untouched = bytes_of(before)[1, 0]
    assert [bytes_of(after)[1, slice_] for slice_ in range(PARTITION.slices)] == [untouched] * 3
    assert after.shards[1].checkpoints[-1].tokens == 0


def test_members_who_leave_one_after_another_equal_never_having_had_either(tmp_path: Path) -> None:
    first, second = _member_at(0, 2), _member_at(0, 1)
    made = rows([*writings(_OTHERS), *writings([first, second])])
    never = new_store(tmp_path, "never")
    store = new_store(tmp_path)
    both = trained(store, sealed(store, made))

    one = trained(store, without(store, both.dataset_id, made, first))
    left = [row for row in made if row.member_id != first]
    none = trained(store, without(store, one.dataset_id, left, second))

    rest = [row for row in left if row.member_id != second]
    assert bytes_of(none) == bytes_of(trained(never, sealed(never, rest)))


def test_a_certificate_holds_when_the_shard_is_learnt_again_from_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    written = _certificate(store)

    proven = check(written)
    compared = verify_certificate(store, written, launch=in_this_process)

    assert proven.remade == (1,)
    assert (proven.kept_checkpoints, proven.remade_checkpoints) == (4, 2)
    assert [(shard, slice_) for shard, slice_, _ in compared.checkpoints] == [
        (1, 0),
        (1, 1),
        (1, 2),
    ]


def test_a_model_that_saw_more_than_its_rows_is_named_by_its_first_difference(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    made = rows([*writings(_OTHERS), *writings([_member_at(1, 1)])])
    before = trained(store, sealed(store, made))
    after = trained(store, without(store, before.dataset_id, made, _member_at(1, 1)))
    swapped = replace(
        after,
        shards=(
            after.shards[0],
            replace(
                after.shards[1],
                checkpoints=tuple(
                    replace(
                        point,
                        weights_digest=old.weights_digest,
                        optimizer_digest=old.optimizer_digest,
                    )
                    for point, old in zip(
                        after.shards[1].checkpoints, before.shards[1].checkpoints, strict=True
                    )
                ),
            ),
        ),
    )

    with pytest.raises(Tampered, match="Shard 1's checkpoint after slice 1 differs"):
        retrain_and_compare(store, swapped, launch=in_this_process)


@pytest.mark.parametrize(
    ("seed", "away"),
    [(TINY.seed, r" 0\.0e\+00 of"), (TINY.seed + 1, r" [1-9]\.[0-9]e[-+]0[0-2] of")],
)
def test_another_environment_is_neither_equal_nor_different_but_so_far_away(
    tmp_path: Path, seed: int, away: str
) -> None:
    store = new_store(tmp_path)
    model = trained(store, sealed(store, rows(writings(_OTHERS[:4]))), replace(TINY, seed=seed))
    elsewhere = replace(
        model, recipe=TINY, environment=replace(model.environment, processor="another")
    )

    with pytest.raises(CannotCompare, match="processor another there") as said:
        retrain_and_compare(store, elsewhere, launch=in_this_process)

    assert re.search(away, said.value.message)


def test_where_the_recorded_weights_are_gone_no_distance_is_made_up(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    model = trained(store, sealed(store, rows(writings(_OTHERS[:4]))))
    elsewhere = replace(model, environment=replace(model.environment, torch="1.0"))
    prune(store / FOLDER, keep=())

    with pytest.raises(CannotCompare, match="no distance is known"):
        retrain_and_compare(store, elsewhere, launch=in_this_process)


def _certificate(store: Path) -> dict[str, JSON]:
    leaver = _member_at(1, 1)
    made = rows([*writings(_OTHERS), *writings([leaver])])
    before = trained(store, sealed(store, made))
    after = trained(store, without(store, before.dataset_id, made, leaver))
    moment = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
    forgotten = Forgotten(
        commitment="c0ffee",
        purpose="genai-training",
        rows=2,
        acknowledged_at=moment,
        contained_at=moment,
        forgotten_at=moment,
    )
    written = body(
        before=_side(store, before),
        after=_side(store, after),
        forgotten=[forgotten],
        issued_at=moment,
    )
    stored = parse(canonical(written))  # as it comes back from the database
    assert isinstance(stored, dict)
    return stored


def _side(store: Path, model: TrainedModel) -> Side:
    manifest = read_manifest(store, model.dataset_id)
    return Side(
        model=model, roots={int(shard): manifest.shards[shard] for shard in manifest.shards}
    )

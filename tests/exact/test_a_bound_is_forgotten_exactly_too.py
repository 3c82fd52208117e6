"""Models that promise those who stay a bound forget as exactly as any other."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("opacus", reason="learning with a bound needs sayso[private]")

from sayso.community import MemberId
from sayso.datasets.rows import DatasetId, Row, row_digest
from sayso.errors import BadInput, CannotCompare, Tampered
from sayso.training.bound import SLICES_OF_A_MEMBER, bound, private
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY, Blend, Privacy, Recipe
from sayso.training.train import train
from sayso.training.verify import retrain_and_compare
from small_dataset import PARTITION, bytes_of, new_store, rows, sealed, without, writings

_PRIVACY = Privacy(noise=0.8, clip=1.0, sampling=0.5, steps=4, expected=2, windows=2)
_PRIVATE = replace(TINY, privacy=_PRIVACY)
_MEMBERS = [f"member{number}" for number in range(10)]
_KEY = b"\x05" * 32
_LEAVER = next(
    name for name in _MEMBERS if PARTITION.place(MemberId(name), is_default=False) == (1, 1)
)


def _trained(
    store: Path, dataset: DatasetId, key: bytes = _KEY, recipe: Recipe = _PRIVATE
) -> TrainedModel:
    return train(store, dataset, recipe=recipe, noise_key=key, launch=in_this_process)


def test_forgetting_equals_never_having_known_them_noise_and_all(tmp_path: Path) -> None:
    made = rows(writings(_MEMBERS))
    forgetting, never = new_store(tmp_path, "forgetting"), new_store(tmp_path, "never")
    before = _trained(forgetting, sealed(forgetting, made))

    after = _trained(forgetting, without(forgetting, before.dataset_id, made, _LEAVER))

    rest = [row for row in made if row.member_id != _LEAVER]
    assert bytes_of(after) == bytes_of(_trained(never, sealed(never, rest)))
    assert after.report.slices_learnt == 2


def test_noise_is_the_homes_own(tmp_path: Path) -> None:
    made = rows(writings(_MEMBERS))
    one, other = new_store(tmp_path, "one"), new_store(tmp_path, "other")

    first = _trained(one, sealed(one, made))
    second = _trained(other, sealed(other, made), key=b"\x06" * 32)

    assert not set(bytes_of(first).values()) & set(bytes_of(second).values())
    assert retrain_and_compare(one, first, noise_key=_KEY, launch=in_this_process).checkpoints
    with pytest.raises(CannotCompare, match="only its home can draw again"):
        retrain_and_compare(one, first, launch=in_this_process)
    with pytest.raises(Tampered):
        retrain_and_compare(one, first, noise_key=b"\x06" * 32, launch=in_this_process)


def test_even_a_slice_without_anybody_takes_its_noisy_steps(tmp_path: Path) -> None:
    store = new_store(tmp_path)

    model = _trained(store, sealed(store, []))

    for chain in model.shards:
        assert len({point.weights_digest for point in chain.checkpoints}) == PARTITION.slices


def test_what_several_wrote_together_is_not_learnt(tmp_path: Path) -> None:
    alone = rows(writings(_MEMBERS))
    together = [_joined(row) if number == 3 else row for number, row in enumerate(alone)]
    without_it = [row for number, row in enumerate(alone) if number != 3]
    stores = [new_store(tmp_path, name) for name in ("together", "without")]

    everybody = replace(_PRIVATE, privacy=replace(_PRIVACY, sampling=1.0, windows=9))
    tokens = [
        _trained(store, sealed(store, made), recipe=everybody).report.tokens
        for store, made in zip(stores, (together, without_it), strict=True)
    ]

    assert tokens[0] == tokens[1] > 0


def test_a_count_model_keeps_no_bound_and_is_refused_beside_one(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))

    with pytest.raises(BadInput, match="count model"):
        train(store, dataset, recipe=_PRIVATE, blend=Blend(counts=0.5), noise_key=_KEY)


def test_the_report_says_the_bound(tmp_path: Path) -> None:
    store = new_store(tmp_path)

    model = _trained(store, sealed(store, rows(writings(_MEMBERS))))

    assert model.report.epsilon == pytest.approx(bound(_PRIVACY))


def test_the_bound_is_that_of_the_gaussian_where_everybody_takes_part() -> None:
    all_of_them = Privacy(noise=4.0, clip=1.0, sampling=1.0, steps=20, expected=1)
    steps, delta = 20 * SLICES_OF_A_MEMBER, all_of_them.delta
    orders = [1 + each / 10 for each in range(1, 600)]

    # Mironov 2017: each step costs order / (2 noise^2); his conversion is the looser one.
    loose = min(
        order * steps / (2 * 4.0**2) + math.log(1 / delta) / (order - 1) for order in orders
    )

    assert 0.8 * loose < bound(all_of_them) <= loose + 0.01


def test_fewer_steps_fewer_people_or_more_noise_bound_more() -> None:
    usual = private(8)

    assert bound(usual) == pytest.approx(8, abs=0.1)
    assert bound(usual) <= 8
    assert bound(replace(usual, noise=usual.noise * 2)) < bound(usual)
    assert bound(replace(usual, steps=usual.steps // 2)) < bound(usual)
    assert bound(replace(usual, sampling=usual.sampling / 2)) < bound(usual)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.nan])
def test_a_bound_that_nobody_can_keep_is_refused(epsilon: float) -> None:
    with pytest.raises(BadInput, match="Epsilon"):
        private(epsilon)


def _joined(row: Row) -> Row:
    other = next(MemberId(name) for name in _MEMBERS if name != row.member_id)
    bare = replace(row, members=(row.member_id, other))
    return replace(bare, digest=row_digest(bare))

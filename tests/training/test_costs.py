"""What forgetting will cost: the closed form, and the same by drawing real places by chance."""

import random
from dataclasses import replace

import pytest

from sayso.community import MemberId
from sayso.datasets.rows import HELD_OUT
from sayso.datasets.shards import Partition
from sayso.errors import BadInput
from sayso.training.backends.gpt import GPT
from sayso.training.costs import (
    Layout,
    Training,
    checkpoint_bytes,
    forecast,
    redo_share,
    storage_bytes,
)
from sayso.training.recipes import SMALL, TINY

_LAYOUT = Layout(shards=16, slices=8)
_TRAINING = Training(seconds=36_000, workers=4, checkpoint_bytes=1_000_000)


@pytest.mark.parametrize(
    ("shards", "slices", "withdrawals", "share"),
    [
        (1, 1, 1, 1.0),
        (4, 4, 1, 0.156),
        (4, 4, 10, 0.758),
        (16, 8, 1, 0.035),
        (16, 8, 100, 0.896),
        (64, 16, 10, 0.079),
        (256, 16, 1000, 0.779),
        (4, 4, 0, 0.0),
    ],
)
def test_the_share_to_redo_is_the_published_closed_form(
    shards: int, slices: int, withdrawals: int, share: float
) -> None:
    found = redo_share(Layout(shards=shards, slices=slices), withdrawals)

    assert found == pytest.approx(share, abs=6e-4)


@pytest.mark.parametrize("every", [1, 3, 8])
@pytest.mark.parametrize("withdrawals", [1, 10, 100])
def test_drawing_real_places_and_uneven_members_agrees_within_a_tenth(
    withdrawals: int, every: int
) -> None:
    chance = random.Random(4)
    partition = Partition(key=b"\x09" * 32, shards=16, slices=8)
    names = [MemberId(f"member{number}") for number in range(6000)]
    written = [min(40.0, chance.paretovariate(1.4)) for _ in names]
    placed = [partition.place(name, is_default=False) for name in names]
    places = [place for place in placed if place[0] != HELD_OUT]
    sizes = dict.fromkeys(((shard, at) for shard in range(16) for at in range(8)), 0.0)
    for place, size in zip(placed, written, strict=True):
        sizes[place] = sizes.get(place, 0.0) + size
    sizes = {place: size for place, size in sizes.items() if place[0] != HELD_OUT}

    shares = []
    for _ in range(300):
        first: dict[int, int] = {}
        for shard, at in chance.sample(places, withdrawals):
            first[shard] = min(first.get(shard, 8), at // every * every)
        again = sum(size for (shard, at), size in sizes.items() if at >= first.get(shard, 8))
        shares.append(again / sum(sizes.values()))

    expected = redo_share(replace(_LAYOUT, every=every), withdrawals)
    assert sum(shares) / len(shares) == pytest.approx(expected, rel=0.1)


def test_waiting_longer_costs_fewer_trainings_a_day() -> None:
    days = (0, 1, 7, 30)
    a_day = [forecast(_LAYOUT, _TRAINING, per_day=5, days=each).trainings_a_day for each in days]

    assert a_day == sorted(a_day, reverse=True)


def test_one_that_leaves_waits_for_one_shard_however_many_workers_there_are() -> None:
    many = replace(_TRAINING, workers=1000)

    found = forecast(_LAYOUT, many, per_day=1, days=0)

    assert found.wall_seconds == pytest.approx(36_000 / 16 * 9 / 16)
    assert found.seconds == pytest.approx(36_000 * redo_share(_LAYOUT, 1))


def test_fewer_checkpoints_take_less_room_and_cost_more() -> None:
    few = replace(_LAYOUT, every=3)

    assert storage_bytes(_LAYOUT, _TRAINING) == 16 * 8 * 1_000_000
    assert storage_bytes(few, _TRAINING) == 16 * 3 * 1_000_000
    assert redo_share(few, 1) > redo_share(_LAYOUT, 1)


def test_a_checkpoints_bytes_are_its_weights_three_times() -> None:
    for recipe in (SMALL, TINY):
        weights = sum(weight.numel() for weight in GPT(recipe).parameters())
        assert checkpoint_bytes(recipe) == 3 * 4 * weights


def test_a_plan_for_no_shards_is_refused() -> None:
    with pytest.raises(BadInput, match="at least 1"):
        redo_share(Layout(shards=0, slices=4), 1)
    with pytest.raises(BadInput, match="at least 0"):
        forecast(_LAYOUT, _TRAINING, per_day=-1, days=1)

"""Shards that learn on a cluster give the bytes of shards that learn here."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ray_cluster import kill_second_node, of_cluster, two_nodes
from sayso.datasets.rows import DatasetId
from sayso.errors import NotHere
from sayso.training.checkpoints import FOLDER, find
from sayso.training.cluster import on_ray
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY
from sayso.training.train import Progress, train
from small_dataset import bytes_of, new_store, rows, sealed, trained, writings

_MADE = rows(writings([f"member{number}" for number in range(16)]))
_SLOW = replace(TINY, epochs=40)
"""Long enough to lose a machine in the middle."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with two_nodes() as address:
        yield address


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    store = new_store(tmp_path_factory.mktemp("here"))
    return trained(store, sealed(store, _MADE), _SLOW)


def _store(tmp_path: Path) -> tuple[Path, DatasetId]:
    store = new_store(tmp_path)
    return store, sealed(store, _MADE)


def test_two_machines_learn_the_bytes_that_this_one_learns(
    tmp_path: Path, cluster: str, here: TrainedModel
) -> None:
    store, dataset = _store(tmp_path)

    there = train(store, dataset, recipe=_SLOW, launch=on_ray(cluster))

    assert bytes_of(there) == bytes_of(here)
    assert there.model_id == here.model_id


def test_a_shard_goes_on_in_the_cluster_where_it_was_stopped(
    tmp_path: Path, cluster: str, here: TrainedModel
) -> None:
    store, dataset = _store(tmp_path)
    stopped = _Stopped(after=2)
    with pytest.raises(InterruptedError):
        train(store, dataset, recipe=_SLOW, launch=on_ray(cluster), progress=stopped)
    kept = sum(find(store / FOLDER, key) is not None for key in here.chain_keys)

    there = train(store, dataset, recipe=_SLOW, launch=on_ray(cluster))

    assert there.report.slices_reused == kept >= 1
    assert bytes_of(there) == bytes_of(here)


def test_a_machine_that_is_lost_loses_nothing_that_was_kept(
    tmp_path: Path, cluster: str, here: TrainedModel
) -> None:
    store, dataset = _store(tmp_path)
    lost: list[int] = []

    def lose_one(told: Progress) -> None:
        if told.shard is not None and told.share > 0 and not lost:
            lost.extend(of_cluster(cluster, "raylet/raylet"))
            kill_second_node(cluster)

    there = train(store, dataset, recipe=_SLOW, launch=on_ray(cluster), progress=lose_one)

    assert len(lost) == 2
    assert bytes_of(there) == bytes_of(here)


def test_where_no_cluster_is_it_says_how_to_start_one(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="the engine `ray` needs sayso[ray]")
    store, dataset = _store(tmp_path)

    with pytest.raises(NotHere, match="no Ray cluster at 127"):
        train(store, dataset, recipe=TINY, launch=on_ray("127.0.0.1:9"))


class _Stopped:
    """Stops a training after so many slices were learnt."""

    def __init__(self, after: int) -> None:
        self._left = after

    def __call__(self, told: Progress) -> None:
        if told.shard is not None and told.share > 0:
            self._left -= 1
            if not self._left:
                raise InterruptedError

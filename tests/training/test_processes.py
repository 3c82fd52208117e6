"""Shards handed one after another to few processes."""

import os
from pathlib import Path

import pytest

from sayso.datasets.shards import Partition
from sayso.training.recipes import TINY
from sayso.training.train import Progress, train
from small_dataset import new_store, rows, sealed, trained, writings

_THREE = Partition(key=b"\x02" * 32, shards=3, slices=2)
_MADE = rows(writings([f"member{number}" for number in range(9)]), _THREE)
_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")


@pytest.mark.skipif(not _CHILDREN.exists(), reason="only Linux tells a process's children")
def test_one_worker_is_one_process_handed_shard_after_shard_with_the_same_bytes(
    tmp_path: Path,
) -> None:
    here, there = new_store(tmp_path, "here"), new_store(tmp_path, "there")
    seen: dict[int, set[str]] = {}
    before = set(_CHILDREN.read_text().split())

    def watch(told: Progress) -> None:
        if told.shard is not None:
            now = set(_CHILDREN.read_text().split())
            seen.setdefault(told.shard, set()).update(now - before)

    model = train(there, sealed(there, _MADE, _THREE), recipe=TINY, workers=1, progress=watch)

    assert sorted(seen) == [0, 1, 2]
    assert len(set.union(*seen.values())) == 1
    assert not set(_CHILDREN.read_text().split()) - before
    assert model.model_id == trained(here, sealed(here, _MADE, _THREE)).model_id

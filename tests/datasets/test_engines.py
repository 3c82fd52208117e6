"""One build on every engine: the same id, the same bytes."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ports import free_port
from sayso.consent.choices import Answer
from sayso.datasets.build import build
from sayso.datasets.documents import batches_of
from sayso.datasets.engines import Engine
from sayso.datasets.engines.cluster import Ray
from sayso.datasets.engines.local import Local
from sayso.datasets.rows import DatasetId
from sealing import PLAN, content
from town import Town

MANY = 2_400
"""Enough documents to be worth workers."""


@pytest.fixture(scope="module")
def town() -> Town:
    town = Town()
    chance = random.Random(5)
    words = [
        "harbour",
        "lantern",
        "ferry",
        "winter",
        "crane",
        "rope",
        "tide",
        "barge",
        "pilot",
        "anchor",
        "quay",
        "sail",
    ]
    for number in range(60):
        member = town.settle(f"m{number}", Answer.NO if number % 9 == 0 else Answer.YES)
        for each in range(MANY // 60):
            said = " ".join(chance.choices(words, k=chance.randint(4, 60)))
            town.writes(member, f"Note {each}, {said}, write to a{number}@example.org.")
    return town


@pytest.fixture(scope="module")
def alone(town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DatasetId]:
    store = tmp_path_factory.mktemp("alone")
    return store, build(store, batches_of(town.documents), town, PLAN).dataset_id


def built_on(engine: Engine, store: Path, town: Town, *, memory: int, size: int) -> DatasetId:
    plan = replace(PLAN, engine=engine, memory=memory, total=len(town.documents))
    return build(store, batches_of(town.documents, size), town, plan).dataset_id


@pytest.mark.parametrize("size", [7, 100, 5_000])
@pytest.mark.parametrize("memory", [9_000, 70_000])
def test_batches_and_memory_change_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId], size: int, memory: int
) -> None:
    found = built_on(Local(), tmp_path, town, memory=memory, size=size)

    assert found == alone[1]
    assert content(tmp_path, found) == content(*alone)


def test_two_processes_change_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId]
) -> None:
    found = built_on(Local(2), tmp_path, town, memory=40_000, size=300)

    assert content(tmp_path, found) == content(*alone)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """Two nodes of Ray on this machine, each in processes of its own."""
    pytest.importorskip("ray", reason="the engine `ray` needs sayso[ray]")
    ray = Path(sys.executable).with_name("ray")
    port = free_port()
    env = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": "/tmp/sayso-ray"}
    common = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]
    head = [str(ray), "start", "--head", f"--port={port}", "--include-dashboard=false", *common]
    node = [str(ray), "start", f"--address=127.0.0.1:{port}", *common]
    try:
        for command in (head, node):
            try:
                subprocess.run(command, check=True, env=env, capture_output=True, timeout=240)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                pytest.skip(f"Ray does not start on this machine: {error}")
        yield f"127.0.0.1:{port}"
    finally:
        subprocess.run([str(ray), "stop", "--force"], check=False, env=env, capture_output=True)
        shutil.rmtree("/tmp/sayso-ray", ignore_errors=True)


def test_a_ray_cluster_of_two_nodes_changes_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId], cluster: str
) -> None:
    found = built_on(Ray(cluster), tmp_path, town, memory=40_000, size=300)

    assert content(tmp_path, found) == content(*alone)

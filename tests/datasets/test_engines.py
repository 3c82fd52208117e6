"""One build on every engine: the same id, the same bytes."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from ray_cluster import kill_second_node, of_cluster, two_nodes
from sayso.consent.choices import Answer
from sayso.datasets.build import build
from sayso.datasets.documents import batches_of
from sayso.datasets.engines import Engine
from sayso.datasets.engines.cluster import Ray
from sayso.datasets.engines.local import Local
from sayso.datasets.rows import DatasetId
from sayso.errors import CutShort
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


_KILLS_ITSELF = """
import os, signal
from sayso.datasets.engines.local import Local
with Local(2).open(0) as run:
    for _ in run(max, range(50)):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_when_the_process_that_started_them_is_killed() -> None:
    ran = subprocess.Popen(
        [sys.executable, "-c", _KILLS_ITSELF],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        ran.communicate(timeout=60)  # the output ends when nobody is left who could write to it
        assert ran.returncode == -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):
            os.killpg(ran.pid, signal.SIGKILL)


def while_building(town: Town, act: Callable[[], object]) -> Iterator[pa.RecordBatch]:
    """Documents to build of; in their midst, something happens."""
    for number, batch in enumerate(batches_of(town.documents, 100)):
        yield batch
        if number == 12:
            act()


def build_disturbed(engine: Engine, store: Path, town: Town, act: Callable[[], object]) -> None:
    plan = replace(PLAN, engine=engine, total=len(town.documents))
    build(store, while_building(town, act), town, plan)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.datasets.making.pieces.PIECE_BYTES", 20_000)


@pytest.mark.usefixtures("small_pieces")
def test_a_build_whose_worker_was_killed_says_so_and_goes_on(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId]
) -> None:
    def kill_one() -> None:
        multiprocessing.active_children()[0].kill()

    with pytest.raises(CutShort, match="ended from outside") as raised:
        build_disturbed(Local(2), tmp_path, town, kill_one)
    finished = {path.name for path in tmp_path.glob("datasets/.tmp-*/*.rows.arrow")}
    found = built_on(Local(2), tmp_path, town, memory=40_000, size=100)

    assert "Run the same command again" in raised.value.hint
    assert finished
    assert content(tmp_path, found) == content(*alone)
    assert {path.name for path in (tmp_path / "datasets").iterdir()} == {".lock", "workings", found}


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with two_nodes() as address:
        yield address


def test_a_ray_cluster_of_two_nodes_changes_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId], cluster: str
) -> None:
    found = built_on(Ray(cluster), tmp_path, town, memory=40_000, size=300)

    assert content(tmp_path, found) == content(*alone)


@pytest.mark.usefixtures("small_pieces")
def test_a_cluster_whose_worker_is_killed_changes_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId], cluster: str
) -> None:
    killed: list[int] = []

    def kill_workers() -> None:
        for pid in of_cluster(cluster, "ray::make_piece") + of_cluster(cluster, "ray::IDLE"):
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    build_disturbed(Ray(cluster), tmp_path, town, kill_workers)

    assert killed
    assert content(tmp_path, alone[1]) == content(*alone)


@pytest.mark.usefixtures("small_pieces")
def test_a_cluster_whose_node_is_killed_changes_no_byte(
    tmp_path: Path, town: Town, alone: tuple[Path, DatasetId], cluster: str
) -> None:
    try:
        build_disturbed(Ray(cluster), tmp_path, town, lambda: kill_second_node(cluster))
    except CutShort:
        built_on(Ray(cluster), tmp_path, town, memory=40_000, size=100)

    assert content(tmp_path, alone[1]) == content(*alone)

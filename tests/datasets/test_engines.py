"""One build on every engine: the same id, the same bytes."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from ports import free_port
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


def of_cluster(cluster: str, name: str) -> list[int]:
    """Return the processes of the cluster whose command line has `name` in it."""
    port = cluster[cluster.index(":") :]  # Ray calls itself by another address
    lines = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            lines[int(folder.name)] = (said, int(parent))
    nodes = {pid for pid, (said, _) in lines.items() if "raylet/raylet" in said and port in said}
    return [
        pid
        for pid, (said, parent) in lines.items()
        if name in said and (pid in nodes or parent in nodes)
    ]


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
    nodes = [each for each in of_cluster(cluster, "raylet/raylet") if not is_head(each)]

    def kill_node() -> None:
        os.kill(nodes[0], signal.SIGKILL)

    try:
        build_disturbed(Ray(cluster), tmp_path, town, kill_node)
    except CutShort:
        built_on(Ray(cluster), tmp_path, town, memory=40_000, size=100)

    assert content(tmp_path, alone[1]) == content(*alone)


def is_head(pid: int) -> bool:
    return b"--head" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")

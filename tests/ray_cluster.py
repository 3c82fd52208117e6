"""A Ray cluster of two nodes on this machine, each in processes of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ports import free_port


@contextmanager
def two_nodes() -> Iterator[str]:
    """Yield the address of the head; skip where Ray is not installed or does not start."""
    pytest.importorskip("ray", reason="the engine `ray` needs sayso[ray]")
    ray = Path(sys.executable).with_name("ray")
    folder, port = tempfile.mkdtemp(prefix="ray-", dir="/tmp"), free_port()
    env = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": folder}
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
        for pid, said, _ in _processes():
            if folder in said:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def of_cluster(cluster: str, name: str) -> list[int]:
    """Return the processes of the cluster whose command line has `name` in it."""
    port = cluster[cluster.index(":") :]  # Ray calls itself by another address
    running = _processes()
    nodes = {pid for pid, said, _ in running if "raylet/raylet" in said and port in said}
    return [
        pid for pid, said, parent in running if name in said and (pid in nodes or parent in nodes)
    ]


def kill_second_node(cluster: str) -> None:
    """End the node that is not the head, at once."""
    for pid in of_cluster(cluster, "raylet/raylet"):
        if b"--head" not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            os.kill(pid, signal.SIGKILL)
            return
    pytest.fail("the cluster has no second node")


def _processes() -> list[tuple[int, str, int]]:
    """Return every process: its id, its command line, its parent."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            found.append((int(folder.name), said, int(parent)))
    return found

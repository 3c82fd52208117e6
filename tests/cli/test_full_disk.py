"""A disk that is full in the middle of a build or a training."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal import alone, assert_one_clear_message, must

SIZE = "12m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, in memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root on Linux alone")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path, *, leaving: int) -> Path:
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free - leaving
    filler.write_bytes(bytes(free))
    return filler


def left_aside(home: Path) -> list[Path]:
    return list((home / "store").rglob(".tmp-*"))


@pytest.mark.parametrize("leaving", [4_096, 150_000])
def test_a_build_without_room_says_so_keeps_nothing_and_goes_on_with_room(
    told_harbour: Path, small_disk: Path, tmp_path: Path, leaving: int
) -> None:
    home = Path(shutil.copytree(told_harbour, small_disk / "harbour"))
    expected = shutil.copytree(told_harbour, tmp_path / "elsewhere")
    filler = fill(small_disk, leaving=leaving)

    ran = alone("build", home=home)

    assert_one_clear_message(ran)
    assert any(word in ran.err for word in ("room", "full")), ran.err
    filler.unlink()
    assert left_aside(home) == []
    assert must("datasets", "list", "--json", home=home).strip() == "[]"
    assert must("build", home=home).split()[1] == must("build", home=expected).split()[1]


def test_a_training_without_room_says_so_and_goes_on_with_room(
    told_harbour: Path, small_disk: Path
) -> None:
    home = Path(shutil.copytree(told_harbour, small_disk / "harbour"))
    dataset = must("build", home=home).split()[1]
    filler = fill(small_disk, leaving=500_000)
    train = ("train", dataset, "--size", "tiny")

    ran = alone(*train, home=home)

    assert_one_clear_message(ran)
    assert any(word in ran.err for word in ("room", "full")), ran.err
    filler.unlink()
    assert left_aside(home) == []
    assert must(*train, home=home).startswith("Model ")
    assert must("verify", "LOG", home=home).startswith("The log holds")


def test_a_home_that_may_only_be_read_is_named(told_harbour: Path, small_disk: Path) -> None:
    home = Path(shutil.copytree(told_harbour, small_disk / "home"))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    ran = alone("notice", "publish", home=home)

    assert_one_clear_message(ran)

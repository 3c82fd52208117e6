"""Files that are whole or not there: written aside, flushed to the disk, then renamed."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sayso.errors import Conflict, SaysoError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCK = ".lock"
_ASIDE = ".tmp-"
_GONE = ".gone-"


def write_durably(path: Path, content: bytes) -> None:
    """Write a file; when this returns its bytes are on the disk, though not yet its name."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a file by `content`; see `replacing`."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes `path`'s place when the block ends well.

    Whatever happens, the old file or the new one is there, whole.

    Raises:
        SaysoError: the disk is full.
    """
    aside = path.with_name(_ASIDE + path.name)
    with saying_when_full(path.parent):
        try:
            with aside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
            flush_folder(path.parent)
        finally:
            aside.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_into_place(aside: Path, final: Path) -> None:
    """Give a finished folder its name: the point of no return.

    Before it, all may be repeated; after it, the folder is whole for ever. A folder that has
    the name already has, by its name, the same content, and stays.
    """
    flush_folder(aside)
    if final.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(final)
    flush_folder(final.parent)


def remove_whole(folder: Path) -> bool:
    """Delete a folder that loses its name first, so that nobody ever reads half of it.

    Return False where it was gone already. Stopped half-way, the rest goes the next time.
    """
    doomed = folder.with_name(_GONE + folder.name)
    there = folder.exists()
    if there:
        folder.rename(doomed)
        flush_folder(folder.parent)
    if doomed.exists():
        shutil.rmtree(doomed)
    return there


@contextmanager
def workplace(folder: Path, name: str) -> Iterator[Path]:
    """Yield an empty folder to build in, gone at the end unless it was moved into place.

    One at a time in `folder`: what a killed build left behind is swept away first.

    Raises:
        Conflict: another process builds there now.
        SaysoError: the disk is full; nothing half-written is left.
    """
    with saying_when_full(folder):
        folder.mkdir(parents=True, exist_ok=True)
        flush_folder(folder.parent)
        with (folder / _LOCK).open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Conflict(
                    f"Another build is sealing a dataset in {folder}.",
                    hint="Wait until it has finished, then run this again.",
                ) from error
            for left in (*folder.glob(f"{_ASIDE}*"), *folder.glob(f"{_GONE}*")):
                shutil.rmtree(left)
            aside = folder / f"{_ASIDE}{name}"
            aside.mkdir()
            try:
                yield aside
            finally:
                shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def saying_when_full(folder: Path) -> Iterator[None]:
    """Turn a full disk into one clear sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise SaysoError(
            f"There is no room left to write in {folder}; nothing half-written was kept.",
            hint="Make room, then run the same command again: it goes on.",
        ) from error

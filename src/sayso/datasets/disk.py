"""Files that are whole or not there: written aside, flushed to the disk, then renamed."""

import errno
import fcntl
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from upath import UPath

from sayso.datasets.places import Place, is_here
from sayso.errors import BadInput, Conflict, CutShort, SaysoError

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


def replace_durably(path: Place, *parts: bytes | memoryview) -> None:
    """Write a file that is there whole, or as it was before, here or in an object store."""
    if not is_here(path):
        path.write_bytes(b"".join(parts))
        return
    with replacing(path) as file:
        file.writelines(parts)


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


def require_new(path: Path) -> None:
    """Require a place for a new file; nothing that is there is ever written over.

    Raises:
        BadInput: it is there already, or there is no folder for it.
    """
    if path.exists() or path.is_symlink():
        raise BadInput(f"{path} is there already.", hint="Name a new file.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", hint="Make it, or name another.")


@contextmanager
def new_file(path: Path, *, is_private: bool = True) -> Iterator[BinaryIO]:
    """Yield a file to fill, which gets the name `path` when the block ends well.

    Its owner alone may read it, unless it is not private.

    Raises:
        BadInput: it is there already, or there is no folder for it.
        SaysoError: the disk is full.
    """
    require_new(path)
    with replacing(path) as file:
        if is_private:
            os.fchmod(file.fileno(), 0o600)
        yield file


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder to fill, which gets the name `folder` when the block ends well.

    Whatever happens, there is then the whole folder or none.

    Raises:
        BadInput: it is there already, or there is no place for it.
        SaysoError: the disk is full.
    """
    if not folder.parent.is_dir():
        raise BadInput(f"There is no folder {folder.parent}.", hint="Make it, or name another.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            f"{folder} is there already, and is no empty folder.", hint="Name a new folder."
        )
    aside = folder.with_name(_ASIDE + folder.name)
    shutil.rmtree(aside, ignore_errors=True)  # what a killed one left behind
    with saying_when_full(folder.parent):
        try:
            aside.mkdir()
            yield aside
            if folder.exists():
                folder.rmdir()
            move_into_place(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def close_durably(file: BinaryIO) -> None:
    """Close a file that was written; when this returns its bytes are on the disk."""
    file.flush()
    with suppress(io.UnsupportedOperation):  # an object store has its own disks
        os.fsync(file.fileno())
    file.close()


def flush_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_into_place(aside: Place, final: Place, last: str = "") -> None:
    """Give a finished folder its name: the point of no return.

    Before it, all may be repeated; after it, the folder is whole for ever. A folder that has
    the name already has, by its name, the same content, and stays. In an object store, which
    has no folders, the file `last` is moved after all others: what has it is whole.
    """
    if not is_here(final):
        _move_files(aside, final, last)
        return
    flush_folder(aside)
    if final.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(final)
    flush_folder(final.parent)


def _move_files(aside: Place, final: Place, last: str) -> None:
    for path in sorted(aside.iterdir(), key=lambda each: (each.name == last, each.name)):
        if not (final / path.name).exists():
            (final / path.name).write_bytes(path.read_bytes())
    remove_tree(aside)


def lay_same(source: Place, target: Place) -> None:
    """Lay a file that never changes at a second place; where the disk can, it takes no room."""
    if is_here(source) and is_here(target):
        with suppress(FileExistsError):  # a build that was stopped laid it
            os.link(source, target)
    else:
        target.write_bytes(source.read_bytes())


def remove_tree(folder: Place) -> None:
    """Delete a folder with all that is in it; one that is not there is as good as deleted."""
    if isinstance(folder, UPath):
        if folder.exists():
            folder.fs.rm(folder.path, recursive=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def remove_whole(folder: Place, first: str = "") -> bool:
    """Delete a folder that loses its name first, so that nobody ever reads half of it.

    In an object store the file `first` goes first. Return False where it was gone already.
    Stopped half-way, the rest goes the next time.
    """
    if not is_here(folder):
        there = bool((folder / first).exists())
        if there:
            (folder / first).unlink()
        remove_tree(folder)
        return there
    doomed = folder.with_name(_GONE + folder.name)
    there = folder.exists()
    if there:
        folder.rename(doomed)
        flush_folder(folder.parent)
    if doomed.exists():
        shutil.rmtree(doomed)
    return there


@contextmanager
def workplace(folder: Place, name: str) -> Iterator[Place]:
    """Yield a folder to build in, gone at the end.

    One at a time in `folder`. What a build of the same `name` left that was killed or cut short is
    there again, to go on with; what builds of other names left is swept away first.

    Raises:
        Conflict: another process builds there now.
        SaysoError: the disk is full; nothing half-written is left.
    """
    aside = folder / f"{_ASIDE}{name}"
    with saying_when_full(folder), _alone(folder):
        for left in (*folder.glob(f"{_ASIDE}*"), *folder.glob(f"{_GONE}*")):
            if left.name != aside.name:
                remove_tree(left)
        aside.mkdir(exist_ok=True)
        try:
            yield aside
        except CutShort:
            raise
        except Exception:
            remove_tree(aside)
            raise
        remove_tree(aside)


def sweep(folder: Place) -> None:
    """Delete what killed builds left behind; while one is at work, that is its own to do."""
    if folder.exists():
        with suppress(Conflict), _alone(folder):
            for left in (*folder.glob(f"{_ASIDE}*"), *folder.glob(f"{_GONE}*")):
                remove_tree(left)


@contextmanager
def _alone(folder: Place) -> Iterator[None]:
    if not is_here(folder):  # an object store knows no locks: the home's turn is one
        yield
        return
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
        yield


@contextmanager
def saying_when_full(folder: Place) -> Iterator[None]:
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

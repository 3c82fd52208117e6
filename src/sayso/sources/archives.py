"""An export as one thing, be it a zip, a tar or an unpacked folder: listed, then read in streams.

Nothing is ever unpacked to disk and no file is held in memory whole. A zip and a folder are read
in any order at no cost. A tar has no directory: it is passed over once to list it, and to open a
file that stands before the one read last means to unpack it again from the start, so read a tar
in the order of `entries` where you can. Archives inside archives are files like any other.
"""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from sayso.errors import BadInput, NotFound
from sayso.sources.inside import MOST_FILES, Found, by_path, refused, too_many
from sayso.sources.streams import BROKEN, Member, Meter, Wary, broken, require_modest

_PIECE = 64 * 1024
_LIST = "its list of files"
_UNPACK = "Unpack it yourself and give the folder."
_THEMSELVES = "Put the file itself there, or take it out."
_OTHER_KINDS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; unpack it with `7z x` and give the folder",
    b"BZh": "packed with bzip2; unpack it with `tar xjf` and give the folder",
    b"\xfd7zXZ\x00": "packed with xz; unpack it with `tar xJf` and give the folder",
    b"Rar!": "a rar archive; unpack it and give the folder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One regular file by its path inside, parted by slashes; the size is only a claim."""

    name: str
    claimed_bytes: int


class Archive:
    """The regular files of an export, by their paths inside. Use it in a `with`.

    A folder that holds all of them is no part of the paths; its own path is `above`.
    """

    def __init__(
        self,
        path: Path,
        found: tuple[str, Mapping[str, Found]],
        opened: Callable[[str, str], BinaryIO],
        held: ExitStack,
    ) -> None:
        self.path = path
        self.above, inside = found
        self._inside, self._opened, self._held = inside, opened, held
        self.entries = tuple(
            Entry(name=name, claimed_bytes=each.claimed_bytes) for name, each in inside.items()
        )
        self.names = tuple(inside)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; streams of it end too."""
        self._held.close()

    def open(self, name: str) -> BinaryIO:
        """Return one file as a stream of bytes from its start.

        Raises:
            NotFound: no file has that path.
            BadInput: it cannot be opened; or, while it is read, it is broken or a bomb.
        """
        if name not in self._inside:
            raise NotFound(f"{self.path} holds no file {name!r}.", hint="See what it lists.")
        try:
            return self._opened(self._inside[name].key, name)
        except BROKEN as error:
            raise broken(str(self.path), name, error) from error

    def verify(self, names: Iterable[str]) -> None:
        """Read files to their ends and keep nothing, so that nothing is kept of a broken export.

        Raises:
            BadInput: one of them is broken or a bomb.
        """
        for name in names:
            with self.open(name) as stream:
                while stream.read(_PIECE):
                    pass


def open_archive(path: Path) -> Archive:
    """Open a zip, a tar, a tar.gz or a folder; which one is told by its bytes, not its name.

    Raises:
        NotFound: there is nothing at `path`.
        BadInput: it is none of these, broken, encrypted, or something in it does not belong in an
            export: a path that leads out, a link, a device, one path twice, too many files.
    """
    if path.is_dir():
        return _folder(path)
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error
    except OSError as error:
        hint = "Give a file or a folder that you may read."
        raise BadInput(f"{path} cannot be read: {error.strerror}.", hint=hint) from error
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path)
    if start.startswith(b"\x1f\x8b") or start[257:262] == b"ustar":
        return _tar(path, packed=start.startswith(b"\x1f\x8b"))
    said = next((said for magic, said in _OTHER_KINDS.items() if start.startswith(magic)), "")
    raise BadInput(
        f"{path} is not an archive that can be read{': it is ' + said if said else ''}.",
        hint="Give the .zip or .tar.gz as it was downloaded, or the folder it unpacks to.",
    )


def _zip(path: Path) -> Archive:
    with ExitStack() as stack:
        file = stack.enter_context(Wary(path.open("rb"), str(path)))
        try:
            packed = stack.enter_context(zipfile.ZipFile(cast("IO[bytes]", file)))
        except BROKEN as error:
            raise broken(str(path), _LIST, error) from error
        meter = Meter(str(path), lambda: file.taken)

        def opened(key: str, name: str) -> BinaryIO:
            count = meter.of(name)
            member = Member(packed.open(key), archive=str(path), name=name, count=count)
            return io.BufferedReader(member, _PIECE)

        found = [
            Found(info.filename, _shown(info), info.file_size)
            for info in packed.infolist()
            if _is_file(path, info)
        ]
        inside = by_path(path, found)
        return Archive(path, inside, opened, stack.pop_all())


def _is_file(path: Path, info: zipfile.ZipInfo) -> bool:
    """Tell files from folders; refuse what is encrypted, a link, or hides its name."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.flag_bits & 0x41:  # APPNOTE 4.4.4: bit 0 encrypted, bit 6 strongly
        raise refused(path, info.filename, "is encrypted", _UNPACK)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise refused(path, info.filename, "is a link or a device", _THEMSELVES)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refused(path, info.filename, "is packed in a way that is not read", _UNPACK)
    if "\0" in info.orig_filename:
        raise refused(path, info.orig_filename, "hides a part of its name", _UNPACK)
    return not info.filename.endswith(("/", "\\"))


def _shown(info: zipfile.ZipInfo) -> str:
    """Read a name again that is UTF-8 without saying so, as old systems write (APPNOTE D)."""
    try:
        is_marked = info.flag_bits & 0x800 or info.filename.isascii()
        return info.filename if is_marked else info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _tar(path: Path, *, packed: bool) -> Archive:
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        plain = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
        file = stack.enter_context(Wary(plain, str(path)))
        try:
            tar = stack.enter_context(tarfile.open(fileobj=cast("IO[bytes]", file), mode="r:"))
            infos = {f"{number}": info for number, info in enumerate(_infos(path, tar))}
            _require_end(path, file, tar.offset)
        except BROKEN as error:
            raise broken(str(path), _LIST, error) from error

        def opened(key: str, name: str) -> BinaryIO:
            member = tar.extractfile(infos[key])
            if member is None:
                raise refused(path, name, "is not a file", _UNPACK)
            return io.BufferedReader(Member(member, archive=str(path), name=name), _PIECE)

        found = [Found(key, info.name, info.size) for key, info in infos.items()]
        inside = by_path(path, found)
        return Archive(path, inside, opened, stack.pop_all())


def _infos(path: Path, tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """List a tar's files in one pass; every byte is weighed before it is passed over."""
    packed, number = path.stat().st_size, 0
    while info := tar.next():
        number += 1
        if number > MOST_FILES:
            raise too_many(path)
        if not (info.isreg() or info.isdir()) or info.issparse():
            raise refused(path, info.name, "is a link or a device", _THEMSELVES)
        require_modest(str(path), info.name, unpacked=tar.offset, packed=packed)
        info.pax_headers = {}  # each may be large, and none is needed
        if info.isreg():
            yield info


def _require_end(path: Path, file: Wary, offset: int) -> None:
    """Refuse a tar without its last, empty block (POSIX pax, ustar interchange format)."""
    file.seek(offset)
    block = file.read(tarfile.BLOCKSIZE)
    if len(block) != tarfile.BLOCKSIZE or any(block):
        raise BadInput(
            f"{path} has no end: it was cut short.",
            hint="Download or copy it again. Nothing was kept.",
        )


def _folder(path: Path) -> Archive:
    def opened(key: str, name: str) -> BinaryIO:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # it may have changed since
        member = os.fdopen(os.open(path / key, flags), "rb")
        return io.BufferedReader(Member(member, archive=str(path), name=name), _PIECE)

    try:
        found = sorted(islice(_files(path), MOST_FILES + 1))
    except OSError as error:
        raise broken(str(path), str(error.filename), error) from error
    return Archive(path, by_path(path, found), opened, ExitStack())


def _files(path: Path) -> Iterator[Found]:
    """List a folder's files; no link is followed."""
    folders = [path]
    while folders:
        folder = folders.pop()
        for each in sorted(folder.iterdir()):
            kept_as, inside = each.lstat(), each.relative_to(path).as_posix()
            if stat.S_ISDIR(kept_as.st_mode):
                folders.append(each)
            elif stat.S_ISREG(kept_as.st_mode):
                yield Found(inside, inside, kept_as.st_size)
            else:
                raise refused(path, inside, "is a link or a device", _THEMSELVES)

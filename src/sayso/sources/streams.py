"""Streams that stop before they fill the memory: what comes out is counted, not believed."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO

from sayso.errors import BadInput

LARGEST_READ = 16 * 1024**2
"""Nobody needs more in one piece: a directory of 100,000 files or a long name is smaller."""

MOST_BYTES = 64 * 1024**3
"""What one packed archive may become. A member's export with its pictures is a tenth of it."""

HIGHEST_RATIO = 200
"""Unpacked to packed. Text reaches 20 and logs 50; DEFLATE ends at 1032 (RFC 1951)."""

HARMLESS_BYTES = 16 * 1024**2
"""Below this any ratio may stand: a small file of blanks is no bomb."""

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What the standard library raises where an archive is cut short or does not hold together."""

_NO_BOMB = "Export it again, or unpack it yourself and give the folder. Nothing was kept."


class Wary(io.RawIOBase):
    """A file that refuses to be read in one huge piece, and knows how much was taken of it.

    Archives say themselves how long their directories and names are; believed, one number fills
    the memory.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        super().__init__()
        self._file, self._name = file, name
        self.taken = 0

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def seekable(self) -> bool:
        """Whether a place in it can be chosen: always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; where that means unpacking, as the file itself does it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        """Read at most `size` bytes, or all that is left.

        Raises:
            BadInput: that would be more than `LARGEST_READ`.
        """
        asked = LARGEST_READ + 1 if size is None or size < 0 else size
        data = self._file.read(min(asked, LARGEST_READ + 1))
        if len(data) > LARGEST_READ:
            raise BadInput(
                f"{self._name}: its list of files, or one name in it, is larger than "
                f"{LARGEST_READ // 1024**2} MiB.",
                hint=_NO_BOMB,
            )
        self.taken += len(data)
        return data

    def close(self) -> None:
        """Close what is underneath too."""
        if not self.closed:
            self._file.close()
        super().close()


class Member(io.RawIOBase):
    """One file of an archive, read from its start to its end; nothing of it is held.

    `count` hears how many bytes came out each time and may refuse. What is broken underneath
    becomes a `BadInput` that names the archive and the member.
    """

    def __init__(
        self,
        file: IO[bytes],
        *,
        archive: str,
        name: str,
        count: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._file, self._archive, self._name, self._count = file, archive, name, count

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Read what fits into `buffer`.

        Raises:
            BadInput: it is broken, or unpacks to more than it may.
        """
        try:
            data = self._file.read(len(buffer))
        except BROKEN as error:
            raise broken(self._archive, self._name, error) from error
        buffer[: len(data)] = data
        if self._count:
            self._count(len(data))
        return len(data)

    def close(self) -> None:
        """Close the file underneath."""
        if not self.closed:
            self._file.close()
        super().close()


class Meter:
    """What one packed archive has become so far; every stream of it is counted by the same one.

    `taken` says how many bytes of the archive itself have been read.
    """

    def __init__(self, archive: str, taken: Callable[[], int]) -> None:
        self._archive, self._taken = archive, taken
        self._total = 0

    def of(self, name: str) -> Callable[[int], None]:
        """Return what counts one member's bytes, and refuses where they are a bomb's."""
        before, unpacked = self._taken(), 0

        def count(size: int) -> None:
            nonlocal unpacked
            unpacked += size
            self._total += size
            packed = self._taken() - before
            require_modest(self._archive, name, unpacked=unpacked, packed=packed)
            require_modest(self._archive, name, unpacked=self._total)

        return count


def require_modest(archive: str, name: str, *, unpacked: int, packed: int | None = None) -> None:
    """Hold what came out against the limits.

    Raises:
        BadInput: it is more than `MOST_BYTES`, or `HIGHEST_RATIO` times what went in.
    """
    if unpacked > MOST_BYTES:
        raise BadInput(
            f"{archive}: {name} unpacks the archive to more than {MOST_BYTES // 1024**3} GiB.",
            hint=_NO_BOMB,
        )
    if packed is not None and unpacked > max(HARMLESS_BYTES, HIGHEST_RATIO * packed):
        raise BadInput(
            f"{archive}: {name} unpacks to more than {HIGHEST_RATIO} times its size.",
            hint=_NO_BOMB,
        )


def broken(archive: str, name: str, error: Exception) -> BadInput:
    """Say which part of which archive is cut short or does not hold together."""
    return BadInput(
        f"{archive}: {name} cannot be read ({str(error) or type(error).__name__}).",
        hint="It is broken or cut short: download or copy it again. Nothing was kept.",
    )

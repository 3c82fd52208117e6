"""Text files read a line or a piece at a time, in bounded memory, whatever stands in them."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

from sayso.errors import BadInput, NotFound
from sayso.sources.streams import require_modest

LONGEST_LINE = 8 * 1024 * 1024
"""In signs. The longest novels have three million; held as bytes, text, parsed and checked, a line
of this length costs some hundred megabytes at its worst, and one without an end would cost all."""

_PIECE = 256 * 1024
_START = 1024
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A line or piece that could not be read, and how it begins where that is known."""

    reason: str
    mend: str
    start: str = ""
    quotes: int = 0
    """How many double quotes stand in it, by which a reader of rows knows where the row ends."""


class _CutOff(Exception):
    """What is packed ends too early or does not hold together from here on."""


class _Unpacked(io.RawIOBase):
    """What a gzip file holds (RFC 1952), weighed while it comes out."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        super().__init__()
        self._packed, self._path, self._count = file, path, 0
        self._broken: _CutOff | None = None
        self._plain = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Read what fits into `buffer`.

        Raises:
            BadInput: it unpacks to more than a file of texts ever does.
        """
        if self._broken is not None:
            raise self._broken  # gzip itself says it once, and then that the file has ended
        try:
            data = self._plain.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            self._broken = _CutOff(str(error))
            raise self._broken from error
        buffer[: len(data)] = data
        self._count += len(data)
        require_modest(
            self._path.name, "what is in it", unpacked=self._count, packed=self._packed.tell()
        )
        return len(data)

    def close(self) -> None:
        """Close the file underneath too."""
        if not self.closed:
            self._plain.close()
            self._packed.close()
        super().close()


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Open a file of text, packed with gzip or not; which one is told by its first bytes.

    Raises:
        NotFound: there is no such file.
        BadInput: it may not be read, or says that it is UTF-32.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}.", hint="Give a file that you may read."
        ) from error
    with file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        with as_text(_Unpacked(file, path) if packed else file, str(path)) as text:
            yield text


@contextmanager
def as_text(stream: io.RawIOBase | BinaryIO, name: str) -> Iterator[TextIO]:
    """Read bytes as UTF-8, or as UTF-16 where they begin with that mark; line ends stay.

    Bytes that are not UTF-8 become half surrogate pairs (PEP 383): nothing is replaced in
    silence, and whoever takes the text can tell.

    Raises:
        BadInput: it says that it is UTF-32.
    """
    held = io.BufferedReader(cast("io.RawIOBase", stream), _PIECE)
    try:
        start = held.peek(4)[:4]
    except _CutOff:
        start = b""  # said where it is read
    if start.startswith(_UTF32):
        raise BadInput(f"{name} is saved as UTF-32.", hint="Save it as UTF-8 and import it again.")
    is_utf16 = start.startswith(_UTF16)
    text = io.TextIOWrapper(
        cast("IO[bytes]", held),
        encoding="utf-16" if is_utf16 else "utf-8-sig",
        errors="surrogatepass" if is_utf16 else "surrogateescape",
        newline="",
    )
    with text:
        yield text


def lines(text: TextIO) -> Iterator[str | Broken]:
    """Yield each line with its end; one that is too long is passed over without being held."""
    while True:
        line = _next(text)
        if not line:
            return
        if isinstance(line, str) and len(line) > LONGEST_LINE:
            size, start, quotes = len(line), line[:_START], line.count('"')
            while isinstance(line, str) and line and line[-1] not in "\r\n":
                line = _next(text)
                size += len(line) if isinstance(line, str) else 0
                quotes += line.count('"') if isinstance(line, str) else 0
            yield replace(too_long(size, start), quotes=quotes)
        else:
            yield line
        if isinstance(line, Broken):
            return


def too_long(size: int, start: str = "") -> Broken:
    """Say how long it is, and how long it may be."""
    return Broken(
        reason="too long",
        mend=f"It has {size:,} signs; at most {LONGEST_LINE:,} are read. Part or drop it.",
        start=start,
    )


def pieces(text: TextIO, sign: str) -> Iterator[str | Broken]:
    """Yield what stands between one `sign` and the next, without them; the first may be empty.

    What is too long is passed over without being held.
    """
    held: list[str] = []
    size, start = 0, ""
    while True:
        read = _next(text, whole_lines=False)
        if isinstance(read, Broken):
            yield replace(read, start=start if size else "")
            return
        if not read:
            break
        first, *others = read.split(sign)
        for other in (first, *others)[:-1]:
            yield _joined(held, size + len(other), start, other)
            held, size = [], 0
        rest = others[-1] if others else first
        if not size:
            start = rest[:_START]
        size += len(rest)
        if size <= LONGEST_LINE:
            held.append(rest)
        else:
            held.clear()
    yield _joined(held, size, start, "")


def _joined(held: list[str], size: int, start: str, rest: str) -> str | Broken:
    return too_long(size, start) if size > LONGEST_LINE else "".join((*held, rest))


def _next(text: TextIO, *, whole_lines: bool = True) -> str | Broken:
    """Return the next line or part of it, or the next part of the text, or why there is none."""
    try:
        return text.readline(LONGEST_LINE + 1) if whole_lines else text.read(_PIECE)
    except UnicodeDecodeError:
        return Broken(
            reason="cut off",
            mend="The file ends in the middle of a sign: copy it again.",
        )
    except _CutOff as error:
        return Broken(
            reason="cut off",
            mend=f"The file cannot be unpacked further ({error}): copy it again.",
        )

"""Lines of text from a stream of bytes: whatever it was saved as, and never a line too long."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 16 * 1024**2
"""In bytes. No post, article or page is as long; a line without an end would fill the memory."""

_PIECE = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_lines(stream: BinaryIO, *, longest: int = LONGEST_LINE) -> Iterator[str | None]:
    r"""Yield each line with its end (`\n` or `\r\n`), without the byte order mark.

    None stands for a line longer than `longest` bytes, which is passed over without being held.
    The text is UTF-16 where it begins with that mark or is full of zeros, else UTF-8. Bytes that
    are not UTF-8 make the rest of the text cp1252, unless some before were UTF-8 beyond ASCII:
    then they are broken, and stay as half surrogate pairs for the reader to skip.
    """
    first = stream.read(_PIECE)
    name, start = _kind(first)
    unit = 2 if name.startswith("utf-16") else 1
    end = "\n".encode(name)
    guess = _Guess(name)
    for line in _cut(first[start:], stream, end, unit, longest):
        yield None if line is None else guess.text(line)


class _Guess:
    """Decodes line by line, and changes its mind once at most."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._is_sure = name != "utf-8"

    def text(self, line: bytes) -> str:
        if self._name == "utf-8" and line.isascii():
            return line.decode("ascii")
        try:
            text = line.decode(self._name)
        except UnicodeDecodeError:
            if not self._is_sure:
                self._name, self._is_sure = "cp1252", True
            if self._name in {"utf-8", "cp1252"}:
                return line.decode(self._name, errors="surrogateescape")
            return line.decode(self._name, errors="replace").replace("\ufffd", "\udcff")
        self._is_sure = True
        return text


def _kind(first: bytes) -> tuple[str, int]:
    """Return the encoding and the length of its mark."""
    for mark, name in _BOMS:
        if first.startswith(mark):
            return name, len(mark)
    sample = first[:512]
    if len(sample) >= 4 and sample[1::2].count(0) > 0.4 * len(sample):
        return "utf-16-le", 0
    if len(sample) >= 4 and sample[::2].count(0) > 0.4 * len(sample):
        return "utf-16-be", 0
    return "utf-8", 0


def _cut(
    piece: bytes, stream: BinaryIO, end: bytes, unit: int, longest: int
) -> Iterator[bytes | None]:
    """Part the bytes into lines; `end` counts only where a sign of `unit` bytes begins."""
    held, is_too_long = bytearray(), False
    while True:
        held += piece
        at = 0
        while (found := _find(held, end, at, unit)) >= 0:
            line = None if is_too_long or found - at > longest else bytes(held[at:found])
            yield line
            at, is_too_long = found, False
        del held[:at]
        if len(held) > longest:
            is_too_long = True
            del held[: len(held) - len(held) % unit]
        piece = stream.read(_PIECE)
        if not piece:
            break
    if is_too_long or held:
        yield None if is_too_long else bytes(held)


def _find(held: bytearray, end: bytes, at: int, unit: int) -> int:
    """Return where the next line begins, or -1."""
    found = held.find(end, at)
    while found >= 0 and (found - at) % unit:
        found = held.find(end, found + 1)
    return found + len(end) if found >= 0 else -1

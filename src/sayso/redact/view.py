"""How finders see a text: odd digits, spaces and dashes made plain, with the way back."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

# Format characters that a reader does not see and that part an address or a name in two
# (Unicode general category Cf, and the variation selectors).
_UNSEEN_SIGNS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_SIGNS}]+")

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_SPACES = (0x0009, 0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D)
_APOSTROPHES = (0x2018, 0x2019, 0x02BC)
_OFTEN = (("\t", " "), ("\u2019", "'"), ("\u2018", "'"), ("\u00a0", " "), ("\u2013", "-"))
"""Replaced one by one: for these few that is many times faster than a table."""


def _plain_characters() -> dict[int, str]:
    plain = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    for signs, sign in ((_SPACES, " "), (_DASHES, "-"), (_APOSTROPHES, "'")):
        plain |= dict.fromkeys(signs, sign)
    for code in range(0x0660, 0x1FBFA):
        if chr(code).isdecimal():
            plain[code] = str(int(chr(code)))
    return plain


_PLAIN = _plain_characters()
_NOT_PLAIN = re.compile("[" + "".join(map(chr, sorted(_PLAIN))) + "]")


class View(NamedTuple):
    """A text as finders read it.

    `starts[i]` is where in it the i-th stretch begins that stands unbroken in the original,
    `gone[i]` how many signs were left out before it. Both are empty where none was.
    """

    text: str
    starts: Sequence[int] = ()
    gone: Sequence[int] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that the view's span shows; it is not empty."""
        if not self.starts:
            return start, end
        first = self.gone[bisect_right(self.starts, start) - 1]
        last = self.gone[bisect_right(self.starts, end - 1) - 1]
        return start + first, end + last


def view(text: str) -> View:
    """Return `text` without what cannot be seen, and with plain digits, spaces and dashes."""
    if text.isascii():
        return View(text.replace("\t", " "))
    for sign, plain in _OFTEN:
        text = text.replace(sign, plain)
    if _NOT_PLAIN.search(text):
        text = text.translate(_PLAIN)
    return _without(text, _UNSEEN) if _UNSEEN.search(text) else View(text)


def single_spaced(text: str) -> View:
    """Return `text` with single line ends as spaces, and every run of spaces one of them."""
    spaced = _LINE_END.sub(" ", text) if "\n" in text else text
    return _without(spaced, _MORE_SPACES) if "  " in spaced else View(spaced)


_MORE_SPACES = re.compile(r"(?<= ) +")


def _without(text: str, left_out: re.Pattern[str]) -> View:
    pieces: list[str] = []
    starts: list[int] = []
    gone: list[int] = []
    at = length = 0
    for match in left_out.finditer(text):
        if match.start() > at:
            pieces.append(text[at : match.start()])
            starts.append(length)
            gone.append(at - length)
            length += match.start() - at
        at = match.end()
    if at < len(text) or not pieces:
        pieces.append(text[at:])
        starts.append(length)
        gone.append(at - length)
    return View("".join(pieces), starts, gone)

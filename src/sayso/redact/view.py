"""How finders see a text: odd digits, spaces and dashes made plain, with the way back."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

# Format characters that a reader does not see and that part an address or a name in two
# (Unicode general category Cf, and the variation selectors).
_UNSEEN_SIGNS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_SIGNS}]+")

_SPACES = (0x0009, 0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D)
_APOSTROPHES = (0x2018, 0x2019, 0x02BC)
_OFTEN = (
    ("\t", " "),
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u00a0", " "),
    ("\u2013", "-"),
    ("\u2014", "-"),
)
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
_UNSEEN_CODES = [code for code in range(0x10000) if _UNSEEN.match(chr(code))]
_AFTER_LAST = 0x1FBFA
_REPLACED, _LOOKED_UP = 1, 2
_HOW = np.zeros(_AFTER_LAST + 1, dtype=np.uint8)
"""For each code point how it is made plain; 0 where it is."""
_HOW[[*(code for code in _PLAIN if code < _AFTER_LAST), *_UNSEEN_CODES]] = _LOOKED_UP
_HOW[[ord(sign) for sign, _ in _OFTEN]] = _REPLACED


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
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    how = np.take(_HOW, codes, mode="clip").max()
    if how == 0:
        return View(text)
    for sign, plain in _OFTEN:
        text = text.replace(sign, plain)
    return View(text) if how == _REPLACED else _without(text.translate(_PLAIN), _UNSEEN)


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
    if at == 0:
        return View(text)
    if at < len(text) or not pieces:
        pieces.append(text[at:])
        starts.append(length)
        gone.append(at - length)
    return View("".join(pieces), starts, gone)

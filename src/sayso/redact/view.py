"""How finders see a text: odd digits, spaces and dashes made plain, with the way back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Format characters that a reader does not see and that part an address or a name in two
# (Unicode general category Cf, and the variation selectors).
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_SPACES = (0x0009, 0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D)
_APOSTROPHES = (0x2018, 0x2019, 0x02BC)


def _plain_characters() -> dict[int, str]:
    plain = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    for signs, sign in ((_SPACES, " "), (_DASHES, "-"), (_APOSTROPHES, "'")):
        plain |= dict.fromkeys(signs, sign)
    for code in range(0x0660, 0x1FBFA):
        if chr(code).isdecimal():
            plain[code] = str(int(chr(code)))
    return plain


_PLAIN = _plain_characters()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A text as finders read it; `places[i]` is where character `i` stands in the original.

    `places` is None where nothing was left out, so that both have the same offsets.
    """

    text: str
    places: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that the view's span shows; it is not empty."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def view(text: str) -> View:
    """Return `text` without what cannot be seen, and with plain digits, spaces and dashes."""
    if text.isascii():
        return View(text=text.replace("\t", " "))
    plain = text.translate(_PLAIN)
    if not _UNSEEN.search(plain):
        return View(text=plain)
    places = [place for place, sign in enumerate(plain) if not _UNSEEN.match(sign)]
    return View(text="".join(plain[place] for place in places), places=places)


def single_spaced(text: str) -> View:
    """Return `text` with single line ends as spaces, and every run of spaces one of them."""
    spaced = _LINE_END.sub(" ", text)
    if "  " not in spaced:
        return View(text=spaced)
    places = [
        place
        for place, sign in enumerate(spaced)
        if sign != " " or place == 0 or spaced[place - 1] != " "
    ]
    return View(text="".join(spaced[place] for place in places), places=places)

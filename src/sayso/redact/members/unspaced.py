"""Names in scripts that write without spaces: found anywhere between other signs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""What a character class holds for them; Hangul too, whose words end in particles."""

_SHORTEST = 3
"""Two signs are a name of many, and part of as many words."""

_RUN = re.compile(f"[{UNSPACED}]+(?:[ \u00b7\u30fb\u2027][{UNSPACED}]+)*")
_LINE = re.compile(rf"(?m)^{_RUN.pattern}$")
_PARTS = re.compile("[ \u00b7\u30fb\u2027]")
_is_unspaced = re.compile(f"[{UNSPACED}]").match


def unspaced(lines: str) -> Iterator[str]:
    """Yield the names, each on a line, that are all in such scripts, without their spaces."""
    if not lines.isascii():
        for whole in _LINE.findall(lines):
            joined = unicodedata.normalize("NFC", _PARTS.sub("", whole))
            if len(joined) >= _SHORTEST:
                yield joined


def has_unspaced(text: str) -> bool:
    """Whether there is anything in such a script."""
    return not text.isascii() and any(map(_is_unspaced, set(text)))


class Unspaced:
    """Names that `unspaced` gave, ready to be found."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names."""
        self.names = frozenset(names)
        self._lengths = sorted({len(name) for name in self.names}, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a name stands, the longest at each place; spaces inside do not matter."""
        if not (self.names and has_unspaced(text)):
            return
        for run in _RUN.finditer(text):
            places = [place for place in range(*run.span()) if not _PARTS.match(text[place])]
            joined = "".join(text[place] for place in places)
            at = 0
            while at < len(joined):
                name = next((n for n in self._at(joined, at) if n in self.names), "")
                if name:
                    yield places[at], places[at + len(name) - 1] + 1
                at += len(name) or 1

    def _at(self, joined: str, at: int) -> Iterator[str]:
        return (joined[at : at + length] for length in self._lengths if at + length <= len(joined))

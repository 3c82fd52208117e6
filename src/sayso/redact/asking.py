"""When a finder is asked about a text: what must stand in it, or be heard or seen at a glance."""

from collections.abc import Iterable
from typing import NamedTuple

from sayso.redact.glance import key_of
from sayso.redact.scan import Finder, Scan


def shown(finder: Finder) -> str:
    """Return the finder's kind and version."""
    return f"{finder.kind.value}/{finder.version}"


class Asked(NamedTuple):
    """A finder, how it is shown, and what must stand in a text for it to be asked."""

    finder: Finder
    shown: str
    needs: tuple[str, ...]
    bit: int
    """Set where what is likely for it was seen."""
    heard: "Heard | None"

    @classmethod
    def of(cls, finder: Finder, bit: int) -> "Asked":
        """Return the finder with what it asks for; the listener has its `likely` under `bit`."""
        is_picky = finder.needs or finder.likely
        return cls(
            finder,
            shown(finder),
            finder.needs if is_picky else ("",),
            bit if finder.likely else 0,
            Heard(finder.words) if finder.words else None,
        )


class Heard:
    """Words of which one must be heard: whole ones in any spelling, the rest letter for letter."""

    __slots__ = ("letters", "words")

    def __init__(self, words: Iterable[str]) -> None:
        """Tell the words from the rest."""
        self.words = frozenset(word for word in words if key_of(word) is not None)
        self.letters = tuple(word for word in words if word not in self.words)

    def in_text(self, scan: Scan, text: str) -> bool:
        """Whether one may stand in the text; a no is certain."""
        return scan.may_say(self.words) or any(map(text.__contains__, self.letters))

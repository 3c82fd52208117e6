"""What a redactor asks of a tagger: where it sees names of strangers."""

from collections.abc import Sequence
from typing import Protocol


class Tagged(Protocol):
    """A span that a tagger takes for a person's name."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


class Reader(Protocol):
    """Reads for a tagger, and may remember what it has read."""

    def tag_batch(self, texts: Sequence[str]) -> Sequence[Sequence[Tagged]]:
        """Return what the tagger sees in each text; many at once cost less."""
        ...


class Tagger(Protocol):
    """Sees names of strangers. What it says of a text depends on that text alone."""

    @property
    def digest(self) -> str:
        """Names the tagger: it changes whenever its answers may."""
        ...

    def reader(self) -> "Reader":
        """Return what reads texts that come again, a little changed."""
        ...

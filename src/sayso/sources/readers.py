"""The kinds of input that `sayso import` reads."""

from sayso.errors import BadInput
from sayso.sources.posts import CSV, JSONL
from sayso.sources.reading import ReaderEntry

READERS: tuple[ReaderEntry, ...] = (JSONL, CSV)


def reader(name: str) -> ReaderEntry:
    """Return the reader of that name.

    Raises:
        BadInput: there is none.
    """
    for entry in READERS:
        if entry.name == name:
            return entry
    raise BadInput(
        f"There is no reader {name!r}.",
        hint="It can be one of: " + ", ".join(entry.name for entry in READERS) + ".",
    )

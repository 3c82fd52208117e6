"""The kinds of input that `sayso import` reads."""

from pathlib import Path

from sayso.errors import BadInput
from sayso.sources.discourse.reader import DISCOURSE
from sayso.sources.kinds import FOLDER, OTHER, kind_of
from sayso.sources.linkedin.reader import LINKEDIN
from sayso.sources.mastodon.reader import MASTODON
from sayso.sources.parquet import PARQUET
from sayso.sources.posts import CSV, JSONL
from sayso.sources.reading import ReaderEntry
from sayso.sources.sql.reader import SQL
from sayso.sources.stackexchange.reader import STACKEXCHANGE

READERS: tuple[ReaderEntry, ...] = (
    JSONL,
    CSV,
    PARQUET,
    LINKEDIN,
    MASTODON,
    DISCOURSE,
    STACKEXCHANGE,
    SQL,
)


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


def require_kind(entry: ReaderEntry, path: Path) -> None:
    """Refuse a path that another reader is for.

    Raises:
        NotFound: there is nothing.
        BadInput: it is of a kind that this reader does not read.
    """
    if not entry.takes:
        return
    kind = kind_of(path)
    if kind in entry.takes:
        return
    fitting = [each.name for each in READERS if kind in each.takes]
    if kind == FOLDER and entry is PARQUET:
        raise BadInput(f"{path} is a folder.", hint=f"Give the files in it: {path}/*.parquet.")
    is_called = "another kind of file" if kind == OTHER else kind
    raise BadInput(
        f"{path} is {is_called}; {entry.name} reads {' or '.join(entry.takes)}.",
        hint=f"{kind.capitalize()} is read by: {', '.join(fitting)}."
        if fitting
        else "No reader reads that; `sayso import --help` lists what each reads.",
    )

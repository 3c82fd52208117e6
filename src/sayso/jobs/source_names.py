"""Whose the name of a source is: one reader's, so that no other takes over what it brought.

A newer export of the same site comes by the same reader under the same name; that is all by which
it is known to be the same.
"""

from collections.abc import Sequence
from pathlib import Path

from sayso.errors import BadInput
from sayso.sources.readers import READERS
from sayso.sources.reading import ReaderEntry, ReadingOptions
from sayso.sources.sql.reader import SQL
from sayso.storage.stores import Stores
from sayso.wiring import Network

_NAMING = tuple(entry.name for entry in READERS if not entry.is_nameless and entry.name != SQL.name)
"""Readers whose sources are called as they are, or begin so: `stackexchange:tides.example.org`."""


def owner_of(network: Network, stores: Stores, name: str) -> str:
    """Return the reader that the name of a source belongs to; empty where it is free.

    A name of which nothing is held any more is free again, unless sayso.toml has a table of it.
    """
    begins = name.partition(":")[0]
    if begins in _NAMING:
        return begins
    reader = stores.cursors.reader_of(name)
    if reader and stores.community.document_ids(name, limit=1):
        return reader
    is_read = {source for source, _ in stores.cursors.reached()}
    return SQL.name if name in network.settings.sources or name in is_read else ""


def own_names_of(
    network: Network, entry: ReaderEntry, paths: Sequence[Path], options: ReadingOptions
) -> tuple[str, ...]:
    """Return which sources' names are this reader's by what the operator says.

    Raises:
        BadInput: one of them is another's.
    """
    if entry.name == SQL.name:
        said = {str(path) for path in paths}
        tables = network.settings.sources
        names = tuple(sorted(tables) if "all" in said else sorted(said & tables.keys()))
        if options.source and {options.source} != set(names):
            raise BadInput(
                f"--source {options.source} is not for sql: a table's source is its own name.",
                hint="Leave --source out, or rename the table in sayso.toml.",
            )
    else:
        names = (options.source,) if options.source else ()
    for name in names:
        _require_own(network, entry, name)
    return names


def _require_own(network: Network, entry: ReaderEntry, name: str) -> None:
    """Refuse a name that belongs to another reader.

    Raises:
        BadInput: it does; the message says to which.
    """
    with network.reading() as stores:
        owner = owner_of(network, stores, name)
    if owner in {"", entry.name}:
        return
    if entry.name == SQL.name:
        hint = f"Give the table [sources.{name}] another name."
    else:
        hint = "Give another name: --source NAME."
    raise BadInput(f"The source {name!r} belongs to {_told(network, owner, name)}.", hint=hint)


def why_not_own(network: Network, stores: Stores, entry: ReaderEntry, name: str) -> str:
    """Return whose the name is where it is not this reader's; empty where it may be used."""
    owner = owner_of(network, stores, name)
    return "" if owner in {"", entry.name} else _told(network, owner, name)


def _told(network: Network, owner: str, name: str) -> str:
    if owner == SQL.name and name in network.settings.sources:
        return f"the table [sources.{name}] of sayso.toml"
    return f"what `sayso import {owner}` brought" if owner not in _NAMING else f"the reader {owner}"

"""The paths of files inside an archive: which may be one, and what each is called here."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from sayso.errors import BadInput

MOST_FILES = 100_000
"""An export with all its pictures has some ten thousand; each costs memory to list."""

_LONGEST_PATH = 4096  # PATH_MAX of Linux: nothing longer was ever a file
_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What systems leave beside people's files when they pack or show a folder."""


class Found(NamedTuple):
    """One regular file: what the archive calls it, how that reads, and the size it claims."""

    key: str
    shown: str
    claimed_bytes: int


def by_path(archive: Path, found: Iterable[Found]) -> tuple[str, dict[str, Found]]:
    """Return the folder that holds everything, and each file by its path in there.

    Paths are parted by slashes and stand in the archive's order.

    Raises:
        BadInput: a path leads out, cannot be read or is there twice, or there are too many.
    """
    inside: dict[tuple[str, ...], Found] = {}
    for each in found:
        parts = _parts(archive, each.shown)
        if not _LITTER.isdisjoint(parts):
            continue
        if parts in inside:
            raise refused(archive, each.shown, "is there twice", "Take one of the two out.")
        inside[parts] = each
        if len(inside) > MOST_FILES:
            raise too_many(archive)
    above = _shared([parts[:-1] for parts in inside])
    shared = "/".join(next(iter(inside), ())[:above])
    return shared, {"/".join(parts[above:]): each for parts, each in inside.items()}


def refused(archive: Path, shown: str, what: str, mend: str) -> BadInput:
    """Say what is wrong with one file of an archive."""
    name = shown if len(shown) <= 100 else f"{shown[:100]}..."
    return BadInput(f"{archive}: {name!a} {what}.", hint=f"{mend} Nothing was kept.")


def too_many(archive: Path) -> BadInput:
    """Say that there are too many files."""
    return BadInput(
        f"{archive} holds more than {MOST_FILES:,} files.",
        hint="Give one export; its pictures may be left out. Nothing was kept.",
    )


def _shared(folders: list[tuple[str, ...]]) -> int:
    """Return how many folders all of them begin with."""
    together = zip(min(folders, default=()), max(folders, default=()), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], together)))


def _parts(archive: Path, shown: str) -> tuple[str, ...]:
    name = unicodedata.normalize("NFC", shown.replace("\\", "/"))
    unreadable = any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name)
    if unreadable or len(name) > _LONGEST_PATH:
        raise refused(archive, shown, "is a name that cannot be read", "Give it a plain name.")
    parts = tuple(part for part in name.split("/") if part not in {"", "."})
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or not parts:
        raise refused(archive, shown, "is a path that leads out of the archive", "Take it out.")
    return parts

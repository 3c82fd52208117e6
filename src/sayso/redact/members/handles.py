"""Handles that give a member away even without the at-sign."""

import re
from collections.abc import Iterable

from sayso.redact.members.name_reader import is_rare

_HANDLE = re.compile(r"[a-z0-9_]+(?:[.-][a-z0-9_]+)*", re.ASCII)
_MARKED = re.compile(r"[0-9_]")
_SHORTEST, _SHORTEST_PLAIN = 4, 6


def bare(handles: Iterable[str]) -> list[str]:
    """Return, each once and in order, the handles that are no word when written without a sign.

    One with digits or low lines needs four signs; one of letters alone six, and must be no
    ordinary word.
    """
    named = {handle.strip().lstrip("@").partition("@")[0].lower() for handle in handles}
    return sorted(handle for handle in named if _HANDLE.fullmatch(handle) and _is_telling(handle))


def _is_telling(handle: str) -> bool:
    if any(sign.isalpha() for sign in handle) and _MARKED.search(handle):
        return len(handle) >= _SHORTEST
    return len(handle) >= _SHORTEST_PLAIN and handle.isalpha() and is_rare(handle)

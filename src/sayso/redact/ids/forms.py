"""A form of personal number: what it is called, how it is written, and its check."""

import re
from dataclasses import dataclass

from sayso.redact.folding import fold
from sayso.redact.ids.checks import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class IdForm:
    """How one country writes one number.

    `words` are what the number is called, folded; those in capitals are only read in capitals.
    `shape` is the number as a text has it near such a word; `alone` is how it has to be written
    to be known without one, where that is possible.
    """

    rule: str
    country: str
    words: tuple[str, ...]
    shape: re.Pattern[str]
    alone: re.Pattern[str] | None
    check: Check


def form(name: str, words: str, shape: str, check: Check, alone: str = "") -> IdForm:
    """Return the form `name`, such as "FR nir"; `words` are parted by `|`."""
    return IdForm(
        rule=name.lower().replace(" ", "-"),
        country=name.partition(" ")[0],
        words=tuple(w if w == w.upper() else fold(w) for w in words.split("|") if w),
        shape=re.compile(rf"(?:{shape})(?![0-9A-Za-z])"),
        alone=re.compile(rf"(?:{alone})(?![0-9A-Za-z]|[.,/-][0-9])") if alone else None,
        check=check,
    )

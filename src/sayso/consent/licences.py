"""Licences under which a document is not used, whatever its author clicks."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbids:
    """A licence's name as a pattern (`*` stands for anything), and why it says no."""

    pattern: str
    why: str
    citation: str


FORBIDDING_LICENCES: tuple[Forbids, ...] = (
    Forbids(
        pattern="cc-by-nd*",
        why="no adapted material may be shared",
        citation="CC BY-ND 4.0 legal code, section 2(a)(1)(B)",
    ),
    Forbids(
        pattern="cc-by-nc*",
        why="no commercial use is allowed",
        citation="CC BY-NC 4.0 legal code, section 2(a)(1)",
    ),
    Forbids(
        pattern="all-rights-reserved*",
        why="its owner allows nothing in advance",
        citation="Berne Convention Art. 9(1)",
    ),
    Forbids(
        pattern="third-party*",
        why="somebody outside the network owns it",
        citation="Berne Convention Art. 9(1)",
    ),
    Forbids(
        pattern="*no-ai*",
        why="it reserves machine learning",
        citation="Directive (EU) 2019/790 Art. 4(3)",
    ),
    Forbids(
        pattern="*noai*",
        why="it reserves machine learning",
        citation="Directive (EU) 2019/790 Art. 4(3)",
    ),
    Forbids(
        pattern="*tdm-reserv*",
        why="it reserves text and data mining",
        citation="Directive (EU) 2019/790 Art. 4(3)",
    ),
)


@lru_cache(maxsize=1024)
def forbidding(licence: str) -> Forbids | None:
    """Return the row that forbids use under `licence`, or None."""
    name = "-".join(licence.casefold().replace("_", " ").split())
    for row in FORBIDDING_LICENCES:
        if fnmatchcase(name, row.pattern):
            return row
    return None

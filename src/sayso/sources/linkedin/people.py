"""Whom the member is connected with: their names alone, so that they can be taken out of texts."""

import re
import unicodedata
from collections.abc import Iterator

from sayso.community import MemberId
from sayso.sources.linkedin.tables import Table
from sayso.sources.reading import Acquaintance, Skipped
from sayso.sources.seen import Seen

_COLUMNS = (
    ("firstname", "lastname"),
    ("endorseefirstname", "endorseelastname"),
    ("endorserfirstname", "endorserlastname"),
)
_AFTER_A_NAME = re.compile(r"[,|/(\[{].*", re.DOTALL)
"""What people put behind their names: degrees, employers, nicknames in brackets."""

_LONGEST = 100
_SHORTEST = 2


def acquaintances(tables: list[Table], owner_id: MemberId) -> Iterator[Acquaintance]:
    """Yield each name once; a row without one says nothing."""
    seen = Seen()
    for table in tables:
        for line in table.lines():
            if isinstance(line, Skipped):
                continue
            for first, last in _COLUMNS:
                name = _name(line.said(first), line.said(last))
                if name and seen.first_at(name.casefold(), 0) is None:
                    yield Acquaintance(owner_id=owner_id, name=name)


def _name(first: str, last: str) -> str:
    parts = (_AFTER_A_NAME.sub("", part) for part in (first, last))
    name = " ".join("".join(_plain(sign) for sign in " ".join(parts)).split()).strip(" -.'")
    letters = sum(sign.isalpha() for sign in name)
    return name if letters >= _SHORTEST and len(name) <= _LONGEST else ""


def _plain(sign: str) -> str:
    """Return a sign that can stand in a name, or a blank: no pictures, no controls."""
    is_name = unicodedata.category(sign)[0] in "LM" or sign in "-.'’"  # noqa: RUF001
    return sign if is_name else " "

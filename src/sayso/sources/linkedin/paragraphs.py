"""Texts whose paragraphs stand in quotes of their own, each on a line of its own, put together."""

import re
from collections.abc import Iterable, Iterator

from sayso.sources.linkedin.quoting import Cells, Torn

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?")
"""What a row of its own begins with, and a paragraph never is."""


def joined(rows: Iterable[Cells | Torn], width: int) -> Iterator[Cells | Torn]:
    r"""Yield rows of `width` fields; what was parted at a line end within a text is one again.

    `"First."`, `""` and `"Second."` on three lines are one field of three lines, if what stands
    before and behind them makes a row of that width with it. A part that fits nowhere stays what
    it is: a row that is too narrow.
    """
    parts: list[Cells] = []
    for row in rows:
        if isinstance(row, Cells) and parts and _goes_on(parts, row, width):
            parts.append(row)
            continue
        yield from _whole(parts, width)
        parts = [row] if isinstance(row, Cells) else []
        if isinstance(row, Torn):
            yield row
    yield from _whole(parts, width)


def _goes_on(parts: list[Cells], row: Cells, width: int) -> bool:
    (_, ends_quoted), (begins_quoted, _) = parts[-1].quoted, row.quoted
    return (
        ends_quoted
        and begins_quoted
        and len(row.values) < width
        and _width([*parts, row]) <= width
        and not _MOMENT.fullmatch(row.values[0].strip())
    )


def _width(parts: list[Cells]) -> int:
    return sum(len(each.values) - 1 for each in parts) + 1


def _whole(parts: list[Cells], width: int) -> list[Cells]:
    """Return the parts as one row, if that is what they are."""
    if len(parts) < 2 or _width(parts) != width:
        return parts
    values, until = list(parts[0].values), parts[0].until
    for each in parts[1:]:
        values[-1] += "\n" * (each.line - until) + each.values[0]
        values += each.values[1:]
        until = each.until
    return [Cells(parts[0].line, tuple(values), until, (parts[0].quoted[0], each.quoted[1]))]

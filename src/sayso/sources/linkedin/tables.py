"""A table of the archive: how it is quoted, where its header is, and then its rows by column.

A file is read twice. The first reading keeps nothing but counts: which way of quoting leaves the
fewest broken rows, and what else is true of the file as a whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.sources.archives import Archive
from sayso.sources.linkedin.paragraphs import joined
from sayso.sources.linkedin.quoting import Cells, Quoting, Torn, rows
from sayso.sources.linkedin.repairs import lines_ended, reread, tidy, unwrapped
from sayso.sources.reading import Skipped
from sayso.sources.text_lines import text_lines

_ABOVE = 20
"""How many rows may stand above the header: notes, and lines between them."""

_NO_NAME = re.compile(r"[\W_]+")
_LONE = re.compile(r'(?<!\\)(?:\\\\)*\\(?!["\\])')
_FORMULA = ("=", "+", "-", "@")
_GUARDED = tuple(f"'{sign}" for sign in _FORMULA)
"""How a table that went through a spreadsheet keeps a text from being taken for a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row by its columns' names, small and without blanks; and where it stands."""

    where: str
    cells: Mapping[str, str]

    def said(self, *names: str) -> str:
        """Return what stands under the first of `names` that is there and filled, trimmed."""
        return self.text(*names).strip()

    def text(self, *names: str) -> str:
        """Return what stands under the first of `names` that is there and filled."""
        return next((said for name in names if (said := self.cells.get(name, "")).strip()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is true of one file as a whole."""

    quoting: Quoting
    names: tuple[str, ...] = ()
    """The columns' names; empty where no row is the header."""
    count: int = 0
    """How many rows stand below the header, or in all where there is none."""
    width: int = 0
    """How many fields the widest rows have, without those that no column is named for."""
    is_guarded: bool = False


class Table:
    """One file of rows. `needed` are columns without which a row is no header of this table."""

    def __init__(
        self, archive: Archive, name: str, needed: tuple[tuple[str, ...], ...], habit: Quoting
    ) -> None:
        self._archive, self._needed, self.name = archive, needed, name
        self.habits = self._best(habit)

    @property
    def where(self) -> str:
        """The archive and the file in it."""
        return f"{self._archive.path}: {self.name}"

    @property
    def problem(self) -> Skipped | None:
        """Why nothing can be read of it: its header is not the one that is known, or unclear."""
        if not self.habits.names:
            return Skipped(
                where=self.where,
                reason="no header that is known to this reader",
                mend="Its columns should be named in English, as LinkedIn names them: "
                + ", ".join(names[0] for names in self._needed),
            )
        twice = [name for name, times in Counter(self.habits.names).items() if name and times > 1]
        if not twice:
            return None
        return Skipped(
            where=self.where,
            reason="a column is there twice",
            mend=f"Take one of the columns {twice[0]!r} out.",
        )

    def lines(self) -> Iterator[Line | Skipped]:
        """Yield each row; one that is torn, too wide or no Unicode is skipped with its line."""
        habits = self.habits
        if self.problem:
            yield self.problem
            return
        rows = self._rows(habits.quoting)
        for above in rows:
            if isinstance(above, Cells) and _names(above) == habits.names:
                break
        for row in joined(rows, len(habits.names)):
            where = f"{self.where}, line {row.line}"
            if isinstance(row, Torn):
                yield Skipped(where=where, reason="not a row", mend=f"It has {row.reason}.")
            elif len(row.values) > len(habits.names):
                mend = f"It has {len(row.values)} fields and the header {len(habits.names)}."
                yield Skipped(where=where, reason="wider than the header", mend=mend)
            elif len(row.values) < habits.width:
                mend = f"It has {len(row.values)} fields and others {habits.width}: a text is cut."
                yield Skipped(where=where, reason="narrower than other rows", mend=mend)
            elif any(_is_broken(value) for value in row.values):
                mend = "Save the file as UTF-8."
                yield Skipped(where=where, reason="not Unicode", mend=mend)
            else:
                values = (self._mended(value) for value in row.values)
                yield Line(where=where, cells=dict(zip(habits.names, values, strict=False)))

    def _mended(self, value: str) -> str:
        if self.habits.is_guarded and value.startswith(_GUARDED):
            value = value[1:]
        return tidy(reread(unwrapped(lines_ended(value))))

    def _rows(self, quoting: Quoting) -> Iterator[Cells | Torn]:
        with self._archive.open(self.name) as stream:
            yield from rows(text_lines(stream), quoting)

    def _best(self, habit: Quoting) -> Habits:
        """Return the habits that leave the fewest rows broken; the likeliest where several do."""
        found = []
        for quoting in _in_order(habit):
            found.append(self._tried(quoting))
            if found[-1][0] == 0:
                break
        return min(found, key=lambda each: each[0])[1]

    def _tried(self, quoting: Quoting) -> tuple[int, Habits]:
        """Return how badly this way of quoting fits, and what is true of the file by it."""
        names: tuple[str, ...] = ()
        bad = int(quoting is Quoting.ESCAPED and self._holds_a_lone_backslash())
        count = 0
        guards: Counter[bool] = Counter()
        rows = self._rows(quoting)
        for row in rows:
            if isinstance(row, Torn):
                bad += 1
            elif count < _ABOVE and self._is_header(_names(row)):
                names, count = _names(row), 0
                break
            else:
                count += 1
        widths: Counter[int] = Counter()
        for row in joined(rows, len(names)):
            if isinstance(row, Torn):
                bad += 1
                continue
            widths[len(row.values)] += 1
            for value in row.values:
                if value.startswith((*_FORMULA, *_GUARDED)):
                    guards[value.startswith(_GUARDED)] += 1
        named = max((at for at, name in enumerate(names, start=1) if name), default=0)
        width = min(max((each for each in widths if each <= len(names)), default=0), named)
        bad += sum(n for each, n in widths.items() if not width <= each <= len(names))
        return bad, Habits(
            quoting=quoting,
            names=names,
            count=count + widths.total(),
            width=width,
            is_guarded=guards[True] > 0 and not guards[False],
        )

    def _is_header(self, names: tuple[str, ...]) -> bool:
        return bool(self._needed) and all(
            any(name in names for name in any_of) for any_of in self._needed
        )

    def _holds_a_lone_backslash(self) -> bool:
        """Whether a backslash stands for itself, so that none is written twice."""
        with self._archive.open(self.name) as stream:
            return any(_LONE.search(line) for line in text_lines(stream) if line)


def count_rows(archive: Archive, name: str) -> int:
    """Count what stands below the first row, and look at nothing else."""
    with archive.open(name) as stream:
        return max(0, sum(1 for _ in rows(text_lines(stream), Quoting.DOUBLED)) - 1)


def _in_order(habit: Quoting) -> tuple[Quoting, ...]:
    """Return the ways of quoting, the one first that wins where several fit as well."""
    escaped = (Quoting.ESCAPED, Quoting.HALF_ESCAPED)
    if habit is Quoting.DOUBLED:
        return (Quoting.DOUBLED, *escaped)
    return (*escaped, Quoting.DOUBLED)


def _names(row: Cells) -> tuple[str, ...]:
    """Return a row as columns' names: small, and nothing but letters and digits."""
    return tuple(_NO_NAME.sub("", value.removeprefix("ï»¿").casefold()) for value in row.values)


def _is_broken(value: str) -> bool:
    """Whether it holds half a surrogate pair: bytes that were no text."""
    return not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value)

"""What happens to permitted documents on their way to rows: pure functions over Arrow tables.

Each says by its digest what it does: the same digest, the same answers, wherever it runs.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pyarrow as pa

from sayso.datasets.admitting.wording import one_form, prepared, without_spans
from sayso.datasets.making import marking
from sayso.evidence.canonical import canonical
from sayso.redact.draft import Part
from sayso.redact.redacted import Redacted
from sayso.redact.redactor import Redactor
from sayso.redact.scan import Surroundings

TOGETHER = 64
"""Documents that are redacted at a time."""


class Step(Protocol):
    """One thing done to a table of permitted documents; rows are neither added nor left out."""

    @property
    def digest(self) -> str:
        """Names what it does: it changes whenever its answers may."""
        ...

    @property
    def rules(self) -> str:
        """Names what it does, whoever it knows."""
        ...

    def about(self, table: pa.Table) -> list[bytes]:
        """Say of each row what it knows of it beyond the row itself.

        The same rules, the same row and the same said about it: the same answer.
        """
        ...

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return the table with what this step says; columns it does not speak of stay."""
        ...


@dataclass(frozen=True, slots=True)
class Redact:
    """Cuts out what objects to being there, brings the rest into one form, and redacts it."""

    redactor: Redactor

    @property
    def digest(self) -> str:
        """Name the finders and the names they know."""
        return f"{self.redactor.digest}+{self.redactor.directory.digest}"

    @property
    def rules(self) -> str:
        """Name the finders alone."""
        return self.redactor.digest

    def about(self, table: pa.Table) -> list[bytes]:
        """Say where a text names members; nothing of one that names none."""
        directory = self.redactor.directory
        said: list[bytes] = []
        for start in range(0, len(table), TOGETHER):
            some = table.slice(start, TOGETHER).select(_READ).to_pylist()
            texts = [part.text for each in some for part in _parts(each)]
            directory.look_ahead(texts)
            found = [[*directory.find(text)] for text in texts]
            pairs = zip(found[::2], found[1::2], strict=True)
            said += [repr(pair).encode() if any(pair) else b"" for pair in pairs]
        return said

    def __call__(self, table: pa.Table) -> pa.Table:
        """Replace `title` and `text`; say in `redactions` how many of each kind went."""
        words = [
            each
            for start in range(0, len(table), TOGETHER)
            for each in self.redactor.redact_batch(
                map(_parts, table.slice(start, TOGETHER).select(_READ).to_pylist())
            )
        ]
        columns = {
            "title": [title.text for title, _ in words],
            "text": [text.text for _, text in words],
            "redactions": [_counted(title, text) for title, text in words],
        }
        return with_columns(table, {name: pa.array(columns[name], pa.string()) for name in columns})


@dataclass(frozen=True, slots=True)
class Mark:
    """Says of redacted texts which language they are in, and what sort of text they are."""

    refusing: frozenset[str] = frozenset()
    """Marks by which a text is left out; see `marking.REFUSABLE`."""

    @property
    def digest(self) -> str:
        """Name the rules, and which of them refuse."""
        return " ".join((marking.digest(), *sorted(self.refusing)))

    @property
    def rules(self) -> str:
        """Name the rules: they know nobody."""
        return self.digest

    def about(self, table: pa.Table) -> list[bytes]:
        """Say nothing: all is in the row."""
        return [b""] * len(table)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Say `language` and `marks`; in `refused_by` the rule that leaves a text out, if any."""
        texts, declared = (table[name].combine_chunks() for name in ("text", "language"))
        languages, marks = marking.marks(texts, declared)
        refused = marking.refusals(marks, self.refusing)
        return with_columns(table, {"language": languages, "marks": marks, "refused_by": refused})


def with_columns(table: pa.Table, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return the table with these columns, in place of those that were called the same."""
    for name, column in columns.items():
        at = table.schema.get_field_index(name)
        field = pa.field(name, column.type, nullable=False)
        table = (
            table.append_column(field, column) if at < 0 else table.set_column(at, field, column)
        )
    return table


def digest_of(steps: Sequence[Step]) -> str:
    """Name what several steps do, one after the other."""
    return hashlib.sha256("\n".join(step.digest for step in steps).encode()).hexdigest()


_READ = (
    *("title", "text", "language", "region", "people"),
    *("cut", "names", "names_in_title", "code", "spared"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


def _parts(wording: Mapping[str, Any]) -> tuple[Part, Part]:
    around = Surroundings(
        language=wording["language"], region=wording["region"], people=tuple(wording["people"])
    )
    title = one_form(without_spans(wording["title"], (), _places(wording["names_in_title"])))
    code, spared = _places(wording["code"]), _places(wording["spared"])
    cut, names = _places(wording["cut"]), _places(wording["names"])
    text, places = prepared(wording["text"], cut, names, (*code, *spared))
    within = around
    if places:
        in_code, kept = places[: len(code)], places[len(code) :]
        within = replace(
            around, code=tuple(filter(None, in_code)), spared=tuple(filter(None, kept))
        )
    return Part(title, around=around), Part(text, around=within)


def _places(spans: Sequence[Mapping[str, int]]) -> tuple[_Place, ...]:
    return tuple(_Place(**span) for span in spans)


def _counted(title: Redacted, text: Redacted) -> str:
    found = (*title.found, *text.found)
    counts = Counter(each.kind.value for each in found) if found else {}
    return canonical(dict(sorted(counts.items()))).decode()

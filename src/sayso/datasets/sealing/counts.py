"""What a dataset holds, counted while its rows pass by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from sayso.consent.bulk import basis_in
from sayso.datasets.rows import HELD_OUT
from sayso.evidence.canonical import JSON, parse

Tally = Counter[str]


@dataclass(slots=True)
class Counts:
    """Counts of rows, of what is in them, and of what stayed out; several can be added up."""

    rows: int = 0
    held_out_rows: int = 0
    text_bytes: int = 0
    redactions: Tally = field(default_factory=Counter)
    languages: Tally = field(default_factory=Counter)
    licences: Tally = field(default_factory=Counter)
    sources: Tally = field(default_factory=Counter)
    kinds: Tally = field(default_factory=Counter)
    years: Tally = field(default_factory=Counter)
    bases: Tally = field(default_factory=Counter)
    marks: Tally = field(default_factory=Counter)
    rules: Tally = field(default_factory=Counter)
    refusals: Tally = field(default_factory=Counter)
    files: dict[str, int] = field(default_factory=dict)

    def add(self, table: pa.Table, shard: int) -> None:
        """Count rows (`tables.ROWS`) that stay, all of one shard."""
        if shard == HELD_OUT:
            self.held_out_rows += len(table)
        else:
            self.rows += len(table)
        for name in ("title", "text"):
            self.text_bytes += pc.sum(pc.binary_length(table[name])).as_py() or 0
        for said, count in _counted(table["redactions"]):
            for kind, times in cast("Mapping[str, int]", parse(said)).items():
                self.redactions[kind] += times * count
        for name, tally in (
            ("language", self.languages),
            ("licence", self.licences),
            ("source", self.sources),
            ("kind", self.kinds),
            ("rule", self.rules),
        ):
            tally.update(dict(_counted(table[name])))
        self.years.update(dict(_counted(pc.year(table["created_at"]).cast(pa.string()))))
        self.marks.update(dict(_counted(pc.list_flatten(table["marks"]))))
        evidence = pc.binary_join(table["evidence"], "\n")
        for said, count in _counted(evidence):
            self.bases[basis_in(said.split("\n"))] += count

    def refuse(self, table: pa.Table) -> None:
        """Count documents that were left out (`tables.REFUSALS`)."""
        self.refusals.update(dict(_counted(table["rule"])))

    def merge(self, other: "Counts") -> None:
        """Add what another part of the dataset counts."""
        for each in fields(self):
            here, there = getattr(self, each.name), getattr(other, each.name)
            if isinstance(here, int):
                setattr(self, each.name, here + there)
            else:
                here.update(there)

    def said(self) -> dict[str, JSON]:
        """Return all counts as JSON; `counts_from` reads it back."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def counts_from(said: Mapping[str, Any]) -> Counts:
    """Read back what `Counts.said` gave."""
    blank = Counts()
    for each in fields(blank):
        kind = type(getattr(blank, each.name))
        setattr(blank, each.name, kind(said[each.name]))
    return blank


def _counted(column: pa.ChunkedArray) -> Iterable[tuple[str, int]]:
    """Return how often each text stands in the column."""
    found = pc.value_counts(column)
    return zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True)

"""All slices' tables together: the runs that enough people wrote, and how often they were written.

Two sorts of numbers stand beside a run. Of the longest runs, and of those that a text begins with,
it is how often they were written; of all others, before how many different tokens' successors they
stand: the number of tokens that were ever written directly before the run (Kneser and Ney 1995).
Both are counted over everything, also where the longer run was written by too few people to be
here itself: it is a fact of the shorter run, which enough people wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from sayso.training.counts.people import Company, company, count_people
from sayso.training.counts.runs import Counts, Keys, Spelling, counted_in, groups
from sayso.training.counts.tables import Table, count_tokens

_AT_ONCE = 4_000_000
"""Windows that are worked on at a time, if no single token begins more of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The runs of one length, sorted.

    `times` is how often a run counts, `after` how often whatever follows it counts together, also
    what is not here; the longest runs have none. `alone` says how many people wrote it alone.
    """

    runs: Keys
    times: Counts
    alone: Counts
    after: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Runs of one token, of two, and so on; of two and more, only what `people` people wrote."""

    spelling: Spelling
    people: int
    levels: tuple[Level, ...]

    @property
    def digest(self) -> str:
        """The hex SHA-256 of all numbers in it."""
        told = sha256(f"{self.spelling}\\0{self.people}".encode())
        for level in self.levels:
            told.update(f"\\0{len(level.runs)}".encode())
            for column in (level.runs, level.times, level.alone, level.after):
                told.update(column.astype("<u8").tobytes())
        return told.hexdigest()


def add_up(
    tables: Sequence[Table], spelling: Spelling, people: int, *, at_once: int = _AT_ONCE
) -> Sum:
    """Add tables up. Neither the order they come in nor `at_once` changes anything."""
    heap = _Heap(tables, spelling, at_once)
    kept: list[list[_Found]] = [[] for _ in range(spelling.order)]
    for part in heap.parts():
        for level, found in zip(kept, _enough(part, heap, people), strict=True):
            level.append(found)
    runs = [np.concatenate([each.runs for each in level]) for level in kept]
    before, between = _neighbours(heap, runs)
    levels = []
    for length, level in enumerate(kept, 1):
        times = np.concatenate([each.times for each in level])
        counts, after = times, times
        if length < spelling.order:
            begins = spelling.begin_a_text(runs[length - 1], length)
            counts = np.where(begins, times, before[length - 1])
        if length < spelling.order - 1:
            # After an end mark comes a text's beginning, whatever stood before.
            opens = runs[0] == spelling.end if length == 1 else begins
            after = np.where(opens, times, between[length - 1])
        levels.append(
            Level(
                runs=runs[length - 1],
                times=counts,
                alone=np.concatenate([each.alone for each in level]),
                after=after if length < spelling.order else np.zeros_like(times),
            )
        )
    return Sum(spelling=spelling, people=people, levels=tuple(levels))


def distinct(windows: Keys, spelling: Spelling, length: int) -> Keys:
    """Return each run of that length once; the windows come sorted."""
    runs = spelling.beginnings(windows, length)
    starts, _ = groups(runs)
    found = runs[starts]
    return found[spelling.are_within(found, length)]


@dataclass(frozen=True, slots=True)
class _Part:
    """Windows of all tables between two keys, sorted, with who wrote them and how often."""

    windows: Keys
    authors: Counts
    times: Counts


@dataclass(frozen=True, slots=True)
class _Found:
    """Runs of one length that enough people wrote."""

    runs: Keys
    times: Counts
    alone: Counts


class _Heap:
    """All tables, with one numbering of who wrote."""

    def __init__(self, tables: Sequence[Table], spelling: Spelling, at_once: int) -> None:
        self._at_once = at_once
        self.spelling = spelling
        self.among: Company = company([who for table in tables for who in table.everyone])
        number = {who: at for at, who in enumerate(self.among.everyone)}
        nothing = count_tokens((), (), spelling)
        self._tables = [
            (table, np.array([number[who] for who in table.everyone], dtype=np.int64))
            for table in tables or (nothing,)
        ]

    def parts(self) -> Iterator[_Part]:
        """Yield everything in pieces, none of which parts the runs that one token begins."""
        whole = self.spelling.power(self.spelling.order - 1)
        by_token = np.zeros(self.spelling.vocabulary, dtype=np.int64)
        for table, _ in self._tables:
            first = (table.windows // whole).astype(np.int64)
            by_token += np.bincount(first, minlength=self.spelling.vocabulary)
        piece = np.cumsum(by_token) // self._at_once
        edges = np.flatnonzero(np.diff(piece, prepend=-1))
        for start, stop in zip(edges, [*edges[1:], self.spelling.vocabulary], strict=True):
            yield self._part(np.uint64(start) * whole, int(stop) * int(whole) - 1)

    def _part(self, lowest: np.uint64, highest: int) -> _Part:
        windows, authors, times = [], [], []
        for table, numbers in self._tables:
            start = np.searchsorted(table.windows, lowest)
            stop = np.searchsorted(table.windows, np.uint64(highest), side="right")
            windows.append(table.windows[start:stop])
            authors.append(numbers[table.authors[start:stop]])
            times.append(table.times[start:stop])
        together = np.concatenate(windows)
        order = np.argsort(together, kind="stable")
        return _Part(together[order], np.concatenate(authors)[order], np.concatenate(times)[order])


def _enough(part: _Part, heap: _Heap, people: int) -> Iterator[_Found]:
    """Yield the runs of each length that enough people wrote; those of one token, all."""
    spelling = heap.spelling
    for length in range(1, spelling.order + 1):
        every = spelling.beginnings(part.windows, length)
        starts, run_of = groups(every)
        runs = every[starts]
        times = np.add.reduceat(part.times, starts) if len(starts) else part.times
        alone, passed = np.zeros(len(runs), dtype=np.int64), np.ones(len(runs), dtype=np.bool_)
        if length > 1 and people > 1:
            alone, passed = count_people(
                run_of, part.authors, runs=len(runs), among=heap.among, least=people
            )
        passed &= spelling.are_within(runs, length)
        yield _Found(runs[passed], times[passed], alone[passed])
        stays = passed[run_of]  # what is longer was written by no more
        part = _Part(part.windows[stays], part.authors[stays], part.times[stays])


def _neighbours(heap: _Heap, runs: Sequence[Keys]) -> tuple[list[Counts], list[Counts]]:
    """Say of each run how many tokens stand before it, and how many pairs around it."""
    spelling = heap.spelling
    before = [np.zeros(len(each), dtype=np.int64) for each in runs]
    around = [np.zeros(len(each), dtype=np.int64) for each in runs]
    for part in heap.parts():
        for length in range(2, spelling.order + 1):
            longer = distinct(part.windows, spelling, length)
            inner = longer % spelling.power(length - 1)
            before[length - 2] += counted_in(runs[length - 2], inner)
            if length > 2:
                between = inner // spelling.power(1)
                around[length - 3] += counted_in(runs[length - 3], between)
    return before, around

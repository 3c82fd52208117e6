"""A sum without rows that were taken back: at once, and never saying more than the sum may."""

from dataclasses import replace

import numpy as np

from sayso.training.counts.runs import Counts, Keys, counted_in, groups, places
from sayso.training.counts.sums import Level, Sum, distinct
from sayso.training.counts.tables import Table


def without(added: Sum, removed: Table) -> Sum:
    """Take removed rows, counted as `removed`, out of a sum that holds them.

    It stands in until their slices are counted again. How often a run was written is exactly
    right then. Of two tokens and more, what is in a removed row stays only if enough people wrote
    it alone besides those whose rows were removed; some that might stay goes. How many tokens
    stand before a run may be too few: what stood there in a removed row counts as gone unless it
    is known to stay.
    """
    longer: list[Level] = []
    for length in range(added.spelling.order, 0, -1):
        longer = [_Thinning(added, removed, length, longer).level, *longer]
    return replace(added, levels=tuple(longer))


class _Thinning:
    """The runs of one length, and what removed rows hold of them; `longer` is thinned already."""

    def __init__(self, added: Sum, removed: Table, length: int, longer: list[Level]) -> None:
        level = added.levels[length - 1]
        self._spelling = added.spelling
        self._longer = longer
        self._removed = removed
        self._runs = level.runs
        of_window, there = places(level.runs, added.spelling.beginnings(removed.windows, length))
        self._of_window = of_window[there]
        self._there = there
        written = self._sum(removed.times[there])
        order, spelling = added.spelling.order, added.spelling
        before, after = written, written
        begins = spelling.begin_a_text(level.runs, length)
        if length < order:
            before = np.where(begins, written, self._before(length))
        if length < order - 1:
            opens = level.runs == spelling.end if length == 1 else begins
            after = np.where(opens, written, self._around(length))
        times = level.times - before
        follow = level.after - after if length < order else level.after
        stays = (times > 0) | (follow > 0)
        if length > 1 and added.people > 1:
            stays &= (written == 0) | (level.alone - self._single() >= added.people)
        self.level = Level(
            runs=level.runs[stays],
            times=times[stays],
            alone=level.alone[stays],
            after=follow[stays],
        )

    def _sum(self, weights: Counts) -> Counts:
        found = np.bincount(self._of_window, weights=weights, minlength=len(self._runs))
        return found.astype(np.int64)

    def _before(self, length: int) -> Counts:
        longer = self._gone(length, 1)
        return counted_in(self._runs, longer % self._spelling.power(length))

    def _around(self, length: int) -> Counts:
        inner = self._gone(length, 2) % self._spelling.power(length + 1)
        return counted_in(self._runs, inner // self._spelling.power(1))

    def _gone(self, length: int, more: int) -> Keys:
        """Return the runs that are longer by so much of which none need be left."""
        found = distinct(self._removed.windows, self._spelling, length + more)
        _, stays = places(self._longer[more - 1].runs, found)
        return found[~stays]

    def _single(self) -> Counts:
        """Count whose rows were removed, by run, of those who wrote them alone."""
        alone = np.array([len(who) == 1 for who in self._removed.everyone], dtype=np.bool_)
        authors = self._removed.authors[self._there]
        single = alone[authors] if len(authors) else np.zeros(0, dtype=np.bool_)
        size = max(1, len(self._removed.everyone))
        pairs = np.sort(self._of_window[single] * size + authors[single])
        pairs = pairs[groups(pairs)[0]]
        return np.bincount(pairs // size, minlength=len(self._runs)).astype(np.int64)

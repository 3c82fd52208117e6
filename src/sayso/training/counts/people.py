"""How many people wrote a run, where some texts were written by several together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from sayso.training.counts.runs import Counts, Flags, Keys, groups

Authors = tuple[int, ...]
"""The tokens of all who wrote a text, sorted."""


@dataclass(frozen=True, slots=True)
class Company:
    """All who wrote, alone or together: single authors first, numbered from 0.

    `conflicts` are pairs of different numbers that share a person, each as first * size + second.
    """

    everyone: tuple[Authors, ...]
    single: int
    conflicts: Keys

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.everyone)


def company(everyone: Sequence[Authors]) -> Company:
    """Number authors in an order that depends on nothing but who they are."""
    ordered = tuple(sorted(set(everyone), key=lambda authors: (len(authors), authors)))
    of_person: dict[int, list[int]] = defaultdict(list)
    for number, authors in enumerate(ordered):
        for person in authors:
            of_person[person].append(number)
    pairs = {
        first * len(ordered) + second
        for numbers in of_person.values()
        for first, second in permutations(numbers, 2)
    }
    return Company(
        everyone=ordered,
        single=sum(len(authors) == 1 for authors in ordered),
        conflicts=np.array(sorted(pairs), dtype=np.uint64),
    )


def count_people(
    run_of: Counts, author_of: Counts, *, runs: int, among: Company, least: int
) -> tuple[Counts, Flags]:
    """Say how many wrote each of `runs` runs alone, and which runs `least` people wrote.

    `least` people wrote a run if so many texts hold it of which no two share an author: a text that
    several wrote together is one contribution, and somebody who wrote one with each of three others
    is not four people, but one. Such texts are looked for greedily, single authors first, so
    a run may be passed over that has them; one that has them not is never let through.
    """
    size = max(1, among.size)
    pairs = np.sort(run_of * size + author_of)
    pairs = pairs[groups(pairs)[0]]
    run, author = pairs // size, pairs % size
    alone = np.bincount(run[author < among.single], minlength=runs).astype(np.int64)
    several = np.bincount(run, minlength=runs)
    passed = alone >= least
    unsure = (several >= least) & ~passed
    asked = unsure[run]
    passed |= _apart(run[asked], author[asked], runs=runs, among=among, least=least)
    return alone, passed


def _apart(run: Counts, author: Counts, *, runs: int, among: Company, least: int) -> Flags:
    """Say which runs have `least` authors that share nobody; pairs come sorted."""
    passed = np.zeros(runs, dtype=np.bool_)
    for round_ in range(least):
        chosen = np.full(runs, -1, dtype=np.int64)
        firsts, _ = groups(run)
        chosen[run[firsts]] = author[firsts]
        passed = chosen >= 0
        if round_ == least - 1 or not len(run):
            break
        codes = (chosen[run] * among.size + author).astype(np.uint64)
        stays = (chosen[run] != author) & ~np.isin(codes, among.conflicts)
        run, author = run[stays], author[stays]
    return passed

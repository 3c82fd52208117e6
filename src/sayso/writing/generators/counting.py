"""Which words members write one after another, counted so that rows can be subtracted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.community import MemberId
from sayso.datasets.rows import HELD_OUT, Row, RowId
from sayso.redact.scan import PLACEHOLDER
from sayso.writing.words import Hasher, Hashes, folded

ORDERS = (1, 2, 3, 4)
"""How many words before the next one are looked at."""
END = 0
"""What follows the last word of a stretch; never offered."""
OTHER = 1
"""Any next word that too few members wrote: counted, never kept, never offered."""
FIRST_WORD = 2
START = "\0start"
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The counts, sorted by (context, next word, member).

    `*_starts[i]` is where entry i begins on the floor below: contexts hold pairs (a context
    and a next word), pairs hold uses by one member, uses hold rows and how often each.
    `words` names the pairs' words from `FIRST_WORD` on: words that enough members wrote.
    """

    contexts: Hashes
    context_starts: Ints
    pair_words: Ints
    pair_starts: Ints
    use_starts: Ints
    rows: Ints
    counts: Ints
    words: tuple[str, ...]
    row_ids: tuple[RowId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occurrences:
    """One entry per word that follows a context."""

    contexts: Hashes
    nexts: Ints
    owners: Ints
    rows: Ints

    def picked(self, which: NDArray[np.generic]) -> "_Occurrences":
        return _Occurrences(
            contexts=self.contexts[which],
            nexts=self.nexts[which],
            owners=self.owners[which],
            rows=self.rows[which],
        )

    def sorted(self) -> "_Occurrences":
        return self.picked(np.lexsort((self.rows, self.owners, self.nexts, self.contexts)))


def count(rows: Iterable[Row], hasher: Hasher, *, least_members: int) -> Table:
    """Count what follows contexts of one to four words.

    Rows that hold words of more than one member are left out, so that "n members" is n people.
    A next word that fewer than `least_members` wrote in its context is only counted: its
    spelling is not kept. Members can only leave, so it could never be offered later.
    """
    read = _Stretches(rows, hasher)
    parts = [_of_order(read, order, least_members) for order in ORDERS]
    together = _Occurrences(
        contexts=np.concatenate([part.contexts for part in parts]),
        nexts=np.concatenate([part.nexts for part in parts]),
        owners=np.concatenate([part.owners for part in parts]),
        rows=np.concatenate([part.rows for part in parts]),
    )
    del parts
    return _stacked(together.sorted(), read.surfaces, read.row_ids)


def stretches(text: str) -> Iterator[list[str]]:
    """Yield words with nothing but blanks between them, without the capital of a first word."""
    clean = PLACEHOLDER.sub(".", text)
    stretch: list[str] = []
    end = 0
    for found in _WORD.finditer(clean):
        if stretch and clean[end : found.start()].strip(" \t\u00a0"):
            yield stretch
            stretch = []
        word = found.group()
        stretch.append(word if stretch else _uncapitalised(word))
        end = found.end()
    if stretch:
        yield stretch


def context_hashes(hashes: Hashes, ends: NDArray[np.int64], order: int) -> Hashes:
    """Hash the `order` words before each end."""
    rolling = np.full(len(ends), order, dtype=np.uint64)
    for step in range(order, 0, -1):
        rolling = rolling * np.uint64(0x9E3779B97F4A7C15) + hashes[ends - step]
        rolling = rolling ^ (rolling >> np.uint64(29))
    mixed: Hashes = rolling * np.uint64(0xBF58476D1CE4E5B9)
    return mixed


def sums(values: NDArray[np.int32], starts: Ints) -> Ints:
    """Add up each stretch of `values` that begins at one of `starts`."""
    if not len(starts):
        return np.zeros(0, dtype=np.int32)
    return np.add.reduceat(values, starts).astype(np.int32)


class _Stretches:
    """All rows' words laid end to end, each with its depth in its stretch, its row and member."""

    def __init__(self, rows: Iterable[Row], hasher: Hasher) -> None:
        self.row_ids: list[RowId] = []
        self.surfaces: list[str] = ["", ""]
        self._known: dict[str, int] = {}
        members: dict[MemberId, int] = {}
        words: list[int] = []
        depths: list[int] = []
        owners: list[int] = []
        numbers: list[int] = []
        for row in rows:
            if row.shard == HELD_OUT or {*row.members, row.member_id} != {row.member_id}:
                continue
            before = len(words)
            for stretch in stretches(row.text):
                words.extend((END, *map(self._number, stretch), END))
                depths.extend(range(len(stretch) + 2))
            added = len(words) - before
            owners.extend([members.setdefault(row.member_id, len(members))] * added)
            numbers.extend([len(self.row_ids)] * added)
            self.row_ids.append(row.id)
        spelled = [START, START, *(folded(word) for word in self.surfaces[FIRST_WORD:])]
        self.words: Ints = np.array(words, dtype=np.int32)
        self.depths: Ints = np.array(depths, dtype=np.int32)
        self.owners: Ints = np.array(owners, dtype=np.int32)
        self.rows: Ints = np.array(numbers, dtype=np.int32)
        self.hashes: Hashes = hasher.of(spelled)[self.words]

    def _number(self, word: str) -> int:
        number = self._known.get(word)
        if number is None:
            number = self._known[word] = len(self.surfaces)
            self.surfaces.append(word)
        return number


def _uncapitalised(word: str) -> str:
    plain = word[1:].islower() or word == "A"
    return word[0].lower() + word[1:] if plain else word


def _of_order(read: _Stretches, order: int, least: int) -> _Occurrences:
    """Return the occurrences whose context has a word to offer."""
    ends = np.flatnonzero(read.depths >= order).astype(np.int64)
    found = _Occurrences(
        contexts=context_hashes(read.hashes, ends, order),
        nexts=read.words[ends],
        owners=read.owners[ends],
        rows=read.rows[ends],
    ).sorted()
    pairs = _first(found.contexts) | _first(found.nexts)
    uses = (pairs | _first(found.owners)).astype(np.int32)
    members = sums(uses, np.flatnonzero(pairs).astype(np.int32))
    enough = (members >= least)[np.cumsum(pairs) - 1]

    opens = _first(found.contexts)
    context_of = np.cumsum(opens) - 1
    offers = np.zeros(int(opens.sum()), dtype=np.bool_)
    offers[context_of[enough & (found.nexts != END)]] = True
    masked = _Occurrences(
        contexts=found.contexts,
        nexts=np.where(enough, found.nexts, OTHER).astype(np.int32),
        owners=np.where(enough, found.owners, -1).astype(np.int32),
        rows=found.rows,
    )
    return masked.picked(offers[context_of])


def _stacked(found: _Occurrences, surfaces: Sequence[str], row_ids: Sequence[RowId]) -> Table:
    """Fold sorted occurrences into floors; keep the spelling of the words that remain."""
    contexts = _first(found.contexts)
    pairs = contexts | _first(found.nexts)
    uses = pairs | _first(found.owners)
    firsts = np.flatnonzero(uses | _first(found.rows))
    use_at, pair_at, context_at = map(np.flatnonzero, (uses, pairs, contexts))
    pair_words = found.nexts[pair_at]
    kept = np.unique(pair_words[pair_words >= FIRST_WORD])
    renumbered = np.searchsorted(kept, pair_words) + FIRST_WORD
    return Table(
        contexts=found.contexts[context_at],
        context_starts=np.searchsorted(pair_at, context_at).astype(np.int32),
        pair_words=np.where(pair_words < FIRST_WORD, pair_words, renumbered).astype(np.int32),
        pair_starts=np.searchsorted(use_at, pair_at).astype(np.int32),
        use_starts=np.searchsorted(firsts, use_at).astype(np.int32),
        rows=found.rows[firsts],
        counts=np.diff(firsts, append=len(found.rows)).astype(np.int32),
        words=tuple(surfaces[number] for number in kept.tolist()),
        row_ids=tuple(row_ids),
    )


def _first(column: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Say where a sorted column's value first differs from the one before."""
    new = np.ones(len(column), dtype=np.bool_)
    new[1:] = column[1:] != column[:-1]
    return new

"""Phrases that several members use, offered to go on with what is being typed."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np

from sayso.datasets.disk import replacing
from sayso.datasets.rows import DatasetId, Row, RowId
from sayso.writing.generators.counting import (
    END,
    FIRST_WORD,
    ORDERS,
    OTHER,
    START,
    Table,
    context_hashes,
    count,
    stretches,
    sums,
)
from sayso.writing.words import Hasher, folded

MOST_WORDS = 5
CONFIDENT = 0.3
"""The least share of times, of all in that context, that a shown phrase must have had."""
FIRST_CONFIDENT = 0.3
"""The same for the phrase's first word alone."""
_LEAST_LETTERS = 4
_LEAST_BEGUN = 2
_BEST = 4
_FORMAT = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A word that may come next: how many members wrote it there, of all times how often."""

    word: str
    members: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What may be inserted at the end of the text, first blank included where one is due."""

    text: str
    words: tuple[str, ...]
    members: int
    share: float


class PhraseTable:
    """Which words follow, each written there by `least_members` members or more.

    `without(rows)` answers as a table that never saw those rows would.
    """

    def __init__(
        self,
        table: Table,
        hasher: Hasher,
        *,
        least_members: int,
        removed: AbstractSet[RowId] = frozenset(),
    ) -> None:
        self._table = table
        self._hasher = hasher
        self._least = least_members
        counts = table.counts
        if removed and table.row_ids:
            stays = np.array([row not in removed for row in table.row_ids], dtype=np.bool_)
            counts = np.where(stays[table.rows], counts, 0).astype(np.int32)
        uses = sums(counts, table.use_starts)
        self._pair_counts = sums(uses, table.pair_starts)
        self._pair_members = sums((uses > 0).astype(np.int32), table.pair_starts)
        self._context_counts = sums(self._pair_counts, table.context_starts)

    @classmethod
    def of_rows(cls, rows: Iterable[Row], hasher: Hasher, *, least_members: int) -> Self:
        """Count the rows' phrases."""
        counted = count(rows, hasher, least_members=least_members)
        return cls(counted, hasher, least_members=least_members)

    def without(self, removed: AbstractSet[RowId]) -> "PhraseTable":
        """Return a table that answers as if these rows had never been there."""
        return PhraseTable(self._table, self._hasher, least_members=self._least, removed=removed)

    def following(self, before: Sequence[str]) -> tuple[Next, ...]:
        """Return what may follow one to four words, likeliest first.

        In `before` the nearest word is the last, and "" stands for the start of a stretch; in
        the answer "" stands for its end.
        """
        table = self._table
        number = self._context(before)
        if number is None:
            return ()
        starts = table.context_starts
        first = int(starts[number])
        last = int(starts[number + 1]) if number + 1 < len(starts) else len(table.pair_words)
        words = table.pair_words[first:last]
        members = self._pair_members[first:last]
        good = np.flatnonzero((members >= self._least) & (words != OTHER))
        if not (words[good] != END).any():
            return ()  # an end alone offers nothing
        total = int(self._context_counts[number])
        found = [
            Next(
                word="" if words[at] == END else table.words[int(words[at]) - FIRST_WORD],
                members=int(members[at]),
                share=int(self._pair_counts[first + at]) / total,
            )
            for at in good.tolist()
        ]
        return tuple(sorted(found, key=lambda next_: (-next_.share, next_.word)))

    def offers(self, text: str) -> tuple[Phrase, ...]:
        """Return phrases that go on with `text`, best first; none where nothing is likely.

        A word that is still being typed is completed where nothing follows it as it stands.
        """
        whole, unfinished = _typed(text)
        blank = "" if not text or text[-1].isspace() else " "
        found = [replace(phrase, text=blank + phrase.text) for phrase in self._grown(whole, "")]
        if found or len(unfinished) < _LEAST_BEGUN:
            return tuple(found)
        return tuple(
            replace(phrase, text=phrase.text[len(unfinished) :])
            for phrase in self._grown(whole[:-1], unfinished)
        )

    def save(self, path: Path, dataset_id: DatasetId) -> None:
        """Write the table: whole, and on disk when this returns, or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        table = self._table
        with replacing(path) as file:
            np.savez(
                file,
                made=np.array(self._made(dataset_id)),
                words=np.array(table.words, dtype=np.str_),
                row_ids=np.array(table.row_ids, dtype=np.str_),
                contexts=table.contexts,
                context_starts=table.context_starts,
                pair_words=table.pair_words,
                pair_starts=table.pair_starts,
                use_starts=table.use_starts,
                rows=table.rows,
                counts=table.counts,
            )

    @classmethod
    def load(
        cls, path: Path, dataset_id: DatasetId, hasher: Hasher, *, least_members: int
    ) -> Self | None:
        """Read a table; None where there is none, or it is broken or was made otherwise."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                table = Table(
                    contexts=held["contexts"],
                    context_starts=held["context_starts"],
                    pair_words=held["pair_words"],
                    pair_starts=held["pair_starts"],
                    use_starts=held["use_starts"],
                    rows=held["rows"],
                    counts=held["counts"],
                    words=tuple(held["words"].tolist()),
                    row_ids=tuple(held["row_ids"].tolist()),
                )
                made = held["made"].tolist()
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        read = cls(table, hasher, least_members=least_members)
        return read if made == read._made(dataset_id) else None

    def _made(self, dataset_id: DatasetId) -> list[str]:
        return [_FORMAT, dataset_id, self._hasher.mark, str(self._least)]

    def _context(self, before: Sequence[str]) -> int | None:
        hashes = self._hasher.of([folded(word) if word else START for word in before])
        wanted = context_hashes(hashes, np.array([len(before)]), len(before))[0]
        contexts = self._table.contexts
        place = int(np.searchsorted(contexts, wanted))
        return place if place < len(contexts) and contexts[place] == wanted else None

    def _grown(self, before: Sequence[str], begun: str) -> list[Phrase]:
        """Grow the best first words into phrases; every word added saw all words before it.

        Because each context covers all that was offered so far, the last count of members is
        that of members who wrote the whole phrase.
        """
        found = []
        for first in self._first_words(before, begun):
            words: tuple[str, ...] = (first.word,)
            members, share = first.members, first.share
            while len(words) < MOST_WORDS:
                following = self._after(before, words)
                if following is None or not following.word or share * following.share < CONFIDENT:
                    break
                words = (*words, following.word)
                members, share = following.members, share * following.share
            text = " ".join(words)
            if len(text) - len(begun) >= (1 if begun else _LEAST_LETTERS):
                found.append(Phrase(text=text, words=words, members=members, share=share))
        return sorted(found, key=lambda one: (-one.share * len(one.text), one.text))[:_BEST]

    def _first_words(self, before: Sequence[str], begun: str) -> list[Next]:
        for order in reversed(ORDERS):
            if order > len(before):
                continue
            nexts = [
                next_
                for next_ in self.following(before[-order:])
                if next_.word and folded(next_.word).startswith(begun)
            ]
            known = sum(next_.share for next_ in nexts) if begun else 1.0
            good = [
                Next(word=next_.word, members=next_.members, share=next_.share / known)
                for next_ in nexts
                if next_.share / known >= FIRST_CONFIDENT and folded(next_.word) != begun
            ]
            if nexts:
                return good
        return []

    def _after(self, before: Sequence[str], words: tuple[str, ...]) -> Next | None:
        context = (*before, *words)
        for order in reversed(ORDERS):
            if order < min(len(words) + 1, ORDERS[-1]) or order > len(context):
                continue
            nexts = self.following(context[-order:])
            if nexts:
                return nexts[0]
        return None


def _typed(text: str) -> tuple[list[str], str]:
    """Return the words of the stretch that the text ends in, start included, and a begun word."""
    if not text.strip():
        return [""], ""
    tail = text[-400:]
    last = list(stretches(tail + "x" if tail[-1].isspace() else tail))
    if tail[-1].isspace():
        return (["", *last[-1][:-1]], "") if last else ([""], "")
    if not last or not (tail[-1].isalnum()):
        return [""], ""
    return ["", *last[-1]], folded(last[-1][-1])

"""A dataset's rows in memory: to verify runs word by word and to find what is about a topic."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import HELD_OUT, DatasetId, Refusal, Row, RowId
from sayso.writing.credit import (
    Fingerprints,
    Numbers,
    Run,
    Source,
    TextNumber,
    fingerprints,
    runs,
)
from sayso.writing.words import Hasher, Hashes

LONGEST_TEXT = 5_000
"""Words of the longest text that can be compared; `Writer` refuses longer ones."""
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A text about the same things, best first; `matched` is the share of the question's weight."""

    text: TextNumber
    score: float
    matched: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Which texts hold which word, and how often; sorted by word."""

    words: Hashes
    texts: NDArray[np.int32]
    counts: NDArray[np.int32]


class Corpus:
    """The rows that a model in use was made from, held-out rows left out.

    Rows taken back later are still in here: whoever asks says which texts may answer. Of the
    `refusals` only the copies are kept, and of those only whose they are.
    """

    def __init__(
        self,
        dataset_id: DatasetId,
        rows: Iterable[Row],
        hasher: Hasher,
        refusals: Iterable[Refusal] = (),
    ) -> None:
        self.dataset_id = dataset_id
        self.hasher = hasher
        self.rows = tuple(row for row in rows if row.shard != HELD_OUT)
        self.number: dict[RowId, TextNumber] = {
            row.id: TextNumber(number) for number, row in enumerate(self.rows)
        }
        self._tokens, self._begins = _joined([hasher.of_text(row.text) for row in self.rows])
        self._postings: Postings | None = None
        self._by_document = {row.document_id: self.number[row.id] for row in self.rows}
        self._by_member: dict[MemberId, list[TextNumber]] = {}
        for row in self.rows:
            for member in {row.member_id, *row.members}:
                self._by_member.setdefault(member, []).append(self.number[row.id])
        self._copies: dict[TextNumber, list[Refusal]] = {}
        for refusal in refusals:
            if refusal.document_id and refusal.duplicate_of in self.number:
                of = self.number[refusal.duplicate_of]
                self._copies.setdefault(of, []).append(refusal)

    def copies(self, number: TextNumber) -> Sequence[Refusal]:
        """Return the documents that were left out because they say the same as a text."""
        return self._copies.get(number, ())

    def source(self, number: TextNumber) -> Source:
        """Say whose a text is."""
        row = self.rows[number]
        return Source(
            member_id=row.member_id,
            members=row.members,
            document_id=row.document_id,
            created=row.created_at.isoformat(),
        )

    def of_document(self, document_id: DocumentId) -> Row | None:
        """Return the document's row, if it has one."""
        number = self._by_document.get(document_id)
        return None if number is None else self.rows[number]

    def written_by(self, member_id: MemberId) -> frozenset[TextNumber]:
        """Return the texts that the member is the first author of."""
        return frozenset(
            number
            for number in self.with_words_of(member_id)
            if self.rows[number].member_id == member_id
        )

    def with_words_of(self, member_id: MemberId) -> frozenset[TextNumber]:
        """Return the texts that hold words of the member, as an author or quoted."""
        return frozenset(self._by_member.get(member_id, ()))

    def prints(self) -> Iterator[tuple[Row, Fingerprints]]:
        """Yield each row with its fingerprints: what the credit index keeps."""
        for number, row in enumerate(self.rows):
            yield row, fingerprints(self._text(number))

    def runs(
        self, text: Hashes, places: Sequence[tuple[TextNumber, int, int]], *, at_least: int
    ) -> tuple[Run, ...]:
        """Verify proposed places (text, its word, our word) and return the runs found there.

        Only proposed texts answer, so that a text taken back is never reported.
        """
        proposed = {place[0] for place in places}
        diagonals = np.array(
            [int(self._begins[number]) + held - ours for number, held, ours in places],
            dtype=np.int64,
        )
        found = runs(text, diagonals, self._tokens, self._begins, at_least=at_least)
        return tuple(run for run in found if run.held_in in proposed)

    def allowed(self, removed: Iterable[RowId]) -> NDArray[np.bool_]:
        """Return which texts may answer: all but the removed."""
        mask = np.ones(len(self.rows), dtype=np.bool_)
        mask[[self.number[row] for row in removed if row in self.number]] = False
        return mask

    def alike(
        self, question: Hashes, allowed: NDArray[np.bool_], *, most: int
    ) -> tuple[Alike, ...]:
        """Rank the allowed texts for the question's words (Okapi BM25)."""
        if not len(self.rows) or not len(question):
            return ()
        if self._postings is None:
            self._postings = self._posted()
        postings = self._postings
        lengths = np.diff(self._begins, append=len(self._tokens) - LONGEST_TEXT) - 1
        norm = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean())))
        scores = np.zeros(len(self.rows))
        matched = np.zeros(len(self.rows))
        whole = 0.0
        for word in np.unique(question):
            first, last = np.searchsorted(postings.words, [word, word + np.uint64(1)])
            texts = postings.texts[first:last]
            held = int(allowed[texts].sum())
            weight = math.log(1 + (allowed.sum() - held + 0.5) / (held + 0.5))
            counts = postings.counts[first:last]
            scores[texts] += weight * counts * (_K1 + 1) / (counts + norm[texts])
            matched[texts] += weight
            whole += weight
        scores[~allowed] = 0.0
        best = np.argsort(-scores, kind="stable")[:most]
        return tuple(
            Alike(
                text=TextNumber(int(number)),
                score=float(scores[number]),
                matched=float(matched[number] / whole),
            )
            for number in best
            if scores[number] > 0
        )

    def _text(self, number: int) -> Hashes:
        begin = self._begins[number]
        following = number + 1 < len(self._begins)
        end = self._begins[number + 1] if following else len(self._tokens) - LONGEST_TEXT
        return self._tokens[begin : end - 1]

    def _posted(self) -> Postings:
        texts = np.repeat(
            np.arange(len(self.rows), dtype=np.int32),
            [len(self._text(number)) for number in range(len(self.rows))],
        )
        tokens = self._tokens[self._tokens != 0]
        order = np.lexsort((texts, tokens))
        tokens, texts = tokens[order], texts[order]
        new = np.ones(len(tokens), dtype=np.bool_)
        new[1:] = (tokens[1:] != tokens[:-1]) | (texts[1:] != texts[:-1])
        firsts = np.flatnonzero(new)
        return Postings(
            words=tokens[firsts],
            texts=texts[firsts],
            counts=np.diff(firsts, append=len(tokens)).astype(np.int32),
        )


def _joined(texts: Sequence[Hashes]) -> tuple[Hashes, Numbers]:
    """Lay texts end to end, a 0 after each, and room for a longest text around."""
    around = np.zeros(LONGEST_TEXT, dtype=np.uint64)
    between = np.zeros(1, dtype=np.uint64)
    parts: list[Hashes] = [around]
    for text in texts:
        parts.extend((text, between))
    parts.append(around)
    sizes = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    begins = LONGEST_TEXT + np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else sizes
    return np.concatenate(parts), begins.astype(np.int64)

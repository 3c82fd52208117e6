"""Which words of a text other members wrote too, and what follows from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import Refusal
from sayso.errors import BadInput
from sayso.writing.corpus import LONGEST_TEXT, Corpus
from sayso.writing.credit import (
    GUARANTEED_WORDS,
    Credit,
    Run,
    Source,
    TextNumber,
    fingerprints,
    quoted,
)
from sayso.writing.guard import COMMON_HOLDERS, Span, foreign_runs, spans
from sayso.writing.needs import Stores
from sayso.writing.rarity import rarity
from sayso.writing.words import Word, spelled, words

_MOST_SHARERS = COMMON_HOLDERS
_MOST_ASKED = 40
"""Of a text's copies, at most so many are looked at: whoever is not counted leaves credit due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """All runs of six words or more that a text shares with rows that may answer."""

    words: tuple[Word, ...]
    runs: tuple[Run, ...]
    sources: dict[TextNumber, Source]
    requester: MemberId

    def credits(self) -> tuple[Credit, ...]:
        """Return the credits these runs earn; what the requester wrote, or said, is theirs."""
        others = [run for run in self._foreign() if self.requester not in self._members(run)]
        return quoted(self.words, others, self.sources, rarity)

    def too_long(self, limit_words: int) -> tuple[Span, ...]:
        """Return where the text holds more of one other member's words than allowed."""
        found = foreign_runs(self._foreign(), self.sources, limit_words=limit_words)
        return spans(self.words, found)

    def _foreign(self) -> list[Run]:
        own = [run for run in self.runs if self.requester in self._writers(run)]
        return [
            run
            for run in self.runs
            if self.requester not in self._writers(run)
            and not any(mine.start <= run.start and run.end <= mine.end for mine in own)
        ]

    def _writers(self, run: Run) -> frozenset[MemberId]:
        return self.sources[run.held_in].writers

    def _members(self, run: Run) -> tuple[MemberId, ...]:
        return self.sources[run.held_in].members


def overlap(
    text: str,
    stores: Stores,
    corpus: Corpus,
    requester: MemberId,
    permitted: Callable[[DocumentId], bool],
) -> Overlap:
    """Find the runs: fingerprints propose rows, removed ones excluded; their words decide.

    Who wrote a copy that the dataset left out says the words too, as long as the copy is
    `permitted` and still has them: both are asked anew on every call.

    Raises:
        BadInput: the text is longer than can be compared.
    """
    text_words = words(text)
    if len(text_words) > LONGEST_TEXT:
        raise BadInput(
            f"The text has {len(text_words)} words; at most {LONGEST_TEXT} can be looked at.",
            hint="Ask with a shorter part of it.",
        )
    hashes = corpus.hasher.of([word.text for word in text_words])
    prints = fingerprints(hashes)
    ours: dict[int, list[int]] = {}
    for value, position in zip(prints.values.tolist(), prints.positions.tolist(), strict=True):
        ours.setdefault(value, []).append(position)
    places = [
        (corpus.number[candidate.row_id], candidate.word, position)
        for candidate in stores.writing.candidates(corpus.dataset_id, tuple(ours))
        if candidate.row_id in corpus.number
        for position in ours[candidate.value]
    ]
    found = corpus.runs(hashes, places, at_least=GUARANTEED_WORDS)
    sources: dict[TextNumber, Source] = {}
    for number in dict.fromkeys(run.held_in for run in found):
        said = [
            " ".join(word.text for word in text_words[run.start : run.end])
            for run in found
            if run.held_in == number
        ]
        sharers = _sharers(corpus.copies(number), said, stores, permitted)
        sources[number] = replace(corpus.source(number), sharers=sharers)
    return Overlap(words=text_words, runs=found, sources=sources, requester=requester)


def _sharers(
    copies: Sequence[Refusal],
    said: Sequence[str],
    stores: Stores,
    permitted: Callable[[DocumentId], bool],
) -> tuple[MemberId, ...]:
    found: dict[MemberId, None] = {}
    for copy in copies[:_MOST_ASKED]:
        document = stores.documents.one(copy.document_id)
        if document is None or copy.member_id in found or not permitted(copy.document_id):
            continue
        now = f" {' '.join(spelled(document.text))} "
        if all(f" {run} " in now for run in said):
            found[copy.member_id] = None
        if len(found) == _MOST_SHARERS:
            break
    return tuple(found)

"""Which words of a text other members wrote too, and what follows from it."""

from dataclasses import dataclass

from sayso.community import MemberId
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
from sayso.writing.guard import Span, foreign_runs, spans
from sayso.writing.kept import Shelf
from sayso.writing.rarity import rarity
from sayso.writing.words import Word, words


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
        own = [run for run in self.runs if self._author(run) == self.requester]
        return [
            run
            for run in self.runs
            if self._author(run) != self.requester
            and not any(mine.start <= run.start and run.end <= mine.end for mine in own)
        ]

    def _author(self, run: Run) -> MemberId:
        return self.sources[run.held_in].member_id

    def _members(self, run: Run) -> tuple[MemberId, ...]:
        return self.sources[run.held_in].members


def overlap(text: str, shelf: Shelf, corpus: Corpus, requester: MemberId) -> Overlap:
    """Find the runs: fingerprints propose rows, removed ones excluded; their words decide.

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
        for candidate in shelf.candidates(corpus.dataset_id, tuple(ours))
        if candidate.row_id in corpus.number
        for position in ours[candidate.value]
    ]
    found = corpus.runs(hashes, places, at_least=GUARANTEED_WORDS)
    return Overlap(
        words=text_words,
        runs=found,
        sources={run.held_in: corpus.source(run.held_in) for run in found},
        requester=requester,
    )

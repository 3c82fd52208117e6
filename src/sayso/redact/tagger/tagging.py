"""The tagger: texts in, the spans of people's names out."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger import paths, windows
from sayso.redact.tagger.again import repeated
from sayso.redact.tagger.features import features
from sayso.redact.tagger.paths import Label, Scores
from sayso.redact.tagger.spans import joined, trimmed
from sayso.redact.tagger.tokens import Places, tokenize
from sayso.redact.tagger.weights import WEIGHTS, Weights, load

_TOGETHER = 400_000
"""Characters of several texts that are worked on at once."""
_BLOCK = 100_000
"""A longer text is cut at a line end, or at a space, before so many characters."""


class Tagged(NamedTuple):
    """Where somebody's name stands, in code points, and how sure the weights are (0 to 1)."""

    start: int
    end: int
    score: float


class Tagger:
    """Finds names of people in texts; each text's answer depends on that text alone."""

    def __init__(self, weights: Weights, bias: int = 0, path: Path | None = None) -> None:
        """Use `weights`; see `load` for those that are shipped.

        `bias` is added to every score of a name, in hundredths of a natural logarithm: above 0
        finds more names, and more that are none. `path` is where the weights were read.
        """
        self._weights = weights
        self._path = path
        self._bias = bias
        self.digest = f"{weights.digest}{bias:+d}"

    @classmethod
    def load(cls, path: Path | None = None, bias: int = 0) -> Self:
        """Return a tagger with the shipped weights, or with those at `path`.

        Raises:
            BadInput: the file is no file of weights.
        """
        return cls(load(path or WEIGHTS), bias, path or WEIGHTS)

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process read the weights itself, once."""
        if self._path is None:
            return Tagger, (self._weights, self._bias)
        return _read_once, (self._path, self._bias)

    def tag_batch(self, texts: Sequence[str], bias: int | None = None) -> list[list[Tagged]]:
        """Return the names in each text, in order and without overlaps.

        `bias` stands for the tagger's own where it is given.
        """
        bias = self._bias if bias is None else bias
        found: list[list[Tagged]] = [[] for _ in texts]
        for which, starts, pieces in _batches(texts):
            for at, start, names in zip(which, starts, self._tagged(pieces, bias), strict=True):
                found[at].extend(Tagged(a + start, b + start, score) for a, b, score in names)
        return found

    def windows(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of `text` that are looked at one by one, in order."""
        spans: list[tuple[int, int]] = []
        for start, piece in _blocks(text):
            tokens = tokenize([piece], self._weights.characters)
            cuts = windows.cut(tokens).tolist()
            starts = [start + int(tokens.starts[cut]) for cut in cuts[:-1]]
            if starts:
                spans += pairwise([*starts, start + len(piece)])
        return spans

    def _tagged(self, texts: Sequence[str], bias: int) -> list[list[Tagged]]:
        found: list[list[Tagged]] = [[] for _ in texts]
        tokens = tokenize(texts, self._weights.characters)
        if not len(tokens.starts):
            return found
        cuts = windows.cut(tokens)
        seen = features(
            tokens,
            cuts,
            characters=self._weights.characters,
            lexicon=self._weights.lexicon,
            common=self._weights.common,
        )
        scores = self._weights.network.scores(seen, cuts)
        scores[:, list(paths.PERSON)] += bias * self._weights.unit // 100
        labels = paths.best_labels(scores, self._weights.network.steps, cuts)
        labels = repeated(labels, tokens, seen)
        firsts = np.flatnonzero((labels == Label.FIRST) | (labels == Label.SINGLE))
        lasts = np.flatnonzero((labels == Label.LAST) | (labels == Label.SINGLE))
        firsts, lasts = joined(tokens, firsts, lasts)
        starts, ends = trimmed(tokens, firsts, lasts)
        which = np.searchsorted(tokens.firsts, starts, side="right") - 1
        begins = tokens.firsts[which]
        sure = self._sureness(scores, firsts, lasts)
        spans = zip(which, starts - begins, ends - begins, sure, strict=True)
        for text, start, end, score in spans:
            if start < end:
                found[text].append(Tagged(int(start), int(end), float(score)))
        return found

    def _sureness(self, scores: Scores, firsts: Places, lasts: Places) -> npt.NDArray[np.float64]:
        """Return how sure the weights are of each name: the mean over its words, to hundredths."""
        chosen = scores[:, list(paths.PERSON)].max(axis=1)
        others = scores[:, [Label.OUTSIDE, Label.PLACE, Label.BODY]].max(axis=1)
        lead = np.clip((chosen - others) * 25 // self._weights.unit, -100, 100)
        summed = np.append(0, np.cumsum(lead))
        mean = (summed[lasts + 1] - summed[firsts]) / (lasts + 1 - firsts)
        sure: npt.NDArray[np.float64] = np.round(0.5 + mean / 200, 2)
        return sure


@cache
def _read_once(path: Path, bias: int) -> Tagger:
    return Tagger.load(path, bias)


def _batches(
    texts: Sequence[str],
) -> Iterator[tuple[list[int], list[int], list[str]]]:
    """Yield pieces of texts to work on at once: whose they are, where they start, the pieces."""
    which: list[int] = []
    starts: list[int] = []
    pieces: list[str] = []
    size = 0
    for at, text in enumerate(texts):
        for start, piece in _blocks(text):
            if pieces and size + len(piece) > _TOGETHER:
                yield which, starts, pieces
                which, starts, pieces, size = [], [], [], 0
            which.append(at)
            starts.append(start)
            pieces.append(piece)
            size += len(piece)
    if pieces:
        yield which, starts, pieces


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _BLOCK:
        latest = start + _BLOCK
        line = text.rfind("\n", start + _BLOCK // 2, latest)
        space = text.rfind(" ", start + _BLOCK // 2, latest)
        end = max(line, space if line < 0 else -1) + 1 or latest
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]

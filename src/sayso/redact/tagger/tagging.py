"""The tagger: texts in, the spans of people's names out."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger import paths, windows
from sayso.redact.tagger.again import may_repeat, repeated
from sayso.redact.tagger.features import features
from sayso.redact.tagger.paths import Label
from sayso.redact.tagger.seen import Reading, Seen
from sayso.redact.tagger.spans import joined, trimmed
from sayso.redact.tagger.tokens import Places, Tokens, join, tokenize
from sayso.redact.tagger.weights import WEIGHTS, Weights, load

_TOGETHER = 400_000
"""Characters of several texts that are worked on at once."""
_BLOCK = 100_000
"""A longer text is cut at a line end, or at a space, before so many characters."""
_PERSON = [*paths.PERSON]
_OTHERS = [Label.OUTSIDE, Label.PLACE, Label.BODY]


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

    def tag_batch(
        self, texts: Sequence[str], bias: int | None = None, seen: Seen | None = None
    ) -> list[list[Tagged]]:
        """Return the names in each text, in order and without overlaps.

        `bias` stands for the tagger's own where it is given. With what was `seen` under the same
        bias, nothing is said otherwise, but only windows that are new are read.
        """
        bias = self._bias if bias is None else bias
        found: list[list[Tagged]] = [[] for _ in texts]
        for which, starts, pieces in _batches(texts):
            for at, start, names in zip(
                which, starts, self._tagged(pieces, bias, seen), strict=True
            ):
                found[at].extend(Tagged(a + start, b + start, score) for a, b, score in names)
        return found

    def reader(self) -> "Reader":
        """Return a reader of texts that come again, a little changed."""
        return Reader(self)

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

    def _tagged(self, texts: Sequence[str], bias: int, seen: Seen | None) -> list[list[Tagged]]:
        found: list[list[Tagged]] = [[] for _ in texts]
        tokens = tokenize(texts, self._weights.characters)
        if not len(tokens.starts):
            return found
        read = partial(self._read, bias=bias)
        cuts = windows.cut(tokens)
        again = Seen() if seen is None else seen
        reading = again.read(join(texts), tokens, cuts, read)
        labels = repeated(reading, tokens)
        firsts = np.flatnonzero((labels == Label.FIRST) | (labels == Label.SINGLE))
        lasts = np.flatnonzero((labels == Label.LAST) | (labels == Label.SINGLE))
        firsts, lasts = joined(tokens, firsts, lasts)
        starts, ends = trimmed(tokens, firsts, lasts)
        which = np.searchsorted(tokens.firsts, starts, side="right") - 1
        begins = tokens.firsts[which]
        sure = _sureness(reading.leads, firsts, lasts)
        columns = (which, starts - begins, ends - begins, sure)
        for text, start, end, score in zip(*(one.tolist() for one in columns), strict=True):
            if start < end:
                found[text].append(Tagged(start, end, score))
        return found

    def _read(self, tokens: Tokens, cuts: Places, bias: int) -> Reading:
        """Read each window by itself."""
        weights = self._weights
        seen = features(
            tokens,
            cuts,
            characters=weights.characters,
            lexicon=weights.lexicon,
            common=weights.common,
        )
        scores = weights.network.scores(seen, cuts)
        scores[:, _PERSON] += bias * weights.unit // 100
        labels = paths.best_labels(scores, weights.network.steps, cuts)
        chosen = scores[:, _PERSON].max(axis=1)
        others = scores[:, _OTHERS].max(axis=1)
        leads = np.clip((chosen - others) * 25 // weights.unit, -100, 100)
        return Reading(
            labels=labels.astype(np.int8),
            leads=leads.astype(np.int8),
            may_repeat=may_repeat(tokens, seen),
            folded=seen.folded,
        )


class Reader:
    """Reads texts as a tagger does, and of those that come again only what has changed."""

    __slots__ = ("_seen", "_tagger")

    def __init__(self, tagger: Tagger) -> None:
        """Begin with nothing read."""
        self._tagger = tagger
        self._seen = Seen()

    def tag_batch(self, texts: Sequence[str]) -> list[list[Tagged]]:
        """Return what the tagger sees in each text."""
        return self._tagger.tag_batch(texts, seen=self._seen)


def _sureness(
    leads: npt.NDArray[np.int8], firsts: Places, lasts: Places
) -> npt.NDArray[np.float64]:
    """Return how sure the weights are of each name: the mean over its words, to hundredths."""
    summed = np.append(0, np.cumsum(leads, dtype=np.int64))
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

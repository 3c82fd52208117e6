"""Which kind of word a word is: clusters of what the encoder makes of it standing alone.

Nobody named the clusters: makers of cars fall together, and so do rivers, verbs and first names.
"""

import re
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt
import torch

from tagger import encoder
from tagger.sets import texts_to_count

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_TWICE = 2
_LEAST, _TEXTS = 5, 3
_TURNS = 15
_TOGETHER = 256
FINE, COARSE = 511, 63  # and 0 for words without a kind

Floats = npt.NDArray[np.float32]


@cache
def kinds() -> dict[str, tuple[int, int]]:
    """Return for each known word its kind of FINE ones and of COARSE ones, both from 1.

    A word of a few texts alone helps to find the clusters and is then forgotten: it may be
    somebody's.
    """
    words, kept = _words()
    rows = _rows(words)
    fine, coarse = (_clusters(rows, count) for count in (FINE, COARSE))
    found = zip(words, fine.tolist(), coarse.tolist(), strict=True)
    return {word: (one + 1, other + 1) for word, one, other in found if word in kept}


def _words() -> tuple[list[str], set[str]]:
    """Return the encoder's own words and those of the posts and training sets; which to keep."""
    counted: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for text in texts_to_count():
        words = [word.lower() for word in _WORD.findall(text) if len(word) >= 3]
        counted.update(words)
        texts.update(set(words))
    known = set(encoder.whole_words())
    often = {word for word, count in counted.items() if count >= _LEAST and texts[word] >= _TEXTS}
    twice = {word for word, count in counted.items() if count >= _TWICE}
    return sorted(known | twice), known | often


def _rows(words: list[str]) -> Floats:
    """Return one row of length 1 for each word: the mean over its wordpieces."""
    torch.set_num_threads(1)
    held = encoder.load().eval()
    rows = np.zeros((len(words), encoder.WIDTH), dtype=np.float32)
    pieces = encoder.pieces_of(words)
    many = (pieces != encoder.NOTHING).sum(axis=1)
    for count in range(1, encoder.PIECES + 1):
        (of_size,) = np.nonzero(many == count)
        for start in range(0, len(of_size), _TOGETHER):
            chosen = of_size[start : start + _TOGETHER]
            row = np.full((len(chosen), count + 2), encoder.END, dtype=np.int64)
            row[:, 0] = encoder.BEGIN
            row[:, 1:-1] = pieces[chosen, :count]
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                seen = held(torch.from_numpy(row)).float().mean(dim=1)
            rows[chosen] = torch.nn.functional.normalize(seen, dim=1).numpy()
    return rows


def _clusters(rows: Floats, count: int) -> npt.NDArray[np.int64]:
    """Return which of `count` clusters each row is in, by k-means on the sphere."""
    chance = np.random.default_rng(3)
    middles = rows[chance.choice(len(rows), count, replace=False)]
    nearest = np.zeros(len(rows), dtype=np.int64)
    for _ in range(_TURNS):
        nearest = (rows @ middles.T).argmax(axis=1)
        order = np.argsort(nearest, kind="stable")
        present, starts = np.unique(nearest[order], return_index=True)
        middles[present] = np.add.reduceat(rows[order], starts, axis=0)
        middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    return nearest

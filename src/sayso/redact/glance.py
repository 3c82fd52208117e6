"""What many texts are made of, seen at once: which places finders need to look at.

A finder that needs a digit or a word looks where these are, and at most texts not at all. All
of it could be read from each text alone, and `Scan` does where nobody has looked ahead; here one
pass over a batch costs a fraction of that.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Places, Together, Words, words
from sayso.redact.scan import Glance, Likely, Span
from sayso.redact.sight import Sight

_SIEVE = 1 << 16
_MOST_SETS = 64


class Listener:
    """Knows what is looked for: up to 64 sets of words, and what finders say is likely."""

    def __init__(
        self,
        wanted: Iterable[frozenset[str]],
        likely: Sequence[tuple[Likely, ...]] = (),
        asks: Iterable[Likely] = (),
    ) -> None:
        """Take the sets, words in any spelling; one that is no single word is as good as there.

        `likely` is what each finder says of itself; `asks`, what they want to know besides.
        """
        self.bits: dict[frozenset[str], int] = {}
        masks: dict[int, int] = {}
        for words_ in dict.fromkeys(wanted):
            keys = [key_of(word) for word in words_]
            if None not in keys and len(self.bits) < _MOST_SETS:
                self.bits[words_] = bit = 1 << len(self.bits)
                for key in keys:
                    masks[key or 0] = masks.get(key or 0, 0) | bit
        self._keys = np.array(sorted(masks), dtype=np.uint64)
        self._masks = np.array([masks[key] for key in sorted(masks)], dtype=np.uint64)
        self._sieve = np.zeros(_SIEVE, dtype=bool)
        self._sieve[[key % _SIEVE for key in masks]] = True
        self._likely = likely
        self._every = tuple(dict.fromkeys([*(one for each in likely for one in each), *asks]))

    def glance(self, together: Together, taken: Sequence[Sequence[Span]] = ()) -> list[Glance]:
        """Look at all of the texts; what is said of one depends on it alone.

        Digits in the placeholders of `taken` are nobody's.
        """
        starts = together.starts
        places, masks = self._heard(together.words)
        skipped = [
            start + end - 1
            for start, spans in zip(starts.tolist(), taken, strict=False)
            for _, end in spans
        ]
        sight = Sight(together=together, skipped=skipped, heard=(places, masks), bits=self.bits)
        said = _said(sight, places, masks)
        rows = {likely: likely(sight) for likely in self._every}
        parted = {
            likely: np.append(np.searchsorted(found[:, 0], starts), len(found))
            for likely, found in rows.items()
        }
        bounds = {likely: where.tolist() for likely, where in parted.items()}
        asked = self._asked(parted, len(starts))
        return [
            Glance(at, start, rows, bounds, which, one, self.bits)
            for at, (start, which, one) in enumerate(zip(starts.tolist(), asked, said, strict=True))
        ]

    def _asked(self, bounds: Mapping[Likely, Places], count: int) -> list[int]:
        """Return for each text the bits of the finders that see something likely in it."""
        asked = np.zeros(count, dtype=np.int64)
        for at, each in enumerate(self._likely):
            for likely in each:
                asked |= (np.diff(bounds[likely]) > 0).astype(np.int64) << at
        answer: list[int] = asked.tolist()
        return answer

    def _heard(self, seen: Words) -> tuple[Places, NDArray[np.uint64]]:
        """Return where words stand that are listened for, and the bits of their sets."""
        maybe = np.flatnonzero(self._sieve[seen.numbers.astype(np.uint16)])
        if not len(self._keys):
            return maybe[:0], self._masks
        numbers = seen.numbers[maybe]
        at = np.minimum(np.searchsorted(self._keys, numbers), len(self._keys) - 1)
        heard = self._keys[at] == numbers
        return seen.starts[maybe[heard]], self._masks[at[heard]]


def key_of(word: str) -> int | None:
    """Return the number that the word has in every spelling; None where it has not one."""
    seen = words(word)
    is_one = len(seen.numbers) == 1 and int(seen.ends[0] - seen.starts[0]) == len(word)
    return int(seen.numbers[0]) if is_one and not len(seen.odd) else None


def _said(sight: Sight, places: Places, masks: NDArray[np.uint64]) -> list[int | None]:
    """Return for each text the bits of the sets that have a word in it."""
    said = np.zeros(len(sight.starts), dtype=np.uint64)
    if len(places):
        where = np.searchsorted(sight.starts, places, side="right") - 1
        first = np.flatnonzero(np.append(True, where[1:] != where[:-1]))
        said[where[first]] = np.bitwise_or.reduceat(masks, first)
    told: list[int | None] = [*said.tolist()]
    for odd in sight.odd_texts:
        told[odd] = None
    return told

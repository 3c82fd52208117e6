"""What was read in windows: kept for as long as the same texts are read again and again."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.hashing import Hashes
from sayso.redact.tagger.tokens import Flags, Places, Tokens

_BESIDE = 2
"""So many characters on both sides of a window can change how the window is cut into tokens."""


class Reading(NamedTuple):
    """What a window says of each of its tokens, whatever stands in other windows."""

    labels: npt.NDArray[np.int8]
    leads: npt.NDArray[np.int8]
    """How far a name's score is above every other, in hundredths of a sure one."""
    may_repeat: Flags
    """Whether it is a word that a full name elsewhere in the text may explain."""
    folded: Hashes
    """The hash of its folded letters."""

    def at(self, places: Places) -> "Reading":
        """Return what is said of these tokens."""
        return Reading(
            labels=self.labels[places],
            leads=self.leads[places],
            may_repeat=self.may_repeat[places],
            folded=self.folded[places],
        )


Read = Callable[[Tokens, Places], Reading]
"""Reads the windows of some tokens between these cuts."""


class Seen:
    """Windows that were read, by their letters and those right beside them.

    That is all that a window's reading depends on: no link, handle or placeholder reaches over
    its ends, and of the letters beside it an apostrophe asks for the nearest two.
    """

    __slots__ = ("_kept", "_places", "_size")

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[str, int] = {}
        self._kept: list[Reading] = []
        self._size = 0

    def read(self, joined: str, tokens: Tokens, cuts: Places, read: Read) -> Reading:
        """Return what all windows say, where only the new ones are read.

        `joined` is the text whose characters the tokens' places count.
        """
        keys = _keys(joined, tokens, cuts)
        at = np.array([self._places.get(key, -1) for key in keys], dtype=np.int64)
        sizes = np.diff(cuts)
        new = np.flatnonzero(at < 0)
        if len(new):
            at[new] = self._size + np.cumsum(sizes[new]) - sizes[new]
            self._places.update((keys[one], int(at[one])) for one in new.tolist())
            self._size += int(sizes[new].sum())
            self._kept.append(_read(tokens, cuts, new, read))
        if len(new) == len(keys):
            return self._kept[-1]
        self._kept = [_joined(self._kept)]
        return self._kept[0].at(_runs(at, sizes))


def _keys(joined: str, tokens: Tokens, cuts: Places) -> list[str]:
    wide = "\n" * _BESIDE + joined + "\n" * _BESIDE
    starts = tokens.starts[cuts[:-1]].tolist()
    ends = (tokens.ends[cuts[1:] - 1] + 2 * _BESIDE).tolist()
    return [wide[start:end] for start, end in zip(starts, ends, strict=True)]


def _read(tokens: Tokens, cuts: Places, windows: Places, read: Read) -> Reading:
    """Read these windows of the tokens alone."""
    sizes = np.diff(cuts)[windows]
    if len(windows) == len(cuts) - 1:
        return read(tokens, cuts)
    kept = _runs(cuts[:-1][windows], sizes)
    some = replace(
        tokens, starts=tokens.starts[kept], ends=tokens.ends[kept], groups=tokens.groups[kept]
    )
    return read(some, np.append(0, np.cumsum(sizes)))


def _runs(starts: Places, sizes: Places) -> Places:
    """Return every place of runs of these sizes."""
    places: Places = np.arange(int(sizes.sum()))
    places += np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return places


def _joined(readings: list[Reading]) -> Reading:
    return Reading(
        labels=np.concatenate([one.labels for one in readings]),
        leads=np.concatenate([one.leads for one in readings]),
        may_repeat=np.concatenate([one.may_repeat for one in readings]),
        folded=np.concatenate([one.folded for one in readings]),
    )

"""The ways in which a name of several words is written, as rows of word numbers."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Numbers, apart, words
from sayso.redact.members.display_names import TITLES
from sayso.redact.members.name_table import are_among, distinct

LONGEST = 6
"""Words of a name that count; of longer ones the first three and the last three."""

_SMALL = (
    "van von vom zu zum zur der den dem des de del della dello di da do dos das du la le las los "
    "el al ul bin ibn bint ben abu abd y e i af av ter ten te op het in san santa mac mc st o d l"
)
PARTICLES = frozenset(_SMALL.split())
"""Words that stand inside names and are written small, in languages of Latin letters."""

_PLACES = [
    np.uint64(each)
    for each in (
        0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
        0x1D8E4E27C47D124F, 0xEB44ACCAB455D165,
    )
]  # fmt: skip
_PLAIN_PLACES = [int(each) for each in _PLACES]
_MASK = 0xFFFFFFFFFFFFFFFF
_LATIN_UP_TO = 0x250


class Forms(NamedTuple):
    """Keys of every way to write the names, and of the pairs of words that begin one."""

    keys: Numbers
    pairs: Numbers
    names: int
    """How many names of two words or more there were, spelling apart."""


def keys_of(rows: Sequence[Numbers]) -> Numbers:
    """Return one key for each row; `rows[i]` is the i-th word of all rows."""
    keys: Numbers = rows[0] * _PLACES[0]
    for place, row in zip(_PLACES[1:], rows[1:], strict=False):
        keys = keys + row * place
    return keys


def pair_keys(first: Numbers, second: Numbers) -> Numbers:
    """Return the keys of rows of two."""
    return keys_of([first, second])


def key_of(row: Sequence[int]) -> int:
    """Return the key of one row, as `keys_of` has it."""
    return sum(number * place for number, place in zip(row, _PLAIN_PLACES, strict=False)) & _MASK


def forms(lines: str) -> Forms:
    """Return the forms of the names on `lines`, which `display_names.spelled` returned."""
    keys: list[Numbers] = [np.zeros(0, np.uint64)]
    pairs: list[Numbers] = [np.zeros(0, np.uint64)]
    names = 0
    for rows, initials in _rows(lines):
        names += len(distinct(keys_of(rows)))
        for form in _written(rows, initials):
            keys.append(keys_of(form))
            pairs += [keys_of(form[:2]), keys_of([form[-1], form[0]])]
    return Forms(np.concatenate(keys), np.concatenate(pairs), names)


def _rows(lines: str) -> Iterator[tuple[list[Numbers], Numbers]]:
    """Yield names of equal length: their words, column by column, and their first letters."""
    found = words(lines)
    codes = found.codes
    line = np.cumsum(codes == ord("\n"), dtype=np.int32)[found.starts]
    names = lines.count("\n") + 1
    # An initial inside a name is left out, as it is often left out in texts.
    is_word = ~found.initials()
    kept = is_word | (np.bincount(line[is_word], minlength=names)[line] < 2)
    line, numbers, starts = line[kept], found.numbers[kept], found.starts[kept]
    count = np.bincount(line, minlength=names)
    first = np.cumsum(count) - count
    for size in range(2, int(count.max(initial=0)) + 1):
        begins = first[count == size]
        if not len(begins):
            continue
        shown = range(size) if size <= LONGEST else (0, 1, 2, size - 3, size - 2, size - 1)
        rows = [numbers[begins + at] for at in shown]
        yield rows, _initials(codes[starts[begins]])
        titled = np.flatnonzero(are_among(rows[0], numbers_of(TITLES)))
        if size > 2 and len(titled):
            yield [row[titled] for row in rows[1:]], _initials(codes[starts[begins[titled] + 1]])


def _written(rows: list[Numbers], initials: Numbers) -> Iterator[list[Numbers]]:
    """Yield the whole name, the name without some of its middle or end, and `J. Lopez`."""
    size = len(rows)
    small = [are_among(row, numbers_of(PARTICLES)) for row in rows]
    for length in range(1, size):
        for rest in combinations(range(1, size), length):
            # No short form ends with a particle, or keeps one and drops what it belongs to.
            bad = small[rest[-1]] if length < size - 1 else np.zeros_like(small[0])
            for at, later in pairwise(rest):
                if later != at + 1:
                    bad = bad | small[at]
            yield [rows[at][~bad] for at in (0, *rest)]
    for first in range(1, size):
        for end in {first + 1, size}:
            wanted = (initials != 0) & ~small[end - 1]
            if end < size:  # de la Cruz, but not de, nor la
                wanted &= ~small[first]
            yield [initials[wanted], *(row[wanted] for row in rows[first:end])]


@cache
def numbers_of(chosen: frozenset[str]) -> Numbers:
    """Return the numbers of these words, sorted."""
    return distinct(words("\n".join(sorted(chosen))).numbers)


def _initials(codes: NDArray[np.uint32]) -> Numbers:
    """Return the word number of each Latin initial, and 0 for other letters."""
    return np.take(_letter_numbers(), codes, mode="clip")


@cache
def _letter_numbers() -> Numbers:
    numbers = np.zeros(_LATIN_UP_TO + 1, dtype=np.uint64)
    for code in range(_LATIN_UP_TO):
        found = words(apart(chr(code)).text[:1]).numbers
        if chr(code).isalpha() and len(found):
            numbers[code] = found[0]
    return numbers

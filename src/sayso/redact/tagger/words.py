"""What is known of a word before it is read in its sentence: names, places, how common."""

import gzip
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import msgpack
import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.hashing import Hashes, of_words

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "sh", "zh")
"""Languages whose word frequencies are looked up; "sh" is Serbo-Croatian."""

FIRSTS, LASTS, CAPITALS, TOWNS = 16, 19, 22, 25
"""Where in a word's classes its three bits of each begin."""

KINDS, FAMILIES = 28, 37
"""Where the nine bits of its kind begin, and the six bits of its family of kinds."""

KEPT = np.uint64(24)
"""By so many bits a listed word's hash is cut: two of a million words become one."""

_COMMONEST = 120
"""This many of a language's words tell which language a window is in."""

_RAREST = 580
"""Rarer words than this place of a list has are as good as unknown."""

_STEPS = np.array([0, 300, 350, 400, 450, 500, 550], dtype=np.int64)
"""Hundredths of powers of ten, counted down from "every word is this one"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Hashed words with what is known of them: bits of `classes`, set while training.

    Bits 0 to 15 say which lists have it; three bits from FIRSTS, LASTS, CAPITALS and TOWNS on,
    how many people are called by it first and last, how often it has a capital, and how many
    live in the largest town called so; from KINDS and FAMILIES on, which words it is like. Of
    each hash the 40 highest bits are kept.
    """

    hashes: Hashes
    classes: npt.NDArray[np.uint64]

    def classes_of(self, words: Hashes) -> npt.NDArray[np.uint64]:
        """Return the classes of each word, 0 where no list has it."""
        if not len(self.hashes):
            return np.zeros(len(words), dtype=np.uint64)
        at, known = _found(self.hashes, words >> KEPT)
        return np.where(known, self.classes[at], np.uint64(0)).astype(np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """How common a word is in each of `LANGUAGES`: 0 unknown to 7 in every other sentence.

    Read from the package wordfreq (code Apache-2.0, lists CC BY-SA 4.0) when a tagger is
    loaded, so that none of its lists is part of the weights.
    """

    hashes: Hashes
    steps: npt.NDArray[np.uint8]
    """One row for each word, one column for each language."""
    tells: npt.NDArray[np.uint16]
    """One bit for each language of which the word is one of the commonest."""

    def of(self, words: Hashes) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint16]]:
        """Return the rows of `steps` and of `tells` for each word, 0 for unknown ones."""
        at, known = _found(self.hashes, words)
        steps = np.where(known[:, None], self.steps[at], np.uint8(0))
        return steps, np.where(known, self.tells[at], np.uint16(0)).astype(np.uint16)


def _found(table: Hashes, words: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    at = np.minimum(np.searchsorted(table, words), len(table) - 1)
    return at, table[at] == words


def commonness(characters: Characters) -> Commonness:
    """Return the tables, each word folded as `characters` folds texts."""
    listed = [bins(language) for language in LANGUAGES]
    sizes = [[len(words) for words in one] for one in listed]
    counts = [sum(one) for one in sizes]
    place = np.concatenate([np.repeat(np.arange(len(one)), one) for one in sizes])
    column = np.repeat(np.arange(len(listed)), counts)
    rank = np.concatenate([np.arange(count) for count in counts])
    hashes = _hashes(
        "\n".join(word for one in listed for words in one for word in words), characters
    )
    # Commoner words come later, so that of two that fold to one the commoner stays.
    order = np.lexsort((-rank, hashes))
    hashes, column = hashes[order], column[order]
    new = np.append(True, hashes[1:] != hashes[:-1])
    row = np.cumsum(new) - 1
    table = np.zeros((int(row[-1]) + 1, len(listed)), dtype=np.uint8)
    table[row, column] = (8 - np.searchsorted(_STEPS, place[order], side="right")).astype(np.uint8)
    bits = np.where(rank[order] < _COMMONEST, 1 << column, 0).astype(np.uint16)
    return Commonness(
        hashes=hashes[new], steps=table, tells=np.bitwise_or.reduceat(bits, np.flatnonzero(new))
    )


def _hashes(lines: str, characters: Characters) -> Hashes:
    """Return the hash of each line."""
    codes, _ = characters.read(lines)
    ends = np.append(np.flatnonzero(codes == ord("\n")), len(codes))
    starts = np.append(0, ends[:-1] + 1)
    return of_words(characters.folded(codes), starts, ends)


def simplified_han() -> dict[int, str]:
    """Return wordfreq's table from traditional to simplified characters (from OpenCC)."""
    with gzip.open(_lists() / "_chinese_mapping.msgpack.gz") as packed:
        table: dict[int, str] = msgpack.load(packed, raw=False, strict_map_key=False)
    return table


def _lists() -> Path:
    spec = find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("wordfreq", name="wordfreq")
    return Path(spec.submodule_search_locations[0]) / "data"


def bins(language: str) -> list[list[str]]:
    """Return wordfreq's small list: at place n the words that are 10 ** (-n / 100) of a text."""
    with gzip.open(_lists() / f"small_{language}.msgpack.gz") as packed:
        header_and_bins: list[list[str]] = msgpack.load(packed, raw=False)
    return header_and_bins[1 : _RAREST + 1]

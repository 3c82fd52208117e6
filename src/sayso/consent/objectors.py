"""People who are named in others' texts and object: where their names stand.

Names are compared as Unicode's canonical caseless matching has it (The Unicode Standard, 3.13,
D145): capitals, accents written in one sign or two, and German sharp s make no difference. Only
whole words count, but for scripts that write without spaces between them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sayso.community import DocumentId

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"  # kana, Han
    "\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objector:
    """Someone who would not be named. Without `documents`, in no document at all."""

    id: str
    names: tuple[str, ...]
    documents: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Where an objector's name stands; offsets in code points, end exclusive."""

    start: int
    end: int
    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    objection: str
    documents: frozenset[DocumentId]
    written: re.Pattern[str]
    opens_a_word: bool
    ends_a_word: bool

    def stands_alone(self, folded: str, place: re.Match[str]) -> bool:
        """Whether nothing before or after it belongs to the same word."""
        before, after = (
            folded[max(0, place.start() - 1) : place.start()],
            folded[place.end() : place.end() + 1],
        )
        return not (self.opens_a_word and _in_word(before)) and not (
            self.ends_a_word and _in_word(after)
        )


class Objectors:
    """All who object, ready for many texts: a text costs its own length, however many they are."""

    def __init__(self, objectors: Iterable[Objector] = ()) -> None:
        self._by_first_word: defaultdict[str, list[_Pattern]] = defaultdict(list)
        self._anywhere: list[_Pattern] = []
        for objector in objectors:
            for name in objector.names:
                self._learn(objector, name)
        self.is_empty = not (self._by_first_word or self._anywhere)
        """Whether nobody objects."""

    def find(self, text: str, document_id: DocumentId) -> tuple[Named, ...]:
        """Return every place of `text` where someone is named who objects to it there."""
        if self.is_empty or not text:
            return ()
        folded, bounds = _folded(text)
        found = {
            Named(start=span[0], end=span[1], objection=pattern.objection)
            for pattern, place in self._matches(folded)
            if not pattern.documents or document_id in pattern.documents
            if pattern.stands_alone(folded, place)
            if (span := bounds.span(place)) is not None
        }
        return tuple(sorted(found, key=lambda named: (named.start, named.end, named.objection)))

    def _learn(self, objector: Objector, name: str) -> None:
        words = caseless(name).split()
        if not is_a_name(name):
            return
        first = _WORD.match(words[0])
        pattern = _Pattern(
            objection=objector.id,
            documents=objector.documents,
            written=re.compile(r"\s+".join(map(re.escape, words))),
            opens_a_word=first is not None and not _UNSPACED.match(words[0]),
            ends_a_word=_in_word(words[-1][-1]) and not _UNSPACED.match(words[-1][-1]),
        )
        if first is not None and pattern.opens_a_word:
            self._by_first_word[first[0]].append(pattern)
        else:
            self._anywhere.append(pattern)

    def _matches(self, folded: str) -> Iterator[tuple[_Pattern, re.Match[str]]]:
        for word in _WORD.finditer(folded) if self._by_first_word else ():
            for pattern in self._by_first_word.get(word[0], ()):
                place = pattern.written.match(folded, word.start())
                if place is not None:
                    yield pattern, place
        for pattern in self._anywhere:
            for place in pattern.written.finditer(folded):
                yield pattern, place


NOBODY_OBJECTS = Objectors()


def caseless(text: str) -> str:
    """Return `text` so that two spellings of one name come out the same."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())


def is_a_name(name: str) -> bool:
    """Whether there is a letter in it to look for."""
    return any(sign.isalpha() for sign in name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """For places in the folded text, the places in the text; none inside a single letter."""

    starts: Mapping[int, int]
    ends: Mapping[int, int]

    def span(self, place: re.Match[str]) -> tuple[int, int] | None:
        """Return where it stands in the text; None where it begins or ends inside a letter."""
        start, end = self.starts.get(place.start()), self.ends.get(place.end())
        return None if start is None or end is None else (start, end)


def _in_word(sign: str) -> bool:
    """Whether it is a letter, a number, a mark on one, or what ties words together."""
    return bool(sign) and (sign == "_" or unicodedata.category(sign)[0] in "LMN")


def _folded(text: str) -> tuple[str, _Bounds]:
    if text.isascii():
        same = {place: place for place in range(len(text) + 1)}
        return text.lower(), _Bounds(starts=same, ends=same)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    folded: list[str] = []
    place = at = 0
    for letter in _letters(text):
        starts[at] = place
        folded.append(caseless(letter))
        at += len(folded[-1])
        place += len(letter)
        ends[at] = place
    return "".join(folded), _Bounds(starts=starts, ends=ends)


def _letters(text: str) -> Sequence[str]:
    """Part a text into letters, each with the marks that combine with it."""
    count = 0

    def number(sign: str) -> int:
        nonlocal count
        count += not unicodedata.combining(sign)
        return count

    return ["".join(signs) for _, signs in groupby(text, key=number)]

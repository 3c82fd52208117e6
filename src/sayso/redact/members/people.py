"""People around one text: by which single words they are called there."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso.redact.letters import without_marks
from sayso.redact.members.handles import bare
from sayso.redact.members.name_context import names_a_person
from sayso.redact.members.name_forms import PARTICLES
from sayso.redact.members.ordinary import FUNCTION_WORDS, ORDINARY

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]{2,})?")
_LARGE = re.compile(r"(?<![\w<])[^\W\d_a-z][^\W_]+(?:['\u2019-][^\W\d_]{2,})*(?![\w>])")
_SHORTEST = 3
_NOBODY = PARTICLES | FUNCTION_WORDS


def plain(word: str) -> str:
    """Return the word small and without accents, as names are compared."""
    if word.isascii():
        return word.lower()
    split = unicodedata.normalize("NFKD", without_marks(word).casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


@lru_cache(maxsize=1024)
def words_of(people: tuple[str, ...]) -> frozenset[str]:
    """Return every word that one of `people` may be called by, plain; handles have none."""
    found = {
        plain(word)
        for name in people
        for word in _WORD.findall(name)
        if not word[0].islower() and not word.isdigit()
    }
    return frozenset(word for word in found if len(word) >= _SHORTEST and word not in _NOBODY)


@lru_cache(maxsize=1024)
def handles_of(people: tuple[str, ...]) -> tuple[str, ...]:
    """Return the handles among `people` that are no word when they stand without a sign."""
    return tuple(bare(each for each in people if " " not in each and each == each.lower()))


def handles_in(text: str, handles: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where one of the handles stands as a word."""
    small = text.lower() if handles else ""
    for handle in (each for each in handles if each in small):
        sought = re.compile(rf"(?<![\w.-]){re.escape(handle)}(?![\w-])", re.IGNORECASE)
        yield from (match.span() for match in sought.finditer(text))


def called(
    text: str, wanted: frozenset[str], people: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Yield where one of the words stands large and alone and means a person.

    `people` are words of names of those who take part: these need less to be believed.
    """
    if not wanted:
        return
    for match in _LARGE.finditer(text):
        word = plain(match[0])
        if (
            word in wanted
            and not match[0][0].islower()
            and (
                word not in ORDINARY
                or names_a_person(text, match.span(), (word,), "single", people)
            )
        ):
            yield match.span()


def parts(names: Sequence[str]) -> frozenset[str]:
    """Return the first and the last word of each name: what is said of them afterwards."""
    split = [[plain(word) for word in _WORD.findall(name)] for name in names]
    ends = {word for words in split if len(words) > 1 for word in (words[0], words[-1])}
    return frozenset(word for word in ends if len(word) >= _SHORTEST and word not in _NOBODY)

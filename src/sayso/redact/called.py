"""What the words just before a place in a text call what follows."""

import re
from collections.abc import Iterator

from sayso.redact.folding import fold

_WORD = re.compile(r"\w+")
_BLANK_LINE = re.compile(r"\n\s*\n")
_LONGEST_PHRASE = 5


def words_before(text: str, place: int, reach: int) -> list[str]:
    """Return the words in the `reach` characters before `place`, of the same paragraph.

    A word that is cut off by the reach is left out.
    """
    start = max(0, place - reach)
    for blank in _BLANK_LINE.finditer(text, start, place):
        start = blank.end()
    words = _WORD.findall(text, start, place)
    is_cut = start and _WORD.match(text, start - 1) and _WORD.match(text, start)
    return words[1:] if is_cut else words


def phrases(words: list[str]) -> Iterator[tuple[str, int]]:
    """Yield every phrase of the words, folded and as it stands, and how many words follow it.

    The nearest end comes first, and of those that end together the longest.
    """
    folded = [fold(word) for word in words]
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - _LONGEST_PHRASE), end):
            yield " ".join(folded[start:end]), len(words) - end
            if folded[start:end] != words[start:end]:
                yield " ".join(words[start:end]), len(words) - end

"""How often a word is written with a capital where it need not be, counted in free texts."""

import re
from collections import Counter, defaultdict
from functools import cache

import numpy as np

from tagger.sets import texts_to_count

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_AFTER_START = re.compile(r"[\w,;)'\"\u2019-] $|[\w,;] [(\"'\u201c\u2018]$")
"""What stands before a word that begins no sentence and no line."""
_LEAST, _TEXTS = 5, 3
_SHARES = (0.05, 0.2, 0.5, 0.8, 0.95)


@cache
def levels() -> dict[str, int]:
    """Return for words in enough texts 1, nearly never with a capital, to 6, nearly always."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    texts: defaultdict[str, int] = defaultdict(int)
    for text in texts_to_count():
        seen = set()
        for found in _WORD.finditer(text):
            word = found.group()
            if word.islower():
                small[word] += 1
            elif word[1:].islower() and _AFTER_START.search(
                text, max(0, found.start() - 3), found.start()
            ):
                large[word.lower()] += 1
            else:
                continue
            seen.add(word.lower())
        for word in seen:
            texts[word] += 1
    return {
        word: 1 + int(np.searchsorted(_SHARES, large[word] / (large[word] + small[word])))
        for word in sorted(texts)
        if texts[word] >= _TEXTS and large[word] + small[word] >= _LEAST
    }

"""How rare words are, by lists that no member wrote."""

import math
from collections.abc import Iterable
from functools import lru_cache

_LEAST = 1e-8
_REMEMBERED = 200_000


def rarity(words: Iterable[str]) -> float:
    """Return the sum of the words' log probabilities: the lower, the rarer together.

    English lists speak for every language: a word they do not know counts as rare, so that
    credit is given rather than withheld.
    """
    return sum(_log_probability(word) for word in words)


@lru_cache(maxsize=_REMEMBERED)
def _log_probability(word: str) -> float:
    import wordfreq  # noqa: PLC0415 - its tables load slowly, and few commands weigh words

    return math.log(wordfreq.word_frequency(word, "en", minimum=_LEAST))

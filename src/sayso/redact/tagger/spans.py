"""Where a name that was found begins and ends: without titles, possessives, signs around it."""

import numpy as np

from sayso.redact.tagger.tokens import Group, Tokens


def trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return the span from token `first` to `last` in the joined texts; empty for no word."""
    while first <= last and not _is_word(tokens, first):
        first += 1
    while last >= first and not _is_word(tokens, last):
        last -= 1
    if first > last:
        return 0, 0
    return int(tokens.starts[first]), int(tokens.ends[last])


def _is_word(tokens: Tokens, at: int) -> bool:
    if tokens.groups[at] == Group.HAN:
        return True
    possessive = tokens.folds[tokens.starts[at]] == np.uint32(ord("'"))
    return bool(tokens.groups[at] == Group.WORD and not possessive)

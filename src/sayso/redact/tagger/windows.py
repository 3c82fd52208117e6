"""Where a text is cut, so that what stands far away never changes an answer."""

import numpy as np

from sayso.redact.tagger.characters import Sort
from sayso.redact.tagger.tokens import Flags, Group, Places, Tokens

LONGEST = 128
"""Tokens in a window; a longer stretch without any end is cut in the middle."""

_BLANK_LINE, _LINE, _SENTENCE = 12, 40, 64
"""After this many tokens a window ends at the next blank line, line end, sentence end."""

_SENTENCE_ENDS = np.array([ord(sign) for sign in ".!?\u3002\uff01\uff1f"], dtype=np.uint32)


def cut(tokens: Tokens) -> Places:
    """Return the first token of every window, and one past the last token at the end."""
    count = len(tokens.starts)
    if not count:
        return np.zeros(1, dtype=np.int64)
    hard = np.unique(np.searchsorted(tokens.starts, tokens.firsts))
    needed = _needed(tokens)
    ends = np.flatnonzero(needed)
    places = np.union1d(ends + 1, hard).tolist()
    wanted = dict(zip((ends + 1).tolist(), needed[ends].tolist(), strict=True))
    texts = set(hard.tolist())
    cuts = [0]
    for place in places:
        while place - cuts[-1] > LONGEST:
            cuts.append(cuts[-1] + LONGEST)
        far = place - cuts[-1]
        if far and (place in texts or far >= wanted[place]):
            cuts.append(place)
    while count - cuts[-1] > LONGEST:
        cuts.append(cuts[-1] + LONGEST)
    if cuts[-1] != count:
        cuts.append(count)
    return np.array(cuts, dtype=np.int64)


def _needed(tokens: Tokens) -> Places:
    """Return after each token how long a window must be to end there, 0 for never."""
    needed = np.zeros(len(tokens.starts), dtype=np.int64)
    lines = tokens.groups == Group.LINE_END
    needed[lines] = np.where(_are_blank(tokens)[lines], _BLANK_LINE, _LINE)
    needed[_end_sentences(tokens)] = _SENTENCE
    return needed


def _are_blank(tokens: Tokens) -> Flags:
    """Return which tokens hold two line ends, white space between them or not."""
    lines = tokens.groups == Group.LINE_END
    blank: Flags = lines & (tokens.ends - tokens.starts > 1)
    blank[1:] |= lines[1:] & lines[:-1]
    return blank


def _end_sentences(tokens: Tokens) -> Flags:
    firsts = tokens.codes[tokens.starts]
    ending = np.isin(firsts, _SENTENCE_ENDS) & (tokens.groups == Group.SIGN)
    parted = np.ones(len(ending), dtype=np.bool_)
    parted[:-1] = tokens.ends[:-1] < tokens.starts[1:]
    # An abbreviation or an initial ends no sentence: what stands before is a small long word.
    plain = np.zeros(len(ending), dtype=np.bool_)
    plain[1:] = tokens.groups[:-1] != Group.WORD
    small = tokens.sorts[tokens.starts[:-1]] == Sort.LOWER
    plain[1:] |= small & (tokens.ends[:-1] - tokens.starts[:-1] >= 4)
    ended: Flags = ending & plain & (parted | (firsts >= ord("\u3002")))
    return ended

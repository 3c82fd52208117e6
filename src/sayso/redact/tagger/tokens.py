"""Texts cut into words, numbers and signs, all of a batch at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.characters import Characters, Codes, Sort, Sorts

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Group(IntEnum):
    """What sort of token: only words can be part of a name."""

    NOTHING = 0
    WORD = 1
    HAN = 2
    SIGN = 3
    LINE_END = 4
    LINK = 5  # a link or an e-mail address: one token, whatever stands in it
    HANDLE = 6
    PLACEHOLDER = 7  # such as <PERSON_1>: nobody, and no neighbour to anyone


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every token of a batch, in order; offsets are code points of the joined texts."""

    codes: Codes
    folds: Codes
    sorts: Sorts
    starts: Places
    ends: Places
    groups: Sorts
    firsts: Places
    """Where each text begins in the joined texts; one more at the end, past the last."""


def join(texts: Sequence[str]) -> str:
    """Return the one text of which a batch's tokens say their places."""
    return "\n".join(texts) + "\n"


def tokenize(texts: Sequence[str], characters: Characters) -> Tokens:
    """Return the tokens of all `texts`; none reaches from one text into the next."""
    joined = join(texts)
    sizes = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    codes, sorts = characters.read(joined)
    groups = _groups(joined, codes, sorts)
    begins = _begins(codes, sorts, groups)
    firsts = np.append(0, np.cumsum(sizes))
    begins[firsts[:-1]] = True
    begins[firsts[1:] - 1] = True  # the sign between two texts is no part of either
    groups[firsts[1:] - 1] = Group.NOTHING
    edges = np.flatnonzero(begins)
    ends = np.append(edges[1:], len(codes))
    kept = groups[edges] != Group.NOTHING
    return Tokens(
        codes=codes,
        folds=characters.folded(codes),
        sorts=sorts,
        starts=edges[kept],
        ends=ends[kept],
        groups=groups[edges[kept]],
        firsts=firsts,
    )


_GROUP_OF_SORT = np.zeros(len(Sort), dtype=np.uint8)
for _sort, _group in (
    (Sort.LINE_END, Group.LINE_END),
    (Sort.LOWER, Group.WORD),
    (Sort.UPPER, Group.WORD),
    (Sort.LETTER, Group.WORD),
    (Sort.DIGIT, Group.WORD),
    (Sort.HAN, Group.HAN),
    (Sort.SIGN, Group.SIGN),
    (Sort.APOSTROPHE, Group.SIGN),
):
    _GROUP_OF_SORT[_sort] = _group


def _groups(joined: str, codes: Codes, sorts: Sorts) -> Sorts:
    groups = _GROUP_OF_SORT[sorts]
    marks = np.flatnonzero(sorts == Sort.APOSTROPHE)
    if len(marks):
        before = sorts[np.maximum(marks - 1, 0)]
        after = sorts[np.minimum(marks + 1, len(codes) - 1)]
        groups[marks[_is_letter(before) & _is_letter(after)]] = Group.WORD
    if "@" in joined or "://" in joined or "www." in joined:
        _mark_links(codes, sorts, groups)
    if "<" in joined:
        _mark_placeholders(codes, sorts, groups)
    return groups


def _begins(codes: Codes, sorts: Sorts, groups: Sorts) -> Flags:
    """Return at which characters a token, or a gap between tokens, begins."""
    begins = np.ones(len(codes), dtype=np.bool_)
    begins[1:] = (groups[1:] != groups[:-1]) | (groups[1:] == Group.HAN)
    begins[1:] |= (groups[1:] == Group.SIGN) & (codes[1:] != codes[:-1])
    begins[1:] |= (groups[1:] == Group.HANDLE) & (codes[1:] == ord("@"))
    inside = np.flatnonzero((sorts == Sort.APOSTROPHE) & (groups == Group.WORD))
    if len(inside):
        last = len(codes) - 1
        after = np.minimum(inside + 1, last)
        past = np.minimum(inside + 2, last)
        possessive = (codes[after] | 0x20) == ord("s")
        possessive &= (past == after) | (groups[past] != Group.WORD)
        begins[inside[possessive]] = True
        # French and Italian: l'Anna, dell'Anna; but one name in O'Hara.
        small_before = sorts[inside - 1] == Sort.LOWER
        begins[after[small_before & (sorts[after] == Sort.UPPER)]] = True
    return begins


def _is_letter(sorts: Sorts) -> Flags:
    letters: Flags = (sorts == Sort.LOWER) | (sorts == Sort.UPPER) | (sorts == Sort.LETTER)
    return letters


def _mark_links(codes: Codes, sorts: Sorts, groups: Sorts) -> None:
    """Mark every run without spaces that holds a link or an address, and every @handle."""
    spaces = (sorts == Sort.SPACE) | (sorts == Sort.LINE_END)
    signs = np.flatnonzero(codes == ord("@"))
    signs = signs[signs + 1 < len(codes)]
    ats = signs[groups[signs + 1] == Group.WORD]
    glued = np.zeros(len(ats), dtype=np.bool_)
    glued[ats > 0] = groups[ats[ats > 0] - 1] == Group.WORD
    linked = np.concatenate((ats[glued], _all_of(codes, "://"), _all_of(codes, "www.")))
    if len(linked):
        runs = np.cumsum(spaces)
        marked = np.zeros(int(runs[-1]) + 1, dtype=np.bool_)
        marked[runs[linked]] = True
        groups[marked[runs] & ~spaces] = Group.LINK
    handles = ats[~glued & (groups[ats] == Group.SIGN)]
    if len(handles):
        edges = np.flatnonzero(groups[1:] != groups[:-1]) + 1
        ends = np.append(edges, len(codes))[np.searchsorted(edges, handles + 1, side="right")]
        depth = np.zeros(len(codes) + 1, dtype=np.int8)
        depth[handles] += 1
        depth[ends] -= 1
        groups[np.cumsum(depth[:-1]) > 0] = Group.HANDLE


def _all_of(codes: Codes, words: str) -> Places:
    found = np.flatnonzero(codes[: len(codes) - len(words) + 1] == ord(words[0]))
    for place, sign in enumerate(words[1:], start=1):
        found = found[codes[found + place] == ord(sign)]
    return found


def _mark_placeholders(codes: Codes, sorts: Sorts, groups: Sorts) -> None:
    """Mark what redaction leaves behind: <WORD_1>, capitals and low lines, then digits."""
    opened, closed = np.flatnonzero(codes == ord("<")), np.flatnonzero(codes == ord(">"))
    at = np.searchsorted(closed, opened)
    opened, at = opened[at < len(closed)], at[at < len(closed)]
    ends = closed[at]
    likely = (ends - opened > 3) & (ends - opened < 40)
    likely &= (sorts[opened + 1] == Sort.UPPER) & (sorts[ends - 1] == Sort.DIGIT)
    opened, ends = opened[likely], ends[likely]
    low_lines = np.flatnonzero(codes == ord("_"))
    last = np.append(-1, low_lines)[np.searchsorted(low_lines, ends)]
    is_low = np.zeros(len(codes), dtype=np.bool_)
    is_low[low_lines] = True
    capitals, digits = _counted((sorts == Sort.UPPER) | is_low), _counted(sorts == Sort.DIGIT)
    whole = last > opened
    whole &= capitals[last] - capitals[opened + 1] == last - opened - 1
    whole &= digits[ends] - digits[last + 1] == ends - last - 1
    for start, end in zip(opened[whole].tolist(), ends[whole].tolist(), strict=True):
        groups[start : end + 1] = Group.PLACEHOLDER


def _counted(chosen: Flags) -> Places:
    """Return how many are chosen before each place."""
    counts = np.zeros(len(chosen) + 1, dtype=np.int64)
    np.cumsum(chosen, out=counts[1:])
    return counts

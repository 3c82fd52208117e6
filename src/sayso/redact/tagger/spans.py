"""Where a name that was found begins and ends: without titles, possessives, signs around it."""

import numpy as np

from sayso.redact.tagger.tokens import Flags, Group, Places, Tokens


def joined(tokens: Tokens, firsts: Places, lasts: Places) -> tuple[Places, Places]:
    """Return the names, those that follow each other with white space alone between made one."""
    if not len(firsts):
        return firsts, lasts
    parted = (firsts[1:] != lasts[:-1] + 1) | (tokens.groups[firsts[1:]] != Group.WORD)
    parted |= np.isin(firsts[1:], np.searchsorted(tokens.starts, tokens.firsts))
    return firsts[np.append(True, parted)], lasts[np.append(parted, True)]


def trimmed(tokens: Tokens, firsts: Places, lasts: Places) -> tuple[Places, Places]:
    """Return where each name from its first to its last token starts and ends.

    Signs and possessives at both ends are left out; of a name without any word nothing is left.
    """
    is_word = words(tokens)
    places = np.arange(len(is_word))
    next_word = np.minimum.accumulate(np.where(is_word, places, len(places) - 1)[::-1])[::-1]
    last_word = np.maximum.accumulate(np.where(is_word, places, 0))
    starts, ends = next_word[firsts], last_word[lasts]
    whole = (starts <= ends) & is_word[starts] & is_word[ends]
    return np.where(whole, tokens.starts[starts], 0), np.where(whole, tokens.ends[ends], 0)


def words(tokens: Tokens) -> Flags:
    """Return which tokens can be the first or the last of a name."""
    possessive = tokens.folds[tokens.starts] == ord("'")
    is_word: Flags = (tokens.groups == Group.WORD) & ~possessive
    is_word |= tokens.groups == Group.HAN
    return is_word

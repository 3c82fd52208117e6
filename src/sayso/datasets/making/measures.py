"""What is counted in redacted texts, many at once: words, letters, links, tags, repetition.

A placeholder is a word; its letters are not counted. Signs of scripts without spaces are words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from sayso.datasets.similarity.shingles import (
    SEPARATOR,
    Block,
    Bytes,
    Hashes,
    Mask,
    Places,
    Words,
    mixed,
    shingles_of,
    small,
    tokens,
)

PHRASES = (
    *("terms of use", "terms of service", "privacy policy", "cookie policy", "uses cookies"),
    *("use of cookies", "use cookies", "enable javascript", "lorem ipsum"),
    *("all rights reserved", "unsubscribe", "view this email in your browser", "link in bio"),
    *("do not reply to this", "you are receiving this", "this message was sent automatically"),
    *("subscribe to our", "follow us on", "sent from my"),
)
"""What sites, mail programs and campaigns add to a text; the first two rows after C4."""

_PLACEHOLDER = re.compile(rb"<([A-Z][A-Z_]*)_\d+>")
_LINKS = (b"://", b"www.")
_CUT = (b"...", "…".encode())
_TAG, _NEWLINE, _LESS, _MORE, _STRAIGHT, _SPACE = b'#\n<>" '
_NOTHING, _SMALL_LETTER, _CAPITAL, _SIGN = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is counted in each text of a block.

    `words` are all words, of which `links` are links or their placeholders, `placeholders` any
    placeholder, `tags` begin with a number sign; `letters` include `capitals`; `signs` are
    neither letters nor spaces; `repeated` of the `shingles` occurred before in the same text;
    `phrases` are different ones of `PHRASES`; `quoted` of the `lines` begin with ">"; `quote`
    is the percentage of the text between the only two quotation marks, if it begins with one.
    """

    words: Places
    links: Places
    placeholders: Places
    tags: Places
    letters: Places
    capitals: Places
    signs: Places
    shingles: Places
    repeated: Places
    phrases: Places
    lines: Places
    quoted: Places
    quote: Places
    cut: Mask


def measured(block: Block) -> Measures:
    """Count what the rules ask about in the texts of a block, as they are."""
    whole, lowered = block.data.tobytes(), small(block)
    begins, ends = tokens(lowered.data)
    sorts = _sorts(block.data, whole)
    held = _placeholders(block.data, whole)
    for begin, end, _ in held:
        sorts[begin:end] = _NOTHING
    spots = [begin for begin, _, _ in held]
    links = [begin for begin, _, kind in held if kind == b"URL"]
    links += [at for sign in _LINKS for at in _occurrences(whole, sign)]
    marked = begins[lowered.data[begins] == _TAG]
    after = lowered.data[marked + 1]
    hashes, counts = shingles_of(lowered, begins, ends)
    size = len(block.ends)

    def in_texts(at: Places) -> Places:
        return np.bincount(np.searchsorted(block.ends, at), minlength=size)

    def of_words(places: Iterable[int]) -> Places:
        found = np.fromiter(places, np.int64)
        return in_texts(begins[np.unique(np.searchsorted(begins, found, side="right") - 1)])

    def summed(mask: Mask) -> Places:
        return np.add.reduceat(mask, block.starts, dtype=np.int64)

    lines = _line_begins(block)
    capitals = summed(sorts == _CAPITAL)
    return Measures(
        words=np.diff(np.searchsorted(begins, block.ends), prepend=0),
        links=of_words(links),
        placeholders=of_words(spots),
        tags=in_texts(marked[(after != _TAG) & (after > _SPACE)]),
        letters=summed(sorts == _SMALL_LETTER) + capitals,
        capitals=capitals,
        signs=summed(sorts == _SIGN),
        shingles=counts,
        repeated=_repeated(hashes, counts),
        phrases=_phrases(lowered, begins),
        lines=in_texts(lines),
        quoted=in_texts(lines[block.data[lines] == _MORE]),
        quote=_quote(block),
        cut=_ends_with(block, whole),
    )


def _sorts(data: Bytes, whole: bytes) -> Bytes:
    """Say of the first byte of each sign whether it is a letter, a capital or another sign."""
    sorts = np.frombuffer(bytearray(whole).translate(_ASCII), np.uint8)
    leads = np.flatnonzero((data >= 0xC0) & (data != SEPARATOR))
    if len(leads):
        pairs = data[leads].astype(np.uint16) << 8 | data[leads + 1]
        sorts[leads] = _FOREIGN[pairs]
    return sorts


def _repeated(hashes: Hashes, counts: Places) -> Places:
    """Return how many hashes of each text it has before.

    Each is laid where its own bits say, over what lies there. One that lies there no more is
    repeated if its equal does; the few that lie under others are sorted.
    """
    texts = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    both = texts << np.uint64(32) | hashes
    bits = max(16, (4 * len(both)).bit_length())
    places = (mixed(both) >> np.uint64(64 - bits)).astype(np.int64)
    order = np.arange(len(both))
    lies = np.empty(1 << bits, np.int64)
    lies[places] = order
    above = lies[places]
    under = np.flatnonzero(above != order)
    equal = both[under] == both[above[under]]
    others = np.sort(both[under[~equal]])
    repeated = np.concatenate((both[under[equal]], others[1:][others[1:] == others[:-1]]))
    return np.bincount((repeated >> np.uint64(32)).astype(np.int64), minlength=len(counts))


def _placeholders(data: Bytes, whole: bytes) -> list[tuple[int, int, bytes]]:
    """Return where each placeholder begins and ends, and its kind."""
    places = np.flatnonzero(data == _LESS).tolist()
    found = (_PLACEHOLDER.match(whole, place) for place in places)
    return [(*each.span(), each[1]) for each in found if each]


def _occurrences(whole: bytes, sign: bytes) -> Iterator[int]:
    at = whole.find(sign)
    while at >= 0:
        yield at
        at = whole.find(sign, at + 1)


def _phrases(lowered: Block, begins: Places) -> Places:
    """Count the different phrases in each text, at the beginning of a word.

    Of all words only those are looked at that share their first eight bytes with a phrase.
    """
    whole = lowered.data.tobytes()
    found: set[tuple[int, bytes]] = set()
    eights = np.ndarray(len(whole), "<u8", whole + bytes(8), strides=(1,))
    for at in begins[_BEGINNINGS[_folded(eights[begins])]].tolist():
        for phrase in _PHRASES:
            if whole.startswith(phrase, at):
                found.add((int(np.searchsorted(lowered.ends, at)), phrase))
    texts = np.fromiter((text for text, _ in found), np.int64, len(found))
    return np.bincount(texts, minlength=len(lowered.ends))


def _folded(eights: Words) -> Places:
    return (eights * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(48)).astype(np.int64)


def _line_begins(block: Block) -> Places:
    """Return where lines begin that are not empty."""
    begins = np.concatenate((block.starts, np.flatnonzero(block.data == _NEWLINE) + 1))
    first = block.data[begins]
    return np.sort(begins[(first != _NEWLINE) & (first != SEPARATOR)])


def _quote(block: Block) -> Places:
    """Return how many percent of each text lie in the quotation marks that it begins with."""
    marks = _quotation_marks(block.data)
    if not len(marks):
        return np.zeros(len(block.ends), np.int64)
    first = np.minimum(np.searchsorted(marks, block.starts), len(marks) - 1)
    last = np.searchsorted(marks, block.ends) - 1
    opened = (marks[first] == block.starts) & (last == first + 1)
    length = np.maximum(block.ends - block.starts, 1)
    return np.where(opened, 100 * (marks[last] + 1 - block.starts) // length, 0)


def _quotation_marks(data: Bytes) -> Places:
    """Return where straight, curly and angled quotation marks are."""
    straight = np.flatnonzero(data == _STRAIGHT)
    two = np.flatnonzero(data == 0xC2)
    three = np.flatnonzero(data == 0xE2)
    angled = two[np.isin(data[two + 1], (0xAB, 0xBB))]
    curly = three[(data[three + 1] == 0x80) & (data[three + 2] >> 2 == 0x9C >> 2)]
    return np.sort(np.concatenate((straight, angled, curly)))


def _ends_with(block: Block, whole: bytes) -> Mask:
    ends = block.ends.tolist()
    return np.fromiter((whole.endswith(_CUT, 0, end) for end in ends), np.bool_, len(ends))


def _ascii() -> bytes:
    """Return the table of the sorts of ASCII; what goes on a sign that is begun is nothing."""
    table = bytearray(256)
    for code in range(33, 127):
        sign = chr(code)
        table[code] = (_SIGN, _CAPITAL, _SMALL_LETTER)[sign.isalpha() + sign.islower()]
    return bytes(table)


def _foreign() -> Bytes:
    """Return the table of sorts by the first two bytes of a sign: rough beyond U+07FF."""
    table = np.full((256, 256), _SMALL_LETTER, np.uint8)
    for code in range(0x80, 0x800):
        category = unicodedata.category(chr(code))
        sort = _CAPITAL if category == "Lu" else _SMALL_LETTER
        table[tuple(chr(code).encode())] = sort if category[0] == "L" else _SIGN
    table[0xE2, 0x80:0xB0] = _SIGN  # U+2000 to U+2BFF: punctuation, arrows, shapes
    table[0xE3, 0x80] = _SIGN  # U+3000 to U+303F: punctuation of Chinese and Japanese
    table[0xEF, 0xB8] = _NOTHING  # choices of a sign's look
    table[0xF0, 0x9F] = _SIGN  # emoji
    return table.reshape(-1)


def _beginnings() -> Mask:
    """Return the table that says whether words beginning with eight such bytes may be phrases."""
    table = np.zeros(1 << 16, np.bool_)
    table[_folded(np.array([phrase[:8] for phrase in _PHRASES], "S8").view("<u8"))] = True
    return table


_PHRASES = tuple(phrase.encode() for phrase in PHRASES)
_BEGINNINGS = _beginnings()
_ASCII = _ascii()
_FOREIGN = _foreign()

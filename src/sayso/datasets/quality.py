"""Marks that say what sort of text a redacted text is: small rules over counts of its signs.

A mark refuses nothing by itself. Sources: Gopher (Rae et al. 2021, "Scaling Language Models",
appendix A.1) and C4 (Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section
2.2); where a rule names none it is our own, for posts. A placeholder is a word; its letters are
not counted. Signs of scripts without spaces are words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from sayso.datasets.shingles import (
    SEPARATOR,
    SMALL,
    Block,
    Bytes,
    Hashes,
    Mask,
    Places,
    shingles,
    tokens,
)

VERSION = "1"
"""Of the rules: another version may mark the same text otherwise."""

PHRASES = (
    *("terms of use", "terms of service", "privacy policy", "cookie policy", "uses cookies"),
    *("use of cookies", "use cookies", "enable javascript", "lorem ipsum"),
    *("all rights reserved", "unsubscribe", "view this email in your browser", "link in bio"),
    *("do not reply to this", "you are receiving this", "this message was sent automatically"),
    *("subscribe to our", "follow us on", "sent from my"),
)
"""What sites, mail programs and campaigns add to a text; the first two rows after C4."""

_PLACEHOLDER = re.compile(rb"<([A-Z][A-Z_]*)_\d+>")
_LINK = re.compile(rb"https?://|www\.")
_QUOTATION = re.compile(rb'"|\xe2\x80[\x9c-\x9f]|\xc2[\xab\xbb]')  # "straight", curly, angled
_CUT = (b"...", "…".encode())
_TAG, _NEWLINE, _MORE = ord("#"), ord("\n"), ord(">")
_NOTHING, _SMALL_LETTER, _CAPITAL, _SIGN = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is counted in each text of a block.

    `words` are all words, of which `links` are links or their placeholders, `placeholders` any
    placeholder, `tags` begin with a number sign; `letters` include `capitals`; `signs` are
    neither letters nor spaces; `repeated` of the `shingles` occurred before in the same text;
    `phrases` are different ones of `PHRASES`; `quoted` of the `lines` begin with ">"; `quote`
    is the share of the text from a quotation mark at its very beginning to the last one.
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


def boilerplate(text: Measures) -> Mask:
    """At least two different phrases that sites, mail programs and campaigns add (after C4)."""
    return text.phrases >= 2


def cut_off(text: Measures) -> Mask:
    """It ends in an ellipsis, as the beginning of something that stands elsewhere (Gopher)."""
    return text.cut


def list_of_tags(text: Measures) -> Mask:
    """At least three words, and more than half of them, are tags."""
    return (text.tags >= 3) & (2 * text.tags > text.words)


def mostly_links(text: Measures) -> Mask:
    """More than a third of the words are links."""
    return 3 * text.links > text.words


def mostly_placeholders(text: Measures) -> Mask:
    """More than half of the words are placeholders for personal data."""
    return 2 * text.placeholders > text.words


def mostly_signs(text: Measures) -> Mask:
    """Digits, emoji, signs and punctuation are more than the letters (after Gopher)."""
    return text.signs > text.letters


def repetitive(text: Measures) -> Mask:
    """Of ten or more runs of five words, more than 15 percent occurred in it before (Gopher)."""
    return (text.shingles >= 10) & (100 * text.repeated > 15 * text.shingles)


def short(text: Measures) -> Mask:
    """Fewer than 20 words; Gopher asks for 50, which few posts have."""
    return text.words < 20


def shouting(text: Measures) -> Mask:
    """Of 20 or more letters, more than 60 percent are capitals."""
    return (text.letters >= 20) & (10 * text.capitals > 6 * text.letters)


def template_quote(text: Measures) -> Mask:
    """One quotation and at most its author: 70 percent in quotation marks, or lines after ">"."""
    return (text.quote >= 70) | (2 * text.quoted > text.lines)


RULES: tuple[Callable[[Measures], Mask], ...] = (
    boilerplate,
    cut_off,
    list_of_tags,
    mostly_links,
    mostly_placeholders,
    mostly_signs,
    repetitive,
    short,
    shouting,
    template_quote,
)
"""In the order of their names, which is the order of a row's marks."""

REFUSABLE = frozenset(
    rule.__name__
    for rule in (
        boilerplate,
        list_of_tags,
        mostly_links,
        mostly_placeholders,
        mostly_signs,
        repetitive,
        template_quote,
    )
)
"""Marks that a setting may turn into refusals; to be short, loud or unfinished is no fault."""


def measured(block: Block) -> Measures:
    """Count what the rules ask about in the texts of a block, as they are."""
    whole = block.data.tobytes()
    begins, _ = tokens(block.data)
    word_text = np.searchsorted(block.ends, begins)
    sorts = _sorts(block.data)
    held = [(found.span(), found[1] == b"URL") for found in _PLACEHOLDER.finditer(whole)]
    for (begin, end), _ in held:
        sorts[begin:end] = _NOTHING
    spots = [begin for (begin, _), _ in held]
    links = [begin for (begin, _), link in held if link]
    links += [found.start() for found in _LINK.finditer(whole)]
    tags = block.data[np.minimum(begins + 1, len(whole) - 1)]
    is_tag = (block.data[begins] == _TAG) & (tags != _TAG) & (SMALL[tags] > 0x20)
    small = replace(block, data=SMALL[block.data])
    hashes, counts = shingles(small)
    size = len(block.ends)

    def in_texts(at: Places) -> Places:
        return np.bincount(at, minlength=size)

    def of_words(places: Iterable[int]) -> Places:
        found = np.fromiter(places, np.int64)
        return in_texts(word_text[np.unique(np.searchsorted(begins, found, side="right") - 1)])

    def summed(mask: Mask) -> Places:
        return np.add.reduceat(mask, block.starts, dtype=np.int64)

    lines = _line_begins(block)
    line_text = np.searchsorted(block.ends, lines)
    capitals = summed(sorts == _CAPITAL)
    return Measures(
        words=in_texts(word_text),
        links=of_words(links),
        placeholders=of_words(spots),
        tags=in_texts(word_text[is_tag]),
        letters=summed(sorts == _SMALL_LETTER) + capitals,
        capitals=capitals,
        signs=summed(sorts == _SIGN),
        shingles=counts,
        repeated=np.subtract(counts, _distinct(hashes, counts)),
        phrases=_phrases(small, size),
        lines=in_texts(line_text),
        quoted=in_texts(line_text[block.data[lines] == _MORE]),
        quote=_quote(block, whole),
        cut=_ends_with(block, whole),
    )


def _sorts(data: Bytes) -> Bytes:
    """Say of the first byte of each sign whether it is a letter, a capital or another sign."""
    sorts = _ASCII[data]
    leads = np.flatnonzero((data >= 0xC0) & (data != SEPARATOR))
    if len(leads):
        pairs = data[leads].astype(np.uint16) << 8 | data[leads + 1]
        sorts[leads] = _FOREIGN[pairs]
    return sorts


def _distinct(hashes: Hashes, counts: Places) -> Places:
    """Return how many different hashes each text has."""
    texts = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    both = np.sort(texts << np.uint64(32) | hashes)
    fresh = np.ones(len(both), np.bool_)
    fresh[1:] = both[1:] != both[:-1]
    return np.bincount((both[fresh] >> np.uint64(32)).astype(np.int64), minlength=len(counts))


def _phrases(small: Block, size: int) -> Places:
    whole = small.data.tobytes()
    found = np.zeros(size, np.int64)
    for phrase in PHRASES:
        wanted = phrase.encode()
        at = whole.find(wanted)
        while at >= 0:
            text = int(np.searchsorted(small.ends, at))
            found[text] += 1
            at = whole.find(wanted, int(small.ends[text]))
    return found


def _line_begins(block: Block) -> Places:
    """Return where lines begin that are not empty."""
    begins = np.concatenate((block.starts, np.flatnonzero(block.data == _NEWLINE) + 1))
    first = block.data[begins]
    return np.sort(begins[(first != _NEWLINE) & (first != SEPARATOR)])


def _quote(block: Block, whole: bytes) -> Places:
    """Return how many percent of each text lie in the quotation marks that it begins with."""
    marks = [found.span() for found in _QUOTATION.finditer(whole)]
    if not marks:
        return np.zeros(len(block.ends), np.int64)
    begins, ends = np.array(marks, np.int64).T
    last = np.searchsorted(begins, block.ends) - 1
    first = np.minimum(np.searchsorted(begins, block.starts), len(begins) - 1)
    opened = (begins[first] == block.starts) & (last > first)
    length = np.maximum(block.ends - block.starts, 1)
    return np.where(opened, 100 * (ends[last] - block.starts) // length, 0)


def _ends_with(block: Block, whole: bytes) -> Mask:
    ends = block.ends.tolist()
    return np.fromiter((whole.endswith(_CUT, 0, end) for end in ends), np.bool_, len(ends))


def _ascii() -> Bytes:
    """Return the table of the sorts of ASCII; what goes on a sign that is begun is nothing."""
    table = np.zeros(256, np.uint8)
    for code in range(33, 127):
        sign = chr(code)
        table[code] = (_SIGN, _CAPITAL, _SMALL_LETTER)[sign.isalpha() + sign.islower()]
    return table


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


_ASCII = _ascii()
_FOREIGN = _foreign()

"""Marks that say what sort of text a redacted text is: small rules over counts of its signs.

A mark refuses nothing by itself. Sources: Gopher (Rae et al. 2021, "Scaling Language Models",
appendix A.1) and C4 (Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section
2.2); where a rule names none it is our own, for posts.
"""

from collections.abc import Callable

from sayso.datasets.making.measures import Measures
from sayso.datasets.similarity.shingles import Mask

VERSION = "1"
"""Of the rules and `measures`: another version may mark the same text otherwise."""


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

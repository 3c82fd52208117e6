"""Plain text from HTML, Markdown and BBCode, with the spans of quotes, mentions and code.

What a reader sees becomes text: paragraphs, list items and rows become lines, `br` a line end,
cells are parted by tabs, a picture is its alternative text, spoilers and folded details are
text like any other, shortcodes such as `:wave:` stay. Scripts, styles and comments are dropped.
A link's whole address stays where Mastodon hides parts of it: it is what was written, and
personal data are found more surely in a whole address than in a shortened one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from sayso.community import SOMEONE, Code, MemberId, Mention, Quote
from sayso.sources.markup import bbcode, hypertext, markdown
from sayso.sources.markup.page import Page

Who = Callable[[str], MemberId]
"""Turns an address, a handle or a name, as the markup has it, into a member's id or `SOMEONE`."""

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_Span = TypeVar("_Span", Quote, Mention, Code)


def nobody(_: str) -> MemberId:
    """Know nobody: what is quoted is always cut, and mentions stay without a name."""
    return SOMEONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """A text and its spans, in code points of `text`; each lies within it and is not empty.

    Spans stand in the order of the text, the outer before the inner.
    """

    text: str = ""
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    code: tuple[Code, ...] = ()

    def then(self, other: "PlainText", between: str = "\n") -> "PlainText":
        """Return this and `other` as one text; an empty one adds nothing."""
        if not self.text or not other.text:
            return self if self.text else other
        by = len(self.text) + len(between)
        return PlainText(
            text=self.text + between + other.text,
            quotes=self.quotes + _moved(other.quotes, by),
            mentions=self.mentions + _moved(other.mentions, by),
            code=self.code + _moved(other.code, by),
        )


def from_html(text: str, who: Who = nobody) -> PlainText:
    """Read HTML, as Mastodon, Discourse and Stack Exchange write it; any text is HTML.

    Quotes are `blockquote`, `q`, and Discourse's `aside` of the classes quote and onebox; `who`
    is asked for what `cite` or `data-username` says. Mentions have the class `mention`; `who`
    is asked for the address, else for the words.
    """
    return _plain(hypertext.read(_unicode(text), who))


def from_markdown(text: str, who: Who = nobody) -> PlainText:
    """Read CommonMark with raw HTML, as `from_html` reads what it stands for."""
    return _plain(hypertext.read(markdown.as_html(_unicode(text)), who))


def from_bbcode(text: str, who: Who = nobody) -> PlainText:
    """Read what a member typed in Discourse: Markdown with BBCode, where a line end is one.

    `who` is asked for the name in `[quote="ana, post:1, topic:2"]`, and for `@ana` in the text.
    """
    shown = markdown.as_html(bbcode.as_markdown(_unicode(text)), breaks=True)
    return _plain(hypertext.read(shown, who, at_is_mention=True))


def _unicode(text: str) -> str:
    """Half of a surrogate pair is no sign at all: it is shown as a sign that is missing."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def _plain(page: Page) -> PlainText:
    return PlainText(
        text=page.text,
        quotes=_ordered(page.quotes),
        mentions=_ordered(page.mentions),
        code=_ordered(page.code),
    )


def _ordered(spans: list[_Span]) -> tuple[_Span, ...]:
    """Put spans, which come as they ended, into the text's order; of two alike the outer first."""
    spans.reverse()
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _moved(spans: tuple[_Span, ...], by: int) -> tuple[_Span, ...]:
    return tuple(replace(span, start=span.start + by, end=span.end + by) for span in spans)

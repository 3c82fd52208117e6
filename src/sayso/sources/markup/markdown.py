"""Markdown as HTML (CommonMark 0.31 with tables and strikethrough, raw HTML let through)."""

from functools import cache

from markdown_it import MarkdownIt


@cache
def _parser(*, breaks: bool) -> MarkdownIt:
    return MarkdownIt("js-default", {"html": True, "breaks": breaks})


def as_html(text: str, *, breaks: bool = False) -> str:
    """Return the HTML that `text` stands for; with `breaks` every line end is one.

    Nothing is made safe here: it is read as plain text, and never shown.
    """
    shown: str = _parser(breaks=breaks).render(text)
    return shown

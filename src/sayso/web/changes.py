"""What changed between two texts, word by word: <ins> and <del>, which a screen reader can say."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from markupsafe import Markup, escape

_TOKEN = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d{1,3}[.)])\s)|\S+")
_MARKS = re.compile(r"^#{1,6}\s+|(?<!\w)\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?!\w)", re.MULTILINE)
_MOST_WORDS = 2_000
"""Beyond, whole lines are compared: comparing words takes their number squared."""
_BREAK = "\n"


def changes(before: str, after: str) -> Markup:
    """Return `after` in paragraphs, with what is new inserted and what is gone struck out.

    Long runs that did not change are counted, not repeated. Markdown's own marks are left out:
    it is the words that are compared.
    """
    old, new = _tokens(before), _tokens(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        old, new = _lines(before), _lines(after)
    written: list[str] = []
    for sort, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            written.extend(_said(old[i:j]))
            continue
        written.extend(_marked("del", "taken out", old[i:j]))
        written.extend(_marked("ins", "new", new[k:n]))
    paragraphs = [said for each in " ".join(written).split(_BREAK) if (said := each.strip())]
    return Markup("\n".join(_shortened(paragraphs)))  # noqa: S704 - every word was escaped


def _shortened(paragraphs: Sequence[str]) -> Iterator[str]:
    """Write the paragraphs, and three or more in a row that stay as they were as one mark."""
    for is_changed, found in groupby(
        paragraphs, key=lambda each: "</ins>" in each or "</del>" in each
    ):
        run = list(found)
        if not is_changed and len(run) > 2:
            yield f'<p class="soft small">… {len(run)} paragraphs as before …</p>'
        else:
            yield from (f"<p>{said}</p>" for said in run)


def differs(before: str, after: str) -> bool:
    """Whether any word is another."""
    return _tokens(before) != _tokens(after)


def _tokens(text: str) -> list[str]:
    plain = _MARKS.sub("", text.replace("\r\n", "\n"))
    return [_BREAK if each.isspace() else each for each in _TOKEN.findall(plain.strip())]


def _lines(text: str) -> list[str]:
    plain = _MARKS.sub("", text.replace("\r\n", "\n"))
    return [part for line in plain.split("\n") if line.strip() for part in (line.strip(), _BREAK)]


def _said(words: Sequence[str]) -> Iterator[str]:
    return (each if each == _BREAK else str(escape(each)) for each in words)


def _marked(tag: str, spoken: str, words: Sequence[str]) -> Iterator[str]:
    """Mark a run of words, paragraph by paragraph; a mark never spans two of them."""
    for is_break, run in groupby(words, key=lambda each: each == _BREAK):
        if is_break:
            yield _BREAK
        else:
            said = " ".join(str(escape(each)) for each in run)
            yield f'<{tag}><span class="unseen">{spoken}: </span>{said}</{tag}>'

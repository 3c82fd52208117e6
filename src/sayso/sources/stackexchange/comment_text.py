"""The few marks that Stack Exchange's comments know, read as plain text.

Comments know no HTML and no blocks: bold, italic, code, links, and `@name`
(https://stackoverflow.com/editing-help#comment-formatting). A dump has them as they were typed.
"""

import re
from bisect import bisect_right

from sayso.community import SOMEONE, Code, Mention, Quote
from sayso.sources.plain_text import PlainText

_MARKS = re.compile(
    r"""
    (?<!`)(?P<ticks>`{1,3})(?P<code>[^`\n]{1,2000})(?P=ticks)(?!`)
  | \[(?P<shown>[^\[\]\n]{1,1000})\]\(<?(?P<link>https?://[^\s<>()]{1,2000})>?(?:\s+"[^"\n]{0,500}")?\)
  | \*\*(?P<bold>[^*\n]{1,2000})\*\*
  | (?<![\w*])\*(?P<italic>[^*\s\n](?:[^*\n]{0,2000}[^*\s\n])?)\*(?![\w*])
    """,
    re.VERBOSE,
)
_NAMED = re.compile(r"(?<![\w@./`])@(?=\w)[\w.\-'\u2019]{1,60}(?<![.\-'\u2019])")
_CITED = re.compile(r"^>[^\n]*", re.MULTILINE)


def comment_text(typed: str) -> PlainText:
    """Return the text that is shown; a line after `>` is somebody's words, by custom."""
    out: list[str] = []
    code: list[Code] = []
    at = size = 0
    for found in _MARKS.finditer(typed):
        before = typed[at : found.start()]
        shown = next(part for part in found.group("code", "shown", "bold", "italic") if part)
        if found["code"]:
            start = size + len(before)
            code.append(Code(start=start, end=start + len(shown)))
        out += (before, shown)
        size += len(before) + len(shown)
        at = found.end()
    text = "".join((*out, typed[at:]))
    return PlainText(
        text=text,
        quotes=tuple(
            Quote(start=found.start(), end=found.end(), member_id=SOMEONE)
            for found in _CITED.finditer(text)
        ),
        mentions=tuple(
            Mention(start=found.start(), end=found.end())
            for found in _NAMED.finditer(text)
            if not _is_inside(found.start(), code)
        ),
        code=tuple(code),
    )


def _is_inside(place: int, code: list[Code]) -> bool:
    """Whether `place` lies in one of `code`, which stand in the order of the text."""
    at = bisect_right([span.start for span in code], place) - 1
    return at >= 0 and place < code[at].end

"""Discourse's BBCode, rewritten as the Markdown and HTML that it stands for.

Discourse mixes a few bracketed tags into Markdown (discourse/discourse, frontend/discourse-
markdown-it). Tags in code are left alone, as there. A quote that nobody ends goes on to the end
of the text: too much of it is then somebody else's, never too little.
"""

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable

_PAIRED = "spoiler|poll|wrap|grid|url|email|size|color|font|center|left|right|justify|b|i|u|s"
"""Tags that only say how words look: taken away where both ends are there."""

_VALUE = r"""(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|“[^”\n]{0,300}”|[^\[\]\n"'“]){0,600}"""
_PIECES = re.compile(
    rf"""
    (?P<escaped>\\.)
  | ^[ ]{{0,3}}(?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})[^\n]*
  | (?P<ticks>`+)
  | \[img[^\]\n]{{0,200}}\][^\[\]\n]{{0,2000}}\[/img\]
  | \[(?P<closes>/?)(?P<tag>quote|chat|code|details|date|{_PAIRED})(?P<said>(?:=|\s){_VALUE})?\]
  | \[quote(?P<loose>[=\s][^\]\n]{{0,300}})\]
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_ENDS = re.compile(rf"\[/(code|{_PAIRED})\]", re.IGNORECASE)
_CODE_ENDS = re.compile(r"\[/code\]", re.IGNORECASE)
_QUOTED = re.compile(r"""^[=\s]+(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“].*))""", re.DOTALL)
_USERNAME = re.compile(r"\busername\s*[:=]\s*\"?([^\s,;\"]+)", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:quote|name)\s*=\s*\"?([^\",;\]]+)", re.IGNORECASE)
_TIME = re.compile(r"\btime=([\d:]+)")


def as_markdown(text: str) -> str:
    """Return `text` with its tags as HTML; what is no tag of Discourse's stays as it is."""
    return _Rewriting(text).result()


def speaker(said: str) -> str:
    """Return whose words a quote's tag says they are: `="Ana, post:1, username:ana"` is ana."""
    if found := _USERNAME.search(said):
        return found[1].strip()
    whole = _QUOTED.match(said)
    if whole is None:
        named = _NAMED.search(said)
        return named[1].strip() if named else ""
    value = next(part for part in whole.groups() if part is not None)
    if named := _NAMED.match(value):
        value = named[1]
    return re.split(r"[,;]", value, maxsplit=1)[0].strip().strip("\"'“”").removeprefix("@")


class _Rewriting:
    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._runs: dict[int, list[int]] | None = None
        self._last_ends = {end[1].lower(): end.start() for end in _ENDS.finditer(text)}
        self._taken_away: set[str] = set()

    def result(self) -> str:
        at = 0
        while found := _PIECES.search(self._text, at):
            self._out.append(self._text[at : found.start()])
            end, instead = self._piece(found)
            self._out.append(self._text[found.start() : end] if instead is None else instead)
            at = end
        self._out.append(self._text[at:])
        return "".join(self._out)

    def _piece(self, found: re.Match[str]) -> tuple[int, str | None]:
        """Return where a piece ends and what stands for it; None where it stays as it is."""
        if found["fence"]:
            return self._end_of_fence(found), None
        if found["ticks"]:
            return self._end_of_ticks(found), None
        if found["escaped"]:
            return found.end(), None
        if found["loose"]:
            return found.end(), _quote(found["loose"])
        if found["tag"] is None:
            return found.end(), ""  # a picture's address
        return self._tag(found, found["tag"].lower(), found["said"] or "")

    def _tag(self, found: re.Match[str], tag: str, said: str) -> tuple[int, str | None]:
        end, closes = found.end(), bool(found["closes"])
        if tag in _INSTEAD:
            opened, closed = _INSTEAD[tag]
            return end, closed if closes else opened(said)
        if tag == "code":
            return (end, None) if closes else self._code(found)
        if closes:
            return end, "" if tag in self._taken_away else None
        if self._last_ends.get(tag, -1) < end:
            return end, None
        self._taken_away.add(tag)
        return end, ""

    def _end_of_fence(self, found: re.Match[str]) -> int:
        fence = found["fence"]
        ends = re.compile(rf"^[ ]{{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
        closing = ends.search(self._text, found.end())
        return closing.end() if closing else len(self._text)

    def _end_of_ticks(self, found: re.Match[str]) -> int:
        """Return the end of a code span; of the ticks alone where no span closes in time."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in re.finditer("`+", self._text):
                self._runs[len(run[0])].append(run.start())
        size = len(found["ticks"])
        others = self._runs.get(size, [])
        place = bisect_right(others, found.start())
        if place == len(others):
            return found.end()
        empty_line = self._text.find("\n\n", found.end(), others[place])
        return found.end() if empty_line >= 0 else others[place] + size

    def _code(self, found: re.Match[str]) -> tuple[int, str | None]:
        if self._last_ends.get("code", -1) < found.end():
            return found.end(), None
        closing = _CODE_ENDS.search(self._text, found.end())
        if closing is None:
            return found.end(), None
        inside = html.escape(self._text[found.end() : closing.start()], quote=False)
        return closing.end(), f"\n\n<pre><code>{inside}</code></pre>\n\n"


def _quote(said: str) -> str:
    return f'\n\n<aside class="quote" data-username="{html.escape(speaker(said))}">\n\n'


def _details(said: str) -> str:
    return f"\n\n<details><summary>{html.escape(_value(said), quote=False)}</summary>\n\n"


def _date(said: str) -> str:
    time = _TIME.search(said)
    return " ".join([*_value(said).split()[:1], *([time[1]] if time else [])])


def _value(said: str) -> str:
    whole = _QUOTED.match(said)
    return next(part for part in whole.groups() if part is not None) if whole else ""


_INSTEAD: dict[str, tuple[Callable[[str], str], str]] = {
    "quote": (_quote, "\n\n</aside>\n\n"),
    "chat": (_quote, "\n\n</aside>\n\n"),
    "details": (_details, "\n\n</details>\n\n"),
    "date": (_date, ""),
}

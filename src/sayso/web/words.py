"""Dates, counts and names as people read them: the templates' filters."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from sayso.community import Kind

_KINDS = {
    Kind.POST: "post",
    Kind.ARTICLE: "article",
    Kind.COMMENT: "comment",
    Kind.GROUP_POST: "group post",
    Kind.PROFILE: "profile",
    Kind.RESUME: "résumé",
    Kind.FEEDBACK: "feedback",
    Kind.PROMPT: "prompt",
    Kind.MESSAGE: "message",
}
_MARKER = re.compile(r"#{1,6} +|[-*+] +|\d{1,3}[.)] +")
"""What begins a heading or an entry of a list."""
_SORTS = {"#": "h2", "-": "ul", "*": "ul", "+": "ul"}
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"\*(?=\S)([^*]+)(?<=\S)\*")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((https://[A-Za-z0-9][^\s()]{2,2000})\)")
"""`[words](https://...)` in escaped text: what could end an attribute is escaped there already."""
_PLACEHOLDER = re.compile(f"{escape('<')}[A-Z_]{{2,20}}_[1-9][0-9]{{0,8}}{escape('>')}")


def day(moment: datetime) -> str:
    """Say a day: 3 November 2025."""
    return f"{moment.day} {moment:%B %Y}"


def minute(moment: datetime) -> str:
    """Say a moment to the minute."""
    return f"{day(moment)}, {moment:%H:%M} UTC"


def second(moment: datetime) -> str:
    """Say a moment to the second; what a member may want to prove."""
    return f"{day(moment)}, {moment:%H:%M:%S} UTC"


def machine_time(moment: datetime) -> str:
    """Write a moment for a `datetime` attribute."""
    return moment.isoformat()


def age(span: timedelta) -> str:
    """Say how long something has lasted, in its largest unit."""
    seconds = int(span.total_seconds())
    if seconds < 1:
        return "no time"
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(seconds // size, unit)
    return counted(seconds, "second")


def counted(number: int, one: str, many: str = "") -> str:
    """Say a number with its noun: 1 post, 2 posts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float) -> str:
    """Write a number with its thousands parted."""
    return f"{value:,}"


def kind(value: str) -> str:
    """Say what sort of document it is."""
    return _KINDS[Kind(value)]


def initials(name: str) -> str:
    """Return the letters that stand in for a face."""
    parts = [part for part in name.split() if part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"


def short_id(value: str) -> str:
    """Return enough of an id to tell it from others by eye."""
    return value if len(value) <= 14 else f"{value[:12]}…"


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    said = text.strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def opening(text: str, limit: int = 90) -> str:
    """Return a text's first words on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def marked(text: str) -> Markup:
    """Escape a redacted text and make its placeholders visible."""
    return Markup(  # noqa: S704 - every part is escaped before it is joined
        _PLACEHOLDER.sub(lambda found: f"<mark>{found.group()}</mark>", str(escape(text)))
    )


def paragraphs(text: str) -> Markup:
    """Write the Markdown that notices use: headings, lists, paragraphs, emphasis, https links."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", str(escape(text)).strip()):
        blocks.extend(_blocks(block.splitlines()))
    return Markup("\n".join(blocks))  # noqa: S704 - the whole text was escaped above


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    for sort, found in groupby(_entries(lines), key=itemgetter(0)):
        said = [_linked(text) for _, text in found]
        if sort in {"ul", "ol"}:
            yield f"<{sort}>" + "".join(f"<li>{each}</li>" for each in said) + f"</{sort}>"
        else:
            yield from (f"<{sort}>{each}</{sort}>" for each in said)


def _entries(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Sort lines into headings, entries of lists and paragraphs; a plain line goes on with one."""
    entries: list[tuple[str, str]] = []
    for line in map(str.strip, lines):
        before = entries[-1][0] if entries else ""
        marker = _MARKER.match(line)
        sort = _SORTS.get(marker[0][0], "ol") if marker else "p"
        if sort == "ol" and before == "p":
            sort = "p"  # a number within a paragraph
        if sort == "p" and before not in {"", "h2"}:
            entries[-1] = (before, f"{entries[-1][1]} {line}")
        else:
            entries.append((sort, line[marker.end() :] if marker and sort != "p" else line))
    return entries


def _linked(line: str) -> str:
    """Write links as such, and emphasis around them and in their words, never in an address."""
    addresses: list[str] = []

    def opened(link: re.Match[str]) -> str:
        addresses.append(f'<a href="{link[2]}" rel="noopener noreferrer">')
        return f"\0{link[1]}\1"

    said = _emphasised(_LINK.sub(opened, line.replace("\0", "").replace("\1", "")))
    for address in addresses:
        said = said.replace("\0", address, 1)
    return said.replace("\1", "</a>")


def _emphasised(line: str) -> str:
    return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", line))


FILTERS: dict[str, Callable[..., Any]] = {
    "age": age,
    "counted": counted,
    "day": day,
    "initials": initials,
    "kind": kind,
    "machine_time": machine_time,
    "marked": marked,
    "minute": minute,
    "number": number,
    "opening": opening,
    "paragraphs": paragraphs,
    "second": second,
    "sentence": sentence,
    "short_id": short_id,
}

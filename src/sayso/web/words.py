"""Dates, counts and names as people read them: the templates' filters."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
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
_PLACEHOLDER = re.compile(r"\[[a-z][a-z -]*\]")


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
    """Write a notice's Markdown as the little it uses: headings, lists and paragraphs."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [str(escape(line.strip())) for line in block.splitlines()]
        if lines[0].startswith("#"):
            blocks.append(f"<h2>{lines[0].lstrip('# ')}</h2>")
            lines = lines[1:]
        if lines and all(line.startswith(("- ", "* ")) for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>")
        elif lines:
            blocks.append(f"<p>{' '.join(lines)}</p>")
    return Markup("\n".join(blocks))  # noqa: S704 - every line was escaped above


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

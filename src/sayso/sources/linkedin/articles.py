"""Articles: one page of HTML each, with its title, its days and its words."""

import io
import re
from dataclasses import replace
from datetime import datetime

from sayso.community import Document, Kind, State
from sayso.sources.archives import Archive
from sayso.sources.fields import Unfit
from sayso.sources.linkedin import links
from sayso.sources.linkedin.dates import Order, moment
from sayso.sources.linkedin.owner import WHERE_SILENT, Owner
from sayso.sources.linkedin.repairs import tidy
from sayso.sources.plain_text import from_html
from sayso.sources.reading import Skipped
from sayso.sources.text_lines import text_lines

LONGEST = 8 * 1024**2
"""In bytes. LinkedIn takes 110,000 signs; no page of that is as long."""

_HEAD = 64 * 1024
"""The title stands in the first signs, or nowhere."""

_HEADING = re.compile(r"<h1\b[^>]{0,999}>(?P<title>.{0,4000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(
    r"<title\b[^>]{0,999}>(?P<title>.{0,4000}?)</title\s*>", re.IGNORECASE | re.DOTALL
)
_DAY = re.compile(
    r"\s*<p\s+class=[\"']?(?P<what>created|published|modified|updated)[\"']?\s*>"
    r"(?P<said>[^<]{0,200})</p\s*>",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_IN_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T_](\d\d)[:_-](\d\d)[:_-](\d\d))?")


def article(archive: Archive, name: str, owner: Owner) -> Document | Skipped:
    """Read one page. It is a draft unless it says, above its text, when it was published."""
    where = f"{archive.path}: {name}"
    with archive.open(name) as stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        mend = f"At most {LONGEST // 1024**2} MiB are read."
        return Skipped(where=where, reason="an article that is too long", mend=mend)
    page = "".join(line or "" for line in text_lines(io.BytesIO(data)))
    if any("\ud800" <= sign <= "\udfff" for sign in page):
        return Skipped(where=where, reason="not Unicode", mend="Save the page as UTF-8.")
    try:
        return _document(page, name, owner)
    except Unfit as unfit:
        return Skipped(where=where, reason=unfit.reason, mend=unfit.mend)


def _document(page: str, name: str, owner: Owner) -> Document:
    heading = _HEADING.search(page, 0, _HEAD)
    title = heading or _TITLE.search(page, 0, _HEAD)
    days, at = _days(page, heading.end() if heading else 0)
    written_at = days.get("published") or days.get("created") or _day_in(name)
    if written_at is None:
        raise Unfit("no date", "The page should say when it was created or published.")
    body = from_html(tidy(page[at:]))
    if not body.text.strip():
        raise Unfit("no text", "The page has nothing below its title.")
    link = links.article(title["title"]) if title else ""
    document_id = (
        owner.document_id(f"article/{link}")
        if link
        else owner.hashed_id("article", days.get("created") or _day_in(name), name)
    )
    return replace(
        owner.document(document_id, Kind.ARTICLE, body.text, written_at),
        title=" ".join(from_html(title["title"]).text.split()) if title else "",
        visibility=owner.attested_audience(WHERE_SILENT),
        state=State.PUBLISHED if "published" in days else State.DRAFT,
        quotes=body.quotes,
        mentions=body.mentions,
        code=body.code,
    )


def _days(page: str, at: int) -> tuple[dict[str, datetime], int]:
    """Return what stands right below the title, day by day, and where the text begins.

    The same words further down are the author's own and publish nothing.
    """
    days: dict[str, datetime] = {}
    while found := _DAY.match(page, at):
        at = found.end()
        said = _IN_WORDS.search(found["said"])
        day = moment(said[0], Order()) if said else None
        if day is not None:
            days.setdefault(found["what"].lower(), day)
    return days, at


def _day_in(name: str) -> datetime | None:
    """Return the moment that a page's own name begins with."""
    found = _IN_NAME.match(name.rpartition("/")[2])
    if found is None:
        return None
    day, *time = found.groups()
    try:
        return moment(f"{day} {':'.join(time)}" if time[0] else day, Order())
    except Unfit:
        return None

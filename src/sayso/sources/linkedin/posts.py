"""What they wrote: posts, comments, and recommendations of others."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sayso.community import Document, DocumentId, Kind, State, Visibility
from sayso.sources.fields import Unfit
from sayso.sources.linkedin import links
from sayso.sources.linkedin.dates import Order, moment
from sayso.sources.linkedin.owner import WHERE_SILENT, Owner
from sayso.sources.linkedin.tables import Line, Table
from sayso.sources.reading import Skipped
from sayso.sources.seen import Seen

_AUDIENCES = {
    "PUBLIC": Visibility.PUBLIC,
    "MEMBER_NETWORK": Visibility.CONNECTIONS,
    "CONNECTIONS": Visibility.CONNECTIONS,
}
"""Whatever else stands there is private until it is known."""

_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
_ALL = tuple(Visibility)
_ONE_POST = 5  # seconds, in which a post gets its numbers as a share and as an activity

_NO_DATE = Unfit("no date", "Give the row its date: a notice counts from known days only.")


@dataclass(slots=True, kw_only=True)
class Writing:
    """What is known while an archive is read: whose it is, how it dates, what stood before."""

    owner: Owner
    order: Order
    seen: Seen = field(default_factory=Seen)
    restricted: Seen = field(default_factory=Seen)
    """When their posts that not everyone may read were made, and who may."""

    def restrict(self, made_at: datetime, seen_by: Visibility) -> None:
        """Remember that not everyone may read what was made then."""
        self.restricted.first_at(f"{_span(made_at)}", _ALL.index(seen_by))

    def audience_of(self, made_at: datetime) -> Visibility | None:
        """Return who may read a post of theirs made then, where not everyone may."""
        for each in (0, -1, 1):
            name = f"{_span(made_at) + each}"
            if name in self.restricted:
                return _ALL[self.restricted.first_at(name, 0) or 0]
        return None


def shares(table: Table, writing: Writing) -> Iterator[Document | Skipped]:
    """Yield their posts; what has no words of theirs is skipped."""
    has_audience = "visibility" in table.habits.names
    for line in table.lines():
        yield line if isinstance(line, Skipped) else _share(line, writing, has_audience)


def comments(table: Table, writing: Writing) -> Iterator[Document | Skipped]:
    """Yield their comments, each with the post it answers."""
    for line in table.lines():
        yield line if isinstance(line, Skipped) else _comment(line, writing)


def recommendations(table: Table, writing: Writing) -> Iterator[Document | Skipped]:
    """Yield what they wrote to recommend others."""
    for line in table.lines():
        yield line if isinstance(line, Skipped) else _recommendation(line, writing)


def _share(line: Line, writing: Writing, has_audience: bool) -> Document | Skipped:  # noqa: FBT001
    text, link = line.said("sharecommentary"), line.said("sharelink")
    if text in _AUDIENCES and not has_audience:
        mend = "The columns stand under the wrong names; export the archive again."
        return Skipped(where=line.where, reason="columns that are mixed up", mend=mend)
    if not _has_words(text):
        return _wordless(line)
    post, owner = links.thing(link), writing.owner
    said = line.said("visibility").upper()
    seen_by = _AUDIENCES.get(said, Visibility.PRIVATE)
    if not said:
        seen_by = owner.attested_audience(Visibility.PRIVATE)
    if post and post.is_in_a_group:
        seen_by = Visibility.GROUP
    at, problem = _dated(line, "date", writing)
    hashed = owner.hashed_id("share", at, links.plain(link), text)
    named = owner.document_id(post.urn) if post else None
    if post and post.made_at and seen_by is not Visibility.PUBLIC:
        writing.restrict(post.made_at, seen_by)
    at = at or (post.made_at if post else None)
    if at is None:
        return _skipped(line, problem, named)
    kind = Kind.GROUP_POST if post and post.is_in_a_group else Kind.POST
    document = replace(owner.document(named or hashed, kind, text, at), visibility=seen_by)
    return _once(line, writing, document, otherwise=hashed)


def _comment(line: Line, writing: Writing) -> Document | Skipped:
    text, link = line.said("message", "comment"), line.said("link", "commentlink")
    if not _has_words(text):
        return _wordless(line)
    owner, post = writing.owner, links.thing(link)
    # Without a date of its own a comment is at least not older than what it answers.
    least = links.answered_at(link) or (post.made_at if post else None)
    said_at, problem = _dated(line, "date", writing)
    document_id = owner.hashed_id("comment", said_at, links.plain(link), text)
    at = said_at or least
    if at is None:
        return _skipped(line, problem, document_id)
    document = replace(
        owner.document(document_id, Kind.COMMENT, text, at),
        visibility=_audience_under(post, writing),
        parents=(owner.document_id(post.urn),) if post else (),
    )
    return _once(line, writing, document)


def _recommendation(line: Line, writing: Writing) -> Document | Skipped:
    text = line.said("text")
    if not _has_words(text):
        return _wordless(line)
    owner, status = writing.owner, line.said("status").upper()
    at, problem = _dated(line, "creationdate", writing)
    if at is None:
        return _skipped(line, problem, None)
    name = f"{line.said('firstname')} {line.said('lastname')}"
    seen_by = Visibility.PRIVATE
    if status == "VISIBLE":
        seen_by = owner.attested_audience(WHERE_SILENT)
    document_id = owner.hashed_id("recommendation", at, name, text)
    document = replace(
        owner.document(document_id, Kind.PROFILE, text, at),
        visibility=seen_by,
        state=State.PENDING if status == "PENDING" else State.PUBLISHED,
    )
    return _once(line, writing, document)


def _audience_under(post: links.Thing | None, writing: Writing) -> Visibility:
    """Return who may read a comment: nobody whom the post it answers is hidden from.

    Of other members' posts the archive does not say that, so it is taken to be few.
    """
    if post and post.is_in_a_group:
        return Visibility.GROUP
    seen_by = writing.audience_of(post.made_at) if post and post.made_at else None
    return seen_by or writing.owner.attested_audience(Visibility.CONNECTIONS)


def _span(at: datetime) -> int:
    """Return which few seconds it falls into; the same post's other number may be next to it."""
    return int(at.timestamp()) // _ONE_POST


def _dated(line: Line, column: str, writing: Writing) -> tuple[datetime | None, Unfit]:
    """Return when it says it was written, and why not where it does not."""
    try:
        return moment(line.said(column), writing.order), _NO_DATE
    except Unfit as unfit:
        return None, unfit


def _once(
    line: Line, writing: Writing, document: Document, *, otherwise: DocumentId | None = None
) -> Document | Skipped:
    """Return the document, unless it stood there before.

    Another text under the same address is another document: it is known by `otherwise`.
    """
    text = zlib.crc32(document.text.encode())
    first = writing.seen.first_at(document.id, text)
    if first is None:
        return document
    if otherwise and first != text:
        return _once(line, writing, replace(document, id=otherwise))
    mend = "It is read where it stands first."
    return Skipped(where=line.where, reason="there twice", mend=mend, on_purpose=True)


def _has_words(text: str) -> bool:
    """Whether it says more than an address."""
    return bool(_ADDRESS.sub("", text).strip())


def _wordless(line: Line) -> Skipped:
    mend = "A repost, link or picture without a word of theirs is not theirs."
    return Skipped(where=line.where, reason="no words of theirs", mend=mend, on_purpose=True)


def _skipped(line: Line, problem: Unfit, document_id: DocumentId | None) -> Skipped:
    return Skipped(
        where=line.where, reason=problem.reason, mend=problem.mend, document_id=document_id
    )

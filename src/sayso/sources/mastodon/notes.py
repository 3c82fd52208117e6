"""One item of an outbox: a member's own post, or why it is none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from sayso.community import (
    SOMEONE,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    State,
    Visibility,
)
from sayso.evidence.canonical import JSON
from sayso.sources.attested import attested
from sayso.sources.audience import audience
from sayso.sources.fields import Fields, Unfit
from sayso.sources.mastodon.actor import LONGEST_ID, Actor, host_of
from sayso.sources.mastodon.addressees import seen_by
from sayso.sources.mastodon.mentions import who_in
from sayso.sources.plain_text import PlainText, Who, from_html, from_markdown
from sayso.sources.reading import Account, ReadingOptions, Skipped
from sayso.sources.seen import Seen

LONGEST_CONTENT = 1_000_000
"""In signs, markup included; the longest posts anywhere have some ten thousand."""

_KINDS = {"Note": Kind.POST, "Question": Kind.POST, "Article": Kind.ARTICLE, "Page": Kind.ARTICLE}
_WRITES = frozenset({"Create", "Update", "Delete"})
_GONE = "Tombstone"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")
"""What names a quoted post (FEP-044f, and what others called it before)."""
_QUOTED_LINK = re.compile(
    r"(?:<br\s*/?>\s*){0,2}\bRE:\s*(?:<a\b[^>]{0,2000}>.{0,2000}?</a\s*>|https?://[^\s<]{1,2000})?"
    r"(?=\s*(?:<|$))",
    re.DOTALL,
)
"""How a post shows what it quotes to servers that cannot: an address, no words of its own."""
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)

Object = Mapping[str, JSON]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Whose items they are, and which of them have been read."""

    actor: Actor
    options: ReadingOptions
    seen: Seen = field(default_factory=Seen)
    deleted: Seen = field(default_factory=Seen)
    met: Seen = field(default_factory=Seen)

    def item(self, value: JSON, where: str, number: int) -> Document | Skipped:
        """Return the document that an item is, or why it is none that may be kept."""
        if not isinstance(value, Mapping):
            mend = "Every item of an outbox is an object."
            return Skipped(where=where, reason="not an object", mend=mend)
        note = _note_of(value)
        try:
            left_out = self._left_out(value, note, where)
            return left_out or self._note(value, note, where, number)
        except Unfit as unfit:
            return Skipped(where=where, reason=unfit.reason, mend=unfit.mend, document_id=_id(note))

    def bylines(self, item: Document | Skipped) -> Iterator[Account]:
        """Yield whoever else wrote `item`, by their address, once."""
        for each in item.co_authors if isinstance(item, Document) else ():
            if self.met.first_at(each, 0) is None:
                byline = Account(
                    member=Member(id=each, name=each), said=frozenset(), is_byline=True
                )
                yield attested(byline, self.options)

    def _left_out(self, activity: Object, note: Object, where: str) -> Skipped | None:
        """Return why it is not the member's own post, if it is not."""
        if _type(activity) == "Announce":
            mend = "It points at what somebody else wrote; that is theirs to bring."
            return _on_purpose(where, "announces of others' words", mend)
        if _type(activity) not in _WRITES and activity is not note:
            return _on_purpose(where, "not a post", f"It is of the type {_type(activity)!a}.")
        if not note:
            raise Unfit("only linked to", "The post itself is not in the file.")
        if _type(note) not in {*_KINDS, _GONE}:
            return _on_purpose(where, "not a post", f"It holds a {_type(note)!a}.")
        if self.actor.uri not in _authors(activity, note):
            mend = f"It was written by somebody else than {self.actor.uri}."
            return _on_purpose(where, "others' words", mend)
        return None

    def _note(self, activity: Object, note: Object, where: str, number: int) -> Document | Skipped:
        document_id = DocumentId(Fields(note).own_id())
        if host_of(document_id) != host_of(self.actor.uri):
            mend = f"Its address is not on {host_of(self.actor.uri)}, where this account is."
            return _on_purpose(where, "of another server", mend)
        if _type(note) == _GONE:
            self.deleted.first_at(document_id, number)
            return self._gone(activity, note, document_id)
        if document_id in self.deleted:
            return _on_purpose(where, "deleted", "The same outbox says that it was deleted.")
        first = self.seen.first_at(document_id, number)
        if first is not None and _type(activity) != "Update":
            raise Unfit("id used twice", f"It stands in item {first} too; give each post once.")
        return _if_kept(self._document(activity, note, document_id), where)

    def _document(self, activity: Object, note: Object, document_id: DocumentId) -> Document:
        actor, fields = self.actor, Fields(note)
        set_for_all = Fields(self.options.attested)
        created_at = fields.moment("published") or Fields(activity).moment("published")
        if created_at is None:
            raise Unfit("no date", "Every post has the day it was published.")
        who, kind = who_in(note, actor), _KINDS[_type(note)]
        written = _text(fields, who)
        heading, warning = _heading(fields, is_article=kind is Kind.ARTICLE)
        shown_to = seen_by(activity, note, actor.followers)
        stated = {"visibility": shown_to, "content_warning": warning}
        parent = _parent(fields)
        return Document(
            id=document_id,
            member_id=actor.member_id,
            co_authors=self._others(activity, note),
            kind=Kind.COMMENT if parent and kind is Kind.POST else kind,
            text=written.text,
            title=from_html(heading, who).text,
            created_at=created_at,
            updated_at=fields.moment("updated"),
            visibility=audience(
                Fields({**stated, "sensitive": fields.is_said("sensitive")}), set_for_all
            ),
            language=_language(fields) or set_for_all.text("language"),
            source=self.options.source or "mastodon",
            licence=set_for_all.text("licence"),
            parents=parent,
            quotes=written.quotes,
            mentions=written.mentions,
            code=written.code,
        )

    def _others(self, activity: Object, note: Object) -> tuple[MemberId, ...]:
        others = [self.actor.named(each) for each in _authors(activity, note)]
        if SOMEONE in others:
            raise Unfit("attributedTo is not a list of ids", "Ids are one line each.")
        return tuple(each for each in others if each != self.actor.member_id)

    def _gone(self, activity: Object, note: Object, document_id: DocumentId) -> Document:
        said = (Fields(note).moment("deleted"), Fields(activity).moment("published"))
        return Document(
            id=document_id,
            member_id=self.actor.member_id,
            kind=Kind.POST,
            text="",
            created_at=next((each for each in said if each), _UNDATED),
            state=State.DELETED,
            visibility=Visibility.PRIVATE,
            source=self.options.source or "mastodon",
        )


def _on_purpose(
    where: str, reason: str, mend: str, document_id: DocumentId | None = None
) -> Skipped:
    return Skipped(where=where, reason=reason, mend=mend, document_id=document_id, on_purpose=True)


def _if_kept(document: Document, where: str) -> Document | Skipped:
    """Return it, unless it was for some people alone or says nothing."""
    if document.visibility is Visibility.PRIVATE:
        mend = "It was written to some people alone, and is not kept."
        return _on_purpose(where, "direct messages", mend, document.id)
    if not document.text:
        mend = "It has a picture, a vote or nothing in it."
        return _on_purpose(where, "no words of its own", mend, document.id)
    return document


def _note_of(item: Object) -> Object:
    """Return what an item is about: itself, or its object; what is deleted is a tombstone."""
    if _type(item) in {*_KINDS, _GONE}:
        return item
    note = item.get("object")
    if _type(item) == "Delete":
        uri = note.get("id") if isinstance(note, Mapping) else note
        kept = note if isinstance(note, Mapping) else {}
        return {**kept, "id": uri, "type": _GONE} if isinstance(uri, str) else {}
    return note if isinstance(note, Mapping) else {}


def _type(thing: Object) -> str:
    value = thing.get("type")
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""


def _id(note: Object) -> DocumentId | None:
    """Return its id where that can be read, so that what is held of it can be held back."""
    try:
        return DocumentId(Fields(note).own_id())
    except Unfit:
        return None


def _authors(activity: Object, note: Object) -> tuple[str, ...]:
    """Return whoever the note says wrote it; where it is silent, whoever put it there."""
    value = note.get("attributedTo") or activity.get("actor")
    listed = value if isinstance(value, list) else [value]
    named = (each.get("id") if isinstance(each, Mapping) else each for each in listed)
    return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))


def _heading(fields: Fields, *, is_article: bool) -> tuple[str, str]:
    """Return the title, and the warning behind which a post is shown.

    A note's summary is a warning (Mastodon), an article's is a summary.
    """
    summary = fields.text("summary") or _first_of(fields, "summaryMap")
    return (fields.text("name"), "") if is_article else (summary, summary)


def _text(fields: Fields, who: Who) -> PlainText:
    """Return the content and a poll's answers, which are the author's own words too.

    The text beside pictures is left out: it often copies out a picture of others' words, and
    nothing says whose they are.
    """
    content = fields.text("content") or _first_of(fields, "contentMap")
    if len(content) > LONGEST_CONTENT:
        raise Unfit("too long", f"A post has at most {LONGEST_CONTENT:,} signs.")
    if fields.has(*_QUOTES) or "quote-inline" in content:
        content = _QUOTED_LINK.sub("", content)
    written = _plain(content, fields.text("mediaType").lower(), who)
    for name in ("oneOf", "anyOf"):
        for option in fields.parts(name):
            written = written.then(from_html(escape(option.text("name"))))
    return written


def _first_of(fields: Fields, name: str) -> str:
    by_language = fields.raw(name)
    listed = by_language.values() if isinstance(by_language, Mapping) else ()
    return next((each for each in listed if isinstance(each, str)), "")


def _plain(content: str, media_type: str, who: Who) -> PlainText:
    if media_type.startswith("text/markdown"):
        return from_markdown(content, who)
    if media_type.startswith("text/plain"):
        return from_html("<br>".join(escape(content).splitlines()))
    return from_html(content, who)


def _language(fields: Fields) -> str:
    """Return the language that `contentMap` gives for the content itself."""
    by_language = fields.raw("contentMap")
    if not isinstance(by_language, Mapping):
        return ""
    content = fields.raw("content")
    tags = [tag for tag, each in by_language.items() if content is None or content == each]
    return tags[0] if tags and _LANGUAGE.fullmatch(tags[0]) else ""


def _parent(fields: Fields) -> tuple[DocumentId, ...]:
    value = fields.raw("inReplyTo")
    listed = value if isinstance(value, list) else [value]
    named = (each.get("id") if isinstance(each, Mapping) else each for each in listed)
    fit = (name for name in named if isinstance(name, str) and name.isprintable())
    return tuple(DocumentId(name) for name in fit if len(name) <= LONGEST_ID)

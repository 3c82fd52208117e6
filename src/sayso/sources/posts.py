"""Documents from records, with their authors' bylines before them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.community import (
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Quote,
    State,
)
from sayso.sources import audience, signals
from sayso.sources.attested import attested, check
from sayso.sources.fields import LONGEST_ID, Fields, Unfit, require_likely
from sayso.sources.kinds import GZIP, OTHER
from sayso.sources.reading import Account, Item, ReaderEntry, ReadingOptions, Skipped
from sayso.sources.records import Record, Unknown, jsonl_records, said_id
from sayso.sources.rows import csv_records
from sayso.sources.seen import Seen

_AUTHOR = ("member_id", "author_id", "author")
_TEXT = ("text", "body", "content")
_CREATED = ("created_at", "created", "date", "published_at")
_UPDATED = ("updated_at", "updated", "edited_at")
_LANGUAGE = ("language", "lang")
_LICENCE = ("licence", "license")
_NAMES = (
    frozenset({*_AUTHOR, *_TEXT, *_CREATED, *_UPDATED, *_LANGUAGE, *_LICENCE})
    | {"id", "kind", "title", "state", "deleted", "draft", "source", "parents", "in_reply_to"}
    | {"author_name", "authors", "co_authors", "quotes", "reposted_from"}
    | audience.NAMES
    | signals.NAMES
)
_STATES = {
    "scheduled": State.DRAFT,
    "queued": State.DRAFT,
    "unanswered": State.PENDING,
    "submitted": State.PENDING,
}
"""Other words than ours for what is not out yet."""


def read_jsonl(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the documents of a JSON-lines file; see `read` in `ReaderEntry`."""
    return documents(jsonl_records(path), options)


def read_csv(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the documents of a file of comma-separated rows; lists are parted by semicolons."""
    return documents(csv_records(path), options)


JSONL = ReaderEntry(
    name="jsonl",
    read=read_jsonl,
    about="One JSON object per line.",
    takes=(OTHER, GZIP),
    is_nameless=True,
)
CSV = ReaderEntry(
    name="csv",
    read=read_csv,
    about="Comma-separated rows under a header.",
    takes=(OTHER, GZIP),
    is_nameless=True,
)


def is_read(name: str) -> bool:
    """Whether a field of that name says anything here, or is known to say nothing: tags."""
    return name.replace("-", "_") in _NAMES or name == "tags"


def documents(records: Iterable[Record | Skipped], options: ReadingOptions) -> Iterator[Item]:
    """Yield the document of each record, and before it the bylines that have not been yielded.

    At the end, the names of fields that nothing reads.

    A record that names itself and cannot be read is skipped by its id, whatever is wrong with
    it: what was held of it is no longer known to be so. Of one id used twice the first counts.

    Raises:
        BadInput: something attested has no such value.
    """
    check(options)
    seen, bylines_seen, unknown = Seen(), Seen(), Unknown(is_read)
    for record in records:
        if isinstance(record, Skipped):
            if record.document_id is not None:
                seen.first_at(record.document_id, 0)
            yield record
            continue
        unknown.meet(record.fields)
        try:
            document, bylines = _document(record, options)
        except Unfit as unfit:
            yield _unread(record, unfit, seen)
            continue
        first = seen.first_at(document.id, record.number)
        if first is not None:
            mend = f"It stands in {_place(record, first)} already; give each document its own."
            yield Skipped(where=record.where, reason="id used twice", mend=mend)
            continue
        for byline in bylines:
            said = f"{byline.member.id}\n{byline.member.name}"
            if bylines_seen.first_at(said, record.number) is None:
                yield byline
        yield document
    yield from unknown.found()


def _place(record: Record, number: int) -> str:
    """Return where the first of two is, in the words in which the second's place is said."""
    kind = "row" if ", row " in record.where else "line"
    return f"{kind} {number}" if number else "a record above"


def _unread(record: Record, unfit: Unfit, seen: Seen) -> Skipped:
    document_id = said_id(record.fields)
    if document_id is not None and seen.first_at(document_id, record.number) is not None:
        document_id = None  # the first counts
    return Skipped(
        where=record.where, reason=unfit.reason, mend=unfit.mend, document_id=document_id
    )


def _document(record: Record, options: ReadingOptions) -> tuple[Document, list[Account]]:
    fields, set_for_all = Fields(record.fields), Fields(options.attested)
    document_id = fields.own_id()
    authors = _authors(fields, options)
    created_at = fields.moment(*_CREATED)
    if created_at is None:
        raise Unfit("no date", "Give created_at or date: a notice counts from known days only.")
    state = _state(fields)
    if state is not State.DELETED:
        require_likely(created_at, options.latest)
    text = fields.text(*_TEXT)
    if not text.strip() and state is not State.DELETED:
        raise Unfit("no text", "Give text, body or content; or state: deleted, if it is gone.")
    document = Document(
        id=DocumentId(document_id),
        member_id=authors[0],
        kind=fields.choice(Kind, "kind", default=Kind.POST),
        text=text,
        created_at=created_at,
        updated_at=fields.moment(*_UPDATED),
        title=fields.text("title").strip(),
        visibility=audience.audience(fields, set_for_all),
        state=state,
        language=fields.text(*_LANGUAGE) or set_for_all.text("language"),
        source=fields.text("source", default=options.source),
        licence=fields.text(*_LICENCE) or set_for_all.text("licence"),
        parents=tuple(DocumentId(parent) for parent in fields.texts("parents", "in_reply_to")),
        co_authors=authors[1:],
        quotes=_quotes(fields, text),
        signals=signals.read(fields, created_at),
    )
    name = fields.line("author_name")
    return document, [
        attested(_byline(author, name if author == authors[0] else ""), options)
        for author in authors
    ]


def _authors(fields: Fields, options: ReadingOptions) -> tuple[MemberId, ...]:
    """Return the first author and the others, each once, in the record's order."""
    first = fields.identity(*_AUTHOR)
    listed = [*fields.texts("authors"), *fields.texts("co_authors")]
    names = [*([first] if first else []), *listed] or [options.member_id or ""]
    if not names[0]:
        raise Unfit("no author", "Give author or member_id, or say whose they are: --member ID.")
    if not all(name.isprintable() and len(name) <= LONGEST_ID for name in names):
        raise Unfit("authors is not a list of ids", "Ids are one short line each.")
    return tuple(dict.fromkeys(MemberId(name) for name in names))


def _byline(member_id: MemberId, name: str) -> Account:
    said = frozenset({"name"} if name else ())
    return Account(member=Member(id=member_id, name=name or member_id), said=said, is_byline=True)


def _state(fields: Fields) -> State:
    if fields.is_said("deleted"):
        return State.DELETED
    if fields.is_said("draft"):
        return State.DRAFT
    word = fields.text("state").strip().lower()
    return _STATES.get(word) or fields.choice(State, "state", default=State.PUBLISHED)


def _quotes(fields: Fields, text: str) -> tuple[Quote, ...]:
    """Return others' words in the text; those of nobody in particular are `SOMEONE`'s."""
    quotes = tuple(
        Quote(
            start=part.number("start"),
            end=part.number("end"),
            member_id=MemberId(part.identity(*_AUTHOR)),
        )
        for part in fields.parts("quotes")
    )
    original = fields.identity("reposted_from")
    if original and text:  # somebody else's words from the first sign to the last
        quotes = (*quotes, Quote(start=0, end=len(text), member_id=MemberId(original)))
    for quote in quotes:
        if not quote.start < quote.end <= len(text):
            raise Unfit(
                "a quote does not lie in the text",
                "Give start and end (characters, end exclusive) of each quote.",
            )
    return quotes

"""Documents from records, with their authors' bylines before them."""

from collections.abc import Callable, Iterable, Iterator
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
from sayso.sources import signals
from sayso.sources.attested import attested, check
from sayso.sources.audience import audience
from sayso.sources.fields import Fields, Unfit
from sayso.sources.reading import Account, Item, ReaderEntry, ReadingOptions, Skipped
from sayso.sources.records import Record, csv_records, jsonl_records

_AUTHOR = ("member_id", "author_id", "author")
_TEXT = ("text", "body", "content")
_CREATED = ("created_at", "created", "date", "published_at")
_UPDATED = ("updated_at", "updated", "edited_at")
_LANGUAGE = ("language", "lang")
_LICENCE = ("licence", "license")
_STATES = {
    "scheduled": State.DRAFT,
    "queued": State.DRAFT,
    "unanswered": State.PENDING,
    "submitted": State.PENDING,
}
"""Other words than ours for what is not out yet."""


def read_jsonl(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the documents of a JSON-lines file; see `read` in `ReaderEntry`."""
    return _read(path, options, jsonl_records)


def read_csv(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the documents of a file of comma-separated rows; lists are parted by semicolons."""
    return _read(path, options, csv_records)


JSONL = ReaderEntry(name="jsonl", read=read_jsonl, about="One JSON object per line.")
CSV = ReaderEntry(name="csv", read=read_csv, about="Comma-separated rows under a header.")


def _read(
    path: Path,
    options: ReadingOptions,
    records_of: Callable[[Path], Iterable[Record | Skipped]],
) -> Iterator[Item]:
    check(options)
    seen: dict[str, str] = {}
    known: dict[str, Account] = {}
    for record in records_of(path):
        if isinstance(record, Skipped):
            yield record
            continue
        try:
            document, bylines = _document(record, options)
        except Unfit as unfit:
            yield Skipped(where=record.where, reason=unfit.reason, mend=unfit.mend)
            continue
        if document.id in seen:
            mend = f"The same id stands at {seen[document.id]}; give each document its own."
            yield Skipped(where=record.where, reason="id used twice", mend=mend)
            continue
        seen[document.id] = record.where
        for byline in bylines:
            if known.get(byline.member.id) != byline:
                known[byline.member.id] = byline
                yield byline
        yield document


def _document(record: Record, options: ReadingOptions) -> tuple[Document, list[Account]]:
    fields, set_for_all = Fields(record.fields), Fields(options.attested)
    document_id = fields.own_id()
    authors = _authors(fields, options)
    created_at = fields.moment(*_CREATED)
    if created_at is None:
        raise Unfit("no date", "Give created_at or date: a notice counts from known days only.")
    state = _state(fields)
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
        visibility=audience(fields, set_for_all),
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
    if not all(name.isprintable() for name in names):
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
        if not quote.member_id or not quote.start < quote.end <= len(text):
            raise Unfit(
                "a quote does not lie in the text",
                "Give start, end (characters, end exclusive) and member_id of each quote.",
            )
    return quotes

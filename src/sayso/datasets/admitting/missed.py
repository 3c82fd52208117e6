"""Personal data that redaction left in a text, as somebody who looked at it marked it."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.community import Document, DocumentId, MemberId
from sayso.evidence.canonical import JSON
from sayso.redact.scan import Kind

_LABELS = {Kind.IBAN: "ID", Kind.BANK: "ID"}


class Field(StrEnum):
    """Which of a document's texts."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Where words stand in a document as the network holds it; they themselves are not kept.

    `digest` is the SHA-256 of the whole field: once its author has changed it, the mark says
    nothing any more. Offsets are in code points, end exclusive.
    """

    document_id: DocumentId
    member_id: MemberId
    field: Field
    start: int
    end: int
    kind: Kind
    digest: str
    marked_at: datetime


def marks(document: Document, words: str, kind: Kind, now: datetime) -> tuple[Missed, ...]:
    """Return a mark wherever `words` stand whole in the document, whatever parts them."""
    said = words.split()
    if not said:
        return ()
    spaced = r"\s+".join(map(re.escape, said))
    sought = re.compile(rf"(?<!\w){spaced}(?!\w)")
    return tuple(
        Missed(
            document_id=document.id,
            member_id=document.member_id,
            field=field,
            start=match.start(),
            end=match.end(),
            kind=kind,
            digest=_digest(text),
            marked_at=now,
        )
        for field in Field
        for text in [_of(document, field)]
        for match in sought.finditer(text)
    )


def standing(document: Document, missed: Iterable[Missed]) -> Iterator[Missed]:
    """Yield those marks that are on the words as they are now."""
    digests = {field: _digest(_of(document, field)) for field in Field}
    return (each for each in missed if digests[each.field] == each.digest)


def words_of(document: Document, missed: Missed) -> str:
    """Return the words that a standing mark is on."""
    return _of(document, missed.field)[missed.start : missed.end]


def labelled(document: Document, missed: Iterable[Missed]) -> Iterator[dict[str, JSON]]:
    """Yield a labelled text for each marked field, in the form that `redact check` reads."""
    known = list(standing(document, missed))
    for field in Field:
        found = sorted((each for each in known if each.field == field), key=lambda m: m.start)
        if found:
            yield {
                "id": document.id if field is Field.TEXT else f"{document.id} ({field})",
                "text": _of(document, field),
                "lang": document.language,
                "spans": [
                    {
                        "start": each.start,
                        "end": each.end,
                        "label": _LABELS.get(each.kind, each.kind.value.upper()),
                    }
                    for each in found
                ],
            }


def _of(document: Document, field: Field) -> str:
    return document.title if field is Field.TITLE else document.text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""One row of `user_archive.csv`: a member's own post, or why it is not kept."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sayso.community import Document, DocumentId, Kind, State, Visibility
from sayso.sources.audience import audience
from sayso.sources.discourse.forum import Forum, Place, place_of
from sayso.sources.discourse.words import says_no
from sayso.sources.fields import Fields, Unfit
from sayso.sources.plain_text import PlainText, from_bbcode, from_html
from sayso.sources.reading import ReadingOptions, Skipped
from sayso.sources.records import Record
from sayso.sources.seen import Seen

LONGEST_POST = 1_000_000
"""In signs; Discourse itself stops at 150,000 unless its operator says otherwise."""

_HIDDEN_CATEGORY = "-"
_DELETED = (
    "(post deleted by author)",
    "(post withdrawn by author",
    "(topic deleted by author)",
    "(topic withdrawn by author",
)
"""What Discourse puts in place of a text whose author deleted it, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Whose rows they are, and which of them have been read."""

    forum: Forum
    options: ReadingOptions
    seen: Seen = field(default_factory=Seen)

    def row(self, record: Record) -> Document | Skipped:
        """Return the document that a row is, or why it is none that may be kept."""
        fields, where = Fields(record.fields), record.where
        document_id: DocumentId | None = None
        try:
            place = place_of(fields.text("url"))
            created_at = _created_at(fields)
            document_id = place.id if place else self._id_by_day(fields, created_at)
            if not says_no(fields.text("is_pm")):
                return _private(fields, where, document_id)
            self._require_new(document_id, record.number)
            document = self._document(fields, document_id, place, created_at)
        except Unfit as unfit:
            return Skipped(
                where=where, reason=unfit.reason, mend=unfit.mend, document_id=document_id
            )
        if not document.text and document.state is not State.DELETED:
            mend = "It has a picture, a poll or nothing in it."
            return _on_purpose(where, "no words of its own", mend, document_id)
        return document

    def _document(
        self, fields: Fields, document_id: DocumentId, place: Place | None, created_at: datetime
    ) -> Document:
        set_for_all = Fields(self.options.attested)
        opens = place is not None and place.number == 1
        written = self._text(fields)
        is_deleted = fields.text("post_raw").strip().lower().startswith(_DELETED)
        return Document(
            id=document_id,
            member_id=self.forum.member_id,
            kind=Kind.POST if opens else Kind.COMMENT,
            text="" if is_deleted else written.text,
            # A topic's title is in the row of every answer too, and is not the answerer's.
            title=" ".join(fields.text("topic_title").split()) if opens else "",
            created_at=created_at,
            visibility=audience(_shown_to(fields), set_for_all),
            state=State.DELETED if is_deleted else State.PUBLISHED,
            language=set_for_all.text("language"),
            source=self.options.source or "discourse",
            licence=set_for_all.text("licence"),
            parents=() if opens or place is None else (place.opening,),
            quotes=() if is_deleted else written.quotes,
            mentions=() if is_deleted else written.mentions,
            code=() if is_deleted else written.code,
        )

    def _require_new(self, document_id: DocumentId, line: int) -> None:
        first = self.seen.first_at(document_id, line)
        if first is not None:
            raise Unfit("id used twice", f"Line {first} has the same url; give each post once.")

    def _text(self, fields: Fields) -> PlainText:
        """Return what was typed; where only what became of it is there, that."""
        name = "post_raw" if fields.has("post_raw") else "post_cooked"
        said = fields.text(name)
        if len(said) > LONGEST_POST:
            raise Unfit("too long", f"A post has at most {LONGEST_POST:,} signs.")
        read = from_bbcode if name == "post_raw" else from_html
        return read(said, self.forum.who)

    def _id_by_day(self, fields: Fields, created_at: datetime) -> DocumentId:
        """Return an id for a post without an address: its second and its topic, not its words."""
        topic = hashlib.sha256(fields.text("topic_title").encode()).hexdigest()[:12]
        return DocumentId(f"{self.forum.member_id}/{created_at.isoformat()}/{topic}")


def _created_at(fields: Fields) -> datetime:
    said = fields.text("created_at").strip()
    created_at = Fields({"created_at": said.replace(" UTC", "+00:00")}).moment("created_at")
    if created_at is None:
        raise Unfit("no date", "Every post has the moment it was made, in created_at.")
    return created_at


def _shown_to(fields: Fields) -> Fields:
    """Return who may read it, where the row says that not everyone may.

    Of a category that its own user may not see, the archive gives a dash for a name. Of one that
    is only for some groups it gives the name like any other's: the operator has to say.
    """
    is_hidden = fields.text("categories", default=_HIDDEN_CATEGORY).strip() == _HIDDEN_CATEGORY
    return Fields({"visibility": Visibility.GROUP} if is_hidden else {})


def _private(fields: Fields, where: str, document_id: DocumentId) -> Skipped:
    said = fields.text("is_pm").strip()
    mend = (
        f"Its is_pm is {said!a}: whatever is not a no for certain is taken for a private message."
    )
    return _on_purpose(where, "private messages", mend, document_id)


def _on_purpose(where: str, reason: str, mend: str, document_id: DocumentId | None) -> Skipped:
    return Skipped(where=where, reason=reason, mend=mend, document_id=document_id, on_purpose=True)

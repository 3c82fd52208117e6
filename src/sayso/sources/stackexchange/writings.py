"""Posts and comments of a dump as documents, each with everyone whose words are in it."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sayso.community import Document, DocumentId, Kind, State
from sayso.sources.audience import audience
from sayso.sources.fields import Fields, Unfit
from sayso.sources.plain_text import PlainText, from_html
from sayso.sources.reading import ReadingOptions, Skipped
from sayso.sources.seen import Seen
from sayso.sources.stackexchange.comment_text import comment_text
from sayso.sources.stackexchange.hands import COMMUNITY, Hands, History, number, own_number
from sayso.sources.stackexchange.rows import Row
from sayso.sources.stackexchange.site import Site

_KINDS = {1: Kind.POST, 2: Kind.POST, 3: Kind.ARTICLE, 4: Kind.ARTICLE, 5: Kind.ARTICLE}
"""PostTypeId: question, answer, orphaned tag wiki, and a tag's excerpt and wiki."""

_EDITED = {"LastEditDate", "LastEditorDisplayName"}
_HISTORY = "Give the dump's PostHistory.xml beside its Posts.xml."
_NOBODY = "Nobody can say yes for them."


class LeftOut(Exception):
    """Something sound that is not read; becomes a `Skipped` that says so."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


class Written(NamedTuple):
    """A document, and the numbers of its authors on the site, the owner first."""

    document: Document
    authors: tuple[int, ...]


def post(row: Row, site: Site, history: History, options: ReadingOptions) -> Written | Skipped:
    """Return a question, an answer or a tag's wiki.

    Its owner and everyone who put words into its title or body are its authors. Where someone
    unknown did, or it is not known who did, it is left out.
    """
    document_id = None
    try:
        post_id = own_number(row.fields)
        document_id = site.post(post_id)
        return _post(row, site, history, post_id, options)
    except (Unfit, LeftOut) as error:
        return _skipped(row, document_id, error)


def comment(row: Row, site: Site, posts: Seen, options: ReadingOptions) -> Written | Skipped:
    """Return a comment; one under a post that is not among `posts` is not there either."""
    document_id = None
    try:
        document_id = site.comment(own_number(row.fields))
        return _comment(row, site, document_id, posts, options)
    except (Unfit, LeftOut) as error:
        return _skipped(row, document_id, error)


def _skipped(row: Row, document_id: DocumentId | None, error: Unfit | LeftOut) -> Skipped:
    return Skipped(
        where=row.where,
        reason=error.reason,
        mend=error.mend,
        document_id=document_id,
        on_purpose=isinstance(error, LeftOut),
    )


def _post(row: Row, site: Site, history: History, post_id: int, options: ReadingOptions) -> Written:
    fields = Fields(row.fields)
    sort = number(row.fields, "PostTypeId")
    if sort is None:
        raise Unfit("no kind of post", "Give PostTypeId as the dump has it.")
    if sort not in _KINDS:
        raise LeftOut("a kind of post that is not read", "It is the site's, not a member's.")
    kind, hands = _KINDS[sort], history.of(post_id)
    authors = _authors(row, hands, by_many=kind is Kind.ARTICLE, is_whole=history.is_whole)
    under = number(row.fields, "ParentId")
    is_deleted = hands.is_deleted or fields.has("DeletionDate")
    return _written(
        Document(
            id=site.post(post_id),
            member_id=site.member(authors[0]),
            co_authors=tuple(site.member(each) for each in authors[1:]),
            kind=kind,
            title=fields.line("Title"),
            text="",
            created_at=_created_at(fields),
            updated_at=fields.moment("LastEditDate"),
            state=State.DELETED if is_deleted else State.PUBLISHED,
            parents=() if under is None else (site.post(under),),
        ),
        from_html(fields.text("Body")),
        (fields, site, options),
        authors,
    )


def _authors(row: Row, hands: Hands, *, by_many: bool, is_whole: bool) -> tuple[int, ...]:
    """Return the owner and then everyone who put words into it.

    Raises:
        LeftOut: one of them is nobody who could be asked, or it is not said who they are.
        Unfit: that cannot be read.
    """
    owner = _person(row, "OwnerUserId", "post")
    last = number(row.fields, "LastEditorUserId")
    is_edited = last is not None or not row.fields.keys().isdisjoint(_EDITED)
    by_many = by_many or "CommunityOwnedDate" in row.fields
    if hands.is_in_doubt or (not is_whole and (is_edited or by_many)):
        raise Unfit("its history cannot be read", "Mend PostHistory.xml: it says who wrote it.")
    if hands.by_somebody:
        raise LeftOut("edited by someone without an account", _NOBODY)
    if hands.has_beginning:
        kept = {None, COMMUNITY, *hands.others}
        return tuple(dict.fromkeys((owner, *hands.editors, *({last} - kept))))  # type: ignore[arg-type]
    if by_many:
        raise LeftOut("by several, and not said by whom", _HISTORY)
    if is_edited and last in {None, COMMUNITY}:
        raise LeftOut("edited by someone without an account", _NOBODY)
    return tuple(dict.fromkeys((owner, *hands.editors, *([] if last is None else [last]))))


def _comment(
    row: Row, site: Site, document_id: DocumentId, posts: Seen, options: ReadingOptions
) -> Written:
    fields = Fields(row.fields)
    under = number(row.fields, "PostId")
    if under is None or str(under) not in posts:
        raise LeftOut("a comment under a post that is not there", "Give the whole dump.")
    author = _person(row, "UserId", "comment")
    return _written(
        Document(
            id=document_id,
            member_id=site.member(author),
            kind=Kind.COMMENT,
            text="",
            created_at=_created_at(fields),
            parents=(site.post(under),),
        ),
        comment_text(fields.text("Text")),
        (fields, site, options),
        (author,),
    )


def _written(
    document: Document,
    plain: PlainText,
    known: tuple[Fields, Site, ReadingOptions],
    authors: tuple[int, ...],
) -> Written:
    """Fill in the words, and what holds for posts and comments alike."""
    fields, site, options = known
    attested = Fields(options.attested)
    if document.state is State.DELETED:
        plain = PlainText()
    elif not plain.text.strip():
        raise Unfit("no text", "Give its text as the dump has it, or leave it out.")
    whole = replace(
        document,
        text=plain.text,
        quotes=plain.quotes,
        mentions=plain.mentions,
        code=plain.code,
        visibility=audience(Fields({}), attested),
        language=attested.text("language"),
        licence=fields.text("ContentLicense").strip() or attested.text("licence"),
        source=site.source,
    )
    return Written(whole, authors)


def _person(row: Row, name: str, what: str) -> int:
    """Return who wrote it; a name alone is nobody's account."""
    who = number(row.fields, name)
    if who is None:
        raise LeftOut(f"a deleted user's {what}", _NOBODY)
    if who == COMMUNITY:
        raise LeftOut(f"the Community account's {what}", _NOBODY)
    return who


def _created_at(fields: Fields) -> datetime:
    moment = fields.moment("CreationDate")
    if moment is None:
        raise Unfit("no date", "Give CreationDate: a notice counts from known days only.")
    return moment

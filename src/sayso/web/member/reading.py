"""The feed, one document, one member: what everybody may read."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Document, DocumentId, Member, MemberId, Standing, State, Visibility
from sayso.consent.choices import Answer, Scope
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import facts_for
from sayso.consent.outside import outside
from sayso.consent.purposes import Purpose
from sayso.errors import NotFound
from sayso.rights.used import UsedDocument, used
from sayso.web.member.portions import by_purpose
from sayso.web.signals import state
from sayso.web.visits import Visit, visiting

_PAGE = 20
_AUTHOR_GONE = "A former member"

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document with its author's name."""

    author: str
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What an author sees beside a text of theirs: may it be used, and what a model saw."""

    decision: Decision
    used: bool
    answer: Answer | None
    seen: UsedDocument | None

    @property
    def rule(self) -> str:
        """The rule that decides now."""
        return self.decision.rule


@router.get("/")
def feed(request: Request, before: str = "") -> Response:
    """Show public posts and articles, newest first."""
    with visiting(request) as visit:
        found = visit.stores.community.feed(_PAGE + 1, DocumentId(before) if before else None)
        shown = found[:_PAGE]
        older = shown[-1].id if len(found) > _PAGE else ""
        return visit.page("feed.html", items=_items(visit, shown), older=older)


@router.get("/documents/{document_id:path}")
def document_page(request: Request, document_id: DocumentId) -> Response:
    """Show one text; to its author also whether AI may learn from it, and what it saw."""
    with visiting(request) as visit:
        document = visit.stores.documents.one(document_id)
        if document is None or not _may_read(visit, document):
            raise NotFound(
                "There is no text at this address.",
                hint="It may have been deleted, or shared with fewer people.",
            )
        state(request, outside(document, visit.now, visit.stores.world()))
        is_mine = visit.me is not None and visit.me.id in document.authors
        people = visit.stores.community.members_by_id(document.authors)
        author = people.get(document.member_id)
        return visit.page(
            "document.html",
            document=document,
            author=author.name if author else _AUTHOR_GONE,
            co_authors=[people[each] for each in document.co_authors if each in people],
            aside=_aside(visit, document) if is_mine else None,
            portions=by_purpose(visit, document) if is_mine else (),
        )


@router.get("/members/{member_id}")
def member_page(request: Request, member_id: MemberId) -> Response:
    """Show what a member says of themself and what they wrote for all."""
    with visiting(request) as visit:
        member = readable_member(visit, member_id)
        wrote = [
            document
            for document in reversed(visit.stores.community.documents_of(member_id))
            if _may_read(visit, document)
        ]
        return visit.page(
            "member.html",
            member=member,
            headline=headline(member),
            documents=wrote[:_PAGE],
            is_mine=visit.me is not None and visit.me.id == member.id,
        )


def readable_member(visit: Visit, member_id: MemberId) -> Member:
    """Return the member where their page may be shown.

    Raises:
        NotFound: nobody has that id, or the account is not active.
    """
    member = visit.stores.community.member(member_id)
    is_me = visit.me is not None and visit.me.id == member_id
    if member is None or (member.standing is not Standing.ACTIVE and not is_me):
        raise NotFound("There is no member at this address.", hint="The account may be closed.")
    return member


def headline(member: Member) -> str:
    """Return the line under a member's name: their own, or what they do and where."""
    profile = member.profile
    return profile.headline or " at ".join(
        each for each in (profile.role, profile.organisation) if each
    )


def _items(visit: Visit, documents: tuple[Document, ...]) -> list[Item]:
    people = visit.stores.community.members_by_id({each.member_id for each in documents})
    return [
        Item(
            author=people[each.member_id].name if each.member_id in people else _AUTHOR_GONE,
            document=each,
        )
        for each in documents
    ]


def _may_read(visit: Visit, document: Document) -> bool:
    if document.state is State.DELETED:
        return False
    if visit.me is not None and visit.me.id in document.authors:
        return True
    author = visit.stores.community.member(document.member_id)
    return (
        document.state is State.PUBLISHED
        and document.visibility is Visibility.PUBLIC
        and author is not None
        and author.standing is Standing.ACTIVE
    )


def _aside(visit: Visit, document: Document) -> Aside:
    purpose = Purpose.GENAI_TRAINING
    decision = decide(facts_for(document, purpose, visit.now, visit.stores.world()))
    said = visit.stores.world().say(visit.member.id)
    own = said.answered(purpose, Scope.DOCUMENT, document.id)
    return Aside(
        decision=decision,
        used=decision.permit,
        answer=None if own is None else own.answer,
        seen=_seen(visit, document),
    )


def _seen(visit: Visit, document: Document) -> UsedDocument | None:
    found = used(visit.stores, visit.site.network.settings.store, visit.member.id)
    seen = [
        each
        for each in found.documents
        if each.document_id == document.id and each.redacted_text and each.serving
    ]
    return seen[0] if seen else None

"""Writing with suggestions: words are offered, nothing is posted without Publish."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Document, DocumentId, Kind
from sayso.errors import BadInput, Refused, SaysoError
from sayso.web import suggesting
from sayso.web.problems import problem_of
from sayso.web.suggesting import Offer
from sayso.web.visits import Flash, Form, acting, may_act, visiting
from sayso.writing.suggest import SuggestionKind

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000

router = APIRouter()


@router.get("/compose")
def compose(request: Request) -> Response:
    """Show an empty sheet."""
    return _sheet(request, title="", text="")


@router.post("/compose")
def composed(request: Request, form: Form) -> Response:
    """Do what the pressed button says: suggest, use, edit, refuse, or publish."""
    act, _, what = form.get("act", "").partition("-")
    title, text = form.get("title", "").strip(), form.get("text", "").strip()
    if act == "publish":
        return _published(request, form, title, text)
    member = may_act(request, form.get("token", ""))
    if act == "suggest":
        try:
            shown = suggesting.ask(request, member, what, text)
        except Refused as refusal:
            return _sheet(request, title=title, text=text, error=refusal)
        return _sheet(request, title=title, text=text, shown=shown)
    offered = suggesting.offered(request, form)
    if act == "use" and offered is not None:
        return _sheet(request, title=title, text=_joined(text, offered, what))
    if act == "refuse" and offered is not None:
        offered = suggesting.without(offered, what)
        left = offered if offered.variants else None
        return _sheet(request, title=title, text=text, shown=left)
    editing = int(what) if act == "edit" and what.isdecimal() else -1
    return _sheet(request, title=title, text=text, shown=offered, editing=editing)


def _sheet(  # noqa: PLR0913 - a page is made of this much
    request: Request,
    *,
    title: str,
    text: str,
    shown: Offer | None = None,
    editing: int = -1,
    error: SaysoError | None = None,
) -> Response:
    with visiting(request) as visit:
        visit.require_member()
        return visit.page(
            "compose.html",
            status=problem_of(error).status if error else 200,
            title=title,
            text=text,
            suggestion=shown,
            editing=editing,
            kinds=suggesting.KINDS,
            error=error,
        )


def _joined(text: str, offered: Offer, what: str) -> str:
    """Put the offered words where they belong: after the draft, or in place of it."""
    words = next((each.text for each in offered.variants if str(each.number) == what), "")
    if not text or offered.kind == SuggestionKind.POST:
        return words or text
    if offered.kind == SuggestionKind.CONTINUE:
        return f"{text}{'' if words[:1] in '.,;:!?' else ' '}{words}"
    return f"{text}\n\n{words}"


def _published(request: Request, form: Form, title: str, text: str) -> Response:
    with acting(request, form.get("token", "")) as visit:
        member = visit.member
        error = _unfit(title, text)
        if error is None:
            nonce = form.get("nonce", "")
            document = Document(
                id=DocumentId(visit.site.sessions.event_id(visit.session, nonce, "publish")),
                member_id=member.id,
                kind=Kind.ARTICLE if title else Kind.POST,
                title=title,
                text=text,
                created_at=visit.now,
                language=member.languages[0] if member.languages else "",
                source="site",
            )
            if visit.stores.community.document(document.id) is None:
                visit.stores.community.save_document(document)
            return visit.go(f"/documents/{document.id}", Flash(sentence="Published."))
    return _sheet(request, title=title, text=text, error=error)


def _unfit(title: str, text: str) -> SaysoError | None:
    if not text:
        return BadInput("There is nothing to publish yet.", hint="Write something first.")
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        return BadInput(
            f"A text has at most {LONGEST_TEXT:,} characters, a title {LONGEST_TITLE}.",
            hint="Nothing was published; your words are still here.",
        )
    return None

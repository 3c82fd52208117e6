"""The suggestions a member was given, kept for them alone until they delete them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import NotFound
from sayso.web import suggesting
from sayso.web.visits import Flash, Form, acting, visiting
from sayso.web.words import counted

router = APIRouter()


@router.get("/history")
def history(request: Request) -> Response:
    """Show them, newest first, with the credits as they stand today."""
    with visiting(request) as visit:
        return visit.page("history.html", suggestions=suggesting.kept(visit))


@router.post("/history")
def deleted(request: Request, form: Form) -> Response:
    """Delete one or all: prompt, words and credits."""
    with acting(request, form.get("token", "")) as visit:
        own = [kept.id for kept in visit.stores.writing.of_member(visit.member.id)]
        wanted = form.get("delete", "")
        gone = own if wanted == "all" else [each for each in own if each == wanted]
        if wanted != "all" and not gone:
            raise NotFound(
                "That suggestion is not in your history.", hint="It may be gone already."
            )
        for each in gone:
            visit.stores.writing.delete(each)
        return visit.go("/history", Flash(sentence=f"{counted(len(gone), 'suggestion')} deleted."))

"""How a member is credited, apart from whether they are used; and the pseudonym they take."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import CreditChoice
from sayso.consent.ledger import credit_event
from sayso.errors import BadInput
from sayso.rights.pseudonym import LONGEST, pseudonym_of, require_own
from sayso.web.member.trails import CREDIT, DATA_PRIVACY, SETTINGS
from sayso.web.visits import Flash, Form, Visit, acting, visiting

_WORDS = {
    CreditChoice.NAME: "You are credited by name",
    CreditChoice.PSEUDONYM: "You are credited by your pseudonym",
    CreditChoice.NOBODY: "You are credited as “a member”",
}

router = APIRouter()


@router.get(CREDIT)
def credit(request: Request) -> Response:
    """Show how a member is credited, apart from whether they are used."""
    with visiting(request) as visit:
        return _page(visit, typed=visit.member.pseudonym)


@router.post(CREDIT)
def credit_chosen(request: Request, form: Form) -> Response:
    """Record how a member wants to be credited; a new pseudonym is kept with it."""
    wanted, typed = form.get("credit", ""), form.get("pseudonym", "")
    if wanted not in set(CreditChoice):
        raise BadInput(f"{wanted!r} is not a way to be credited.")
    try:
        with acting(request, form.get("token", "")) as visit:
            if wanted == CreditChoice.PSEUDONYM:
                _take(visit, typed)
            event = credit_event(
                member_id=visit.member.id, credit=CreditChoice(wanted), occurred_at=visit.now
            )
            visit.stores.ledger.record(event, visit.now)
            return visit.go(CREDIT, Flash(sentence=f"Kept. {_WORDS[CreditChoice(wanted)]}."))
    except BadInput as error:
        with visiting(request) as visit:
            return _page(visit, typed=typed, error=error)


def how_credited(visit: Visit) -> str:
    """Say how the member is credited now."""
    return _WORDS[_chosen(visit)]


def _chosen(visit: Visit) -> CreditChoice:
    return visit.stores.world().say(visit.member.id).credit or CreditChoice.NOBODY


def _page(visit: Visit, *, typed: str, error: BadInput | None = None) -> Response:
    page = visit.page(
        "credit.html",
        trail=[SETTINGS, DATA_PRIVACY, ("How you are credited", "")],
        choice=_chosen(visit),
        options=[
            (CreditChoice.NAME, "By name", visit.member.name),
            (CreditChoice.NOBODY, "Not by name", "a member"),
        ],
        pseudonym=visit.member.pseudonym,
        typed=typed,
        longest=LONGEST,
        error=error,
    )
    page.status_code = 200 if error is None else 400
    return page


def _take(visit: Visit, typed: str) -> None:
    """Make what was typed the member's pseudonym; all of it happens, or none."""
    member, community = visit.member, visit.stores.community
    name = pseudonym_of(typed)
    if name != member.pseudonym:
        require_own(name, member, community.members())
        community.save_member(replace(member, pseudonym=name))

"""Settings & privacy, down to the one large switch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Category
from sayso.consent.choices import Answer, Scope
from sayso.consent.ledger import EventKind, Recorded
from sayso.consent.notices import Notice, in_force
from sayso.consent.purposes import Purpose, PurposeText
from sayso.errors import NotFound
from sayso.rights.say import StandingAnswer, standing_answer
from sayso.rights.used import TakenOut, taken_out
from sayso.training.takeback import Withdrawal
from sayso.web.gpc import overruled
from sayso.web.member.crediting import how_credited
from sayso.web.member.portions import CATEGORIES, by_category
from sayso.web.member.trails import CREDIT, DATA_PRIVACY, GENERATIVE_AI, SETTINGS
from sayso.web.visits import Visit, visiting

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a settings page."""

    link: str
    icon: str
    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One earlier act, in a sentence."""

    sentence: str
    at: datetime
    receipt: str = ""
    """The event id of a choice, which has a receipt."""


@router.get("/settings")
def settings(request: Request) -> Response:
    """Show what can be set."""
    with visiting(request) as visit:
        member = visit.member
        return visit.page(
            "settings.html",
            heading=SETTINGS[0],
            lead="",
            trail=[(SETTINGS[0], "")],
            entries=[
                Entry(
                    link=DATA_PRIVACY[1],
                    icon="shield",
                    title=DATA_PRIVACY[0],
                    about="Who may use what you write, and for what",
                ),
                Entry(
                    link=f"/members/{member.id}/edit",
                    icon="person",
                    title="Profile",
                    about="What is said of you; nothing is invented",
                ),
                Entry(
                    link="/history",
                    icon="clock",
                    title="Suggestions I was given",
                    about="Look at them, delete them",
                ),
                Entry(
                    link="/notices",
                    icon="bell",
                    title="Notices",
                    about="What this network told you, and when",
                ),
            ],
        )


@router.get("/settings/data-privacy")
def data_privacy(request: Request) -> Response:
    """Show each use of a member's data, and where it stands."""
    with visiting(request) as visit:
        purposes = visit.stores.policies.current().purposes
        return visit.page(
            "settings.html",
            heading=DATA_PRIVACY[0],
            lead="Each use of what you write has its own yes or no.",
            trail=[SETTINGS, (DATA_PRIVACY[0], "")],
            entries=[
                *(_entry(visit, purpose, text) for purpose, text in purposes.items()),
                Entry(
                    link=CREDIT,
                    icon="quote",
                    title="How you are credited",
                    about=how_credited(visit),
                ),
                Entry(
                    link="/mine",
                    icon="flow",
                    title="What was used of mine",
                    about="What models learned of yours, why, and until when",
                ),
            ],
        )


@router.get(GENERATIVE_AI)
def generative_ai(request: Request) -> Response:
    """Show the switch for training, and what happens after a no."""
    return _switch_page(request, Purpose.GENAI_TRAINING)


@router.get("/settings/data-privacy/research")
def research(request: Request) -> Response:
    """Show the switch for research."""
    return _switch_page(request, Purpose.AI_RESEARCH)


@router.get("/settings/data-privacy/writing")
def writing(request: Request) -> Response:
    """Show the switch for help with one's own writing."""
    return _switch_page(request, Purpose.WRITING_ASSISTANCE)


@router.get("/settings/data-privacy/uses/{name}")
def declared(request: Request, name: str) -> Response:
    """Show the switch for a purpose that the policy in use declares, by its name."""
    with visiting(request) as visit:
        known = visit.stores.policies.current().purposes
        found = next((each for each in known if each == name), None)
    if found is None:
        raise NotFound("Nobody is asked about a use of that name.", hint="See Data privacy.")
    return _switch_page(request, found)


_PAGES = {
    Purpose.GENAI_TRAINING: (GENERATIVE_AI, "spark", "On: AI may learn from it"),
    Purpose.AI_RESEARCH: ("/settings/data-privacy/research", "paper", "On"),
    Purpose.WRITING_ASSISTANCE: (
        "/settings/data-privacy/writing",
        "pen",
        "On, when you ask for it",
    ),
}
_OFF = {Purpose.GENAI_TRAINING: "Off: AI may not learn from it"}


def _entry(visit: Visit, purpose: Purpose, text: PurposeText) -> Entry:
    """The line of one purpose, and where the member stands on it."""
    link, icon, on = _PAGES.get(purpose, (f"/settings/data-privacy/uses/{purpose}", "shield", "On"))
    about = on if _standing(visit, purpose).used else _OFF.get(purpose, "Off")
    return Entry(link=link, icon=icon, title=text.title, about=about)


def _standing(visit: Visit, purpose: Purpose) -> StandingAnswer:
    if purpose == Purpose.WRITING_ASSISTANCE:
        return _help(visit)
    return standing_answer(visit.stores, visit.member.id, purpose, visit.now)


def _switch_page(request: Request, purpose: Purpose) -> Response:
    with visiting(request) as visit:
        member = visit.member
        history = visit.stores.ledger.history(member.id)
        policy = visit.stores.policies.current()
        text = policy.text_of(purpose)
        is_help = purpose == Purpose.WRITING_ASSISTANCE
        here = _standing(visit, purpose)
        notice = _notice(visit, purpose)
        taken = [
            each
            for each in taken_out(visit.stores, member.id, visit.now)
            if each.withdrawal.purpose == purpose
        ]
        return visit.page(
            "generative_ai.html",
            purpose=purpose,
            text=text,
            trail=[SETTINGS, DATA_PRIVACY, (text.title, "")],
            here=here,
            latest=_latest(here, taken),
            pending=[each.withdrawal for each in taken if each.withdrawal.certified_at is None],
            is_coming_back=any(each.coming_back for each in taken),
            is_in_use=_is_in_use(visit),
            has_been_used=bool(taken),
            notice=notice,
            portions=() if is_help else by_category(visit, purpose, notice),
            acts=_acts(history, purpose),
            gpc_overruled=overruled(visit.stores.world().say(visit.member.id), policy),
        )


def _help(visit: Visit) -> StandingAnswer:
    """Where help with one's own writing stands: each is asked for, so silence is not a no."""
    found = standing_answer(visit.stores, visit.member.id, Purpose.WRITING_ASSISTANCE, visit.now)
    reason = "You ask for each suggestion yourself." if found.answer is None else found.reason
    return replace(
        found,
        used=found.answer is not Answer.NO,
        rule="",
        reason="You said no." if found.answer is Answer.NO else reason,
    )


def _latest(standing: StandingAnswer | None, taken: Sequence[TakenOut]) -> Withdrawal | None:
    """The newest withdrawal, while the member's last word is still no."""
    if not taken or (standing is not None and standing.used):
        return None
    return taken[-1].withdrawal


def _is_in_use(visit: Visit) -> bool:
    """Say whether a model in use stands on words of the member that were not taken out."""
    in_use = visit.stores.models.in_use()
    if in_use is None:
        return False
    removed = visit.stores.takebacks.removed(in_use.model.dataset_id)
    return any(
        row.dataset_id == in_use.model.dataset_id and row.row_id not in removed
        for row in visit.stores.datasets.placed(visit.member.id)
    )


def _notice(visit: Visit, purpose: Purpose) -> Notice | None:
    return in_force(
        visit.stores.notices.list(), visit.member.region, purpose, Category.CONTENT, visit.now
    )


def _acts(history: tuple[Recorded, ...], purpose: Purpose) -> list[Told]:
    told = []
    for each in reversed(history):
        body = each.event.body
        if each.event.kind is EventKind.CHOICE and body.get("purpose") == purpose:
            about = {
                Scope.PURPOSE: "",
                Scope.CATEGORY: f", for {_sort(body.get('target'))}",
                Scope.DOCUMENT: ", for one text",
            }[Scope(str(body.get("scope")))]
            word = "yes" if body.get("answer") == Answer.YES else "no"
            told.append(
                Told(
                    sentence=f"You said {word}{about}.",
                    at=each.recorded_at,
                    receipt=each.event.event_id,
                )
            )
        elif each.event.kind is EventKind.SIGNAL:
            sends = "sent" if body.get("present") is True else "no longer sends"
            told.append(
                Told(sentence=f"Your browser {sends} Global Privacy Control.", at=each.recorded_at)
            )
    return told


def _sort(target: object) -> str:
    return next((said for category, said in CATEGORIES.items() if category == target), "some texts")

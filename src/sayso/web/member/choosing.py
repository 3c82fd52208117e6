"""The member's word: one form, one transaction, and the way back."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Category
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.errors import BadInput, Conflict
from sayso.rights.say import Said, say
from sayso.rights.used import taken_out
from sayso.web.member.portions import CATEGORIES
from sayso.web.visits import Flash, Form, Visit, acting, safe_path

_AGAIN = "in again, from the next dataset on. What was taken out before stays out."

router = APIRouter()


@router.post("/choices")
def choose(request: Request, form: Form) -> Response:
    """Record yes or no and go back to where the member was, with an undo."""
    with acting(request, form.get("token", "")) as visit:
        choice = _choice(visit, form)
        said = _say(visit, choice)
        again = choice.answer is Answer.YES and _is_coming_back(visit)
        flash = _flash(choice, said, again=again, is_undo=form.get("undo") == "1")
        return visit.go(safe_path(form.get("back", "/")), flash)


def chosen_among(purpose: str, answer: str, scope: str) -> tuple[Purpose, Answer, Scope]:
    """Read a choice's words.

    Raises:
        BadInput: one of them is not a word we know.
    """
    for value, known in ((purpose, Purpose), (answer, Answer), (scope, Scope)):
        if value not in set(known):
            raise BadInput(
                f"{value!r} is not a {known.__name__.lower()}.",
                hint="One of: " + ", ".join(known) + ".",
            )
    return Purpose(purpose), Answer(answer), Scope(scope)


def _choice(visit: Visit, form: Form) -> Choice:
    purpose, answer, scope = chosen_among(
        form.get("purpose", ""), form.get("answer", ""), form.get("scope") or Scope.PURPOSE
    )
    act = "\0".join((purpose, answer, scope, form.get("target", "")))
    return Choice(
        event_id=visit.site.sessions.event_id(visit.session, form.get("nonce", ""), act),
        member_id=visit.member.id,
        purpose=purpose,
        answer=answer,
        scope=scope,
        target=form.get("target", ""),
        occurred_at=visit.now,
        after_conflict=form.get("conflict") == "shown",
    )


def _say(visit: Visit, choice: Choice) -> Said:
    """Record the choice; the same click arriving twice is recorded once.

    A page kept in the browser's history can send its old event id again after the member has
    changed their mind since: then it is a new act and gets a new id.
    """
    try:
        return say(visit.stores, choice, visit.now)
    except Conflict:
        last = [
            each
            for each in visit.stores.ledger.history(choice.member_id)
            if each.event.body.get("scope") == choice.scope
            and each.event.body.get("purpose") == choice.purpose
            and each.event.body.get("target") == choice.target
        ][-1]
        if last.event.event_id == choice.event_id:
            return Said(recorded=last, sentence="", withdrawal=None)
        return say(visit.stores, replace(choice, event_id=visit.site.sessions.nonce()), visit.now)


def _is_coming_back(visit: Visit) -> bool:
    taken = taken_out(visit.stores, visit.member.id, visit.now)
    return any(each.coming_back for each in taken)


def _flash(choice: Choice, said: Said, *, again: bool, is_undo: bool) -> Flash:
    what = "this text" if choice.scope is Scope.DOCUMENT else PURPOSES[choice.purpose].title
    if choice.scope is Scope.CATEGORY:
        what = f"{what}, for {CATEGORIES[Category(choice.target)]}"
    if again:
        who = "It is" if choice.scope is Scope.DOCUMENT else "You are"
        sentence = f"You said yes: {what}. {who} {_AGAIN}"
    elif choice.answer is Answer.YES:
        sentence = f"You said yes: {what}. It counts from the next dataset on."
    elif said.withdrawal is not None:
        sentence = f"You said no: {what}. Nothing draws on it any more."
    else:
        sentence = f"You said no: {what}."
    return Flash(
        sentence=f"Undone. {sentence}" if is_undo else sentence,
        undo="" if is_undo else Answer.NO if choice.answer is Answer.YES else Answer.YES,
        purpose=choice.purpose,
        scope=choice.scope,
        target=choice.target,
    )

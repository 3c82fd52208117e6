"""The member's word: one form, one transaction, and the way back."""

from collections.abc import Collection
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Category
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.ledger import Recorded
from sayso.consent.purposes import Purpose, purpose_named
from sayso.errors import BadInput
from sayso.rights.say import Said
from sayso.rights.used import taken_out
from sayso.web.member.portions import CATEGORIES
from sayso.web.site import Site
from sayso.web.visits import Flash, Form, Visit, require_token, safe_path, visiting

_AGAIN = "in again, from the next dataset on. What was taken out before stays out."
_BACK = "in again: forgetting had not begun, so what was taken out is back in use."

router = APIRouter()


@router.post("/choices")
def choose(request: Request, form: Form) -> Response:
    """Record yes or no and go back to where the member was, with an undo."""
    with visiting(request) as visit:
        visit.require_member()
        require_token(visit.site, visit.session, form.get("token", ""))
        choice = _choice(visit, form)
    said = _say(visit.site, choice)
    with visiting(request) as visit:
        again = choice.answer is Answer.YES and _is_coming_back(visit)
        title = visit.stores.policies.current().text_of(choice.purpose).title
        flash = _flash(choice, said, title, again=again, is_undo=form.get("undo") == "1")
        return visit.go(safe_path(form.get("back", "/")), flash)


def chosen_among(
    purpose: str, answer: str, scope: str, declared: Collection[Purpose]
) -> tuple[Purpose, Answer, Scope]:
    """Read a choice's words; `declared` are the purposes of the policy in use.

    Raises:
        BadInput: one of them is not a word we know.
    """
    for value, known in ((answer, Answer), (scope, Scope)):
        if value not in set(known):
            raise BadInput(
                f"{value!r} is not a {known.__name__.lower()}.",
                hint="One of: " + ", ".join(known) + ".",
            )
    return purpose_named(purpose, declared), Answer(answer), Scope(scope)


def _notice_named(visit: Visit, notice_id: str, purpose: Purpose) -> str:
    """Return the notice that the choice was made on, where its page says which."""
    found = visit.stores.notices.get(notice_id) if notice_id else None
    if notice_id and (found is None or found.is_draft or purpose not in found.purposes):
        raise BadInput(
            f"Notice {notice_id!r} does not ask about {purpose}.",
            hint="Go back to the notice, reload the page and answer again.",
        )
    return notice_id


def _choice(visit: Visit, form: Form) -> Choice:
    purpose, answer, scope = chosen_among(
        form.get("purpose", ""),
        form.get("answer", ""),
        form.get("scope") or Scope.PURPOSE,
        visit.stores.policies.current().purposes,
    )
    act = "\0".join((purpose, answer, scope, form.get("target", "")))
    return Choice(
        event_id=visit.site.sessions.event_id(visit.session, form.get("nonce", ""), act),
        member_id=visit.member.id,
        purpose=purpose,
        answer=answer,
        scope=scope,
        target=form.get("target", ""),
        notice_id=_notice_named(visit, form.get("notice", ""), purpose),
        occurred_at=visit.now,
        after_conflict=form.get("conflict") == "shown",
        is_now=True,
    )


def _say(site: Site, choice: Choice) -> Said:
    """Record the choice; the same click arriving twice is recorded once.

    A page kept in the browser's history can send its old event id again after the member has
    changed their mind since: then it is a new act and gets a new id.
    """
    said = site.scribe.say(choice).said
    if said.is_repeated and not _is_last(site, said.recorded):
        anew = replace(choice, event_id=site.sessions.new_event_id())
        return site.scribe.say(anew).said
    return said


def _is_last(site: Site, recorded: Recorded) -> bool:
    """Whether the member said nothing else of that purpose and scope since."""
    asked = [recorded.event.body.get(name) for name in ("purpose", "scope", "target")]
    with site.network.reading() as stores:
        return not any(
            each.seq > recorded.seq
            and [each.event.body.get(name) for name in ("purpose", "scope", "target")] == asked
            for each in stores.ledger.history(recorded.event.member_id)
        )


def _is_coming_back(visit: Visit) -> bool:
    taken = taken_out(visit.stores, visit.member.id, visit.now)
    return any(each.coming_back for each in taken)


def _flash(choice: Choice, said: Said, title: str, *, again: bool, is_undo: bool) -> Flash:
    what = "this text" if choice.scope is Scope.DOCUMENT else title
    if choice.scope is Scope.CATEGORY:
        what = f"{what}, for {CATEGORIES[Category(choice.target)]}"
    if said.rows_back:
        who = "It is" if choice.scope is Scope.DOCUMENT else "You are"
        sentence = f"You said yes: {what}. {who} {_BACK}"
    elif again:
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

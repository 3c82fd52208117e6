"""When a yes counts, and what a member's answers come to for one document."""

from dataclasses import dataclass
from datetime import datetime

from sayso.consent.choices import Scope
from sayso.consent.facts import Case
from sayso.consent.notices import Notice, utc
from sayso.consent.say import Answered, Grant, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was said at one scope: a yes that counts, else a no, else each yes that does not."""

    grants: tuple[Grant, ...] = ()
    refusal: Refusal | None = None
    void: tuple[tuple[Grant, str], ...] = ()


def day(moment: datetime) -> str:
    """Return the date as it is said: 3 May 2026."""
    return f"{moment.day} {moment:%B} {moment.year}"


def for_document(case: Case) -> Opinion:
    """Return what was said of this one document, unless a wider no came later."""
    wider = (_answered(case, Scope.CATEGORY), _answered(case, Scope.PURPOSE))
    return _opinion(case, _answered(case, Scope.DOCUMENT), after=_last_no(*wider))


def for_category(case: Case) -> Opinion:
    """Return what was said of the document's category, unless a wider no came later."""
    after = _last_no(_answered(case, Scope.PURPOSE))
    return _opinion(case, _answered(case, Scope.CATEGORY), after=after)


def for_purpose(case: Case) -> Opinion:
    """Return what was said of the whole purpose."""
    return _opinion(case, _answered(case, Scope.PURPOSE), after=0)


def why_void(grant: Grant, case: Case) -> str:
    """Return why a yes does not count here, as a sentence; empty where it counts."""
    turned = case.say.adult_since
    if turned is not None and grant.seq < turned.seen.seq:
        return "You said yes before you were of age, and turning adult does not renew it."
    if case.at < grant.counts_from:
        return f"Your yes counts from {day(grant.counts_from)}."
    standing = case.notices_standing(renew=case.policy.renew_on_material_notice)
    if not standing:
        return "No notice in force tells members in your country of this use."
    if not grant.notice_id:
        return "Your yes does not say which notice you could read."
    return _notice_lacks(grant, standing, case)


def _notice_lacks(grant: Grant, standing: tuple[Notice, ...], case: Case) -> str:
    for notice in standing:
        if notice.id == grant.notice_id:
            published = utc(notice.published_at) if notice.published_at else case.at
            if published > grant.recorded_at:
                return "Your yes is older than the notice it names."
            return ""
    if any(notice.id == grant.notice_id for notice in case.notices_heard()):
        return (
            f"The notice you said yes to has changed in what matters; "
            f"the one in force is {standing[0].title!r}."
        )
    return "The notice you said yes to does not tell members in your country of this use."


def _answered(case: Case, scope: Scope) -> Answered | None:
    target = {
        Scope.DOCUMENT: str(case.document.id),
        Scope.CATEGORY: str(case.document.category),
        Scope.PURPOSE: "",
    }[scope]
    return case.say.answered(case.purpose, scope, target)


def _last_no(*answers: Answered | None) -> int:
    return max((said.refusal.seq for said in answers if said and said.refusal), default=0)


def _opinion(case: Case, answered: Answered | None, *, after: int) -> Opinion:
    if answered is None:
        return Opinion()
    judged = [(grant, why_void(grant, case)) for grant in answered.grants if grant.seq > after]
    counting = tuple(grant for grant, why in judged if not why)
    return Opinion(
        grants=counting,
        # A yes that does not count does not lift the no before it.
        refusal=None if counting else answered.refusal,
        void=tuple((grant, why) for grant, why in judged if why),
    )

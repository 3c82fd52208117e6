"""When a yes counts, and what a member's answers come to for one document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.community import Region
from sayso.consent.choices import Answer, Scope
from sayso.consent.facts import Case
from sayso.consent.notices import same_promise, utc
from sayso.consent.say import Answered, Grant, OldSetting, Refusal, Seen

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was said at one scope: a yes that counts, else a no, else each yes that does not."""

    grants: tuple[Grant, ...] = ()
    refusal: Refusal | None = None
    void: tuple[tuple[Grant, str], ...] = ()


_NOTHING = Opinion()


def day(moment: datetime) -> str:
    """Return the date as it is said: 3 May 2026."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def for_document(case: Case) -> Opinion:
    """Return what was said of this one document, unless a wider no came later."""
    return _together(case, _for_document)


def for_category(case: Case) -> Opinion:
    """Return what was said of the document's category, unless a wider no came later."""
    return _together(case, _for_category)


def for_purpose(case: Case) -> Opinion:
    """Return what was said of the whole purpose."""
    return _together(case, _for_purpose)


def _for_document(case: Case) -> Opinion:
    said = case.say.answered(case.purpose, Scope.DOCUMENT, case.document.id)
    return _opinion(case, said, _of_category, _of_purpose) if said else _NOTHING


def _for_category(case: Case) -> Opinion:
    said = _of_category(case)
    return _opinion(case, said, _of_purpose) if said else _NOTHING


def _for_purpose(case: Case) -> Opinion:
    said = _of_purpose(case)
    return _opinion(case, said) if said else _NOTHING


def narrowest_first(case: Case) -> tuple[Opinion, ...]:
    """Return all that was said of the use, in the order in which it is heard."""
    return (for_document(case), for_category(case), for_purpose(case))


def as_each_account(case: Case) -> tuple[Case, ...]:
    """Return the case as each of a person's accounts would have it; most people have one."""
    if not case.say.apart:
        return (case,)
    return tuple(
        replace(
            case,
            say=replace(
                case.say, answers=one.answers, gpc=one.gpc, settings=one.settings, apart=()
            ),
        )
        for one in case.say.apart
    )


def signal_against(account: Case) -> Seen | None:
    """Return the browser's signal where it is a no, and no yes was said in knowledge of it."""
    seen, purpose = account.say.gpc, account.purpose
    heeded = account.use.discloses_to_third_parties or purpose in account.policy.gpc_is_no
    if seen is None or not heeded:
        return None
    knowing = (grant for grant in _for_purpose(account).grants if grant.after_conflict)
    return None if any(grant.seq > seen.seq for grant in knowing) else seen


def older_no(case: Case) -> OldSetting | None:
    """Return an older setting that says no to the use; one that nobody mapped says no to all."""
    mapped = {each.setting: each.purposes for each in case.policy.settings}
    for name, old in sorted(case.say.settings.items()):
        speaks_of = mapped.get(name)
        if old.answer is Answer.NO and (not speaks_of or case.purpose in speaks_of):
            return old
    return None


def why_void(grant: Grant, case: Case) -> str:
    """Return why a yes does not count here, as a sentence; empty where it counts."""
    turned = case.came_of_age
    if turned is not None and grant.seq < turned.seen.seq:
        return "You said yes before you were of age, and turning adult does not renew it."
    if case.at < grant.counts_from:
        return f"Your yes counts from {day(grant.counts_from)}."
    for region in case.regions_since(grant.seq):
        lacking = _notice_lacks(grant, case, region)
        if lacking:
            return lacking
    return ""


def _notice_lacks(grant: Grant, case: Case, region: Region) -> str:
    heard = case.notices_in(region)
    if not heard:
        return "No notice in force tells members in your country of this use."
    if not grant.notice_id:
        return "Your yes does not say which notice you could read."
    standing = same_promise(heard) if case.policy.renew_on_material_notice else heard
    named = next((notice for notice in heard if notice.id == grant.notice_id), None)
    if named is None:
        return "The notice you said yes to does not tell members in your country of this use."
    if named not in standing:
        return (
            "The notice you said yes to has changed in what matters; "
            f"the one in force is {heard[0].title!r}."
        )
    if utc(named.published_at or case.at) > grant.recorded_at:
        return "Your yes is older than the notice it names."
    return ""


def _together(case: Case, heard: Callable[[Case], Opinion]) -> Opinion:
    """Hear each account of the person: a no said with one is not lifted by the yes of another."""
    accounts = as_each_account(case)
    if len(accounts) == 1:
        return heard(accounts[0])
    opinions = [heard(account) for account in accounts]
    refusing = {place for place, account in enumerate(accounts) if _refuses(account)}
    grants = {
        grant.seq: grant
        for place, opinion in enumerate(opinions)
        for grant in opinion.grants
        if refusing <= {place}
    }
    refusals = [opinion.refusal for opinion in opinions if opinion.refusal is not None]
    return Opinion(
        grants=tuple(grants[seq] for seq in sorted(grants)),
        refusal=None if grants else max(refusals, key=lambda each: each.seq, default=None),
        void=tuple(judged for opinion in opinions for judged in opinion.void),
    )


def _refuses(account: Case) -> bool:
    """Whether what was said with this account alone is a no, in the order of the rules."""
    for heard in (_for_document, _for_category):
        opinion = heard(account)
        if opinion.grants or opinion.refusal is not None:
            return not opinion.grants
    if signal_against(account) is not None:
        return True
    opinion = _for_purpose(account)
    if opinion.grants or opinion.refusal is not None:
        return not opinion.grants
    earlier = account.policy.predecessors_of(account.purpose)
    return older_no(account) is not None or any(
        _refused(replace(account, purpose=purpose)) for purpose in earlier
    )


def _refused(account: Case) -> bool:
    """Whether the narrowest answer that speaks is a no."""
    heard = (_for_document(account), _for_category(account), _for_purpose(account))
    spoken = [opinion for opinion in heard if opinion.grants or opinion.refusal is not None]
    return bool(spoken) and not spoken[0].grants


def _of_category(case: Case) -> Answered | None:
    return case.say.answered(case.purpose, Scope.CATEGORY, case.document.category)


def _of_purpose(case: Case) -> Answered | None:
    return case.say.answered(case.purpose, Scope.PURPOSE)


def _opinion(case: Case, answered: Answered, *wider: Callable[[Case], Answered | None]) -> Opinion:
    """Return what an answer comes to; what was said before a wider no counts no more."""
    noes = (said.refusal for ask in wider if (said := ask(case)))
    after = max((refusal.seq for refusal in noes if refusal), default=0)
    judged = [(grant, why_void(grant, case)) for grant in answered.grants if grant.seq > after]
    counting = tuple(grant for grant, why in judged if not why)
    return Opinion(
        grants=counting,
        # A yes that does not count does not lift the no before it.
        refusal=None if counting else answered.refusal,
        void=tuple((grant, why) for grant, why in judged if why),
    )

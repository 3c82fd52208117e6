"""The rules of decision, strongest first: each looks at one person's case and speaks or not."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.consent import defaults, denials, grants
from sayso.consent.choices import Answer
from sayso.consent.decision import Verdict, deny
from sayso.consent.facts import Case
from sayso.consent.grants import Opinion, day
from sayso.consent.say import Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its rank in the order of decision, and the text it follows."""

    rank: int
    name: str
    citation: str
    speak: Callable[[Case], Verdict | None]


def document_choice(case: Case) -> Verdict | None:
    """Let the member's answer for this document speak."""
    return _answer("document_choice", case, grants.for_document(case), " for this document")


def category_choice(case: Case) -> Verdict | None:
    """Let the member's answer for this category of data speak."""
    where = f" for {case.document.category.replace('-', ' ')}"
    return _answer("category_choice", case, grants.for_category(case), where)


def global_privacy_control(case: Case) -> Verdict | None:
    """Take the browser's signal as a no, unless a yes came after being shown the conflict."""
    sightings = map(grants.signal_against, grants.as_each_account(case))
    seen = next((each for each in sightings if each is not None), None)
    if seen is None:
        return None
    return deny(
        "global_privacy_control",
        f"Your browser sent Global Privacy Control on {day(seen.recorded_at)}, "
        "which this network takes as a no.",
        f"event {seen.event_id}",
        mend="You can still say yes: you are shown the conflict first.",
    )


def purpose_choice(case: Case) -> Verdict | None:
    """Let the member's answer for the whole purpose speak."""
    return _answer("purpose_choice", case, grants.for_purpose(case), "")


def mapped_setting(case: Case) -> Verdict | None:
    """Keep the no of an older setting; its yes grants nothing."""
    old = grants.older_no(case)
    if old is None:
        return None
    known = {mapped.setting: mapped.plain for mapped in case.policy.settings}
    plain = known.get(old.setting, f"you had set {old.setting!r} to no")
    return deny(
        "mapped_setting",
        f"On {day(old.seen.recorded_at)} we noted that {plain}; we keep to that.",
        f"setting {old.setting}",
        f"event {old.seen.event_id}",
        mend="You can say yes yourself at any time.",
    )


def earlier_purpose(case: Case) -> Verdict | None:
    """Keep the no to an earlier purpose until this one is answered; its yes grants nothing."""
    for purpose in case.policy.predecessors_of(case.purpose):
        before = replace(case, purpose=purpose)
        for opinion in grants.narrowest_first(before):
            if opinion.grants:
                break
            if opinion.refusal is not None:
                title, earlier = case.use.title, before.use.title
                return deny(
                    "earlier_purpose",
                    f"You said no to {earlier} on {day(opinion.refusal.recorded_at)}, "
                    f"and that holds for {title} until you answer it.",
                    f"event {opinion.refusal.event_id}",
                    f"policy {case.policy.name}",
                    mend=f"You can say yes to {title} yourself.",
                )
    return None


def notice_in_force(case: Case) -> Verdict | None:
    """Say why a yes does not count, where silence would not be a yes either."""
    void = [judged for opinion in grants.narrowest_first(case) for judged in opinion.void]
    if not void:
        return None
    silence = notice_first(case) or policy_default(case)
    if silence is not None and silence.permit:
        return None
    grant, why = max(void, key=lambda judged: judged[0].seq)
    return deny(
        "notice_in_force",
        why,
        f"event {grant.event_id}",
        f"notice {grant.notice_id or 'none'}",
        mend="Read the notice in force and answer again.",
    )


def notice_first(case: Case) -> Verdict | None:
    """Deny a default until the member's own notice is proven and its period over (P2)."""
    row = defaults.row_for(case)
    if row is None or row.default is Answer.NO:
        return None
    told = defaults.told(case)
    if not told.why_not:
        return None
    return deny(
        "notice_first",
        told.why_not,
        *told.evidence,
        mend="Deliver the notice to this member and wait until its period is over.",
        is_default=True,
    )


def policy_default(case: Case) -> Verdict | None:
    """Let the policy say what silence means in the strictest region the member was in."""
    row = defaults.row_for(case)
    if row is None:
        return None
    evidence = (f"policy {case.policy.name}", f"basis {row.basis}", row.citation)
    title = case.use.title
    mend = f"You can say yes to {title} yourself."
    turned = case.came_of_age
    if row.default is Answer.YES and turned is not None:
        why = f"You came of age on {day(turned.seen.recorded_at)}, and a birthday is not a yes."
        return deny("policy_default", why, *evidence, mend=mend, is_default=True)
    if row.default is Answer.NO:
        here = defaults.row_for_silence(case)
        moved = here is not None and here.default is Answer.YES
        why = (
            "You moved from a country where silence is a no, and moving is not a yes."
            if moved
            else f"You have not said yes to {title}, and silence is a no."
        )
        return deny("policy_default", why, *evidence, mend=mend, is_default=True)
    told = defaults.told(case)
    if told.why_not:
        return None
    return Verdict(
        rule="policy_default",
        permit=True,
        reason=f"You were told of {title}, had time to say no, and have not.",
        evidence=(*evidence, *told.evidence),
        is_default=True,
    )


def nothing_said(case: Case) -> Verdict | None:
    """Deny what no rule allows."""
    return deny(
        "nothing_said",
        "Nobody has allowed this.",
        f"policy {case.policy.name}",
        mend=f"You can say yes to {case.use.title} yourself.",
    )


RULES: tuple[Rule, ...] = tuple(
    Rule(rank=rank, name=speak.__name__, citation=citation, speak=speak)
    for rank, speak, citation in (
        (1, denials.purpose_known, "Sayso P1: no decision is a no; GDPR Art. 5(1)(b)"),
        (1, denials.unknown_member, "Sayso P1: no decision is a no"),
        (1, denials.unreadable_record, "Sayso P1: a parse error is a no; GDPR Art. 7(1)"),
        (1, denials.account_standing, "GDPR Art. 17(1); Art. 18(2) for suspended accounts"),
        (1, denials.age, "GDPR Art. 8 and recital 38; Sayso P1: an unknown age is a no"),
        (1, denials.region_known, "Sayso P1: an unknown region is a no"),
        (1, denials.private_message, "Directive 2002/58/EC Art. 5(1); LinkedIn Help a6278444"),
        (
            1,
            denials.document_state,
            "GDPR Art. 5(1)(a) and (b): what was never published was never told",
        ),
        (1, denials.document_visibility, "GDPR Art. 5(1)(b): the audience its author chose"),
        (1, denials.licence, "Directive (EU) 2019/790 Art. 4(3); see consent.licences for each"),
        (
            1,
            denials.stated_signal,
            "IETF AIPREF vocab-07; Directive (EU) 2019/790 Art. 4(3): a machine-readable no",
        ),
        (2, document_choice, "GDPR Art. 7 and 21; Sayso DESIGN section 4, rank 2"),
        (2, category_choice, "GDPR Art. 7 and 21, recital 43: separate consent"),
        (3, global_privacy_control, "11 CCR 7025(c)(3) and (c)(5); W3C GPC 2026-04-03"),
        (4, purpose_choice, "GDPR Art. 6(1)(a), 7(1) and 7(3)"),
        (5, mapped_setting, "GDPR Art. 5(1)(a): an earlier objection is not forgotten"),
        (5, earlier_purpose, "GDPR Art. 5(1)(b): a new purpose keeps the no to its predecessors"),
        (6, notice_in_force, "GDPR Art. 4(11), 7(1) and 13(3): a yes is informed or void"),
        (6, notice_first, "Sayso P2; GDPR Art. 13(3) and 21(4)"),
        (6, policy_default, "the policy's own row; GDPR Art. 6(1)"),
        (7, nothing_said, "GDPR Art. 25(2): by default, no"),
    )
)
"""Strongest first. One more rule: a function above, a line here, a row in its test and docs."""


def _answer(rule: str, case: Case, opinion: Opinion, where: str) -> Verdict | None:
    if opinion.grants:
        grant: Grant = opinion.grants[-1]
        return Verdict(
            rule=rule,
            permit=True,
            reason=f"You said yes to {case.use.title}{where} on {day(grant.recorded_at)}.",
            evidence=(f"event {grant.event_id}", f"notice {grant.notice_id}"),
        )
    if opinion.refusal is not None:
        return deny(
            rule,
            f"You said no to {case.use.title}{where} on {day(opinion.refusal.recorded_at)}.",
            f"event {opinion.refusal.event_id}",
            mend="Only you can change it.",
        )
    return None

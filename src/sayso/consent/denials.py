"""Rank 1 of the order of decision: what no yes can lift."""

from sayso.community import UNKNOWN_REGION, AgeBand, Signal, Standing, State, Visibility
from sayso.consent.choices import Answer
from sayso.consent.decision import Verdict, deny
from sayso.consent.facts import Case
from sayso.consent.grants import day
from sayso.consent.licences import forbidding
from sayso.consent.notices import utc
from sayso.consent.signals import answer_of
from sayso.errors import BadInput


def purpose_known(case: Case) -> Verdict | None:
    """Deny a use that the policy in use does not declare, whatever was said of it before."""
    if case.purpose in case.policy.purposes:
        return None
    return deny(
        "purpose_known",
        "The policy in use knows no such purpose, so nobody is asked about it.",
        f"purpose {case.purpose}",
        f"policy {case.policy.name}",
        mend="The operator declares it in the policy; what you said of it before counts again.",
    )


def unknown_member(case: Case) -> Verdict | None:
    """Deny what nobody known has written."""
    if case.member is not None:
        return None
    return deny(
        "unknown_member",
        "The network knows no account that wrote this.",
        f"member {case.member_id}",
        mend="Import the member, or the document with the right author.",
    )


def unreadable_record(case: Case) -> Verdict | None:
    """Deny while something recorded of the member cannot be understood (P1)."""
    if not case.say.unreadable:
        return None
    return deny(
        "unreadable_record",
        "Something recorded about you cannot be read, so nothing of yours is used.",
        *(f"event {event_id}" for event_id in case.say.unreadable),
        mend="The operator checks the ledger with `sayso verify LOG`.",
    )


def account_standing(case: Case) -> Verdict | None:
    """Deny for accounts that are suspended, deleted or erased, by the network or the ledger."""
    held = (case.member.standing if case.member else None, case.say.standing)
    for standing in (Standing.ERASED, Standing.DELETED, Standing.SUSPENDED):
        if standing in held:
            return deny(
                "account_standing",
                f"Your account is {standing}.",
                f"standing {standing}",
                mend="Nothing is used until the network says that the account is active.",
            )
    return None


def age(case: Case) -> Verdict | None:
    """Deny for minors always, and for unknown ages unless the operator attests an age gate."""
    bands = _age_bands(case)
    if AgeBand.MINOR in bands:
        return deny(
            "age",
            "You are not of age, so nothing of yours is used, whatever is clicked.",
            "age band minor",
            mend="Nothing: when you are of age, you are asked anew.",
        )
    if AgeBand.UNKNOWN in bands and not case.policy.age_gate_attested:
        return deny(
            "age",
            "The network does not know whether you are of age.",
            "age band unknown",
            mend="Say your age band in your settings, or the operator attests an age gate.",
        )
    return None


def region_known(case: Case) -> Verdict | None:
    """Deny where nobody knows which region's rules hold (P1)."""
    if UNKNOWN_REGION not in case.regions:
        return None
    return deny(
        "region_known",
        "The network does not know which country's rules protect you.",
        f"region {case.member.region if case.member else UNKNOWN_REGION}",
        mend="Say your country in your settings.",
    )


def private_message(case: Case) -> Verdict | None:
    """Deny messages, to whomever they were sent."""
    if not case.document.is_message:
        return None
    return deny("private_message", "Private messages are never used.", "kind message")


def document_state(case: Case) -> Verdict | None:
    """Deny drafts, deleted and pending documents, and those whose day has not come."""
    document = case.document
    if document.state is not State.PUBLISHED:
        said = {
            State.DRAFT: "This is a draft.",
            State.PENDING: "This is waiting for moderation.",
            State.UNREADABLE: (
                "It came again as what cannot be read or kept; until it can, it is out of use."
            ),
            State.DELETED: "You deleted this.",
        }[document.state]
        return deny("document_state", said, f"state {document.state}")
    if utc(document.created_at) > case.at:
        return deny(
            "document_state",
            f"This is not out before {day(document.created_at)}.",
            f"created {document.created_at.isoformat()}",
        )
    return None


def document_visibility(case: Case) -> Verdict | None:
    """Deny what is not public, unless purpose and notice both speak of that audience."""
    seen_by = case.document.visibility
    if seen_by is Visibility.PUBLIC:
        return None
    if case.use.may_use_non_public:
        heard = [case.notices_in(region) for region in case.regions_ever]
        if all(told and seen_by in told[0].visibilities for told in heard):
            return None
    return deny(
        "document_visibility",
        "This is not public.",
        f"visibility {seen_by}",
        mend="Only what everyone on the network may read is used.",
    )


def licence(case: Case) -> Verdict | None:
    """Deny where the document's licence forbids the use."""
    forbids = forbidding(case.document.licence)
    if forbids is None:
        return None
    return deny(
        "licence",
        f"Its licence, {case.document.licence}, forbids this: {forbids.why}.",
        f"licence {case.document.licence}",
        forbids.citation,
        mend="The owner publishes it under a licence that allows the use.",
    )


def stated_signal(case: Case) -> Verdict | None:
    """Deny where a signal on the document says no to training, or cannot be understood."""
    if not case.use.heeds_signals:
        return None
    for signal in case.document.signals:
        why = _why_not(signal)
        if why:
            return deny(
                "stated_signal",
                why,
                f"signal {signal.standard}",
                f"value {signal.value!r}",
                f"seen {signal.seen_at.isoformat()}",
                mend="Whoever publishes it there says otherwise there, and it is imported again.",
            )
    return None


def _why_not(signal: Signal) -> str:
    where = f"Where it was found on {day(signal.seen_at)}, a signal ({signal.standard})"
    try:
        answer = answer_of(signal.standard, signal.value)
    except BadInput:
        return f"{where} says something that cannot be read, and doubt is a no."
    return f"{where} says no to training." if answer is Answer.NO else ""


def _age_bands(case: Case) -> set[AgeBand]:
    bands = {case.member.age_band if case.member else AgeBand.UNKNOWN}
    if case.say.ages:
        bands.add(case.say.ages[-1].after)
    return bands

"""What the policy says of a silent member, and whether that member was told in time (P2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.community import Region
from sayso.consent.choices import Answer
from sayso.consent.facts import Case
from sayso.consent.grants import day
from sayso.consent.notices import Notice, effective_from, same_promise, usable_from
from sayso.consent.policy import PolicyRow
from sayso.consent.say import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whether a default may be used for this member; `why_not` is empty where it may."""

    why_not: str
    evidence: tuple[str, ...] = ()


def row_for(case: Case) -> PolicyRow | None:
    """Return the strictest row of all regions the member is or was in."""
    rows = [
        case.policy.default_for(region, case.purpose, case.document.category)
        for region in case.regions_ever
    ]
    for row in rows:
        if row is None or row.default is Answer.NO:
            return row
    return rows[0]


def row_for_silence(case: Case) -> PolicyRow | None:
    """Return the row of the member's present region alone; it tells why a move did not grant."""
    return case.policy.default_for(case.regions[0], case.purpose, case.document.category)


def told(case: Case) -> Told:
    """Say whether the notice's delivery to this member is proven and its period is over.

    It must hold in every region the member is or was in: a move never begins a default.
    """
    answers = [_told_in(case, region) for region in case.regions_ever]
    return next((answer for answer in answers if answer.why_not), answers[0])


def lawful_from(case: Case) -> datetime | None:
    """Return the first moment from which a default counts, if the member stays silent.

    What is published but not yet in force is reckoned with. None where silence is a no, where
    no notice speaks of the use, or where one has yet to reach the member.
    """
    if case.member is None:
        return None
    moments = {case.at}
    published = [
        starts for notice in case.notices if (starts := effective_from(notice)) is not None
    ]
    for notice in case.notices:
        proof = case.say.deliveries.get(notice.id)
        if proof is not None and not notice.is_draft:
            period_over = usable_from(notice, proof.recorded_at, notice)
            moments.update({period_over, *(max(period_over, starts) for starts in published)})
    for moment in sorted(each for each in moments | set(published) if each >= case.at):
        then = replace(case, at=moment)
        row = row_for(then)
        if row is not None and row.default is Answer.YES and not told(then).why_not:
            return moment
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """The notice that reached the member first, with its proof."""

    usable_from: datetime
    notice: Notice
    proof: Seen


def _reached_in(case: Case, region: Region) -> _Reached | None:
    standing = same_promise(case.notices_in(region))
    proofs = [
        _Reached(
            usable_from=usable_from(notice, proof.recorded_at, standing[0]),
            notice=notice,
            proof=proof,
        )
        for notice in standing
        if (proof := case.say.deliveries.get(notice.id)) is not None
    ]
    return min(proofs, key=lambda each: each.usable_from, default=None)


def _told_in(case: Case, region: Region) -> Told:
    standing = same_promise(case.notices_in(region))
    if not standing:
        return Told(why_not="No notice in force tells members in your country of this use.")
    reached = _reached_in(case, region)
    if reached is None:
        return _never_reached(case, standing[0])
    evidence = (f"notice {reached.notice.id}", f"event {reached.proof.event_id}")
    if case.at < reached.usable_from:
        left = -(-(reached.usable_from - case.at) // timedelta(days=1))
        return Told(
            why_not=f"You were told on {day(reached.proof.recorded_at)}; the notice period ends "
            f"on {day(reached.usable_from)}, in {left} {'day' if left == 1 else 'days'}.",
            evidence=evidence,
        )
    return Told(why_not="", evidence=evidence)


def _never_reached(case: Case, notice: Notice) -> Told:
    bounced = case.say.bounced.get(notice.id)
    if bounced is not None:
        return Told(
            why_not=f"The notice did not reach you: it came back on {day(bounced.recorded_at)}.",
            evidence=(f"event {bounced.event_id}", f"notice {notice.id}"),
        )
    return Told(
        why_not="There is no proof that the notice reached you.",
        evidence=(f"notice {notice.id}",),
    )

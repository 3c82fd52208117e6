"""What the policy says of a silent member, and whether that member was told in time (P2)."""

from dataclasses import dataclass
from datetime import timedelta

from sayso.community import Region
from sayso.consent.choices import Answer
from sayso.consent.facts import Case
from sayso.consent.grants import day
from sayso.consent.notices import same_promise, usable_from
from sayso.consent.policy import PolicyRow


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


def _told_in(case: Case, region: Region) -> Told:
    standing = same_promise(case.notices_in(region))
    if not standing:
        return Told(why_not="No notice in force tells members in your country of this use.")
    proofs = [
        (usable_from(notice, proof.recorded_at, standing[0]), notice, proof)
        for notice in standing
        if (proof := case.say.deliveries.get(notice.id)) is not None
    ]
    if not proofs:
        bounced = case.say.bounced.get(standing[0].id)
        if bounced is not None:
            came_back = day(bounced.recorded_at)
            return Told(
                why_not=f"The notice did not reach you: it came back on {came_back}.",
                evidence=(f"event {bounced.event_id}", f"notice {standing[0].id}"),
            )
        return Told(
            why_not="There is no proof that the notice reached you.",
            evidence=(f"notice {standing[0].id}",),
        )
    usable, notice, proof = min(proofs, key=lambda each: each[0])
    evidence = (f"notice {notice.id}", f"event {proof.event_id}")
    if case.at < usable:
        left = -(-(usable - case.at) // timedelta(days=1))
        return Told(
            why_not=f"You were told on {day(proof.recorded_at)}; the notice period ends on "
            f"{day(usable)}, in {left} {'day' if left == 1 else 'days'}.",
            evidence=evidence,
        )
    return Told(why_not="", evidence=evidence)

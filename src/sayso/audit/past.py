"""The world as it stood on one day, by what was known on another: what a past answer came from.

Everything that decides counts from when it was recorded, so nothing learned later changes what
was right to do before. What was learned later about that time is told apart (`learned_later`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sayso.community import AgeBand, Document, Member, MemberId, Region, Standing
from sayso.consent.events import Event, EventKind
from sayso.consent.fold import fold
from sayso.consent.ledger import Recorded
from sayso.consent.notices import Notice, effective_from, utc
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import Policy, load_preset
from sayso.consent.say import Say
from sayso.rights.stores import UsedPolicy

BEFORE_ANY = "opt-in"
"""The policy in use until an operator has chosen one: the strictest."""

FOREVER = datetime.max.replace(tzinfo=UTC)
"""By all that is known."""

_CHANGES = {EventKind.REGION: "region", EventKind.AGE: "age band", EventKind.STANDING: "standing"}


class Past:
    """A world (`consent.facts.World`) that ends at `as_of` and knows what was known at `known_at`.

    Region, age band and standing are taken back along the ledger from what they are today.
    """

    def __init__(  # noqa: PLR0913 - one world has this many parts
        self,
        *,
        members: Callable[[MemberId], Member | None],
        history: Callable[[MemberId], Sequence[Recorded]],
        policies: Sequence[UsedPolicy],
        notices: Sequence[Notice],
        objectors: Objectors = NOBODY_OBJECTS,
        as_of: datetime,
        known_at: datetime,
    ) -> None:
        self._members = members
        self._history = history
        self._objectors = objectors
        self._notices = [each for each in notices if _was_told(each, utc(known_at))]
        self.as_of = utc(as_of)
        self.known_at = utc(known_at)
        self.used = _in_use(policies, self._until)

    @property
    def _until(self) -> datetime:
        """The last moment whose records bear on the answer."""
        return min(self.as_of, self.known_at)

    def member(self, member_id: MemberId) -> Member | None:
        """Return the account as it was then."""
        member = self._members(member_id)
        if member is None:
            return None
        later = [each.event for each in self._history(member_id) if each.recorded_at > self._until]
        region = _before(later, EventKind.REGION, member.region)
        age = _before(later, EventKind.AGE, member.age_band)
        standing = _before(later, EventKind.STANDING, member.standing)
        return replace(
            member, region=Region(region), age_band=AgeBand(age), standing=Standing(standing)
        )

    def say(self, member_id: MemberId) -> Say:
        """Return what the member had said by then; a yes that was yet to count is among it."""
        return fold(self._history(member_id), known_at=self._until, account=member_id)

    def policy(self) -> Policy:
        """Return the policy that was in use then."""
        return load_preset(BEFORE_ANY) if self.used is None else self.used.policy

    def notices(self) -> Sequence[Notice]:
        """Return the notices that had been published by `known_at`."""
        return self._notices

    def objectors(self) -> Objectors:
        """Return who objects to being named; objections are not kept once they are withdrawn."""
        return self._objectors

    def told(self, document: Document) -> tuple[str, ...]:
        """Say what the answer was made from, and what of it cannot be had any more."""
        lines = [
            f"as of {self.as_of.isoformat()}, by {self._knowledge()}",
            self._policy_line(),
        ]
        for member_id in dict.fromkeys(document.authors):
            lines += self._member_lines(member_id)
        lines += [_notice_line(each) for each in self._notices]
        for member_id in dict.fromkeys(document.authors):
            lines += self.learned_later(member_id)
        return (*lines, *self._lost(document))

    def learned_later(self, member_id: MemberId) -> tuple[str, ...]:
        """Return each choice that was made by `as_of` but recorded only after, and known since.

        It changes what we know, and not what was done: a word counts from when it is recorded.
        """
        return tuple(
            f"learned later: {member_id} had said {each.event.body.get('answer')} on "
            f"{utc(each.event.occurred_at).isoformat()}; it was recorded on "
            f"{each.recorded_at.isoformat()} and counts from then (event {each.event.event_id})"
            for each in self._history(member_id)
            if each.event.kind is EventKind.CHOICE
            and utc(each.event.occurred_at) <= self.as_of < each.recorded_at <= self.known_at
        )

    def _knowledge(self) -> str:
        if self.known_at == FOREVER:
            return "all that is known"
        return f"what was known at {self.known_at.isoformat()}"

    def _policy_line(self) -> str:
        if self.used is None:
            return f"policy: {BEFORE_ANY}, because no operator had chosen one yet"
        return (
            f"policy: {self.used.policy.name}, in use since {utc(self.used.used_from).isoformat()}"
        )

    def _member_lines(self, member_id: MemberId) -> list[str]:
        member = self.member(member_id)
        if member is None:
            return [f"{member_id}: the network has no such account today"]
        lines = [
            f"{member_id}: region {member.region}, {member.age_band}, account {member.standing}"
        ]
        changed = {each.event.kind for each in self._history(member_id)} & _CHANGES.keys()
        kept = [name for kind, name in _CHANGES.items() if kind not in changed]
        if kept:
            lines.append(
                f"{member_id}: the ledger holds no change of {', '.join(kept)}, so today's is taken"
            )
        if any(each.event.kind is EventKind.ERASED for each in self._history(member_id)):
            lines.append(f"{member_id}: some records were erased; nobody can read what they said")
        return lines

    def _lost(self, document: Document) -> tuple[str, ...]:
        lost = (
            "not kept: earlier states of the document. Its text, visibility, state and licence "
            "are today's, and so is who objects to being named"
        )
        changed = document.updated_at
        if changed is not None and utc(changed) > self._until:
            return (f"{lost}, and it was last changed on {utc(changed).isoformat()}, after that",)
        return (lost,)


def _was_told(notice: Notice, known_at: datetime) -> bool:
    return notice.published_at is not None and utc(notice.published_at) <= known_at


def _in_use(policies: Sequence[UsedPolicy], until: datetime) -> UsedPolicy | None:
    used = [each for each in policies if utc(each.used_from) <= until]
    return used[-1] if used else None


def _before(later: Sequence[Event], kind: EventKind, today: str) -> str:
    """Return what the first change after that time changed from; without one, what is today."""
    for event in later:
        if event.kind is kind:
            return str(event.body["before"])
    return today


def _notice_line(notice: Notice) -> str:
    starts = effective_from(notice)
    assert notice.published_at is not None
    assert starts is not None
    return (
        f"notice {notice.id}: published {utc(notice.published_at).isoformat()}, takes effect "
        f"{starts.isoformat()}, text {notice.digest[:16]}"
    )

"""What a policy would admit: the same decisions, with another table of defaults."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Member, MemberId
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.consent.say import Say
from sayso.rights.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is admitted of one region on one basis: the member's own act, or a default."""

    region: str
    basis: str
    members: int
    documents: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What one policy would admit."""

    policy: str
    members: int
    documents: int
    words: int
    lines: tuple[Line, ...]


class _Under:
    """A world in which another policy is in use."""

    def __init__(self, world: World, policy: Policy) -> None:
        self._world = world
        self._policy = policy

    def member(self, member_id: MemberId) -> Member | None:
        return self._world.member(member_id)

    def say(self, member_id: MemberId) -> Say:
        return self._world.say(member_id)

    def policy(self) -> Policy:
        return self._policy

    def notices(self) -> Sequence[Notice]:
        return self._world.notices()


def simulate(stores: Stores, policies: Iterable[Policy], now: datetime) -> tuple[Admitted, ...]:
    """Decide for every document under each policy in turn. Nothing is written."""
    world = stores.world()
    return tuple(_admitted(stores, _Under(world, policy), now) for policy in policies)


def _admitted(stores: Stores, world: _Under, now: datetime) -> Admitted:
    members: dict[tuple[str, str], set[MemberId]] = defaultdict(set)
    documents: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for document in stores.community.documents():
        decision = decide(facts_for(document, Purpose.GENAI_TRAINING, now, world))
        member = world.member(document.member_id)
        if not decision.permit or member is None:
            continue
        key = (str(member.region), "a default" if decision.is_default else "their own yes")
        members[key].add(document.member_id)
        documents[key] += 1
        words[key] += len(document.text.split())
    return Admitted(
        policy=world.policy().name,
        members=len(set().union(*members.values())) if members else 0,
        documents=documents.total(),
        words=words.total(),
        lines=tuple(
            Line(
                region=region,
                basis=basis,
                members=len(members[region, basis]),
                documents=documents[region, basis],
                words=words[region, basis],
            )
            for region, basis in sorted(documents)
        ),
    )

"""The village of Fernhollow: a made-up professional network, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.consent.notices import Notice
from sayso.demo.acts import Act
from sayso.demo.cast import SEATS
from sayso.demo.feed import feed
from sayso.demo.notice import notice
from sayso.demo.say_so import asked_at, drawn_steps, lived
from sayso.demo.villagers import Registry, Sketch, Villager
from sayso.errors import BadInput

VILLAGE_NAME = "Fernhollow"

FEWEST = len(SEATS)
"""How many members it takes to be every awkward case."""

_MANY = 40
"""From this size on, a third member changes their mind late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A member to sign in as, and what there is to see."""

    member_id: MemberId
    name: str
    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """Everything there is to know about it. `members` are as they were before any act.

    `awkward` names each planted case with the id of the member or document it stands in.
    """

    members: tuple[Member, ...]
    documents: tuple[Document, ...]
    notice: Notice
    acts: tuple[Act, ...]
    samples: tuple[Sample, ...]
    awkward: dict[str, str]


def village(seed: int, members: int = 300, *, now: datetime) -> Village:
    """Make the village as it stands at `now`: the same seed, size and moment, the same bytes.

    Raises:
        BadInput: it would be too small to hold every awkward case.
    """
    if members < FEWEST:
        raise BadInput(
            f"A village of {members} is too small.",
            hint=f"It takes {FEWEST} members to hold every awkward case.",
        )
    people = _people(_dice(seed, "people"), members, now)
    written = feed(_dice(seed, "feed"), people, now)
    acts = _acts(_dice(seed, "acts"), people, written.cases["per_document_no"], now)
    awkward = {case: str(document_id) for case, document_id in written.cases.items()}
    for seat, villager in zip(SEATS, people, strict=False):
        awkward |= {case: str(villager.member.id) for case in seat.cases}
    if members >= _MANY:
        awkward["late_withdrawal_three"] = str(people[FEWEST].member.id)
    return Village(
        members=tuple(villager.member for villager in people),
        documents=written.documents,
        notice=notice(asked_at(now)),
        acts=acts,
        samples=_samples(people),
        awkward=awkward,
    )


def _dice(seed: int, what_for: str) -> random.Random:
    """Return dice for one part, so that a change in one part leaves the others as they are."""
    return random.Random(f"{seed}/{what_for}")  # noqa: S311 - a story, not a secret


def _people(rng: random.Random, members: int, now: datetime) -> list[Villager]:
    registry = Registry(rng, now)
    for seat in SEATS:
        registry.reserve(seat.sketch.name)
    sketches = [seat.sketch for seat in SEATS]
    if members >= _MANY:
        sketches.append(Sketch(posts=3))
    sketches += [Sketch()] * (members - len(sketches))
    return [registry.draw(number, sketch) for number, sketch in enumerate(sketches, start=1)]


def _acts(
    rng: random.Random, people: Sequence[Villager], kept_out: DocumentId, now: datetime
) -> tuple[Act, ...]:
    steps = [seat.steps for seat in SEATS]
    if len(people) >= _MANY:
        steps.append("shown yes name late")
    steps += [drawn_steps(rng) for _ in range(len(people) - len(steps))]
    done = [
        act
        for villager, what in zip(people, steps, strict=True)
        for act in lived(rng, villager, what, now, kept_out)
    ]
    return tuple(sorted(done, key=lambda act: (act.at, act.member_id)))


def _samples(people: Sequence[Villager]) -> tuple[Sample, ...]:
    return tuple(
        Sample(member_id=villager.member.id, name=villager.member.name, story=seat.story)
        for seat, villager in zip(SEATS, people, strict=False)
        if seat.story
    )

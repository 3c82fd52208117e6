"""What would still be allowed if silence, a notice or one region's law were otherwise today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import numpy as np

from sayso.community import Document, Member, MemberId, Region
from sayso.consent.bulk import Deciding, Truths
from sayso.consent.choices import Answer
from sayso.consent.columns import REGIONS, DocumentColumns, documents_in, members_in
from sayso.consent.facts import World
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice, NoticeState, state_at
from sayso.consent.objectors import Objectors
from sayso.consent.policy import Basis, Mechanism, Policy, PolicyRow
from sayso.consent.purposes import Purpose
from sayso.consent.regions import COUNTRIES, region_named
from sayso.consent.say import Say

_SUPPOSED = "supposed, to see what would fall away"


class Supposed(StrEnum):
    """What is supposed to be otherwise."""

    NOTHING = "nothing"
    """The same decision, made again today."""
    OPT_IN = "opt-in"
    """Silence is a no everywhere."""
    NOTICE = "notice"
    """A notice has changed materially, and nobody has read the new one yet."""
    REGION = "region"
    """Silence is a no for whoever is, or was, in one region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """One supposition; `name` says which policy, notice or region it is about."""

    supposed: Supposed
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """A world in which another policy is in use, or members are told other notices."""

    world: World
    in_use: Policy
    told: tuple[Notice, ...]

    def member(self, member_id: MemberId) -> Member | None:
        """Return what the world says."""
        return self.world.member(member_id)

    def say(self, member_id: MemberId) -> Say:
        """Return what the world says."""
        return self.world.say(member_id)

    def policy(self) -> Policy:
        """Return the other policy."""
        return self.in_use

    def notices(self) -> Sequence[Notice]:
        """Return the other notices."""
        return self.told

    def objectors(self) -> Objectors:
        """Return what the world says."""
        return self.world.objectors()


class WhatIfs:
    """Decides documents for one purpose as things are, and as they are supposed to be.

    `first` are the suppositions that every document is decided under; those about regions follow
    for what would fall away if silence were a no everywhere, since nothing else can.
    """

    def __init__(
        self, world: World, members: Sequence[MemberId], purpose: Purpose, at: datetime
    ) -> None:
        policy, notices = world.policy(), tuple(world.notices())
        self._world, self._policy, self._notices = world, policy, notices
        strict = silence_is_no(policy)
        question = Question(purpose=purpose, at=at, notices=notices, policies=(policy, strict))
        self._question = question
        self.members = members_in(world, members, question)
        self._first: dict[WhatIf, Deciding] = {
            WhatIf(supposed=Supposed.NOTHING, name=policy.name): self._deciding(policy),
            WhatIf(supposed=Supposed.OPT_IN, name=policy.name): self._deciding(strict),
        }
        for notice in notices:
            is_meant = purpose in notice.purposes
            if is_meant and state_at(notice, notices, at) is NoticeState.EFFECTIVE:
                told = (*notices, changed_materially(notice, at))
                asked = replace(question, notices=told, policies=(policy,))
                columns = members_in(world, members, asked)
                supposed = Otherwise(world=world, in_use=policy, told=told)
                self._first[WhatIf(supposed=Supposed.NOTICE, name=notice.id)] = Deciding(
                    asked, columns, supposed
                )

    @property
    def first(self) -> tuple[WhatIf, ...]:
        """The suppositions that `permits` answers for; the first supposes nothing."""
        return tuple(self._first)

    def columns(self, documents: Sequence[Document]) -> DocumentColumns:
        """Return the documents as columns."""
        return documents_in(documents, self.members)

    def permits(self, documents: DocumentColumns) -> Mapping[WhatIf, Truths]:
        """Return, for each of `first`, which documents would be allowed."""
        return {each: deciding(documents).permit_D for each, deciding in self._first.items()}

    def by_region(
        self, falling: Sequence[DocumentColumns]
    ) -> Iterator[tuple[WhatIf, Sequence[Truths]]]:
        """Yield, for each region that any of them depends on, which would be allowed.

        `falling` are documents that fall away where silence is a no everywhere.
        """
        for region in sorted(self._regions(falling)):
            deciding = self._deciding(silence_is_no(self._policy, region))
            what = WhatIf(supposed=Supposed.REGION, name=region)
            yield what, [deciding(documents).permit_D for documents in falling]

    def region_of(self, member_id: MemberId) -> Region:
        """Return where a member is now."""
        member = self._world.member(member_id)
        return REGIONS[0] if member is None else region_named(member.region)

    def _deciding(self, policy: Policy) -> Deciding:
        """Decide by another table of defaults: what tells histories apart is the same for all."""
        question = replace(self._question, policies=(policy,))
        supposed = Otherwise(world=self._world, in_use=policy, told=self._notices)
        return Deciding(question, self.members, supposed)

    def _regions(self, falling: Sequence[DocumentColumns]) -> set[Region]:
        """Return where their authors are, were, or are said to be."""
        found: set[Region] = set()
        for documents in falling:
            rows = np.unique(documents.author_D)
            found.update(REGIONS[code] for code in np.unique(self.members.region_M[rows]))
            for place in np.unique(self.members.said_M[rows]):
                found |= _moved(self.members.says[place])
            for _, document in documents.by_hand:
                for author in (*document.authors, *(each.member_id for each in document.quotes)):
                    found |= {self.region_of(author), *_moved(self._world.say(author))}
        return found & COUNTRIES


def silence_is_no(policy: Policy, region: Region | None = None) -> Policy:
    """Return the policy with silence a no in that region, or everywhere."""
    if region is None:
        rows = tuple(
            replace(row, default=Answer.NO, basis=Basis.CONSENT, mechanism=Mechanism.OPT_IN)
            for row in policy.rows
        )
        return replace(policy, rows=rows)
    strict = PolicyRow(
        default=Answer.NO,
        basis=Basis.CONSENT,
        mechanism=Mechanism.OPT_IN,
        citation=_SUPPOSED,
        regions=frozenset({region}),
    )
    return replace(policy, rows=(strict, *policy.rows))


def changed_materially(notice: Notice, at: datetime) -> Notice:
    """Return a notice that takes this one's place now, says as much, and nobody has read."""
    return replace(
        notice,
        id=f"{notice.id} ({_SUPPOSED})",
        material=True,
        published_at=at,
        effective_at=at,
        replaces=notice.id,
    )


def _moved(say: Say) -> set[Region]:
    return {region_named(each) for move in say.moves for each in (move.before, move.after)}

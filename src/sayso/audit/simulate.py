"""What each of several policies would admit: the same decisions, with other tables of defaults."""
# ruff: noqa: N803, N806 - columns carry their lengths: M members, D documents, P permitted ones

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol

import numpy as np

from sayso.community import Document
from sayso.consent.bulk import BASES, Decided, Deciding, Truths, Under
from sayso.consent.columns import REGIONS, MemberColumns, Moments, Numbers, documents_in, members_in
from sayso.consent.facts import World
from sayso.consent.likeness import Question
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.rights.stores import Community, Documents

OWN_YES, DEFAULT = "their own yes", "a default"
_WAYS = tuple(rests_on for _ in BASES for rests_on in (OWN_YES, DEFAULT))

BATCH = 8192
"""Documents held in memory at a time."""


class Gathering(World, Protocol):
    """A world that can be read all at once."""

    def gather(self) -> None:
        """Read all members and all histories now."""
        ...


class Stores(Protocol):
    """What a comparison reads."""

    @property
    def community(self) -> Community:
        """Members."""
        ...

    @property
    def documents(self) -> Documents:
        """Documents."""
        ...

    def world(self) -> Gathering:
        """Return the facts as they are now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many members, with so many documents, of so many tokens."""

    members: int
    documents: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is admitted of one region on one legal basis, by members' own choice or by default."""

    region: str
    basis: str
    rests_on: str
    members: int
    documents: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What one policy would admit, and how that differs from the policy in use.

    `gained` and `lost` count the documents, and the members of whom nothing else is admitted.
    """

    policy: str
    members: int
    documents: int
    tokens: int
    lines: tuple[Line, ...]
    in_use: str
    gained: Amount
    lost: Amount


def simulate(  # noqa: PLR0913 - one comparison has this many parts
    stores: Stores,
    policies: Sequence[Policy],
    now: datetime,
    *,
    tokens: Callable[[Sequence[str]], Sequence[int]],
    purpose: Purpose = Purpose.GENAI_TRAINING,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[Admitted, ...]:
    """Decide for every document under every policy, in one pass. Nothing is written.

    `tokens` counts those of each text. It is asked once for each document that any of the
    policies admits: as written, before quotations are cut, personal data is taken out and
    duplicates are found.
    """
    world = stores.world()
    world.gather()
    in_use = world.policy()
    tried = tuple(dict.fromkeys((in_use, *policies)))
    question = Question(purpose=purpose, at=now, notices=tuple(world.notices()), policies=tried)
    members = members_in(world, (each.id for each in stores.community.members()), question)
    tallies = [_Tally(question, members, Under(world=world, in_use=policy)) for policy in tried]
    stream, done, total = stores.documents.all(), 0, stores.documents.count()
    while batch := list(islice(stream, BATCH)):
        documents = documents_in(batch, members)
        decided = [tally.decide(documents) for tally in tallies]
        any_D = np.logical_or.reduce([each.permit_D for each in decided])
        tokens_D = np.zeros(len(batch), dtype=np.int64)
        tokens_D[any_D] = tokens([_text(batch[row]) for row in np.flatnonzero(any_D).tolist()])
        for tally, each in zip(tallies, decided, strict=True):
            tally.add(documents.author_D, tokens_D, each, in_use=decided[0])
        done += len(batch)
        if tell is not None:
            tell(done, total)
    of = dict(zip(tried, tallies, strict=True))
    return tuple(_admitted(policy, policies, of[policy], of[in_use]) for policy in policies)


class _Tally:
    """What one policy admits, as far as the pass has come.

    A way is a legal basis, and whether a default or the member's own choice is behind it.
    """

    def __init__(self, question: Question, members: MemberColumns, under: Under) -> None:
        self.decide = Deciding(question, members, under)
        self.policy = under.in_use
        self.region_M = members.region_M
        self.ways_M = np.zeros(len(members), dtype=np.uint16)
        """One bit for each way in which something of the member is admitted."""
        places = (len(_WAYS), len(REGIONS))
        self.documents = np.zeros(places, dtype=np.int64)
        self.tokens = np.zeros(places, dtype=np.int64)
        self.gained = np.zeros(2, dtype=np.int64)
        self.lost = np.zeros(2, dtype=np.int64)

    def add(self, author_D: Numbers, tokens_D: Moments, decided: Decided, in_use: Decided) -> None:
        """Count one batch."""
        permit_D = decided.permit_D
        author_P, tokens_P = author_D[permit_D], tokens_D[permit_D]
        way_P = decided.basis_D[permit_D].astype(np.intp) * 2 + decided.is_default_D[permit_D]
        place_P = (way_P, self.region_M[author_P])
        np.add.at(self.documents, place_P, 1)
        np.add.at(self.tokens, place_P, tokens_P)
        np.bitwise_or.at(self.ways_M, author_P, np.left_shift(1, way_P).astype(np.uint16))
        gained_D, lost_D = permit_D & ~in_use.permit_D, in_use.permit_D & ~permit_D
        self.gained += (gained_D.sum(), tokens_D[gained_D].sum())
        self.lost += (lost_D.sum(), tokens_D[lost_D].sum())

    def lines(self) -> tuple[Line, ...]:
        """Return what is admitted, by region and by way."""
        return tuple(
            Line(
                region=str(REGIONS[region]),
                basis=BASES[way // 2],
                rests_on=_WAYS[way],
                members=int(
                    ((self.ways_M >> way & 1).astype(bool) & (self.region_M == region)).sum()
                ),
                documents=int(self.documents[way, region]),
                tokens=int(self.tokens[way, region]),
            )
            for region, way in zip(*np.nonzero(self.documents.T), strict=True)
        )


def _admitted(
    policy: Policy, policies: Sequence[Policy], tally: _Tally, in_use: _Tally
) -> Admitted:
    here_M, now_M = tally.ways_M > 0, in_use.ways_M > 0
    return Admitted(
        policy=_label(policy, policies),
        members=int(here_M.sum()),
        documents=int(tally.documents.sum()),
        tokens=int(tally.tokens.sum()),
        lines=tally.lines(),
        in_use=in_use.policy.name,
        gained=_amount(here_M & ~now_M, tally.gained),
        lost=_amount(now_M & ~here_M, tally.lost),
    )


def _amount(members_M: Truths, counted: Moments) -> Amount:
    return Amount(members=int(members_M.sum()), documents=int(counted[0]), tokens=int(counted[1]))


def _label(policy: Policy, policies: Sequence[Policy]) -> str:
    named_alike = sum(each.name == policy.name for each in dict.fromkeys(policies)) > 1
    return f"{policy.name} ({policy.digest[:8]})" if named_alike else policy.name


def _text(document: Document) -> str:
    return f"{document.title}\n{document.text}" if document.title else document.text

"""The same answer as `decide`, for millions: asked once for each kind of pair that occurs.

What two members, or two documents, have in common as far as any rule can see makes them one
kind. `decide` itself answers for one example of each pair of kinds, and what it says holds for
every pair of these kinds: it is looked up, not computed. What does not fit into columns is
decided one by one.
"""
# ruff: noqa: N803, N806, N815 - columns carry their lengths: D documents, C of one chunk

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sayso.community import Document, Member, MemberId
from sayso.consent.columns import (
    Bytes,
    DocumentColumns,
    MemberColumns,
    Numbers,
)
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import World, facts_for
from sayso.consent.kinds import Codes, chunks, document_kinds, member_kinds, width_for
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import Basis, Policy
from sayso.consent.rules import RULES
from sayso.consent.say import Say

Truths: TypeAlias = npt.NDArray[np.bool_]

RULE_NAMES: tuple[str, ...] = tuple(rule.name for rule in RULES)
BASES: tuple[str, ...] = ("", *Basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One answer for each of D documents: a place in `RULE_NAMES`, permit, is_default, a basis.

    The basis, a place in `BASES`, is that of a permit: consent where the member said yes, the
    policy's where silence decided. A no has none.
    """

    rule_D: Bytes
    permit_D: Truths
    is_default_D: Truths
    basis_D: Bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A world in which another policy is in use."""

    world: World
    in_use: Policy

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
        """Return what the world says."""
        return self.world.notices()

    def objectors(self) -> Objectors:
        """Return what the world says."""
        return self.world.objectors()


def decide_all(
    question: Question, members: MemberColumns, documents: DocumentColumns, world: World
) -> Decided:
    """Answer for every document what `decide` answers; see `Deciding`."""
    return Deciding(question, members, world)(documents)


class Deciding:
    """Decides one batch of documents after another, under the policy of `world`.

    `world` is asked for its policy and notices, and for what a document decided by hand needs.
    What was asked for one batch is not asked again for the next.

    Raises:
        ValueError: histories were not told apart for this policy and these notices.
    """

    def __init__(self, question: Question, members: MemberColumns, world: World) -> None:
        self._policy = world.policy()
        known = self._policy in question.policies
        if not known or tuple(world.notices()) != tuple(question.notices):
            raise ValueError(
                f"the columns were not made for policy {self._policy.name!r} and these notices"
            )
        self._question, self._world = question, world
        self._people = member_kinds(members, self._policy, question)
        self._answers = _Answers()
        self._asked: dict[tuple[int, Document], int] = {}

    def __call__(self, documents: DocumentColumns) -> Decided:
        """Answer for every document what `decide` answers."""
        answer_D = np.zeros(len(documents), dtype=np.uint8)
        if len(self._people.codes):
            self._look_up(documents, answer_D)
        for row, document in documents.by_hand:
            answer_D[row] = self._ask(document, self._world)
        return self._answers.columns(answer_D)

    def _look_up(self, documents: DocumentColumns, answer_D: Bytes) -> None:
        texts = document_kinds(documents, self._question)
        wide = len(texts.codes)
        table = np.zeros(len(self._people.codes) * wide, dtype=np.uint8)  # zero: not asked yet
        exact = width_for(len(table))
        for rows in chunks(len(documents)):
            kind_C: Numbers = self._people.kind_N[documents.author_D[rows]]
            pair_C: Codes = kind_C.astype(exact, copy=False) * wide + texts.kind_N[rows]
            answer_C = table[pair_C]
            if not answer_C.all():
                for pair in np.unique(pair_C[answer_C == 0]).tolist():
                    table[pair] = self._answer(pair // wide, texts.example(pair % wide))
                answer_C = table[pair_C]
            answer_D[rows] = answer_C

    def _answer(self, kind: int, document: Document) -> int:
        if (kind, document) not in self._asked:
            member, say = self._people.example(kind)
            example = _Example(self._question, self._policy, member, say)
            self._asked[kind, document] = self._ask(document, example)
        return self._asked[kind, document]

    def _ask(self, document: Document, world: World) -> int:
        question = self._question
        facts = facts_for(document, question.purpose, question.at, world)
        return self._answers.code(decide(facts))


class _Example:
    """A world of one member, who stands for all of one kind."""

    def __init__(self, question: Question, policy: Policy, member: Member, say: Say) -> None:
        self._question, self._policy = question, policy
        self._member, self._say = member, say

    def member(self, _member_id: MemberId) -> Member:
        return self._member

    def say(self, _member_id: MemberId) -> Say:
        return self._say

    def policy(self) -> Policy:
        return self._policy

    def notices(self) -> Sequence[Notice]:
        return self._question.notices

    def objectors(self) -> Objectors:
        return NOBODY_OBJECTS  # a name is cut, and no verdict turns by it


class _Answers:
    """The different answers that were given, numbered from one in the order they came."""

    def __init__(self) -> None:
        self._codes: dict[tuple[int, bool, bool, int], int] = {}

    def code(self, decision: Decision) -> int:
        """Return the number of this answer."""
        answer = (
            RULE_NAMES.index(decision.rule),
            decision.permit,
            decision.is_default,
            BASES.index(basis_of(decision)),
        )
        return self._codes.setdefault(answer, len(self._codes) + 1)

    def columns(self, answer_D: Bytes) -> Decided:
        """Return what the numbers stand for."""
        not_asked = (0, False, False, 0)
        rules, permits, defaults, bases = zip(not_asked, *self._codes, strict=True)
        return Decided(
            rule_D=np.array(rules, dtype=np.uint8)[answer_D],
            permit_D=np.array(permits, dtype=np.bool_)[answer_D],
            is_default_D=np.array(defaults, dtype=np.bool_)[answer_D],
            basis_D=np.array(bases, dtype=np.uint8)[answer_D],
        )


def basis_of(decision: Decision) -> str:
    """Return what a permit rests on: the policy's basis where silence decided, else consent."""
    if not decision.permit:
        return ""
    named = (fact.removeprefix("basis ") for fact in decision.evidence if fact.startswith("basis "))
    return next(named, str(Basis.CONSENT))

"""The same answer as `decide`, for millions: the rules are asked once for all that are alike.

What two members, or two documents, have in common as far as any rule can see makes them one
kind. The rules themselves answer for an example of two kinds, and are watched: what they say
holds for every pair that is like it in what they looked at. Each document's answer is then
looked up. What does not fit into columns is decided by `decide`, one by one.
"""
# ruff: noqa: N803, N806, N815 - columns carry their lengths: D documents, C of one chunk

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sayso.community import Member, MemberId
from sayso.consent.columns import (
    Bytes,
    DocumentColumns,
    MemberColumns,
)
from sayso.consent.decide import decide
from sayso.consent.decision import Decision, Verdict
from sayso.consent.facts import Case, World, facts_for
from sayso.consent.kinds import Codes, DocumentKinds, MemberKinds, chunks
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice, utc
from sayso.consent.objectors import Objectors
from sayso.consent.policy import Basis, Policy
from sayso.consent.rules import RULES
from sayso.consent.say import Say
from sayso.consent.watching import ask

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
        self._people = MemberKinds(members, self._policy, question)
        self._texts = DocumentKinds(question)
        self._answers = _Answers()
        self._table = np.zeros((0, len(self._people)), dtype=np.uint8)
        """The answer for each kind of document and of member; zero where nobody asked yet."""

    def __call__(self, documents: DocumentColumns) -> Decided:
        """Answer for every document what `decide` answers."""
        answer_D = np.zeros(len(documents), dtype=np.uint8)
        if len(self._people) and len(documents):
            self._look_up(documents, answer_D)
        for row, document in documents.by_hand:
            question = self._question
            facts = facts_for(document, question.purpose, question.at, self._world)
            answer_D[row] = self._answers.code(decide(facts))
        return self._answers.columns(answer_D)

    def _look_up(self, documents: DocumentColumns, answer_D: Bytes) -> None:
        text_D = self._texts.of(documents)
        new = len(self._texts.examples) - len(self._table)
        self._table = np.pad(self._table, ((0, new), (0, 0)))
        table, wide = self._table.reshape(-1), len(self._people)
        for rows in chunks(len(documents)):
            pair_C: Codes = text_D[rows].astype(np.intp) * wide
            pair_C += self._people.kind_M[documents.author_D[rows]]
            answer_C = table[pair_C]
            if not answer_C.all():
                self._fill(np.unique(pair_C[answer_C == 0]))
                answer_C = table[pair_C]
            answer_D[rows] = answer_C

    def _fill(self, pair_P: Codes) -> None:
        """Ask about one pair after another, each for all that are like it in what was looked at."""
        table = self._table.reshape(-1)
        while len(pair_P):
            text, person = divmod(int(pair_P[0]), len(self._people))
            member, say = self._people.example(person)
            question = self._question
            case = Case(
                document=self._texts.examples[text],
                purpose=question.purpose,
                at=utc(question.at),
                policy=self._policy,
                notices=question.notices,
                member_id=member.id,
                member=member,
                say=say,
            )
            answered = ask(case)
            texts = self._texts.facts.alike(text, answered.of_document)
            people = self._people.facts.alike(person, answered.of_member)
            self._table[np.ix_(texts, people)] = self._answers.code(answered.verdict)
            pair_P = pair_P[table[pair_P] == 0]


class _Answers:
    """The different answers that were given, numbered from one in the order they came."""

    def __init__(self) -> None:
        self._codes: dict[tuple[int, bool, bool, int], int] = {}

    def code(self, decision: Decision | Verdict) -> int:
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
        told = np.array([not_asked, *self._codes], dtype=np.uint8).T.copy()
        column_4D = np.empty((4, len(answer_D)), dtype=np.uint8)
        for rows in chunks(len(answer_D)):
            place_C = answer_D[rows].astype(np.intp)
            for what, column_D in zip(told, column_4D, strict=True):
                column_D[rows] = what[place_C]
        rule_D, permit_D, is_default_D, basis_D = column_4D
        return Decided(
            rule_D=rule_D,
            permit_D=permit_D.view(np.bool_),
            is_default_D=is_default_D.view(np.bool_),
            basis_D=basis_D,
        )


def basis_of(decision: Decision | Verdict) -> str:
    """Return what a permit rests on: the policy's basis where silence decided, else consent."""
    return basis_in(decision.evidence) if decision.permit else ""


def basis_in(evidence: Iterable[str]) -> str:
    """Return what a permit with this evidence rests on."""
    named = (fact.removeprefix("basis ") for fact in evidence if fact.startswith("basis "))
    return next(named, str(Basis.CONSENT))

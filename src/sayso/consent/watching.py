"""The rules asked about one case while it is seen what they look at before one of them speaks.

Whoever is alike in what was looked at gets the same answer. A rule that looks at what columns do
not carry is not answered wrongly for others: it is an error, and loud.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sayso.community import Document, Member
from sayso.consent.decision import Verdict
from sayso.consent.facts import Case
from sayso.consent.likeness import SAY_FACTS
from sayso.consent.rules import RULES, Rule
from sayso.consent.say import Say

MEMBER_FACTS = ("region", "age_band", "standing")
DOCUMENT_FACTS = (
    *("is_message", "category", "visibility", "state", "created_at", "licence", "signals"),
)

_MEMBER = {**{name: name for name in MEMBER_FACTS}, "id": ""}
_SAY = {**{name: f"say.{name}" for name in SAY_FACTS}, "answered": "say.answers", "bounced": ""}
_DOCUMENT = {**{name: name for name in DOCUMENT_FACTS}, "id": "", "member_id": ""}
"""Which fact it is to look at an attribute; empty where an answer only says it, as ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the first rule said that spoke, and the facts that it and those before it saw."""

    verdict: Verdict
    of_member: frozenset[str]
    of_document: frozenset[str]


def ask(case: Case, rules: Sequence[Rule] = RULES) -> Answered:
    """Ask the rules, strongest first, about a member and a document that stand for many.

    Raises:
        LookupError: a rule looked at what the columns do not carry.
    """
    assert case.member is not None
    of_member: set[str] = set()
    of_document: set[str] = set()
    say: object = case.say
    if case.say.apart:  # rules take such a history apart: it is seen as a whole
        of_member.update(f"say.{name}" for name in SAY_FACTS)
    else:
        say = _Watched(case.say, _SAY, of_member)
    watched = replace(
        case,
        document=cast("Document", _Watched(case.document, _DOCUMENT, of_document)),
        member=cast("Member", _Watched(case.member, _MEMBER, of_member)),
        say=cast("Say", say),
    )
    verdict = next(said for rule in rules if (said := rule.speak(watched)) is not None)
    return Answered(
        verdict=verdict,
        of_member=frozenset(of_member - {""}),
        of_document=frozenset(of_document - {""}),
    )


class _Watched:
    """Stands in for one noun and writes down what is looked at."""

    __slots__ = ("_facts", "_noun", "_seen")

    def __init__(self, noun: object, facts: Mapping[str, str], seen: set[str]) -> None:
        self._noun, self._facts, self._seen = noun, facts, seen

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the noun has it
        if name not in self._facts:
            raise LookupError(
                f"a rule looks at {type(self._noun).__name__}.{name}; no column has it"
            )
        self._seen.add(self._facts[name])
        return getattr(self._noun, name)

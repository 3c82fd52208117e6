"""Deciding for millions gives the answers of `decide`, and cannot miss a fact unnoticed."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest

from fakes.consent import NOW, SPOKE
from fakes.lives import Network, network
from sayso.community import Document, Member
from sayso.consent import likeness
from sayso.consent.bulk import BASES, RULE_NAMES, Deciding, Under, basis_of, decide_all
from sayso.consent.columns import documents_in, members_in
from sayso.consent.decide import decide
from sayso.consent.facts import Case, Facts, facts_for
from sayso.consent.likeness import Likeness, Question
from sayso.consent.notices import Notice
from sayso.consent.policy import PRESETS, Policy, load_preset
from sayso.consent.say import Say


def question_of(world: Network, *policies: Policy) -> Question:
    return Question(
        purpose=world.purpose,
        at=world.at,
        notices=world.told,
        policies=(world.rules, *policies),
    )


def differences(world: Network) -> Iterator[tuple[Document, object, object]]:
    """Ask both, document by document."""
    question = question_of(world)
    members = members_in(world, world.people.values(), question)
    decided = decide_all(question, members, documents_in(world.documents, members), world)
    for row, document in enumerate(world.documents):
        one = decide(facts_for(document, world.purpose, world.at, world))
        slow = (one.rule, one.permit, one.is_default, basis_of(one))
        fast = (
            RULE_NAMES[decided.rule_D[row]],
            bool(decided.permit_D[row]),
            bool(decided.is_default_D[row]),
            BASES[decided.basis_D[row]],
        )
        if slow != fast:
            yield document, slow, fast


@pytest.mark.parametrize("seed", range(40))
def test_bulk_answers_what_decide_answers(seed: int) -> None:
    found = list(differences(network(seed, members=100)))

    assert found == []

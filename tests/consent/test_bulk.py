"""Deciding for millions gives the answers of `decide`, and cannot miss a fact unnoticed."""

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest

from fakes.consent import NOW
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
    members = members_in(world, world.people, question)
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
    assert list(differences(network(seed, members=100))) == []


def test_the_random_networks_make_every_rule_speak() -> None:
    """The comparison above would prove little of a rule that never decides."""
    spoken = {
        decide(facts_for(document, world.purpose, world.at, world)).rule
        for world in (network(seed, members=100) for seed in range(40))
        for document in world.documents
    }

    assert spoken == set(RULE_NAMES)


def test_histories_that_no_rule_tells_apart_are_kept_once() -> None:
    world = network(3, members=2000)
    question = question_of(world)
    like = Likeness(question)

    members = members_in(world, world.people, question)

    assert len(members.says) < len(members) / 2
    assert len({like(say) for say in members.says}) == len(members.says)


def test_one_set_of_columns_serves_every_policy_it_was_made_for() -> None:
    world = network(5, members=300)
    others = [load_preset(name) for name in PRESETS]
    question = question_of(world, *others)
    members = members_in(world, world.people, question)
    documents = documents_in(world.documents, members)

    for policy in (world.rules, *others):
        under = Under(world=world, in_use=policy)
        decided = decide_all(question, members, documents, under)
        slow = [
            decide(facts_for(document, world.purpose, world.at, under)).rule
            for document in world.documents
        ]
        assert [RULE_NAMES[code] for code in decided.rule_D] == slow, policy.name


def test_batches_are_answered_like_the_whole() -> None:
    world = network(7, members=300)
    question = question_of(world)
    members = members_in(world, world.people, question)
    whole = decide_all(question, members, documents_in(world.documents, members), world)
    deciding = Deciding(question, members, world)

    parts = [
        deciding(documents_in(world.documents[start : start + 70], members))
        for start in range(0, 300, 70)
    ]

    assert np.array_equal(np.concatenate([part.rule_D for part in parts]), whole.rule_D)
    assert np.array_equal(np.concatenate([part.permit_D for part in parts]), whole.permit_D)


def test_the_columns_have_the_lengths_and_types_that_they_promise() -> None:
    world = network(1, members=20)
    question = question_of(world)
    members = members_in(world, world.people, question)
    decided = decide_all(question, members, documents_in(world.documents, members), world)

    kinds = {
        "rule": (decided.rule_D, np.uint8),
        "permit": (decided.permit_D, np.bool_),
        "is_default": (decided.is_default_D, np.bool_),
        "basis": (decided.basis_D, np.uint8),
    }
    for name, (column, kind) in kinds.items():
        assert column.shape == (20,), name
        assert column.dtype == np.dtype(kind), name
    assert members.region_M.dtype == np.dtype(np.uint8)
    assert members.said_M.dtype == np.dtype(np.uint32)


def test_nobody_and_nothing_are_decided_too() -> None:
    world = replace(network(1, members=5), people={}, said={})
    question = question_of(world)
    members = members_in(world, (), question)

    nothing = decide_all(question, members, documents_in((), members), world)
    nobody = decide_all(question, members, documents_in(world.documents, members), world)

    assert len(nothing.rule_D) == 0
    assert {RULE_NAMES[code] for code in nobody.rule_D} == {"unknown_member"}


def test_columns_made_for_other_policies_or_notices_are_refused() -> None:
    world = network(1, members=5)
    question = question_of(world)
    members = members_in(world, world.people, question)
    other = replace(world.rules, age_gate_attested=not world.rules.age_gate_attested)

    for elsewhere in (Under(world=world, in_use=other), replace(world, told=())):
        with pytest.raises(ValueError, match="not made for"):
            Deciding(question, members, elsewhere)


@pytest.mark.parametrize("noun", [Case, Facts, Member, Document, Say, Policy, Notice])
def test_every_fact_is_either_told_apart_or_known_not_to_matter(noun: type) -> None:
    """A new field fails here until someone decides whether a verdict may turn by it."""
    seen, unseen = likeness.SEEN[noun.__name__], likeness.UNSEEN[noun.__name__]

    assert seen | unseen == {field.name for field in fields(noun)}
    assert not seen & unseen


def test_what_is_called_unseen_changes_no_answer() -> None:
    world, disguised = network(11, members=300), network(11, members=300)
    for member_id, member in world.people.items():
        disguised.people[member_id] = replace(
            member, name="x", handle="y", pseudonym="z", languages=("de",), joined_at=NOW
        )
    for member_id, say in world.said.items():
        disguised.said[member_id] = replace(say, bounced={}, credit=None)

    for document in world.documents:
        other = replace(document, text="", title="t", language="pt", source="s", updated_at=NOW)
        one = decide(facts_for(document, world.purpose, world.at, world))
        two = decide(facts_for(other, world.purpose, world.at, disguised))
        assert (one.rule, one.permit, one.is_default) == (two.rule, two.permit, two.is_default)

"""A new purpose keeps the no to its predecessors until it is answered itself."""

from dataclasses import replace

import pytest

from fakes.consent import assert_permitted, assert_refused, village, writing
from sayso.community import Category, DocumentId, Kind
from sayso.consent.choices import Answer, Scope
from sayso.consent.purposes import Purpose

RESEARCH = Purpose.AI_RESEARCH


def test_a_no_to_training_holds_for_research_until_that_is_answered() -> None:
    world = village()
    world.says_no()
    unanswered = world.decides(purpose=RESEARCH)
    world.says_yes(purpose=RESEARCH)

    assert_refused(unanswered, by="earlier_purpose")
    assert "3 May 2026" in unanswered.reason
    assert_permitted(world.decides(purpose=RESEARCH), by="purpose_choice")


def test_a_yes_to_an_earlier_purpose_grants_nothing() -> None:
    world = village()
    world.says_yes()

    assert_refused(world.decides(purpose=RESEARCH), by="policy_default")


def test_a_no_to_a_later_purpose_is_none_to_the_earlier() -> None:
    world = village()
    world.says_yes()
    world.says_no(purpose=RESEARCH)

    assert_permitted(world.decides(), by="purpose_choice")


def test_an_earlier_no_is_stronger_than_a_default_that_would_allow() -> None:
    world = village()
    generous = replace(world.rules.rows[0], default=Answer.YES, purposes=frozenset({RESEARCH}))
    world.rules = replace(world.rules, rows=(generous,))
    world.hears()
    before = world.decides(purpose=RESEARCH)
    world.says_no()

    assert_permitted(before, by="policy_default")
    assert_refused(world.decides(purpose=RESEARCH), by="earlier_purpose")


@pytest.mark.parametrize(
    ("scope", "target"),
    [(Scope.DOCUMENT, "d1"), (Scope.CATEGORY, str(Category.CONTENT))],
)
def test_an_earlier_no_holds_as_far_as_it_was_said(scope: Scope, target: str) -> None:
    world = village()
    world.says_yes()
    world.says_no(scope=scope, target=target)
    other = writing(id=DocumentId("about"), kind=Kind.PROFILE)

    assert_refused(world.decides(purpose=RESEARCH), by="earlier_purpose")
    assert_refused(world.decides(other, purpose=RESEARCH), by="policy_default")


def test_an_earlier_no_that_was_taken_back_for_one_document_is_none_for_that_one() -> None:
    world = village()
    world.says_no()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")

    assert_refused(world.decides(purpose=RESEARCH), by="policy_default")


def test_a_yes_that_does_not_count_leaves_the_earlier_no_in_place() -> None:
    world = village()
    world.says_no()
    world.says_yes(purpose=RESEARCH, notice_id="")

    assert_refused(world.decides(purpose=RESEARCH), by="earlier_purpose")


def test_a_no_is_inherited_over_several_generations() -> None:
    world = village()
    last = replace(
        world.rules.predecessors[0],
        purpose=Purpose.WRITING_ASSISTANCE,
        of=frozenset({RESEARCH}),
    )
    world.rules = replace(world.rules, predecessors=(*world.rules.predecessors, last))
    world.says_no()

    assert_refused(world.decides(purpose=Purpose.WRITING_ASSISTANCE), by="earlier_purpose")

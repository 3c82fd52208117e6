"""The permanent list of what no decision may ever permit."""

import pytest

from fakes.consent import ANA, assert_refused, person, village, writing
from never.cases import BEN, Never, cases
from sayso.community import Quote
from sayso.consent.purposes import Purpose

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_it_is_never_admitted(case: Never) -> None:
    assert_refused(case.world.decides(case.document), by=case.rule)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_it_is_not_admitted_to_research_either(case: Never) -> None:
    assert not case.world.decides(case.document, purpose=Purpose.AI_RESEARCH).permit


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_repost_of_an_objector_leaves_nothing_of_theirs() -> None:
    world = village()
    world.join(person("ben"))
    world.says_yes()
    world.says_no(member_id=BEN)
    repost = writing()
    whole = Quote(start=0, end=len(repost.text), member_id=BEN)

    decision = world.decides(writing(quotes=(whole,)))

    assert decision.cut == (whole,)


def test_an_objectors_second_account_answers_for_itself() -> None:
    world = village()
    world.join(person("ana-again"))
    world.says_yes(member_id=ANA)

    assert_refused(world.decides(writing("ana-again")), by="policy_default")

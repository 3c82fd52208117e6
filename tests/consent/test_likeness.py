"""Histories are alike only where no rule could tell them apart, and then they are."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from fakes.consent import (
    ANA,
    DAY,
    FIRST_NOTICE,
    NOW,
    SPOKE,
    TOLD,
    Village,
    amended,
    person,
    village,
)
from sayso.community import AgeBand, Category, Region
from sayso.consent.choices import Answer, Scope
from sayso.consent.likeness import SAY_FACTS, Likeness, Question
from sayso.consent.policy import load_preset
from sayso.consent.purposes import Purpose

YES, NO = Answer.YES, Answer.NO
LATER = SPOKE + 10 * DAY


def kind_of(world: Village) -> object:
    question = Question(
        purpose=Purpose.GENAI_TRAINING,
        at=NOW,
        notices=tuple(world.told),
        policies=(world.rules,),
    )
    return Likeness(question)(world.say(ANA))


def lived(*acts: Callable[[Village], None], policy: str = "opt-in", region: str = "US") -> Village:
    world = village(policy, member=person(region=Region(region)))
    in_germany = replace(amended(SPOKE - 30 * DAY), id="n2", regions=(Region("DE"),), material=True)
    world.told = [FIRST_NOTICE, in_germany]
    for act in acts:
        act(world)
    return world


def says_yes(world: Village) -> None:
    world.says_yes(LATER)


def says_yes_knowing(world: Village) -> None:
    world.says_yes(LATER, after_conflict=True)


def says_no(world: Village) -> None:
    world.says_no(LATER)


def allows_posts(world: Village) -> None:
    world.says_yes(LATER, scope=Scope.CATEGORY, target=str(Category.CONTENT))


def sends_gpc(world: Village) -> None:
    world.sends_gpc(LATER)


def moved_to_germany(world: Village) -> None:
    world.moves("BR", "DE", LATER)


def turned_adult(world: Village) -> None:
    world.turns(AgeBand.MINOR, AgeBand.ADULT, LATER)


def was_told(days_ago: int) -> Callable[[Village], None]:
    return lambda world: world.hears(NOW - days_ago * DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    name: str
    one: Village
    other: Village


PAIRS = (
    Pair(
        name="a yes before the signal, and one after it",
        one=lived(says_yes_knowing, sends_gpc),
        other=lived(sends_gpc, says_yes_knowing),
    ),
    Pair(
        name="a yes that knew of the conflict, and one that did not",
        one=lived(sends_gpc, says_yes_knowing),
        other=lived(sends_gpc, says_yes),
    ),
    Pair(
        name="a yes before a birthday, and one after it",
        one=lived(says_yes, turned_adult),
        other=lived(turned_adult, says_yes),
    ),
    Pair(
        name="a narrow yes before a wide no, and one after it",
        one=lived(allows_posts, says_no),
        other=lived(says_no, allows_posts),
    ),
    Pair(
        name="a yes that counts, and one that does not yet",
        one=lived(says_yes),
        other=lived(lambda w: w.says_yes(LATER, occurred_at=NOW + DAY)),
    ),
    Pair(
        name="a yes to a notice that is out, and one to nothing",
        one=lived(says_yes),
        other=lived(lambda w: w.says_yes(LATER, notice_id="")),
    ),
    Pair(
        name="a yes to a notice, and one older than it",
        one=lived(says_yes),
        other=lived(lambda w: w.says_yes(TOLD - DAY)),
    ),
    Pair(
        name="told thirty days ago, and twenty-nine",
        one=lived(was_told(30), policy="linkedin-2024"),
        other=lived(was_told(29), policy="linkedin-2024"),
    ),
    Pair(
        name="an older setting that says no, and one that says yes",
        one=lived(was_told(90), lambda w: w.had_set("do-not-index", NO), policy="linkedin-2024"),
        other=lived(was_told(90), lambda w: w.had_set("do-not-index", YES), policy="linkedin-2024"),
    ),
    Pair(
        name="a move to where silence is a no, and none",
        one=lived(was_told(90), moved_to_germany, policy="linkedin-2024"),
        other=lived(was_told(90), policy="linkedin-2024"),
    ),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_what_a_rule_tells_apart_is_of_two_kinds(pair: Pair) -> None:
    one, other = pair.one.decides(), pair.other.decides()

    assert (one.permit, one.rule) != (other.permit, other.rule), "the pair proves nothing"
    assert kind_of(pair.one) != kind_of(pair.other)


def test_a_yes_before_a_move_and_one_after_it_are_of_two_kinds() -> None:
    assert kind_of(lived(says_yes, moved_to_germany)) != kind_of(lived(moved_to_germany, says_yes))


def test_what_only_ids_days_and_repetition_tell_apart_is_of_one_kind() -> None:
    once = lived(says_yes)
    often = lived(lambda w: w.says_yes(SPOKE), says_yes, lambda w: w.says_yes(LATER + 3 * DAY))
    elsewhere = lived(lambda w: w.chooses(NO, purpose=Purpose.WRITING_ASSISTANCE), says_yes)

    assert kind_of(once) == kind_of(often) == kind_of(elsewhere)
    assert {each.decides().rule for each in (once, often, elsewhere)} == {"purpose_choice"}


def test_a_no_to_an_earlier_purpose_is_looked_at_where_the_policy_says_so() -> None:
    def refuses_training(world: Village) -> None:
        world.says_no(LATER)

    question = Question(
        purpose=Purpose.AI_RESEARCH,
        at=NOW,
        notices=(FIRST_NOTICE,),
        policies=(load_preset("opt-in"),),
    )
    unrelated = replace(question, policies=(replace(load_preset("opt-in"), predecessors=()),))
    said, silent = lived(refuses_training).say(ANA), lived().say(ANA)

    assert Likeness(question)(said) != Likeness(question)(silent)
    assert Likeness(unrelated)(said) == Likeness(unrelated)(silent)


def test_a_kind_tells_each_fact_once() -> None:
    kind = kind_of(lived(says_yes, sends_gpc))

    assert isinstance(kind, tuple)
    assert len(kind) == len(SAY_FACTS) == len(set(SAY_FACTS))

"""Rules that answer for many are watched: what they looked at says for whom the answer holds."""

from dataclasses import replace

import pytest

from fakes.consent import ANA, Village, person, village, writing
from sayso.community import Document, Kind, Member, Region, Standing
from sayso.consent.choices import Answer
from sayso.consent.decision import Verdict, deny
from sayso.consent.facts import Case, facts_for
from sayso.consent.purposes import Purpose
from sayso.consent.rules import Rule
from sayso.consent.watching import ask


def case_of(world: Village, document: Document | None = None) -> Case:
    at = world.history[-1].recorded_at if world.history else writing().created_at
    facts = facts_for(document or writing(), Purpose.GENAI_TRAINING, at, world)
    return facts.authors[0]


def test_a_closed_account_is_refused_without_a_look_at_what_it_wrote() -> None:
    answered = ask(case_of(village(member=person(standing=Standing.DELETED))))

    assert answered.verdict.rule == "account_standing"
    assert answered.of_document == frozenset()
    assert answered.of_member == {"standing", "say.standing", "say.unreadable"}


def test_a_message_is_refused_by_its_kind_alone() -> None:
    answered = ask(case_of(village(), writing(kind=Kind.MESSAGE)))

    assert answered.verdict.rule == "private_message"
    assert answered.of_document == {"is_message"}
    assert "say.answers" not in answered.of_member


def test_a_choice_is_heard_with_all_that_it_may_turn_on() -> None:
    world = village()
    world.says_no()

    answered = ask(case_of(world))

    assert answered.verdict.rule == "purpose_choice"
    assert {"say.answers", "say.gpc", "region", "age_band"} <= answered.of_member


def peeking(case: Case) -> Verdict | None:
    """A rule that turns on what no column carries."""
    return deny("peeking", "It is long.") if len(case.document.text) > 3 else None


def name_reading(case: Case) -> Verdict | None:
    """Another one."""
    return deny("name_reading", "A name.") if case.member and case.member.name else None


@pytest.mark.parametrize(
    ("speak", "named"), [(peeking, "Document.text"), (name_reading, "Member.name")]
)
def test_a_rule_that_looks_at_what_no_column_carries_is_an_error(speak: object, named: str) -> None:
    assert callable(speak)
    rule = Rule(rank=1, name="new", citation="A made-up rule", speak=speak)

    with pytest.raises(LookupError, match=named):
        ask(case_of(village()), rules=(rule,))


def test_several_accounts_of_one_person_are_seen_as_a_whole() -> None:
    world = village()
    world.says_yes()
    case = case_of(world)
    case = replace(case, say=replace(case.say, apart=(case.say, case.say)))

    assert "say.apart" in ask(case).of_member
    assert len([fact for fact in ask(case).of_member if fact.startswith("say.")]) == 9


def test_being_watched_changes_no_answer() -> None:
    for answer in Answer:
        for region in ("US", "DE", "ZZ"):
            member: Member = person(region=Region(region))
            world = village("linkedin-2025", member=member)
            world.chooses(answer)
            decision = world.decides(at=world.history[-1].recorded_at)
            watched = ask(case_of(world)).verdict

            assert (watched.rule, watched.permit) == (decision.rule, decision.permit)
            assert watched.reason == decision.reason
            assert world.people[ANA] is member

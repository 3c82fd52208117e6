"""P1: a document enters a dataset only where the decision is permit; doubt is deny."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import (
    ANA,
    DAY,
    NOW,
    SPOKE,
    assert_permitted,
    assert_refused,
    person,
    village,
    writing,
)
from fakes.histories import (
    ACTS,
    ANSWERS,
    FACTS,
    POLICIES,
    SECOND_NOTICES,
    Act,
    Becomes,
    HadSet,
    Moves,
    Says,
    Signals,
    Turns,
    answers,
    play,
)
from sayso.community import AgeBand, DocumentId, Kind, MemberId, Quote, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.decide import permitted
from sayso.consent.facts import facts_for
from sayso.consent.notices import Notice
from sayso.consent.purposes import Purpose

NOTHING = HadSet(setting="no-research", answer=Answer.YES)
"""An act that changes nothing, so that the others keep their places."""


@settings(max_examples=150, deadline=None)
@given(acts=ACTS, policy=POLICIES, second=SECOND_NOTICES, which=st.integers(0, 8))
def test_removing_a_yes_never_admits_more(
    acts: list[Act], policy: str, second: Notice | None, which: int
) -> None:
    yes = [n for n, act in enumerate(acts) if isinstance(act, Says) and act.answer is Answer.YES]
    without = list(acts)
    for number in yes[which % len(yes) :][:1] if yes else []:
        without[number] = NOTHING

    before = play(acts, policy=policy, second=second).decides()
    after = play(without, policy=policy, second=second).decides()

    assert before.permit or not after.permit, (before.reason, after.reason)


@settings(max_examples=150, deadline=None)
@given(acts=ACTS, no=ANSWERS, policy=POLICIES, second=SECOND_NOTICES)
def test_one_more_no_never_admits_more(
    acts: list[Act], no: Says, policy: str, second: Notice | None
) -> None:
    no = replace(no, answer=Answer.NO)

    before = play([*acts, NOTHING], policy=policy, second=second).decides()
    after = play([*acts, no], policy=policy, second=second).decides()

    assert before.permit or not after.permit


@settings(max_examples=150, deadline=None)
@given(
    acts=ACTS,
    later=st.lists(FACTS, max_size=4),
    skew=st.integers(-1_000_000, 5),
    policy=POLICIES,
    second=SECOND_NOTICES,
)
def test_a_no_beats_every_earlier_yes_whatever_the_clocks_say(
    acts: list[Act], later: list[Act], skew: int, policy: str, second: Notice | None
) -> None:
    history = [*acts, Says(answer=Answer.NO, skew=skew), *later]

    decision = play(history, policy=policy, second=second).decides()

    assert not decision.permit, decision.reason


@settings(max_examples=200, deadline=None)
@given(acts=st.lists(answers(Answer.NO), max_size=6), skew=st.integers(-1_000_000, 5))
def test_a_yes_after_every_no_to_the_purpose_permits_again(acts: list[Says], skew: int) -> None:
    history = [replace(act, scope=Scope.PURPOSE, target="") for act in acts]

    world = play([*history, Says(answer=Answer.YES, skew=skew)])

    assert_permitted(world.decides(), by="purpose_choice")


@settings(max_examples=150, deadline=None)
@given(
    acts=ACTS,
    region=st.sampled_from(["US", "DE", "BR", "CH", "JP"]),
    start=st.sampled_from(["US", "DE"]),
    policy=POLICIES,
    second=SECOND_NOTICES,
)
def test_moving_never_admits_more(
    acts: list[Act], region: str, start: str, policy: str, second: Notice | None
) -> None:
    before = play([*acts, NOTHING], policy=policy, second=second, region=start).decides()
    after = play([*acts, Moves(region=region)], policy=policy, second=second, region=start)

    assert before.permit or not after.decides().permit


@settings(max_examples=200, deadline=None)
@given(
    acts=ACTS,
    moves=st.lists(
        st.builds(Moves, region=st.sampled_from(["US", "DE", "JP"])), min_size=1, max_size=4
    ),
    policy=POLICIES,
)
def test_no_move_loses_a_withdrawal(acts: list[Act], moves: list[Act], policy: str) -> None:
    decision = play([*acts, Says(answer=Answer.NO), *moves], policy=policy).decides()

    assert not decision.permit


@settings(max_examples=150, deadline=None)
@given(
    acts=ACTS,
    young=st.sampled_from([AgeBand.MINOR, AgeBand.UNKNOWN]),
    policy=POLICIES,
    second=SECOND_NOTICES,
)
def test_turning_adult_never_grants(
    acts: list[Act], young: AgeBand, policy: str, second: Notice | None
) -> None:
    history = [*acts, Turns(age_band=young), Turns(age_band=AgeBand.ADULT)]

    decision = play(history, policy=policy, second=second).decides()

    assert not decision.permit, decision.reason


def test_an_adult_who_is_asked_anew_may_say_yes() -> None:
    world = play([Turns(age_band=AgeBand.MINOR), Turns(age_band=AgeBand.ADULT)])
    world.says_yes(SPOKE + 5 * DAY)

    assert_permitted(world.decides(), by="purpose_choice")


@settings(max_examples=150, deadline=None)
@given(acts=ACTS, policy=POLICIES, ends=st.sampled_from([*Standing][1:]))
def test_a_closed_account_is_never_used(acts: list[Act], policy: str, ends: Standing) -> None:
    decision = play([*acts, Becomes(standing=ends)], policy=policy).decides()

    assert not decision.permit


@settings(max_examples=150, deadline=None)
@given(acts=ACTS, second=SECOND_NOTICES, later=st.lists(FACTS, max_size=3))
def test_gpc_is_never_undone_by_its_absence(
    acts: list[Act], second: Notice | None, later: list[Act]
) -> None:
    seen = [*acts, Signals(present=True)]

    before = play([*seen, NOTHING], second=second).decides()
    after = play([*seen, Signals(present=False)], second=second).decides()

    assert before.permit == after.permit


def test_a_yes_to_one_purpose_is_none_to_another() -> None:
    world = village()
    world.says_yes()

    for purpose in (Purpose.AI_RESEARCH, Purpose.WRITING_ASSISTANCE):
        assert_refused(world.decides(purpose=purpose), by="policy_default")


def test_a_document_of_several_needs_each_of_them() -> None:
    together = writing(co_authors=(MemberId("ben"), MemberId("cy")))
    world = village()
    world.join(person("ben"), person("cy"))
    world.says_yes()
    world.says_yes(member_id=MemberId("ben"))

    lacking = world.decides(together)
    world.says_yes(member_id=MemberId("cy"))
    complete = world.decides(together)
    world.says_no(member_id=MemberId("ben"))

    assert_refused(lacking, by="policy_default")
    assert lacking.reason == "Another author of this does not allow it."
    assert_permitted(complete, by="purpose_choice")
    assert_refused(world.decides(together), by="purpose_choice")


def test_what_a_co_author_answered_is_not_told_to_the_reader() -> None:
    together = writing(co_authors=(MemberId("ben"),))
    world = village()
    world.join(person("ben"))
    world.says_yes()
    world.says_no(member_id=MemberId("ben"))

    decision = world.decides(together)

    assert "said no" not in decision.reason
    assert decision.beat == ()


def test_quoted_words_stay_only_with_the_say_so_of_whoever_wrote_them() -> None:
    ben, cy = MemberId("ben"), MemberId("cy")
    quotes = tuple(
        Quote(start=10 * n, end=10 * n + 5, member_id=who)
        for n, who in enumerate((ben, cy, ANA, MemberId("stranger")))
    )
    world = village()
    world.join(person("ben"), person("cy"))
    world.says_yes()
    world.says_yes(member_id=ben)

    decision = world.decides(writing(quotes=quotes))

    assert_permitted(decision, by="purpose_choice")
    assert [quote.member_id for quote in decision.cut] == [cy, MemberId("stranger")]


def test_a_quoted_member_may_keep_their_words_out_of_one_document() -> None:
    ben = MemberId("ben")
    quoting = writing(quotes=(Quote(start=0, end=5, member_id=ben),))
    world = village()
    world.join(person("ben"))
    world.says_yes()
    world.says_yes(member_id=ben)
    world.says_no(member_id=ben, scope=Scope.DOCUMENT, target="d1")

    decision = world.decides(quoting)

    assert decision.permit
    assert decision.cut == quoting.quotes
    assert not permitted(facts_for(quoting, Purpose.GENAI_TRAINING, NOW, world).quoted[0][1])


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("policy", ["opt-in", "linkedin-2024", "linkedin-2025"])
def test_no_kind_of_document_is_admitted_in_silence(kind: Kind, policy: str) -> None:
    decision = village(policy).decides(writing(id=DocumentId("d9"), kind=kind))

    assert not decision.permit

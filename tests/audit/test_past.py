"""Looking back gives what was right then: against a world that is played again up to that day."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from consent.test_decide_agrees_with_replay import replay
from fakes.consent import ANA, DRAFT, SPOKE, TOLD, TRAIN, writing
from fakes.histories import (
    ACTS,
    POLICIES,
    SECOND_NOTICES,
    Act,
    Becomes,
    Hears,
    Moves,
    Says,
    Turns,
    play,
)
from fakes.replay import Life, as_it_stood, looked_back
from sayso.audit.explain import decided
from sayso.audit.past import FOREVER, Past
from sayso.community import AgeBand, DocumentId, Region, Standing
from sayso.consent.choices import Answer
from sayso.consent.notices import Delivery, Notice, publish

DAY = timedelta(days=1)
YES = Says(answer=Answer.YES)
NO = Says(answer=Answer.NO)
A_WEEK_LATE = Says(answer=Answer.NO, skew=-7 * 24 * 60)
NOTHING = Hears(notice_id="unheard-of", delivery=Delivery.SENT)
DAYS = st.integers(min_value=-3, max_value=14)


def day(number: int, minutes: int = 30) -> datetime:
    """Half an hour after what happened on that day, unless the test says otherwise."""
    return SPOKE + number * DAY + timedelta(minutes=minutes)


def permitted(past: Past) -> bool:
    return decided(writing(), TRAIN, past).permit


@settings(max_examples=300, deadline=None)
@example(
    acts=[Says(answer=Answer.YES, skew=1)],
    policies=[],
    second=None,
    as_of=0,
    known_at=0,
    minutes=0,
    document_id="d1",
)
@given(
    acts=ACTS,
    policies=st.lists(st.tuples(DAYS, POLICIES), max_size=3),
    second=SECOND_NOTICES,
    as_of=DAYS,
    known_at=DAYS,
    minutes=st.sampled_from([-1, 0, 1]),
    document_id=st.sampled_from(["d1", "d2", "d3"]),
)
def test_the_past_is_explained_as_a_slow_replay_of_it_decides(
    *,
    acts: list[Act],
    policies: list[tuple[int, str]],
    second: Notice | None,
    as_of: int,
    known_at: int,
    minutes: int,
    document_id: str,
) -> None:
    life = Life(acts=acts, policies=policies, second=second)
    at, known = day(as_of, minutes), day(known_at, minutes)
    document = writing(id=DocumentId(document_id))

    looked = decided(document, TRAIN, looked_back(life, at, known))

    stood = as_it_stood(life, min(at, known))
    then = stood.decides(document, at=at)
    assert (looked.permit, looked.rule, looked.reason) == (then.permit, then.rule, then.reason)
    said = "no" if not looked.permit else "default" if looked.is_default else "yes"
    assert said == replay(stood, document_id, at)


@settings(max_examples=100, deadline=None)
@given(acts=ACTS, second=SECOND_NOTICES, as_of=DAYS, later=st.integers(0, 20))
def test_what_is_learned_later_never_changes_what_was_right_then(
    acts: list[Act], second: Notice | None, as_of: int, later: int
) -> None:
    life = Life(acts=acts, policies=[(-5, "linkedin-2024")], second=second)

    then = decided(writing(), TRAIN, looked_back(life, day(as_of), day(as_of)))
    since = decided(writing(), TRAIN, looked_back(life, day(as_of), day(as_of + later)))

    assert (then.permit, then.rule) == (since.permit, since.rule)


def test_a_late_arriving_withdrawal_changes_what_is_known_and_not_what_was_done() -> None:
    life = Life(acts=[YES, *[NOTHING] * 7, A_WEEK_LATE])  # said on day 1, recorded on day 8

    before = looked_back(life, day(4), day(4))
    after = looked_back(life, day(4), day(9))

    assert permitted(before)
    assert permitted(after)
    assert before.learned_later(ANA) == ()
    (line,) = after.learned_later(ANA)
    assert "ana had said no on 2026-05-04" in line
    assert "recorded on 2026-05-11" in line
    assert not permitted(looked_back(life, day(9), day(9)))


def test_a_yes_counts_neither_before_it_was_recorded_nor_before_it_happened() -> None:
    early = Says(answer=Answer.YES, skew=5)  # a clock five minutes ahead of ours
    life = Life(acts=[NOTHING, early])

    assert not permitted(looked_back(life, day(0)))
    assert not permitted(looked_back(life, day(1, minutes=4)))
    assert permitted(looked_back(life, day(1, minutes=5)))


def test_a_policy_says_nothing_before_it_was_in_use() -> None:
    life = Life(
        acts=[Hears(notice_id="n1", delivery=Delivery.READ)],
        policies=[(40, "linkedin-2024"), (50, "opt-in")],
    )

    assert not permitted(looked_back(life, day(39)))
    assert permitted(looked_back(life, day(41)))
    assert not permitted(looked_back(life, day(51)))
    assert not permitted(looked_back(life, day(41), day(39)))
    told = looked_back(life, day(39)).told(writing())
    assert any("no operator had chosen one yet" in line for line in told)
    told = looked_back(life, day(41)).told(writing())
    assert any("policy: linkedin-2024, in use since 2026-06-12" in line for line in told)


def test_a_notice_is_not_known_before_it_is_published() -> None:
    second = publish(replace(DRAFT, id="n2", text="Other words."), day(3))
    life = Life(acts=[YES], second=second)

    assert permitted(looked_back(life, day(2)))
    assert not permitted(looked_back(life, day(4)))
    assert permitted(looked_back(life, day(4), day(2)))
    lines = looked_back(life, day(4), day(2)).told(writing())
    assert any(line.startswith("notice n1: published 2026-02-01") for line in lines)
    assert not any(line.startswith("notice n2") for line in lines)


def test_region_age_and_standing_are_taken_back_to_what_they_were() -> None:
    acts: list[Act] = [
        NOTHING,
        Moves(region="DE"),
        Turns(age_band=AgeBand.MINOR),
        Becomes(standing=Standing.SUSPENDED),
    ]
    world = play(acts)
    world.people[ANA] = replace(world.people[ANA], standing=Standing.SUSPENDED)

    def member(number: int) -> tuple[Region, AgeBand, Standing]:
        past = Past(
            members=world.member,
            history=lambda _: world.history,
            policies=(),
            notices=world.notices(),
            as_of=day(number),
            known_at=FOREVER,
        )
        found = past.member(ANA)
        assert found is not None
        return found.region, found.age_band, found.standing

    assert member(0) == ("US", AgeBand.ADULT, Standing.ACTIVE)
    assert member(1) == ("DE", AgeBand.ADULT, Standing.ACTIVE)
    assert member(2) == ("DE", AgeBand.MINOR, Standing.ACTIVE)
    assert member(3) == ("DE", AgeBand.MINOR, Standing.SUSPENDED)


def test_what_the_ledger_does_not_hold_is_said_to_be_todays() -> None:
    told = looked_back(Life(acts=[Moves(region="DE")]), day(1)).told(writing())

    assert "ana: region DE, adult, account active" in told
    assert "ana: the ledger holds no change of age band, standing, so today's is taken" in told


def test_a_document_that_was_not_written_yet_could_not_be_used() -> None:
    late = writing(created_at=day(3))
    life = Life(acts=[YES])

    early = decided(late, TRAIN, looked_back(life, day(2)))

    assert (early.permit, early.rule) == (False, "not_yet_written")
    assert decided(late, TRAIN, looked_back(life, day(4))).permit


def test_it_is_said_that_a_documents_earlier_text_is_not_kept() -> None:
    past = looked_back(Life(acts=[YES]), day(2))

    assert past.told(writing())[-1].startswith("not kept: earlier states of the document.")
    assert past.told(writing(updated_at=TOLD))[-1].endswith("being named")
    assert past.told(writing(updated_at=day(3)))[-1].endswith(
        "2026-05-06T09:30:00+00:00, after that"
    )

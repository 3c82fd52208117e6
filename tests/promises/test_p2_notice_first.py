"""P2: where silence is the basis, each member's own notice comes first, and its period."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import (
    ANA,
    DAY,
    DRAFT,
    NOW,
    SPOKE,
    TOLD,
    amended,
    assert_permitted,
    assert_refused,
    person,
    village,
    writing,
)
from fakes.histories import ACTS, POLICIES, SECOND_NOTICES, Act, play
from sayso.community import Kind, MemberId, Region
from sayso.consent.ledger import EventKind
from sayso.consent.notices import Delivery, Notice, days_until_usable, publish

PERIOD = timedelta(days=DRAFT.notice_days)
PROVEN = [Delivery.DELIVERED, Delivery.SHOWN, Delivery.READ]


@pytest.mark.parametrize("delivery", PROVEN)
def test_a_default_begins_when_the_period_after_delivery_is_over(delivery: Delivery) -> None:
    world = village("linkedin-2024")
    world.hears(SPOKE, delivery=delivery)

    assert_refused(world.decides(at=SPOKE + PERIOD - DAY / 86_400), by="notice_first")
    assert_permitted(world.decides(at=SPOKE + PERIOD), by="policy_default")
    assert world.decides(at=SPOKE + PERIOD).is_default


def test_the_wait_is_said_in_days() -> None:
    world = village("linkedin-2024")
    world.hears(SPOKE)

    decision = world.decides(at=SPOKE + 3 * DAY)

    assert decision.reason == (
        "You were told on 3 May 2026; the notice period ends on 2 June 2026, in 27 days."
    )


@pytest.mark.parametrize("delivery", [None, Delivery.SENT, Delivery.BOUNCED])
def test_a_notice_that_did_not_arrive_begins_nothing(delivery: Delivery | None) -> None:
    world = village("linkedin-2025")
    if delivery is not None:
        world.hears(delivery=delivery)

    assert_refused(world.decides(at=NOW + 1000 * DAY), by="notice_first")


def test_a_notice_that_bounced_says_so() -> None:
    world = village("linkedin-2025")
    world.hears(SPOKE, delivery=Delivery.BOUNCED)

    assert world.decides().reason == "The notice did not reach you: it came back on 3 May 2026."


def test_a_bounce_after_a_proven_delivery_takes_nothing_back() -> None:
    world = village("linkedin-2025")
    world.hears(TOLD)
    world.hears(SPOKE, delivery=Delivery.BOUNCED)

    assert_permitted(world.decides(), by="policy_default")


def test_that_another_member_was_told_proves_nothing() -> None:
    world = village("linkedin-2025")
    world.join(person("ben"))
    world.hears(who=MemberId("ben"))

    assert_permitted(world.decides(writing("ben")), by="policy_default")
    assert_refused(world.decides(), by="notice_first")


def test_a_material_new_notice_is_delivered_anew_before_a_default_goes_on() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.told.append(amended(SPOKE))

    assert_refused(world.decides(), by="notice_first")
    world.hears(SPOKE + DAY, notice="n2")
    assert_refused(world.decides(at=SPOKE + 2 * DAY), by="notice_first")
    assert_permitted(world.decides(at=SPOKE + DAY + PERIOD), by="policy_default")


def test_a_correction_that_changes_nothing_material_keeps_the_delivery() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.told.append(amended(SPOKE, material=False))

    assert_permitted(world.decides(), by="policy_default")


def test_nothing_begins_before_the_notice_takes_effect() -> None:
    world = village("linkedin-2025")
    world.told = [publish(DRAFT, TOLD, effective_at=TOLD + 90 * DAY)]
    world.hears()

    assert not world.decides(at=TOLD + 89 * DAY).permit
    assert_permitted(world.decides(at=TOLD + 90 * DAY), by="policy_default")


def test_a_notice_for_other_regions_or_other_data_tells_this_member_nothing() -> None:
    world = village("linkedin-2025")
    world.hears()
    elsewhere = replace(world.told[0], regions=(Region("BR"),))

    assert_refused(world.decides(writing(kind=Kind.RESUME)), by="notice_first")
    world.told = [elsewhere]
    assert_refused(world.decides(), by="notice_first")


def test_the_members_own_yes_does_not_wait() -> None:
    world = village("linkedin-2025")
    world.says_yes(SPOKE)

    decision = world.decides(at=SPOKE)

    assert_permitted(decision, by="purpose_choice")
    assert not decision.is_default


def test_a_document_counts_as_default_where_any_of_its_authors_is_silent() -> None:
    world = village("linkedin-2025")
    world.join(person("ben"))
    world.says_yes()
    world.hears(who=MemberId("ben"))

    decision = world.decides(writing(co_authors=(MemberId("ben"),)))

    assert decision.permit
    assert decision.is_default


@settings(max_examples=200, deadline=None)
@given(
    acts=ACTS, policy=POLICIES, second=SECOND_NOTICES, days=st.integers(min_value=0, max_value=80)
)
def test_no_default_without_a_proof_older_than_the_period(
    acts: list[Act], policy: str, second: Notice | None, days: int
) -> None:
    world = play(acts, policy=policy, second=second)
    at = SPOKE + days * DAY
    proofs = [
        recorded.recorded_at
        for recorded in world.history
        if recorded.event.kind is EventKind.NOTICE
        and recorded.event.member_id == ANA
        and recorded.event.body["delivery"] in PROVEN
    ]

    decision = world.decides(at=at)

    assert not decision.is_default or not decision.permit or min(proofs) + PERIOD <= at


@pytest.mark.parametrize(
    ("delivered_at", "days"), [(None, None), (NOW, 30), (NOW - PERIOD, 0), (NOW - DAY / 24, 30)]
)
def test_days_until_usable_counts_whole_days(
    delivered_at: datetime | None, days: int | None
) -> None:
    assert days_until_usable(publish(DRAFT, TOLD), delivered_at, NOW) == days

"""Accounts that became one: the stricter of what each said, until something is said again."""

import pytest

from fakes.consent import (
    ANA,
    DAY,
    SPOKE,
    TRAIN,
    Village,
    assert_permitted,
    assert_refused,
    person,
    village,
    writing,
)
from sayso.community import AgeBand, Category, CreditChoice, DocumentId, MemberId, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.events import Event, EventKind, credit_event
from sayso.consent.fold import fold
from sayso.consent.purposes import Purpose
from sayso.consent.say import SILENT

OLD = MemberId("ana-old")
OLDEST = MemberId("ana-oldest")


def two_accounts() -> Village:
    world = village()
    world.join(person("ana-old"))
    return world


@pytest.mark.parametrize("refusing", [ANA, OLD])
def test_a_no_of_either_account_stands_once_they_are_one(refusing: MemberId) -> None:
    world = two_accounts()
    world.says_no(member_id=refusing)
    world.says_yes(SPOKE + DAY, member_id=ANA if refusing is OLD else OLD)

    world.merges(OLD, SPOKE + 2 * DAY)

    assert_refused(world.decides(), by="purpose_choice")
    assert_refused(world.decides(writing("ana-old")), by="purpose_choice")


def test_a_yes_after_the_merge_lifts_the_no_of_each() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_no()
    world.merges(OLD)
    world.says_yes(SPOKE + DAY)

    assert_permitted(world.decides(), by="purpose_choice")
    assert_permitted(world.decides(writing("ana-old")), by="purpose_choice")


def test_a_yes_said_under_the_old_name_after_the_merge_is_the_persons() -> None:
    world = two_accounts()
    world.says_no()
    world.merges(OLD)
    world.says_yes(SPOKE + DAY, member_id=OLD)

    assert_permitted(world.decides(), by="purpose_choice")


def test_a_yes_of_one_account_speaks_for_the_other_that_said_nothing() -> None:
    world = two_accounts()
    world.says_yes(member_id=OLD)

    before = world.decides()
    world.merges(OLD)

    assert_refused(before, by="policy_default")
    assert_permitted(world.decides(), by="purpose_choice")


def test_two_accounts_that_each_came_to_yes_are_no_conflict() -> None:
    world = two_accounts()
    for account in (ANA, OLD):
        world.says_no(member_id=account)
        world.says_yes(SPOKE + DAY, member_id=account)
    world.merges(OLD, SPOKE + 2 * DAY)

    assert_permitted(world.decides(), by="purpose_choice")


def test_one_accounts_void_yes_leaves_its_own_no_standing_whatever_the_other_said() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_yes(member_id=OLD, notice_id="")
    world.says_yes()
    world.merges(OLD)

    assert_refused(world.decides(), by="purpose_choice")


def test_a_narrow_yes_of_one_does_not_lift_the_wide_no_of_the_other() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_yes(SPOKE + DAY, scope=Scope.CATEGORY, target=str(Category.CONTENT))
    world.says_yes(SPOKE + DAY, scope=Scope.DOCUMENT, target="d1")
    world.merges(OLD, SPOKE + 2 * DAY)

    assert_refused(world.decides(), by="purpose_choice")


def test_a_narrow_yes_after_ones_own_wide_no_is_kept_where_the_other_is_silent() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_yes(SPOKE + DAY, member_id=OLD, scope=Scope.DOCUMENT, target="d1")
    world.merges(OLD, SPOKE + 2 * DAY)

    assert_permitted(world.decides(), by="document_choice")
    assert_refused(world.decides(writing(id=DocumentId("d2"))), by="purpose_choice")


def test_the_signal_of_one_browser_holds_for_both() -> None:
    world = two_accounts()
    world.sends_gpc()
    world.says_yes(SPOKE + DAY, member_id=OLD, after_conflict=True)
    world.merges(OLD, SPOKE + 2 * DAY)
    before = world.decides()
    world.says_yes(SPOKE + 3 * DAY, after_conflict=True)

    assert_refused(before, by="global_privacy_control")
    assert_permitted(world.decides(), by="purpose_choice")


def test_an_older_settings_no_of_either_is_kept() -> None:
    world = two_accounts()
    world.had_set("do-not-index", Answer.YES)
    world.had_set("do-not-index", Answer.NO, who=OLD)
    world.merges(OLD)

    assert_refused(world.decides(), by="mapped_setting")


def test_an_old_account_that_was_suspended_or_erased_closes_the_new_one() -> None:
    for standing in (Standing.SUSPENDED, Standing.ERASED):
        world = two_accounts()
        world.says_yes()
        world.becomes(standing, who=OLD)
        world.merges(OLD)

        assert_refused(world.decides(), by="account_standing")


def test_accounts_merge_one_after_another() -> None:
    world = two_accounts()
    world.join(person("ana-oldest"))
    world.says_no(member_id=OLDEST)
    world.says_yes()
    world.merges(OLDEST, into=OLD)
    world.merges(OLD)

    assert_refused(world.decides(), by="purpose_choice")
    assert_refused(world.decides(writing("ana-oldest")), by="purpose_choice")


@pytest.mark.parametrize("body", [{}, {"into": 3}, {"into": str(OLD)}, {"into": ""}])
def test_a_merge_that_cannot_be_understood_is_a_no(body: dict[str, str]) -> None:
    world = two_accounts()
    world.says_yes()
    garbled = Event(
        event_id="m", kind=EventKind.MERGED, member_id=OLD, occurred_at=SPOKE, body=body
    )
    world.became[OLD] = ANA
    world.record(garbled, SPOKE)

    assert_refused(world.decides(), by="unreadable_record")


def test_accounts_that_became_each_other_are_a_no() -> None:
    world = two_accounts()
    world.says_yes()
    world.merges(OLD)
    world.merges(ANA, into=OLD)

    assert_refused(world.decides(), by="unreadable_record")


def test_the_more_reserved_credit_is_kept() -> None:
    world = two_accounts()
    for account, credit in ((ANA, CreditChoice.NAME), (OLD, CreditChoice.NOBODY)):
        event = credit_event(event_id=account, member_id=account, credit=credit, occurred_at=SPOKE)
        world.record(event, SPOKE)
    world.merges(OLD)

    assert world.say(ANA).credit is CreditChoice.NOBODY


def test_what_was_said_is_told_as_the_stricter_of_both() -> None:
    world = two_accounts()
    world.says_yes()
    world.says_no(member_id=OLD)
    world.merges(OLD)

    answered = world.say(ANA).answered(TRAIN, Scope.PURPOSE)

    assert answered is not None
    assert answered.answer is Answer.NO
    assert world.say(ANA).answered(Purpose.AI_RESEARCH, Scope.PURPOSE) is None


def test_before_they_became_one_each_spoke_alone() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_yes()
    world.merges(OLD, SPOKE + 2 * DAY)

    before = fold(world.history, as_of=SPOKE + DAY, account=ANA)
    after = fold(world.history, as_of=SPOKE + 3 * DAY, account=ANA)

    assert before.answers[TRAIN, Scope.PURPOSE, ""].answer is Answer.YES
    assert after.answers[TRAIN, Scope.PURPOSE, ""].answer is Answer.NO


def test_nothing_recorded_is_silence() -> None:
    assert fold(()) == SILENT
    assert fold((), account=ANA) == SILENT


def test_a_move_or_a_birthday_of_the_person_bears_on_the_yes_of_each_account() -> None:
    world = two_accounts()
    world.says_yes()
    world.says_yes(member_id=OLD)
    world.merges(OLD)
    world.turns(AgeBand.MINOR, AgeBand.ADULT, SPOKE + DAY)

    assert_refused(world.decides(), by="notice_in_force")


def test_the_signal_of_one_browser_stands_against_the_narrow_yes_of_the_other_account() -> None:
    world = two_accounts()
    world.sends_gpc(who=OLD)
    world.says_yes(scope=Scope.DOCUMENT, target="d1")
    world.merges(OLD, SPOKE + DAY)

    assert_refused(world.decides(), by="global_privacy_control")


def test_an_older_setting_of_one_stands_against_the_yes_of_the_other_account() -> None:
    world = two_accounts()
    world.had_set("do-not-index", Answer.NO, who=OLD)
    world.says_yes()
    world.merges(OLD, SPOKE + DAY)
    before = world.decides()
    world.says_yes(SPOKE + 2 * DAY)

    assert_refused(before, by="mapped_setting")
    assert_permitted(world.decides(), by="purpose_choice")


def test_a_no_to_an_earlier_purpose_stands_against_the_yes_of_the_other_account() -> None:
    world = two_accounts()
    world.says_no(member_id=OLD)
    world.says_yes(purpose=Purpose.AI_RESEARCH)
    world.merges(OLD, SPOKE + DAY)

    assert_refused(world.decides(purpose=Purpose.AI_RESEARCH), by="earlier_purpose")

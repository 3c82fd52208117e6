import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from sayso.community import AgeBand, CreditChoice, Document, Kind, Member, Standing, State
from sayso.community import Visibility as Seen
from sayso.consent.choices import Answer, Scope
from sayso.consent.notices import PROVES_DELIVERY, Delivery
from sayso.demo.acts import (
    AgeAct,
    ChoiceAct,
    CreditAct,
    DeliveryAct,
    GpcAct,
    RegionAct,
    RenameAct,
    SettingAct,
)
from sayso.demo.village import Village, village
from sayso.errors import BadInput

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)

CASES = {
    "minor", "unknown_age", "unknown_region", "suspended_account", "deleted_account",
    "private_post", "connections_only_post", "group_only_post", "draft", "pending_moderation",
    "deleted_post", "direct_message", "quoted_objector", "quoted_objector_member",
    "coauthored_with_objector", "bounced_notice", "never_shown_notice", "gpc_on_with_earlier_yes",
    "gpc_on_yes_after_conflict", "yes_then_no", "no_then_yes", "per_document_no",
    "per_category_no", "group_post_under_category_no", "old_setting_do_not_index",
    "late_withdrawal_one", "late_withdrawal_two", "renamed_account", "moved_eu_to_us",
    "moved_us_to_eu", "credit_by_pseudonym", "credit_nobody", "category_not_in_notice",
    "licence_forbids", "minor_turned_adult",
}  # fmt: skip


@pytest.fixture(scope="module")
def large() -> Village:
    return village(7, now=NOW)


@pytest.fixture(scope="module", params=[20, 60])
def made(request: pytest.FixtureRequest) -> Village:
    return village(7, members=request.param, now=NOW)


def digest(made: Village) -> str:
    return hashlib.sha256(repr(made).encode()).hexdigest()


def member(made: Village, case: str) -> Member:
    return next(one for one in made.members if one.id == made.awkward[case])


def document(made: Village, case: str) -> Document:
    return next(one for one in made.documents if one.id == made.awkward[case])


def answers(made: Village, case: str) -> list[tuple[Scope, Answer]]:
    return [
        (act.choice.scope, act.choice.answer)
        for act in made.acts
        if isinstance(act, ChoiceAct) and act.member_id == made.awkward[case]
    ]


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert digest(village(7, members=40, now=NOW)) == digest(village(7, members=40, now=NOW))


def test_another_seed_gives_another_village() -> None:
    assert digest(village(7, members=40, now=NOW)) != digest(village(8, members=40, now=NOW))


def test_nothing_rests_on_the_order_of_hashes() -> None:
    script = (
        "import hashlib; from datetime import *; from sayso.demo.village import village;"
        "made = village(7, members=40, now=datetime(2026, 11, 22, 5, 30, tzinfo=UTC));"
        "print(hashlib.sha256(repr(made).encode()).hexdigest())"
    )

    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]

    assert said[0] == said[1]


def test_every_awkward_case_is_there(made: Village) -> None:
    ids = {str(m.id) for m in made.members} | {str(d.id) for d in made.documents}

    assert set(made.awkward) >= CASES
    assert set(made.awkward.values()) <= ids


def test_a_larger_village_has_a_third_late_leaver(large: Village) -> None:
    assert "late_withdrawal_three" in large.awkward


def test_fewer_than_twenty_are_too_few() -> None:
    with pytest.raises(BadInput):
        village(7, members=19, now=NOW)


def test_the_members_are_what_their_cases_say(made: Village) -> None:
    assert member(made, "minor").age_band is AgeBand.MINOR
    assert member(made, "unknown_age").age_band is AgeBand.UNKNOWN
    assert member(made, "unknown_region").region == "ZZ"
    assert member(made, "suspended_account").standing is Standing.SUSPENDED
    assert member(made, "deleted_account").standing is Standing.DELETED


def test_the_documents_are_what_their_cases_say(made: Village) -> None:
    assert document(made, "private_post").visibility is Seen.PRIVATE
    assert document(made, "connections_only_post").visibility is Seen.CONNECTIONS
    assert document(made, "group_only_post").visibility is Seen.GROUP
    assert document(made, "draft").state is State.DRAFT
    assert document(made, "pending_moderation").state is State.PENDING
    assert document(made, "deleted_post").state is State.DELETED
    assert document(made, "direct_message").kind is Kind.MESSAGE
    assert document(made, "direct_message").visibility is Seen.PRIVATE
    objector = made.awkward["quoted_objector_member"]
    assert document(made, "coauthored_with_objector").co_authors == (objector,)
    assert objector in {quote.member_id for quote in document(made, "quoted_objector").quotes}


def test_those_with_an_awkward_account_said_yes_all_the_same(made: Village) -> None:
    for case in ("minor", "unknown_age", "unknown_region", "suspended_account", "deleted_account"):
        assert answers(made, case) == [(Scope.PURPOSE, Answer.YES)]


def test_the_answers_are_what_their_cases_say(made: Village) -> None:
    yes, no = (Scope.PURPOSE, Answer.YES), (Scope.PURPOSE, Answer.NO)

    assert answers(made, "quoted_objector_member") == [no]
    assert answers(made, "yes_then_no") == [yes, no]
    assert answers(made, "no_then_yes") == [no, yes]
    assert answers(made, "per_document_no_member") == [yes, (Scope.DOCUMENT, Answer.NO)]
    assert answers(made, "per_category_no") == [yes, (Scope.CATEGORY, Answer.NO)]
    assert answers(made, "late_withdrawal_one") == [yes, no]
    assert answers(made, "old_setting_do_not_index") == []
    assert answers(made, "bounced_notice") == []


def test_a_document_kept_out_belongs_to_the_one_who_keeps_it_out(made: Village) -> None:
    assert document(made, "per_document_no").member_id == made.awkward["per_document_no_member"]


def test_a_yes_after_the_conflict_says_so_and_comes_after_the_signal(made: Village) -> None:
    who = made.awkward["gpc_on_yes_after_conflict"]
    signal = next(a for a in made.acts if isinstance(a, GpcAct) and a.member_id == who)
    yes = next(a for a in made.acts if isinstance(a, ChoiceAct) and a.member_id == who)

    assert signal.on
    assert yes.at > signal.at
    assert yes.choice.after_conflict


def test_an_earlier_yes_comes_before_the_signal(made: Village) -> None:
    who = made.awkward["gpc_on_with_earlier_yes"]
    signal = next(a for a in made.acts if isinstance(a, GpcAct) and a.member_id == who)
    yes = next(a for a in made.acts if isinstance(a, ChoiceAct) and a.member_id == who)

    assert yes.at < signal.at
    assert not yes.choice.after_conflict


def test_other_acts_are_what_their_cases_say(made: Village) -> None:
    by_case = {
        "moved_eu_to_us": RegionAct,
        "moved_us_to_eu": RegionAct,
        "minor_turned_adult": AgeAct,
        "renamed_account": RenameAct,
        "old_setting_do_not_index": SettingAct,
    }

    for case, kind in by_case.items():
        assert any(isinstance(a, kind) and a.member_id == made.awkward[case] for a in made.acts)
    credits_ = {a.member_id: a.credit for a in made.acts if isinstance(a, CreditAct)}
    assert credits_[member(made, "credit_by_pseudonym").id] is CreditChoice.PSEUDONYM
    assert credits_[member(made, "credit_nobody").id] is CreditChoice.NOBODY


def test_only_late_leavers_act_after_the_training(made: Village) -> None:
    late = {str(a.member_id) for a in made.acts if isinstance(a, ChoiceAct) and a.after_training}
    planted = {who for case, who in made.awkward.items() if case.startswith("late_withdrawal")}

    assert late == planted


def test_acts_are_in_time_order_and_over_by_now(made: Village) -> None:
    moments = [act.at for act in made.acts]

    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert len({a.choice.event_id for a in made.acts if isinstance(a, ChoiceAct)}) == sum(
        isinstance(a, ChoiceAct) for a in made.acts
    )


def test_nobody_answers_before_the_notice_reached_them(made: Village) -> None:
    told = {
        a.member_id: a.at
        for a in reversed(made.acts)
        if isinstance(a, DeliveryAct) and a.delivery in PROVES_DELIVERY
    }

    for act in made.acts:
        if isinstance(act, ChoiceAct):
            assert act.at > told[act.member_id]


def test_a_bounced_notice_and_an_unshown_one_prove_nothing(made: Village) -> None:
    reached = {
        case: {
            a.delivery
            for a in made.acts
            if isinstance(a, DeliveryAct) and a.member_id == made.awkward[case]
        }
        for case in ("bounced_notice", "never_shown_notice")
    }

    assert reached["bounced_notice"] == {Delivery.SENT, Delivery.BOUNCED}
    assert reached["never_shown_notice"] == {Delivery.SENT}


def test_the_notice_was_published_sixty_days_ago(made: Village) -> None:
    assert made.notice.published_at == NOW - timedelta(days=60)
    assert not made.notice.is_draft


def test_about_seven_in_ten_adults_say_yes_and_two_no(large: Village) -> None:
    last = {
        a.member_id: a.choice.answer
        for a in large.acts
        if isinstance(a, ChoiceAct) and a.choice.scope is Scope.PURPOSE
    }
    adults = [m for m in large.members if m.age_band is AgeBand.ADULT]
    yes = sum(last.get(m.id) is Answer.YES for m in adults) / len(adults)
    no = sum(last.get(m.id) is Answer.NO for m in adults) / len(adults)

    assert 0.62 < yes < 0.78
    assert 0.13 < no < 0.27


def test_eight_samples_can_be_signed_in_as(made: Village) -> None:
    standing = {m.id: m for m in made.members}

    assert len(made.samples) == 8
    assert made.samples[0].name == "Amara Lindqvist"
    for sample in made.samples:
        assert standing[sample.member_id].name == sample.name
        assert standing[sample.member_id].standing is Standing.ACTIVE
        assert sample.story.endswith(".")

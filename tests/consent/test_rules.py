"""Each rule, and which beats which."""

import re
from dataclasses import replace

import pytest

from fakes.consent import (
    ANA,
    DAY,
    NOW,
    SPOKE,
    TOLD,
    TRAIN,
    amended,
    assert_permitted,
    assert_refused,
    person,
    village,
    writing,
)
from sayso.community import (
    UNKNOWN_REGION,
    AgeBand,
    Category,
    DocumentId,
    Kind,
    MemberId,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.consent.choices import Answer, Scope
from sayso.consent.purposes import Purpose
from sayso.consent.rules import RULES

RESEARCH = Purpose.AI_RESEARCH


def test_silence_is_a_no() -> None:
    decision = village().decides()

    assert_refused(decision, by="policy_default")
    assert "silence is a no" in decision.reason


def test_a_yes_under_the_notice_in_force_permits() -> None:
    world = village()
    world.says_yes()

    decision = world.decides()

    assert_permitted(decision, by="purpose_choice")
    assert decision.reason == "You said yes to Data for Generative AI Improvement on 3 May 2026."
    assert decision.evidence == ("event e1", "notice n1")
    assert not decision.is_default


def test_a_no_is_said_back_in_plain_words() -> None:
    world = village()
    world.says_no()

    decision = world.decides()

    assert_refused(decision, by="purpose_choice")
    assert decision.reason == "You said no to Data for Generative AI Improvement on 3 May 2026."


def test_the_losers_are_told_strongest_first() -> None:
    world = village(member=person(age_band=AgeBand.MINOR))
    world.says_yes()

    decision = world.decides()

    assert_refused(decision, by="age")
    assert [verdict.rule for verdict in decision.beat] == [
        "purpose_choice",
        "policy_default",
        "nothing_said",
    ]


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"standing": Standing.SUSPENDED}, "account_standing"),
        ({"standing": Standing.DELETED}, "account_standing"),
        ({"standing": Standing.ERASED}, "account_standing"),
        ({"age_band": AgeBand.MINOR}, "age"),
        ({"age_band": AgeBand.UNKNOWN}, "age"),
        ({"region": UNKNOWN_REGION}, "region_known"),
        ({"region": Region("Atlantis")}, "region_known"),
    ],
)
def test_who_the_member_is_outranks_their_yes(facts: dict[str, object], rule: str) -> None:
    world = village(member=person(**facts))
    world.says_yes()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")

    assert_refused(world.decides(), by=rule)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"visibility": Visibility.UNLISTED}, "document_visibility"),
        ({"visibility": Visibility.CONNECTIONS}, "document_visibility"),
        ({"visibility": Visibility.GROUP}, "document_visibility"),
        ({"visibility": Visibility.PRIVATE}, "document_visibility"),
        ({"state": State.DRAFT}, "document_state"),
        ({"state": State.PENDING}, "document_state"),
        ({"state": State.DELETED}, "document_state"),
        ({"created_at": NOW + DAY}, "document_state"),
        ({"kind": Kind.MESSAGE}, "private_message"),
        ({"licence": "CC BY-ND 4.0"}, "licence"),
        ({"licence": "CC_BY-NC-SA"}, "licence"),
        ({"licence": "All rights reserved"}, "licence"),
        ({"licence": "house-terms, no-ai"}, "licence"),
    ],
)
def test_what_the_document_is_outranks_a_yes(facts: dict[str, object], rule: str) -> None:
    world = village()
    world.says_yes()

    assert_refused(world.decides(writing(**facts)), by=rule)


@pytest.mark.parametrize("licence", ["", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0"])
def test_an_open_licence_forbids_nothing(licence: str) -> None:
    world = village()
    world.says_yes()

    assert_permitted(world.decides(writing(licence=licence)), by="purpose_choice")


def test_a_member_nobody_knows_is_refused() -> None:
    assert_refused(village().decides(writing("stranger")), by="unknown_member")


def test_an_attested_age_gate_admits_unknown_ages_but_no_minor() -> None:
    gate = replace(village().rules, age_gate_attested=True)
    unsure = village(member=person(age_band=AgeBand.UNKNOWN))
    minor = village(member=person(age_band=AgeBand.MINOR))
    for world in (unsure, minor):
        world.rules = gate
        world.says_yes()

    assert_permitted(unsure.decides(), by="purpose_choice")
    assert_refused(minor.decides(), by="age")


def test_what_the_ledger_says_of_an_account_holds_where_the_network_lags() -> None:
    world = village()
    world.says_yes()
    world.becomes(Standing.SUSPENDED)

    assert_refused(world.decides(), by="account_standing")


def test_nothing_brings_an_erased_member_back() -> None:
    world = village()
    world.is_erased()
    world.becomes(Standing.ACTIVE)
    world.says_yes()

    assert_refused(world.decides(), by="account_standing")


def test_an_event_that_cannot_be_read_denies_everything() -> None:
    world = village()
    world.says_yes()
    garbled = replace(world.history[0].event, event_id="x", body={"purpose": "genai-training"})
    world.record(garbled, SPOKE)

    decision = world.decides()

    assert_refused(decision, by="unreadable_record")
    assert decision.evidence == ("event x",)


def stated(*values: str, standard: str = "aipref-07") -> tuple[Signal, ...]:
    return tuple(Signal(standard=standard, value=value, seen_at=TOLD) for value in values)


def test_a_no_for_one_document_leaves_the_others() -> None:
    world = village()
    world.says_yes()
    world.says_no(scope=Scope.DOCUMENT, target="d1")

    decision = world.decides()

    assert_refused(decision, by="document_choice")
    assert "for this document" in decision.reason
    assert_permitted(world.decides(writing(id=DocumentId("d2"))), by="purpose_choice")


def test_a_yes_for_one_document_after_a_no_to_the_purpose_admits_that_document_alone() -> None:
    world = village()
    world.says_no()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")

    assert_permitted(world.decides(), by="document_choice")
    assert_refused(world.decides(writing(id=DocumentId("d2"))), by="purpose_choice")


def test_a_no_to_the_purpose_ends_every_narrower_yes_before_it() -> None:
    world = village()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")
    world.says_yes(scope=Scope.CATEGORY, target=Category.CONTENT)
    world.says_no()

    assert_refused(world.decides(), by="purpose_choice")


def test_a_no_to_the_category_ends_the_yes_for_a_document_of_it() -> None:
    world = village()
    world.says_yes()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")
    world.says_no(scope=Scope.CATEGORY, target=Category.CONTENT)
    about = writing(id=DocumentId("about"), kind=Kind.PROFILE)

    assert_refused(world.decides(), by="category_choice")
    assert_permitted(world.decides(about), by="purpose_choice")


def test_gpc_beats_an_earlier_yes_to_the_purpose() -> None:
    world = village()
    world.says_yes()
    world.sends_gpc()

    decision = world.decides()

    assert_refused(decision, by="global_privacy_control")
    assert decision.beat[0].rule == "purpose_choice"


def test_gpc_means_nothing_where_neither_purpose_nor_policy_says_so() -> None:
    world = village("linkedin-2024")
    world.says_yes()
    world.says_yes(purpose=RESEARCH)
    world.sends_gpc()

    assert_permitted(world.decides(), by="purpose_choice")
    assert_refused(world.decides(purpose=RESEARCH), by="global_privacy_control")


def test_a_yes_said_after_seeing_the_conflict_outranks_gpc_from_then_on() -> None:
    world = village()
    world.sends_gpc()
    world.says_yes(after_conflict=True)
    world.sends_gpc(SPOKE + DAY)

    assert_permitted(world.decides(), by="purpose_choice")


def test_a_yes_that_claims_a_conflict_before_there_was_one_does_not_outrank_gpc() -> None:
    world = village()
    world.says_yes(after_conflict=True)
    world.sends_gpc()

    assert_refused(world.decides(), by="global_privacy_control")


def test_a_plain_yes_after_gpc_does_not_outrank_it() -> None:
    world = village()
    world.sends_gpc()
    world.says_yes()

    assert_refused(world.decides(), by="global_privacy_control")


def test_that_gpc_is_gone_later_means_nothing() -> None:
    world = village()
    world.says_yes()
    world.sends_gpc()
    world.sends_gpc(SPOKE + DAY, present=False)

    assert_refused(world.decides(), by="global_privacy_control")


def test_a_yes_for_the_document_outranks_gpc() -> None:
    world = village()
    world.sends_gpc()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")

    assert_permitted(world.decides(), by="document_choice")


def test_a_material_new_notice_needs_a_new_yes() -> None:
    world = village()
    world.says_yes()
    world.told.append(amended(SPOKE + DAY))

    decision = world.decides()
    world.says_yes(SPOKE + 2 * DAY, notice_id="n2")

    assert_refused(decision, by="notice_in_force")
    assert "has changed in what matters" in decision.reason
    assert_permitted(world.decides(), by="purpose_choice")


def test_a_notice_that_changes_nothing_material_keeps_the_yes() -> None:
    world = village()
    world.says_yes()
    world.told.append(amended(SPOKE + DAY, material=False))

    assert_permitted(world.decides(), by="purpose_choice")


def test_the_policy_may_let_a_yes_outlive_a_material_change() -> None:
    world = village("linkedin-2024")
    world.says_yes()
    world.told.append(amended(SPOKE + DAY))

    assert_permitted(world.decides(), by="purpose_choice")


def test_an_old_no_outlives_every_notice() -> None:
    world = village("linkedin-2025")
    world.says_no()
    world.told.append(amended(SPOKE + DAY))
    world.hears(SPOKE + DAY, notice="n2")

    assert_refused(world.decides(at=NOW + 365 * DAY), by="purpose_choice")


def test_a_yes_that_does_not_count_does_not_lift_the_no_before_it() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.says_no()
    world.says_yes(notice_id="never-published")

    assert_refused(world.decides(), by="purpose_choice")


@pytest.mark.parametrize("notice_id", ["", "never-published"])
def test_a_yes_without_its_notice_does_not_count(notice_id: str) -> None:
    world = village()
    world.says_yes(notice_id=notice_id)

    assert_refused(world.decides(), by="notice_in_force")


def test_a_yes_older_than_the_notice_it_names_does_not_count() -> None:
    world = village()
    world.says_yes(TOLD - DAY)

    decision = world.decides()

    assert_refused(decision, by="notice_in_force")
    assert decision.reason == "Your yes is older than the notice it names."


def test_a_yes_to_a_notice_of_another_region_does_not_count() -> None:
    world = village(member=person(region=Region("DE")))
    world.told = [replace(world.told[0], regions=(Region("US"),))]
    world.says_yes()

    assert_refused(world.decides(), by="notice_in_force")


def test_a_yes_covers_only_the_categories_its_notice_names() -> None:
    world = village()
    world.says_yes()

    assert_refused(world.decides(writing(kind=Kind.RESUME)), by="notice_in_force")


def test_a_yes_counts_from_the_day_it_says_at_the_earliest() -> None:
    world = village()
    world.says_yes(SPOKE, occurred_at=SPOKE + DAY / 480)

    assert_refused(world.decides(at=SPOKE), by="notice_in_force")
    assert_permitted(world.decides(at=SPOKE + DAY), by="purpose_choice")


def test_an_old_do_not_index_is_kept_as_a_no() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.had_set("do-not-index", Answer.NO)

    decision = world.decides()

    assert_refused(decision, by="mapped_setting")
    assert "search engines" in decision.reason


def test_the_member_outranks_their_own_older_setting() -> None:
    world = village()
    world.had_set("do-not-index", Answer.NO)
    world.says_yes()

    assert_permitted(world.decides(), by="purpose_choice")


def test_an_older_yes_grants_nothing() -> None:
    world = village()
    world.had_set("do-not-index", Answer.YES)

    assert_refused(world.decides(), by="policy_default")


def test_one_no_among_several_predecessors_is_enough() -> None:
    world = village("linkedin-2025")
    world.hears()
    world.had_set("a-setting-of-old", Answer.YES)
    world.had_set("another-setting", Answer.NO)

    assert_refused(world.decides(), by="mapped_setting")


def test_an_older_setting_speaks_only_for_the_purposes_it_is_mapped_to() -> None:
    world = village()
    world.rules = replace(
        world.rules,
        settings=(replace(world.rules.settings[0], purposes=frozenset({RESEARCH})),),
    )
    world.had_set("do-not-index", Answer.NO)

    assert_refused(world.decides(), by="policy_default")
    assert_refused(world.decides(purpose=RESEARCH), by="mapped_setting")


def test_a_disputed_region_gets_the_stricter_default() -> None:
    world = village("linkedin-2024")
    world.hears()
    world.moves("US", "DE")
    world.people[ANA] = person(region=Region("US"))

    assert_refused(world.decides(), by="policy_default")


def test_a_purpose_that_no_row_speaks_of_is_refused() -> None:
    world = village()
    world.rules = replace(
        world.rules, rows=(replace(world.rules.rows[0], purposes=frozenset({RESEARCH})),)
    )

    assert_refused(world.decides(), by="nothing_said")


def test_helping_a_member_write_may_use_what_only_they_see_where_the_notice_says_so() -> None:
    world = village()
    wide = replace(world.told[0], visibilities=(Visibility.PUBLIC, Visibility.PRIVATE))
    own = writing(visibility=Visibility.PRIVATE)
    world.says_yes(purpose=Purpose.WRITING_ASSISTANCE)
    world.says_yes()
    narrow = world.decides(own, purpose=Purpose.WRITING_ASSISTANCE)
    world.told = [wide]

    assert_refused(narrow, by="document_visibility")
    assert_permitted(world.decides(own, purpose=Purpose.WRITING_ASSISTANCE), by="purpose_choice")
    assert_refused(world.decides(own), by="document_visibility")


def test_rules_stand_strongest_first_and_each_cites_its_text() -> None:
    ranks = [rule.rank for rule in RULES]

    assert ranks == sorted(ranks)
    assert set(ranks) == {1, 2, 3, 4, 5, 6, 7}
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.search(r"\d", rule.citation) for rule in RULES if rule.rank < 6)
    assert all(rule.citation for rule in RULES)


def test_a_rule_speaks_under_its_own_name() -> None:
    world = village(member=person(age_band=AgeBand.MINOR, region=UNKNOWN_REGION))
    world.says_no(scope=Scope.DOCUMENT, target="d1")
    world.says_no(scope=Scope.CATEGORY, target=Category.CONTENT)
    world.says_no()
    world.sends_gpc()
    world.had_set("do-not-index", Answer.NO)
    world.becomes(Standing.SUSPENDED)
    world.says_no(purpose=RESEARCH)
    world.rules = replace(
        world.rules,
        predecessors=(
            replace(world.rules.predecessors[0], purpose=TRAIN, of=frozenset({RESEARCH})),
        ),
    )
    worst = writing(
        state=State.DRAFT,
        visibility=Visibility.PRIVATE,
        licence="CC-BY-ND",
        signals=stated("train-ai=n"),
    )

    decision = world.decides(replace(worst, kind=Kind.MESSAGE, member_id=MemberId("ana")))

    names = [decision.rule, *(verdict.rule for verdict in decision.beat)]
    order = [rule.name for rule in RULES]
    assert names == sorted(names, key=order.index)
    assert len(names) == 16

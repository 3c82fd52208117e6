"""Purposes are data: a policy file declares one, and it is decided like the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.consent import (
    ANA,
    NOW,
    OF_ALL,
    SEARCH,
    SPOKE,
    TRAIN,
    Village,
    assert_permitted,
    assert_refused,
    person,
    village,
    writing,
)
from sayso.community import Signal, Visibility
from sayso.consent.choices import Choice
from sayso.consent.choices_file import Unread, read_choices
from sayso.consent.notice_files import read_notice
from sayso.consent.policy import Policy, load_preset, parse_policy
from sayso.consent.purposes import PURPOSES, Purpose, purpose_named
from sayso.errors import BadInput

DECLARED = """
[[purposes]]
name = "personal-search"
title = "Search in what I wrote"
plain = "What you wrote is made searchable for you alone."
if_no = "Your search finds nothing any more."
dpv = "dpv:ServicePersonalisation"
"""


def declaring(extra: str = "", declared: str = DECLARED) -> Policy:
    return parse_policy(load_preset("opt-in").text + declared + extra, "mine.toml")


def willing(policy: Policy) -> Village:
    world = village()
    world.rules, world.told = policy, [OF_ALL]
    world.says_yes(purpose=SEARCH)
    return world


def test_the_three_that_every_policy_has_are_described_in_a_file() -> None:
    assert list(PURPOSES) == [
        Purpose.GENAI_TRAINING,
        Purpose.AI_RESEARCH,
        Purpose.WRITING_ASSISTANCE,
    ]
    assert load_preset("opt-in").purposes == PURPOSES
    assert [each for each, text in PURPOSES.items() if text.discloses_to_third_parties] == [
        Purpose.AI_RESEARCH
    ]
    assert all(text.title and text.question and text.plain for text in PURPOSES.values())


def test_a_policy_declares_a_purpose_and_its_words() -> None:
    policy = declaring()

    assert list(policy.purposes) == [*PURPOSES, SEARCH]
    text = policy.text_of(SEARCH)
    assert text.title == "Search in what I wrote"
    assert text.heeds_signals
    assert not text.discloses_to_third_parties
    assert not text.may_use_non_public
    assert hash(policy) == hash(declaring())


def test_a_yes_to_a_declared_purpose_permits_it_and_nothing_else() -> None:
    world = willing(declaring())

    assert_permitted(world.decides(purpose=SEARCH), by="purpose_choice")
    assert "Search in what I wrote" in world.decides(purpose=SEARCH).reason
    for purpose in PURPOSES:
        assert_refused(world.decides(purpose=purpose), by="policy_default")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_yes_to_anything_else_is_none_to_inference_or_embedding(purpose: Purpose) -> None:
    policy = declaring(
        DECLARED.replace("personal-search", "inference").replace("Search in", "Answers from"),
        DECLARED.replace("personal-search", "embedding"),
    )
    world = village()
    world.rules = policy
    others = [each for each in policy.purposes if each != purpose]
    world.told = [replace(OF_ALL, purposes=tuple(policy.purposes))]
    world.says_yes(purpose=purpose)

    assert others[-2:] == ["embedding", "inference"]
    assert_permitted(world.decides(purpose=purpose), by="purpose_choice")
    for other in others:
        assert_refused(world.decides(purpose=other), by="policy_default")


def test_what_nobody_declared_is_denied_whatever_was_said_of_it() -> None:
    world = willing(load_preset("opt-in"))

    decision = world.decides(purpose=SEARCH)

    assert_refused(decision, by="purpose_known")
    assert decision.evidence == ("purpose personal-search", "policy opt-in")
    assert [verdict.rule for verdict in decision.beat if verdict.permit] == ["purpose_choice"]


def test_a_purpose_that_is_dropped_counts_again_when_it_is_declared_again() -> None:
    world = willing(declaring())
    world.rules = load_preset("opt-in")
    assert_refused(world.decides(purpose=SEARCH), by="purpose_known")

    world.rules = declaring()

    assert_permitted(world.decides(purpose=SEARCH), by="purpose_choice")
    assert not world.say(ANA).unreadable


def test_a_declared_purpose_heeds_what_its_fields_say() -> None:
    wide = declaring("may_use_non_public = true\nheeds_signals = false\n")
    heard = replace(OF_ALL, visibilities=tuple(Visibility))
    signal = Signal(standard="aipref", value="train-ai=n", seen_at=SPOKE)
    stated = writing(signals=(signal,))
    private = writing(visibility=Visibility.CONNECTIONS)
    world = willing(declaring())
    world.told = [heard]

    assert_refused(world.decides(stated, purpose=SEARCH), by="stated_signal")
    assert_refused(world.decides(private, purpose=SEARCH), by="document_visibility")
    world.rules = wide
    assert_permitted(world.decides(stated, purpose=SEARCH), by="purpose_choice")
    assert_permitted(world.decides(private, purpose=SEARCH), by="purpose_choice")


def test_one_that_gives_data_to_others_heeds_global_privacy_control() -> None:
    given = 'discloses_to_third_parties = true\nrecipients = "partners"\n'
    world = willing(declaring(given))
    world.sends_gpc()

    assert_refused(world.decides(purpose=SEARCH), by="global_privacy_control")
    world.rules = declaring()
    assert_permitted(world.decides(purpose=SEARCH), by="purpose_choice")


def test_rows_settings_and_predecessors_may_name_it() -> None:
    policy = declaring(
        '[[predecessors]]\npurpose = "genai-training"\nof = ["personal-search"]\n'
        'plain = "x"\ncitation = "y"\n'
    )
    world = village()
    world.rules = policy
    world.says_no(purpose=SEARCH)

    assert policy.predecessors_of(TRAIN) == (SEARCH,)
    assert_refused(world.decides(), by="earlier_purpose")
    assert "Search in what I wrote" in world.decides().reason


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('name = "Personal Search"', "'name' is missing or not a name of 3 to 40"),
        ('name = "ab"', "'name' is missing or not a name of 3 to 40"),
        ('name = "genai-training"', "genai-training is declared already"),
        ('title = ""', "'title' is missing or not a text"),
        ("plain = 7", "'plain' is missing or not a text"),
        ('dpv = "improving things"', "'dpv' is missing or not a term of the vocabulary"),
        ('heeds_signals = "no"', "'heeds_signals' is missing or not true or false"),
        ("discloses_to_third_parties = true", "'recipients' is missing or not a text"),
        ('recipients = "partners"', "unknown field 'recipients'"),
        ("basis = 1", "unknown field 'basis'"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_named_with_its_place(written: str, says: str) -> None:
    field = written.partition(" =")[0]
    lines = [line for line in DECLARED.splitlines() if not line.startswith(f"{field} =")]

    with pytest.raises(BadInput, match=r"^mine.toml: \[\[purposes\]\] number 1") as wrong:
        declaring(declared="\n".join([*lines, written, ""]))

    assert says in wrong.value.message
    assert wrong.value.hint


def test_a_purpose_is_declared_once() -> None:
    with pytest.raises(BadInput, match=r"number 2: 'name' .* personal-search is declared already"):
        declaring(DECLARED)


@pytest.mark.parametrize("field", ["gpc_is_no", "purposes"])
def test_a_policy_speaks_of_no_purpose_that_it_does_not_declare(field: str) -> None:
    text = load_preset("opt-in").text.replace(f"{field} = [", f'{field} = ["nowhere", ')

    with pytest.raises(BadInput, match="genai-training, ai-research, writing-assistance"):
        parse_policy(text.replace('"nowhere", "*"', '"nowhere"'), "mine.toml")


@pytest.mark.parametrize(
    "name", ["", "ab", 41 * "x", "Ads", "a b", "-ads", "ads-", "a--b", "ads\n"]
)
def test_a_purpose_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="is not a name"):
        Purpose(name)


def test_an_unknown_purpose_is_answered_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="'ads'") as unknown:
        purpose_named("ads", declaring().purposes)

    assert "ai-research, writing-assistance, personal-search" in unknown.value.hint


def test_a_notice_and_a_file_of_choices_speak_of_what_is_declared(tmp_path: Path) -> None:
    notice = '+++\npurposes = ["personal-search"]\n+++\n# Title\n\nText.'
    rows = tmp_path / "choices.csv"
    rows.write_text("member_id,purpose,answer\nana,personal-search,yes\nana,ai-research,no\n")
    declared = tuple(declaring().purposes)

    assert read_notice(notice, "n.md", declared).purposes == (SEARCH,)
    with pytest.raises(BadInput, match=r"n.md, line 2: 'purposes' is not a list of: genai"):
        read_notice(notice, "n.md")
    first, _ = read_choices(rows, NOW, None, declared)
    unread, _ = read_choices(rows, NOW)
    assert isinstance(first, Choice)
    assert isinstance(unread, Unread)
    assert first.purpose == SEARCH
    assert unread.reason == "purpose 'personal-search' is unknown."


def test_the_region_is_no_way_around_a_purpose_nobody_declared() -> None:
    stranger = village(member=person(region="??"))

    assert_refused(stranger.decides(purpose=SEARCH), by="purpose_known")

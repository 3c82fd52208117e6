"""Each rule's whole answer, word for word: the reason, the evidence, the mend."""

from dataclasses import replace

import pytest

from fakes.consent import DAY, SPOKE, TOLD, TRAIN, amended, village, writing
from sayso.community import AgeBand, Category, Kind, Region
from sayso.consent.choices import Answer, Scope
from sayso.consent.decision import Decision, Verdict
from sayso.consent.purposes import PURPOSES, Purpose

TITLE = "Data for Generative AI Improvement"
RESEARCH = PURPOSES[Purpose.AI_RESEARCH].title
MEND = f"You can say yes to {TITLE} yourself."
OPT_IN = (
    "policy opt-in",
    "basis consent",
    "GDPR Art. 4(11), 6(1)(a) and 7; recital 32: silence is not consent",
)


def spoken(decision: Decision, rule: str) -> Verdict | None:
    """What one rule said, whether it won or was beaten."""
    own = Verdict(
        rule=decision.rule,
        permit=decision.permit,
        reason=decision.reason,
        evidence=decision.evidence,
        is_default=decision.is_default,
        mend=decision.mend,
    )
    return next((verdict for verdict in (own, *decision.beat) if verdict.rule == rule), None)


def refused(rule: str, reason: str, *evidence: str, mend: str, is_default: bool = False) -> Verdict:
    return Verdict(
        rule=rule,
        permit=False,
        reason=reason,
        evidence=evidence,
        mend=mend,
        is_default=is_default,
    )


@pytest.mark.parametrize(
    ("rule", "scope", "target", "where"),
    [
        ("document_choice", Scope.DOCUMENT, "d1", " for this document"),
        ("category_choice", Scope.CATEGORY, "content", " for content"),
        ("purpose_choice", Scope.PURPOSE, "", ""),
    ],
)
def test_an_answer_is_said_back(rule: str, scope: Scope, target: str, where: str) -> None:
    yes, no = village(), village()
    yes.says_yes(scope=scope, target=target)
    no.says_no(scope=scope, target=target)

    assert spoken(yes.decides(), rule) == Verdict(
        rule=rule,
        permit=True,
        reason=f"You said yes to {TITLE}{where} on 3 May 2026.",
        evidence=("event e1", "notice n1"),
    )
    assert spoken(no.decides(), rule) == refused(
        rule,
        f"You said no to {TITLE}{where} on 3 May 2026.",
        "event e1",
        mend="Only you can change it.",
    )


def test_a_category_of_two_words_is_said_with_a_space() -> None:
    world = village()
    prompt = writing(kind=Kind.PROMPT)
    assert prompt.category is Category.WRITING_HISTORY
    world.says_no(scope=Scope.CATEGORY, target=str(prompt.category))

    said = spoken(world.decides(prompt), "category_choice")

    assert said is not None
    assert said.reason == f"You said no to {TITLE} for writing history on 3 May 2026."


def test_the_browsers_signal_is_told_with_its_event() -> None:
    world = village()
    world.sends_gpc()

    assert spoken(world.decides(), "global_privacy_control") == refused(
        "global_privacy_control",
        "Your browser sent Global Privacy Control on 3 May 2026, which this network takes as a no.",
        f"event {world.history[0].event.event_id}",
        mend="You can still say yes: you are shown the conflict first.",
    )


@pytest.mark.parametrize(
    ("setting", "plain"),
    [
        ("do-not-index", "you asked not to be found by search engines"),
        ("no-robots", "you had set 'no-robots' to no"),
    ],
)
def test_an_older_setting_is_told_with_what_it_meant(setting: str, plain: str) -> None:
    world = village()
    world.had_set(setting, Answer.NO)

    assert spoken(world.decides(), "mapped_setting") == refused(
        "mapped_setting",
        f"On 1 January 2026 we noted that {plain}; we keep to that.",
        f"setting {setting}",
        f"event {world.history[0].event.event_id}",
        mend="You can say yes yourself at any time.",
    )


def test_a_no_to_an_earlier_purpose_is_told_with_both_purposes() -> None:
    world = village()
    world.says_no()

    assert spoken(world.decides(purpose=Purpose.AI_RESEARCH), "earlier_purpose") == refused(
        "earlier_purpose",
        f"You said no to {TITLE} on 3 May 2026, and that holds for {RESEARCH} until you answer it.",
        "event e1",
        "policy opt-in",
        mend=f"You can say yes to {RESEARCH} yourself.",
    )


def test_a_yes_to_one_earlier_purpose_does_not_hide_the_no_to_another() -> None:
    """A purpose that came of two: the first was answered with a yes, the second with a no."""
    world = village()
    both = frozenset({TRAIN, Purpose.WRITING_ASSISTANCE})
    world.rules = replace(
        world.rules, predecessors=(replace(world.rules.predecessors[0], of=both),)
    )
    first, second = world.rules.predecessors_of(Purpose.AI_RESEARCH)
    world.says_yes(purpose=first)
    world.says_no(purpose=second)

    said = spoken(world.decides(purpose=Purpose.AI_RESEARCH), "earlier_purpose")

    assert said is not None
    assert said.evidence[0] == "event e2"


def test_a_yes_that_does_not_count_is_told_with_its_event_and_notice() -> None:
    world = village()
    world.says_yes()
    world.told.append(amended(SPOKE + DAY))

    assert spoken(world.decides(), "notice_in_force") == refused(
        "notice_in_force",
        "The notice you said yes to has changed in what matters; "
        f"the one in force is {world.told[1].title!r}.",
        "event e1",
        "notice n1",
        mend="Read the notice in force and answer again.",
    )


def test_a_yes_without_a_notice_says_so() -> None:
    world = village()
    world.says_yes(notice_id="")

    said = spoken(world.decides(), "notice_in_force")

    assert said is not None
    assert said.evidence == ("event e1", "notice none")


def test_of_several_yeses_that_do_not_count_the_last_is_told() -> None:
    world = village()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")
    world.says_yes(notice_id="")
    world.says_yes(scope=Scope.CATEGORY, target="content", notice_id="")
    world.told.append(amended(SPOKE + DAY))

    said = spoken(world.decides(), "notice_in_force")

    assert said is not None
    assert said.evidence == ("event e3", "notice none")


def test_where_silence_is_a_yes_a_yes_that_does_not_count_changes_nothing() -> None:
    world = village("linkedin-2024")
    world.hears()
    world.says_yes(notice_id="")

    decision = world.decides()

    assert spoken(decision, "notice_in_force") is None
    assert decision.permit
    assert decision.rule == "policy_default"


def test_where_silence_waits_for_its_notice_a_yes_that_does_not_count_is_told() -> None:
    world = village("linkedin-2024")
    world.says_yes(notice_id="")

    decision = world.decides()

    assert decision.rule == "notice_in_force"
    assert spoken(decision, "notice_first") is not None


def test_a_default_without_proof_of_its_notice_is_told_with_the_notice() -> None:
    world = village("linkedin-2024")

    assert spoken(world.decides(), "notice_first") == refused(
        "notice_first",
        "There is no proof that the notice reached you.",
        "notice n1",
        mend="Deliver the notice to this member and wait until its period is over.",
        is_default=True,
    )


def test_silence_where_it_is_a_no_is_told_with_the_policys_row() -> None:
    assert spoken(village().decides(), "policy_default") == refused(
        "policy_default",
        f"You have not said yes to {TITLE}, and silence is a no.",
        *OPT_IN,
        mend=MEND,
        is_default=True,
    )


def test_silence_where_it_is_a_yes_is_told_with_the_policys_row_and_the_proof() -> None:
    world = village("linkedin-2024")
    world.hears(TOLD)

    said = spoken(world.decides(), "policy_default")

    row = world.rules.default_for(Region("US"), TRAIN, Category.CONTENT)
    assert row is not None
    assert said == Verdict(
        rule="policy_default",
        permit=True,
        reason=f"You were told of {TITLE}, had time to say no, and have not.",
        evidence=(
            "policy linkedin-2024",
            f"basis {row.basis}",
            row.citation,
            "notice n1",
            f"event {world.history[0].event.event_id}",
        ),
        is_default=True,
    )


def test_a_birthday_is_no_yes_and_is_told_with_its_day() -> None:
    world = village("linkedin-2024")
    world.hears()
    world.turns(AgeBand.MINOR, AgeBand.ADULT)

    said = spoken(world.decides(), "policy_default")

    assert said is not None
    assert not said.permit
    assert said.reason == "You came of age on 3 May 2026, and a birthday is not a yes."
    assert said.mend == MEND
    assert said.is_default
    assert said.evidence[0] == "policy linkedin-2024"


def test_a_move_is_no_yes_and_is_told() -> None:
    world = village("linkedin-2024")
    world.hears()
    world.moves("DE", "US")

    said = spoken(world.decides(), "policy_default")

    assert said is not None
    assert not said.permit
    assert said.reason == "You moved from a country where silence is a no, and moving is not a yes."
    assert said.is_default


def test_what_nobody_allowed_is_told_with_the_policy() -> None:
    assert spoken(village().decides(), "nothing_said") == refused(
        "nothing_said", "Nobody has allowed this.", "policy opt-in", mend=MEND
    )

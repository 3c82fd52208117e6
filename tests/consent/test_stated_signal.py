"""A signal on a document: its no is stronger than any yes, and doubt is a no."""

import pytest

from fakes.consent import TOLD, assert_permitted, assert_refused, village, writing
from sayso.community import Signal
from sayso.consent.choices import Scope
from sayso.consent.purposes import PURPOSES, Purpose

RESEARCH = Purpose.AI_RESEARCH


def stated(*values: str, standard: str = "aipref-07") -> tuple[Signal, ...]:
    return tuple(Signal(standard=standard, value=value, seen_at=TOLD) for value in values)


def test_a_signal_on_the_document_that_says_no_outranks_every_yes() -> None:
    world = village()
    world.says_yes()
    world.says_yes(scope=Scope.DOCUMENT, target="d1")

    decision = world.decides(writing(signals=stated("train-ai=n")))

    assert_refused(decision, by="stated_signal")
    assert "signal aipref-07" in decision.evidence
    assert "value 'train-ai=n'" in decision.evidence


def test_one_no_among_several_signals_is_enough() -> None:
    world = village()
    world.says_yes()

    decision = world.decides(writing(signals=stated("train-ai=y", "train-ai=n")))

    assert_refused(decision, by="stated_signal")


def test_a_signal_that_nobody_can_read_is_a_no() -> None:
    world = village()
    world.says_yes()
    unheard_of = stated("yes", standard="a-standard-of-2031")

    decision = world.decides(writing(signals=unheard_of))

    assert_refused(decision, by="stated_signal")
    assert "cannot be read" in decision.reason


@pytest.mark.parametrize("value", ["train-ai=y", "search=n"])
def test_a_signal_that_says_yes_or_nothing_grants_nothing_and_stops_nothing(value: str) -> None:
    silent, willing = village(), village()
    willing.says_yes()
    document = writing(signals=stated(value))

    assert_refused(silent.decides(document), by="policy_default")
    assert_permitted(willing.decides(document), by="purpose_choice")


def test_a_signal_speaks_of_research_too_and_not_of_help_with_ones_own_writing() -> None:
    world = village()
    for purpose in PURPOSES:
        world.says_yes(purpose=purpose)
    document = writing(signals=stated("train-ai=n"))

    assert_refused(world.decides(document, purpose=RESEARCH), by="stated_signal")
    assert_permitted(
        world.decides(document, purpose=Purpose.WRITING_ASSISTANCE), by="purpose_choice"
    )

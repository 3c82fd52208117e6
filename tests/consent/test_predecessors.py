"""A policy says which purposes came before which, and that order holds together."""

import pytest

from sayso.consent.policy import PRESETS, load_preset, parse_policy
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput

TEXT = load_preset("opt-in").text


def _after(purpose: str, *earlier: str) -> str:
    named = ", ".join(f'"{name}"' for name in earlier)
    return (
        f'\n[[predecessors]]\npurpose = "{purpose}"\nof = [{named}]\n'
        'plain = "it came later"\ncitation = "a made-up source, section 1"\n'
    )


@pytest.mark.parametrize("name", PRESETS)
def test_research_comes_after_training_in_every_preset(name: str) -> None:
    policy = load_preset(name)

    assert policy.predecessors_of(Purpose.AI_RESEARCH) == (Purpose.GENAI_TRAINING,)
    assert policy.predecessors_of(Purpose.GENAI_TRAINING) == ()
    assert all(row.plain and row.citation for row in policy.predecessors)


def test_the_predecessors_of_a_predecessor_count() -> None:
    policy = parse_policy(TEXT + _after("writing-assistance", "ai-research"), "mine.toml")

    assert policy.predecessors_of(Purpose.WRITING_ASSISTANCE) == (
        Purpose.GENAI_TRAINING,
        Purpose.AI_RESEARCH,
    )


@pytest.mark.parametrize(
    "more",
    [_after("genai-training", "ai-research"), _after("writing-assistance", "writing-assistance")],
)
def test_a_purpose_that_comes_before_itself_is_refused(more: str) -> None:
    with pytest.raises(BadInput, match="comes before itself"):
        parse_policy(TEXT + more, "mine.toml")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('of = ["genai-training"]', 'of = ["gen-ai"]', "[[predecessors]] number 1: 'of'"),
        ('of = ["genai-training"]', 'of = "genai-training"', "'of'"),
        ('purpose = "ai-research"', 'purpose = "profit"', "'purpose'"),
        ('plain = "whoever', 'why = "whoever', "'plain'"),
        ("[[predecessors]]", '[[predecessors]]\nsince = "2026"', "unknown field 'since'"),
    ],
)
def test_a_fault_in_the_predecessors_is_named_with_its_place(
    old: str, new: str, named: str
) -> None:
    with pytest.raises(BadInput) as refused:
        parse_policy(TEXT.replace(old, new), "mine.toml")

    assert named in refused.value.message

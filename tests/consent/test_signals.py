"""All standards say the same of one text, and every one of them is tested and told of."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.consent.choices import Answer
from sayso.consent.signals import SIGNALS, STANDARDS, SignalEntry, answer_of, gpc
from sayso.consent.signals.usage import PART_OF, Usage, Use, both, combine, joined
from sayso.errors import BadInput

ROOT = Path(__file__).parents[2]
YES, NO = Answer.YES, Answer.NO

usages = st.builds(
    Usage, said=st.dictionaries(st.sampled_from(Use), st.sampled_from(Answer), max_size=len(Use))
)
every_signal = pytest.mark.parametrize("entry", SIGNALS, ids=lambda entry: entry.name)

SAY_NO = {
    "gpc": "1",
    "aipref": "train-ai=n",
    "robots": "User-agent: *\nContent-Usage: train-ai=n",
    "content-signal": "ai-train=no, search=yes",
    "tdmrep": "1",
    "noai": "noai, noimageai",
    "cawg": '{"entries": {"cawg.ai_generative_training": {"use": "notAllowed"}}}',
    "lexicon-ai": '{"$type": "community.lexicon.preference.ai",'
    ' "updatedAt": "2026-05-05T09:00:00Z",'
    ' "scope": {"$type": "community.lexicon.preference.ai#globalScope"},'
    ' "preferences": {"training": {"allow": false, "updatedAt": "2026-05-05T09:00:00Z"}}}',
    "user-intents": '{"$type": "org.user-intents.declaration", "updatedAt": "2026-05-05T09:00:00Z",'
    ' "syntheticContentGeneration": {"allow": false, "updatedAt": "2026-05-05T09:00:00Z"}}',
}
"""One row for each standard: a value that says no to training."""


def test_every_signal_has_its_row() -> None:
    assert [entry.name for entry in SIGNALS] == list(SAY_NO)


@every_signal
def test_every_signal_can_say_no(entry: SignalEntry) -> None:
    assert answer_of(next(iter(entry.answers)), SAY_NO[entry.name]) is NO
    assert entry.citation
    assert entry.where


@every_signal
def test_every_signal_has_its_section_in_the_docs(entry: SignalEntry) -> None:
    told = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8")

    assert f"\n## `{entry.name}`" in told
    assert all(f"`{standard}`" in told for standard in entry.answers)


def test_a_name_of_a_stored_signal_stands_for_one_standard() -> None:
    assert len(STANDARDS) == sum(len(entry.answers) for entry in SIGNALS)


@given(usage=usages)
@every_signal
def test_what_a_standard_can_say_is_read_back_equal(entry: SignalEntry, usage: Usage) -> None:
    assert entry.parse(entry.emit(usage)) == usage.within(entry.says)


@given(usage=usages)
def test_all_encodings_of_one_usage_agree(usage: Usage) -> None:
    """What two standards both speak of, they say alike; what none can say is said by none."""
    heard = [entry.parse(entry.emit(usage)) for entry in SIGNALS]

    assert joined(heard).said.items() <= usage.said.items()
    for use, answer in usage.said.items():
        can_say = [entry for entry in SIGNALS if (use, answer) in entry.says]
        assert sum(one.said.get(use) is answer for one in heard) == len(can_say)


@given(usage=usages)
def test_no_encoding_says_yes_to_training_where_the_table_does_not(usage: Usage) -> None:
    said = set(usage.said.values())

    for entry in SIGNALS:
        for read in entry.answers.values():
            if YES not in said:
                assert read(entry.emit(usage)) is not YES


@pytest.mark.parametrize("standard", STANDARDS)
@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_a_parser_or_becomes_a_yes(standard: str, text: str) -> None:
    try:
        answer = answer_of(standard, text)
    except BadInput:
        return
    # The shortest yes there is: `0` for the reservation, `ai=y` and `tdm=y` for the rest.
    assert answer is not YES or text.strip(" \t,0") == "" or "=y" in text.lower()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "$type",
                    "entries",
                    "location",
                    "tdm-reservation",
                    "preferences",
                    "scope",
                    "training",
                ]
            )
            | st.text(max_size=8),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("standard", ["tdmrep", "cawg-1.1", "lexicon-ai", "user-intents"])
@given(value=json_values)
def test_no_json_breaks_a_parser_or_becomes_a_yes(standard: str, value: object) -> None:
    text = json.dumps(value)
    try:
        answer = answer_of(standard, text)
    except BadInput:
        return
    assert answer is not YES or (standard == "tdmrep" and "0" in text)


@pytest.mark.parametrize("standard", ["tdmrep", "cawg-1.1", "lexicon-ai", "user-intents"])
def test_a_document_nested_without_end_is_refused(standard: str) -> None:
    with pytest.raises(BadInput, match="is not JSON"):
        answer_of(standard, "[" * 100_000)


@pytest.mark.parametrize("standard", ["smoke", "aipref-99", "AIPREF-07", ""])
def test_an_unknown_standard_is_no_silence(standard: str) -> None:
    with pytest.raises(BadInput, match="There is no signal standard"):
        answer_of(standard, "train-ai=y")


def test_what_is_said_of_a_wider_use_holds_for_its_parts() -> None:
    usage = Usage(said={Use.MINING: NO, Use.SEARCH: YES})

    assert usage.of(Use.GENAI_TRAINING) is NO
    assert usage.of(Use.SEARCH) is YES
    assert Usage(said={Use.SEARCH: NO}).of(Use.TRAINING) is None
    assert set(PART_OF) == set(Use) - {Use.MINING}


def test_a_usage_is_cut_to_what_can_be_said() -> None:
    usage = Usage(said={Use.MINING: NO, Use.SEARCH: YES})

    assert usage.within(both({Use.SEARCH})) == Usage(said={Use.SEARCH: YES})
    assert usage.within(frozenset({(Use.MINING, YES)})) == Usage()


@given(one=usages, other=usages)
def test_joining_statements_lets_the_stricter_win(one: Usage, other: Usage) -> None:
    both_ = joined([one, other])

    assert both_ == joined([other, one])
    for use in Use:
        assert both_.said.get(use) is combine([one.said.get(use), other.said.get(use)])


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ((), False),
        (("1",), True),
        ((" 1 ",), True),
        (("0",), False),
        (("true",), False),
        (("1.0",), False),
        (("11",), False),
        (("0", "1"), True),
    ],
)
def test_gpc_is_exactly_one(values: tuple[str, ...], seen: bool) -> None:  # noqa: FBT001
    assert gpc.seen(values) is seen


def test_gpc_has_no_yes() -> None:
    assert gpc.answer("0") is None


def test_a_site_says_since_when_it_heeds_gpc() -> None:
    assert gpc.support(date(2026, 5, 3)) == {"gpc": True, "lastUpdate": "2026-05-03"}

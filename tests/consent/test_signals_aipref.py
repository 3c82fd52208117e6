"""AIPREF's own vectors, and robots.txt with its usage lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.consent.choices import Answer
from sayso.consent.signals import aipref, content_signal, dictionary, robots
from sayso.consent.signals.robots import PathUsage
from sayso.consent.signals.usage import Usage, Use, combine
from sayso.errors import BadInput

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "aipref.json").read_text(encoding="utf-8")
)
YES, NO = Answer.YES, Answer.NO


def vectors(part: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "row", VECTORS[part], ids=lambda row: row.get("about", str(row.get("statements")))
    )


@vectors("vocabulary")
def test_the_published_vocabulary_vectors_hold(row: dict[str, Any]) -> None:
    usage = aipref.parse(row["value"], row["draft"])

    assert usage.of(Use.GENAI_TRAINING) == row["train"]
    assert usage.of(Use.SEARCH) == row["search"]


@vectors("dictionaries")
def test_dictionaries_are_read_as_rfc_9651_reads_them(row: dict[str, Any]) -> None:
    if row["keys"] is None:
        with pytest.raises(dictionary.Unparsable):
            dictionary.parse(row["value"])
    else:
        assert list(dictionary.parse(row["value"])) == row["keys"]


@vectors("combining")
def test_statements_combine_to_the_most_restrictive(row: dict[str, Any]) -> None:
    assert combine(Answer(each) if each else None for each in row["statements"]) == row["sum"]


@vectors("robots")
def test_robots_txt_is_read_as_its_drafts_read_it(row: dict[str, Any]) -> None:
    for agent, path, train in row["asked"]:
        assert robots.parse(row["text"], path, agent).of(Use.GENAI_TRAINING) == train, (agent, path)


@pytest.mark.parametrize("draft", aipref.LABELS)
@given(said=st.dictionaries(st.sampled_from(Use), st.sampled_from(Answer)))
def test_every_draft_reads_back_what_it_wrote(draft: str, said: dict[Use, Answer]) -> None:
    usage = Usage(said=said)
    words = set(aipref.LABELS[draft].values())

    read = aipref.parse(aipref.emit(usage, draft), draft)

    assert read == Usage(said={use: answer for use, answer in said.items() if use in words})


@pytest.mark.parametrize(
    ("value", "draft"),
    [
        ("train-ai=n", "07"),
        ("", "07"),
        ("not a dictionary", "07"),
        ("bots=n", "04"),
        ("ai-output=n, train-ai=y", "04"),
        ("train-genai=n, search=y", "03"),
        ("train-genai=n, all=y", "02"),
        ("genai=n", "01"),
        ("tdm=n, train-ai=y", aipref.ANY),
    ],
)
def test_a_value_without_a_draft_is_read_by_the_newest_that_has_its_labels(
    value: str, draft: str
) -> None:
    assert aipref.draft_of(value) == draft


def test_a_no_in_an_old_label_is_heard_where_no_draft_was_named() -> None:
    for label in ("tdm", "ai", "genai", "all", "bots", "train-ai", "train-genai"):
        value = f"{label}=n"

        assert aipref.answer(value, aipref.draft_of(value)) is NO, label


def test_a_stored_robots_file_is_heard_by_its_strictest_line() -> None:
    site = "User-agent: a\nContent-Usage: /x train-ai=n\n\nUser-agent: *\nContent-Usage: train-ai=y"

    assert robots.answer(site) is NO
    assert robots.answer("User-agent: *\nContent-Usage: train-ai=y") is YES
    assert robots.answer("User-agent: *\nContent-Usage: /x train-ai=y") is None
    assert robots.answer("Content-Signal: ai-train=no") is NO
    assert robots.answer("User-agent: *\nDisallow: /") is None
    with pytest.raises(BadInput, match="ai-train is 'maybe'"):
        robots.answer("User-agent: *\nContent-Signal: ai-train=maybe")


def test_a_path_that_is_left_open_is_not_spoken_for_by_the_site() -> None:
    text = robots.emit(
        [
            PathUsage(path="/", usage=Usage(said={Use.GENAI_TRAINING: NO, Use.TRAINING: NO})),
            PathUsage(path="/documents/", usage=Usage()),
        ]
    )

    assert robots.parse(text, "/about").of(Use.GENAI_TRAINING) is NO
    assert "Content-Usage: /documents/ train-ai\n" in text
    assert aipref.parse("train-ai") == Usage()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("ai-train=no, search=yes, ai-input=no", {"TRAINING": NO, "SEARCH": YES, "INPUT": NO}),
        (" AI-Train = No ", {"TRAINING": NO}),
        ("ai-train=n", {"TRAINING": NO}),
        ("ai-train=yes, ai-train=no", {"TRAINING": NO}),
        ("immediate=yes", {}),
        ("", {}),
    ],
)
def test_content_signals_are_yes_or_no_and_a_no_wins(value: str, said: dict[str, Answer]) -> None:
    assert content_signal.parse(value).said == {Use[name]: answer for name, answer in said.items()}


@pytest.mark.parametrize("value", ["ai-train", "ai-train=", "ai-train=maybe", "search=1"])
def test_a_content_signal_without_an_answer_is_no_silence(value: str) -> None:
    with pytest.raises(BadInput, match="Content-Signal"):
        content_signal.parse(value)

"""P6: sealed text has passed redaction, and how well that works is measured, not claimed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.redact.directory import Directory
from sayso.redact.redactor import FINDERS, Redactor
from sayso.redact.scan import Kind, Surroundings

LABELLED = Path(__file__).parents[2].parent / "shared" / "data" / "personal-data"
NAMES = ("Ana Lopez", "Bo van den Berg", "Chidi Okafor-Mensah", "Zoë D'Arcy")
REDACTOR = Redactor(directory=Directory(NAMES))

PIECES = st.sampled_from(
    [
        "ana.lopez@example.org",
        "a_b+c@mail.example.com",
        "@ana_lopez",
        "@ana@social.example",
        "(202) 555-0143",
        "202-555-0143",
        "+44 20 7946 0958",
        "tel 5550143 x12",
        "4111 1111 1111 1111",
        "378282246310005",
        "GB33BUKB20201555555555",
        "DE89 3704 0044 0532 0130 00",
        "192.0.2.44",
        "2001:db8::ff00:42:8329",
        "https://www.linkedin.com/in/ana-lopez",
        "https://ana:secret@example.org/home",
        "example.org/users/ana",
        *NAMES,
    ]
)
AROUND = st.text(
    st.sampled_from("abc .,;:-()[]/@+'\"\n\t0159#xé\u00a0\u200b\u2019\U0001f642王"), max_size=12
)
TEXTS = st.lists(st.one_of(AROUND, PIECES, st.text(max_size=8)), max_size=8).map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_redacting_what_was_redacted_changes_nothing(text: str) -> None:
    once = REDACTOR.redact(text)

    again = REDACTOR.redact(once.text)

    assert again.text == once.text
    assert again.found == ()


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_what_was_found_says_exactly_what_was_changed(text: str) -> None:
    redacted = REDACTOR.redact(text)

    rebuilt, at = "", 0
    for found in redacted.found:
        assert at <= found.start < found.end <= len(text)
        rebuilt += text[at : found.start] + found.placeholder
        at = found.end
    assert rebuilt + text[at:] == redacted.text


@given(PIECES, st.sampled_from(["", "So ", "\U0001f642 ", "Jos\u00e9 \u2013 ", "a\u0301 "]))
@settings(max_examples=200, deadline=None)
def test_a_piece_of_personal_data_between_words_goes_whole(piece: str, before: str) -> None:
    redacted = REDACTOR.redact(f"{before}{piece} and so on")

    assert redacted.text.startswith(before)
    assert redacted.text.endswith(" and so on")
    assert len(redacted.found) == 1
    kept = redacted.text.removeprefix(before).removesuffix(" and so on")
    assert kept.removeprefix("tel ") in {kind.placeholder(1) for kind in Kind}


@pytest.mark.parametrize(
    "part", ["@", "a@", "a.", "1", "1 ", "(", "1.", ":", "::1", "http://", "x.com/", "Ana ", ") "]
)
def test_no_text_makes_redaction_slow(part: str) -> None:
    text = part * (200_000 // len(part))
    began = time.process_time()

    REDACTOR.redact(text)

    assert time.process_time() - began < 20


def test_the_detector_set_names_itself_by_its_digest() -> None:
    assert Redactor().digest == Redactor(directory=Directory(NAMES)).digest
    assert Redactor(FINDERS[:-1]).digest != Redactor().digest
    assert Directory(NAMES).digest == Directory(reversed(NAMES)).digest
    assert Directory(NAMES).digest != Directory(NAMES[1:]).digest


@pytest.mark.parametrize(
    ("name", "label", "recall"),
    [
        ("vectors_dev", "EMAIL", 0.95),
        ("vectors_dev", "IP", 0.95),
        ("vectors_dev", "CARD", 0.95),
        ("vectors_dev", "PHONE", 0.80),
        ("uner_ewt_dev", "EMAIL", 0.95),
        ("uner_ewt_dev", "PHONE", 0.90),
        ("btc_dev", "HANDLE", 0.95),
        ("meddocan_dev", "EMAIL", 0.95),
    ],
)
def test_measured_recall_does_not_fall(name: str, label: str, recall: float) -> None:
    documents = list(_labelled(name))
    gold = masked = 0
    for document in documents:
        found = Redactor().redact(document["text"], Surroundings(language=document["lang"])).found
        for span in document["spans"]:
            if span["label"] == label:
                gold += 1
                masked += any(f.start < span["end"] and span["start"] < f.end for f in found)

    assert masked >= recall * gold, f"{label} in {name}: {masked} of {gold}"


def _labelled(name: str) -> Iterator[dict]:  # type: ignore[type-arg]
    path = LABELLED / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"the labelled set {path.name} is not on this machine")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)

"""What was said where a document was fetched is kept, and in doubt it keeps the document out."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.community import Document, Signal
from sayso.consent.signals import STANDARDS, answer_of
from sayso.sources.readers import reader
from sayso.sources.reading import ReadingOptions, Skipped

Write = Callable[[str, str], Path]
BORN, FETCHED = datetime(2024, 2, 29, tzinfo=UTC), datetime(2026, 5, 5, 9, 30, tzinfo=UTC)
POST = {"id": "p/1", "author": "ana", "date": "2024-02-29", "text": "One."}
CAWG = {"entries": {"cawg.ai_generative_training": {"use": "notAllowed"}}}


def read(path: Path) -> Document | Skipped:
    found = list(reader(path.suffix[1:]).read(path, ReadingOptions()))
    last = found[-1]
    assert isinstance(last, Document | Skipped)
    return last


def signals(write: Write, **said: object) -> tuple[Signal, ...]:
    document = read(write("posts.jsonl", json.dumps(POST | said)))
    assert isinstance(document, Document), document
    return document.signals


@pytest.mark.parametrize(
    ("field", "value", "standard", "raw"),
    [
        ("content_usage", "train-ai=n", "aipref", "train-ai=n"),
        ("Content-Usage".lower(), "train-ai=n", "aipref", "train-ai=n"),
        ("content_usage", ["train-ai=n", "search=y"], "aipref", "train-ai=n, search=y"),
        ("content_usage", "no dictionary (", "aipref", "no dictionary ("),
        ("content_signal", "ai-train=no", "content-signal", "ai-train=no"),
        ("tdm_reservation", 1, "tdmrep", "1"),
        ("tdm_reservation", 0, "tdmrep", "0"),
        ("tdmrep", [{"location": "/"}], "tdmrep", '[{"location": "/"}]'),
        ("x_robots_tag", "noai", "noai", "noai"),
        ("robots", "noindex, noai", "noai", "noindex, noai"),
        ("robots_txt", "User-agent: *\n", "robots", "User-agent: *\n"),
        ("cawg", CAWG, "cawg-1.1", json.dumps(CAWG)),
        ("cawg", json.dumps(CAWG), "cawg-1.1", json.dumps(CAWG)),
        ("lexicon", {"$type": "x"}, "lexicon-ai", '{"$type": "x"}'),
        ("user_intents", {"$type": "x"}, "user-intents", '{"$type": "x"}'),
    ],
)
def test_each_field_is_kept_word_for_word_under_its_standard(
    write: Write, field: str, value: object, standard: str, raw: str
) -> None:
    assert signals(write, **{field: value}) == (Signal(standard=standard, value=raw, seen_at=BORN),)
    assert standard in STANDARDS


def test_a_signal_was_seen_when_the_record_was_fetched(write: Write) -> None:
    for name in ("fetched_at", "retrieved_at", "crawled_at"):
        said = {name: FETCHED.isoformat(), "content_usage": "train-ai=n"}

        assert signals(write, **said)[0].seen_at == FETCHED


def test_listed_signals_keep_their_own_standard_and_time(write: Write) -> None:
    listed = [
        {"standard": "aipref-03", "value": "train-genai=n", "seen_at": FETCHED.isoformat()},
        {"standard": "cawg-1.0", "value": CAWG},
        {"standard": "of tomorrow", "value": "maybe"},
    ]

    assert signals(write, signals=listed) == (
        Signal(standard="aipref-03", value="train-genai=n", seen_at=FETCHED),
        Signal(standard="cawg-1.0", value=json.dumps(CAWG), seen_at=BORN),
        Signal(standard="of tomorrow", value="maybe", seen_at=BORN),
    )


def test_the_same_signal_said_twice_is_kept_once(write: Write) -> None:
    listed = [{"standard": "noai", "value": "noai"}]

    assert len(signals(write, robots="noai", x_robots_tag="noai", signals=listed)) == 1


def test_a_document_without_signals_has_none(write: Write) -> None:
    assert signals(write, content_usage="", cawg={}, signals=[]) == ()


def test_rows_of_a_table_hold_objects_as_json(write: Write) -> None:
    row = POST | {
        "content_usage": "train-ai=n",
        "cawg": json.dumps(CAWG),
        "signals": json.dumps([{"standard": "noai", "value": "noai"}]),
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow(row)

    document = read(write("posts.csv", text.getvalue()))

    assert isinstance(document, Document)
    assert [each.standard for each in document.signals] == ["aipref", "cawg-1.1", "noai"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"content_usage": True}, "content_usage is not text"),
        ({"tdm_reservation": 1.5}, "tdm_reservation is not text"),
        ({"signals": {"standard": "noai"}}, "signals is not a list of objects"),
        ({"signals": ["noai"]}, "signals is not a list of objects"),
        ({"signals": "["}, "signals is not a list of objects"),
        ({"signals": "[" * 50_000}, "signals is not a list of objects"),
        ({"signals": [{"value": "noai"}]}, "a signal has no standard or no value"),
        ({"signals": [{"standard": "noai"}]}, "a signal has no standard or no value"),
        ({"signals": [{"standard": "noai", "value": "noai", "seen_at": "soon"}]}, "seen_at is not"),
        ({"content_usage": "train-ai=y", "fetched_at": "soon"}, "fetched_at is not a date"),
    ],
)
def test_signals_that_cannot_be_kept_keep_the_document_out(
    write: Write, said: dict[str, object], reason: str
) -> None:
    found = read(write("posts.jsonl", json.dumps(POST | said)))

    assert isinstance(found, Skipped)
    assert reason in found.reason
    assert found.mend


def test_a_no_in_any_field_is_heard_by_its_standard(write: Write) -> None:
    said = {
        "content_usage": "bots=n",
        "content_signal": "ai-train=no",
        "tdm_reservation": 1,
        "robots": "noai",
        "cawg": CAWG,
    }

    for each in signals(write, **said):
        assert answer_of(each.standard, each.value) == "no", each


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    field=st.sampled_from(["content_usage", "tdm_reservation", "cawg", "lexicon", "signals"]),
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_whatever_stands_in_the_field_the_record_is_read_or_skipped(
    write: Write, field: str, value: object
) -> None:
    read(write("posts.jsonl", json.dumps(POST | {field: value})))

import json
from pathlib import Path

from terminal import assert_one_clear_message, must, sayso

ANA = ("choose", "ana", "genai-training")


def test_the_same_event_id_twice_gives_the_same_answer_twice(home: Path) -> None:
    first = must(*ANA, "no", "--event-id", "e-1", "--json", home=home)
    second = must(*ANA, "no", "--event-id", "e-1", "--json", home=home)

    assert json.loads(first) == json.loads(second)
    history = json.loads(must("choices", "show", "ana", "--json", home=home))
    assert [each["event"]["event_id"] for each in history].count("e-1") == 1


def test_the_same_event_id_with_another_answer_is_a_conflict(home: Path) -> None:
    must(*ANA, "no", "--event-id", "e-1", home=home)

    assert_one_clear_message(sayso(*ANA, "yes", "--event-id", "e-1", home=home), "e-1")
    other = ("choose", "ben", "genai-training", "no", "--event-id", "e-1")
    assert_one_clear_message(sayso(*other, home=home), "e-1")


def test_a_no_for_one_document_must_come_from_its_author(home: Path) -> None:
    ran = sayso(*ANA, "no", "--document", "ben/1", home=home)

    assert_one_clear_message(ran, "ben/1")


def test_a_document_is_explained_before_and_after_a_no(home: Path) -> None:
    before = must("explain", "ana/1", home=home)
    must(*ANA, "no", home=home)
    after = must("explain", "ana/1", home=home)

    assert "may be used" in before
    assert "may not be used" in after
    assert_one_clear_message(sayso("explain", "ana/999", home=home), "ana/999")
    assert_one_clear_message(sayso("explain", "ana/1", "--as-of", "tuesday", home=home), "tuesday")

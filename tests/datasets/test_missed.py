from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.community import Document, DocumentId, Kind, MemberId
from sayso.datasets.admitting.missed import labelled, marks, standing, words_of
from sayso.redact import scan

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DOCUMENT = Document(
    id=DocumentId("d"),
    member_id=MemberId("ana"),
    kind=Kind.POST,
    title="Lunch with Quill",
    text="Quill came late.\nQuill\n  Arden left early; Quillon stayed. (Quill!)",
    created_at=NOON,
    language="en",
)


def test_words_are_marked_wherever_they_stand_whole() -> None:
    found = marks(DOCUMENT, "Quill", scan.Kind.PERSON, NOON)

    assert [(each.field, each.start) for each in found] == [
        ("title", 11),
        ("text", 0),
        ("text", 17),
        ("text", DOCUMENT.text.index("(Quill") + 1),
    ]
    assert {words_of(DOCUMENT, each) for each in found} == {"Quill"}


def test_words_are_found_whatever_parts_them() -> None:
    (found,) = marks(DOCUMENT, " Quill  Arden ", scan.Kind.PERSON, NOON)

    assert words_of(DOCUMENT, found) == "Quill\n  Arden"


@pytest.mark.parametrize("words", ["", "  ", "Quillo", "ill", "nobody", "a.*"])
def test_what_does_not_stand_there_is_not_marked(words: str) -> None:
    assert marks(DOCUMENT, words, scan.Kind.PERSON, NOON) == ()


def test_a_mark_says_nothing_once_its_author_has_changed_those_words() -> None:
    found = marks(DOCUMENT, "Quill", scan.Kind.PERSON, NOON)

    retitled = replace(DOCUMENT, title="Lunch")

    assert [each.field for each in standing(retitled, found)] == ["text"] * 3


def test_marks_become_labelled_texts() -> None:
    found = marks(DOCUMENT, "Quill", scan.Kind.PERSON, NOON)

    title, text = labelled(DOCUMENT, found)

    assert title["spans"] == [{"start": 11, "end": 16, "label": "PERSON"}]
    assert text["text"] == DOCUMENT.text
    assert len(text["spans"]) == 3  # type: ignore[arg-type]


@given(st.text(max_size=60), st.text(max_size=12))
def test_a_mark_is_always_on_the_words_that_were_given(text: str, words: str) -> None:
    document = replace(DOCUMENT, text=text)

    for each in marks(document, words, scan.Kind.PERSON, NOON):
        assert words_of(document, each).split() == words.split()

"""Who may read a document: other words for ours, and none that opens what was closed."""

import pytest

from sayso.community import Visibility
from sayso.sources.audience import audience
from sayso.sources.fields import Fields, Unfit

SILENT = Fields({})


@pytest.mark.parametrize(
    ("said", "seen_by"),
    [
        ("public", Visibility.PUBLIC),
        ("Everyone", Visibility.PUBLIC),
        ("", Visibility.PUBLIC),
        ("subscribers", Visibility.CONNECTIONS),
        ("subscriber_only", Visibility.CONNECTIONS),
        ("paid", Visibility.CONNECTIONS),
        ("followers", Visibility.CONNECTIONS),
        ("password", Visibility.UNLISTED),
        ("Password-Protected", Visibility.UNLISTED),
        ("direct", Visibility.PRIVATE),
        ("group", Visibility.GROUP),
    ],
)
def test_the_words_of_sources_are_understood(said: str, seen_by: Visibility) -> None:
    assert audience(Fields({"visibility": said}), SILENT) is seen_by


@pytest.mark.parametrize("field", ["sensitive", "explicit", "nsfw"])
def test_what_is_behind_a_warning_is_not_public(field: str) -> None:
    flagged = Fields({field: True})

    assert audience(flagged, SILENT) is Visibility.UNLISTED
    assert audience(flagged, Fields({"explicit": "shown"})) is Visibility.PUBLIC
    assert audience(flagged, Fields({"explicit": "hidden"})) is Visibility.UNLISTED


@pytest.mark.parametrize("field", ["content_warning", "spoiler_text"])
def test_the_words_of_a_warning_are_a_warning(field: str) -> None:
    assert audience(Fields({field: "the ending"}), SILENT) is Visibility.UNLISTED
    assert audience(Fields({field: " "}), SILENT) is Visibility.PUBLIC


@pytest.mark.parametrize("closed", ["private", "group", "connections"])
def test_attesting_that_explicit_is_shown_opens_nothing_else(closed: str) -> None:
    record = Fields({"visibility": closed, "sensitive": True})

    assert audience(record, Fields({"explicit": "shown"})) is Visibility(closed)


@pytest.mark.parametrize("word", ["some", "publick", "mutuals-ish"])
def test_an_unknown_word_is_no_audience(word: str) -> None:
    with pytest.raises(Unfit):
        audience(Fields({"visibility": word}), SILENT)

from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import escape

from sayso.web import words


def test_a_redacted_text_is_escaped_before_its_placeholders_are_marked() -> None:
    shown = words.marked("<script>x</script> wrote to <EMAIL_1>.")

    assert "<script>" not in shown
    assert "<mark>&lt;EMAIL_1&gt;</mark>" in shown


def test_a_notice_cannot_bring_markup_of_its_own() -> None:
    shown = words.paragraphs("# Hear <i>this</i>\n\n- <b>one</b>\n- two\n\nSo <img src=x> it is.")

    assert "<h2>Hear &lt;i&gt;this&lt;/i&gt;</h2>" in shown
    assert "<li>&lt;b&gt;one&lt;/b&gt;</li><li>two</li>" in shown
    assert "<img" not in shown


def test_emphasis_in_a_notice_may_run_over_lines_and_is_never_markup_of_its_own() -> None:
    shown = words.paragraphs("Under *Settings\n& privacy*, **not** <em>here</em>: 2 * 3 * 4.")

    assert shown == (
        "<p>Under <em>Settings &amp; privacy</em>, <strong>not</strong> "
        "&lt;em&gt;here&lt;/em&gt;: 2 * 3 * 4.</p>"
    )


def test_a_notice_may_hold_lists_after_a_sentence_and_entries_of_two_lines() -> None:
    shown = words.paragraphs("## We use\nThis, since\n2. May:\n- posts,\n  yours\n- more\n\n1. One")

    assert shown.split("\n") == [
        "<h2>We use</h2>",
        "<p>This, since 2. May:</p>",
        "<ul><li>posts, yours</li><li>more</li></ul>",
        "<ol><li>One</li></ol>",
    ]


def test_initials_are_found_in_any_name() -> None:
    assert words.initials("Ana Maria Lindqvist") == "AL"
    assert words.initials("Øyvind") == "Ø"
    assert words.initials("") == "?"
    assert words.initials("(x) …") == "?"


def test_an_age_is_said_in_its_largest_unit() -> None:
    assert words.age(timedelta(seconds=1)) == "1 second"
    assert words.age(timedelta(minutes=2, seconds=30)) == "2 minutes"
    assert words.age(timedelta(days=1, hours=23)) == "1 day"


def test_a_moment_is_said_to_the_second_and_in_which_time() -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

    assert words.second(moment) == "4 March 2026, 05:06:07 UTC"


def test_an_opening_ends_with_a_whole_word() -> None:
    assert words.opening("one two three", 9) == "one two …"
    assert words.opening("one\n two", 20) == "one two"


def test_a_link_of_a_notice_leads_there_by_https_alone() -> None:
    shown = words.paragraphs(
        "See [our *short* page](https://example.org/a*b*c?x=1&y=2) and **[here](https://b.example)**."
    )

    assert str(shown) == (
        '<p>See <a href="https://example.org/a*b*c?x=1&amp;y=2" rel="noopener noreferrer">'
        "our <em>short</em> page</a> and <strong>"
        '<a href="https://b.example" rel="noopener noreferrer">here</a></strong>.</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://example.org)",
        "[x](javascript:alert(1))",
        "[x](https://)",
        "[x](/settings)",
        '[x](https://example.org/" onclick="x)',
        "[x] (https://example.org)",
        "![x](data:image/png;base64,xx)",
    ],
)
def test_what_is_no_https_address_is_shown_as_it_is_written(text: str) -> None:
    assert words.paragraphs(text) == f"<p>{escape(text)}</p>"


def test_a_quotation_mark_in_an_address_ends_nothing() -> None:
    shown = str(words.paragraphs('[<b>x</b>](https://example.org/"onclick="x)'))

    assert "<b>" not in shown
    assert shown.count('"') == 4

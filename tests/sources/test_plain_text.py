"""Markup read as plain text: what a reader sees, and where others' words stand in it."""

import time
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.community import SOMEONE, MemberId
from sayso.sources.plain_text import (
    PlainText,
    from_bbcode,
    from_html,
    from_markdown,
)

Reader = Callable[[str, Callable[[str], MemberId]], PlainText]
READERS: tuple[Reader, ...] = (from_html, from_markdown, from_bbcode)
every_reader = pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)

PIECES = st.sampled_from(
    [
        *"<>[]()*_`~&;:/\"'=#!|\\ \n\t-+@.",
        *("<b>", "</b>", "<p>", "<blockquote>", "</blockquote>", "<q cite='u:a'>", "</q>", "<br>"),
        *("<pre>", "</pre>", "<code>", "</code>", "<a class=mention href=u>", "</a>", "<td>"),
        *("[quote]", '[quote="ana, post:1"]', "[/quote]", "[code]", "[/code]", "[b]", "[/b]"),
        *("```\n", "~~~", "> ", "    ", "1. ", "- ", "@ana", "&amp;", "<!--", "-->", "<script>"),
        *("word", "é", "\u3042", "\U0001f600", "\x00", "\ud800", "\r\n", "\u200b", "</aside>"),
        *("[details='x']", "[/details]", "<table>", "<![CDATA[", "<aside class=quote>", "[img]"),
    ]
)
MARKUP = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
)


def named(handle: str) -> MemberId:
    return MemberId(f"who:{handle}")


def quoted(found: PlainText) -> list[tuple[str, str]]:
    return [(found.text[q.start : q.end], q.member_id) for q in found.quotes]


def mentioned(found: PlainText) -> list[tuple[str, str]]:
    return [(found.text[m.start : m.end], m.member_id) for m in found.mentions]


def coded(found: PlainText) -> list[str]:
    return [found.text[c.start : c.end] for c in found.code]


@every_reader
@settings(max_examples=300)
@given(text=MARKUP)
@example("<blockquote>" * 60 + "x")
@example("[quote=a]\n" * 60 + "x")
@example("</html>a<html>b")
@example("[a](\ud800)")
def test_spans_lie_in_the_text_whatever_is_read(read: Reader, text: str) -> None:
    found = read(text, named)

    spans = [(q.start, q.end) for q in found.quotes]
    spans += [(m.start, m.end) for m in found.mentions] + [(c.start, c.end) for c in found.code]
    assert all(0 <= start < end <= len(found.text) for start, end in spans)
    marked = [found.text[start:end] for start, end in spans]
    assert all(said == said.strip(" \t\n\r\f") for said in marked)
    assert found.text == found.text.strip(" \t\n\r\f")
    found.text.encode()


@given(words=st.lists(WORDS, max_size=8), gap=st.sampled_from([" ", "  ", "\n", "\t ", "\r\n"]))
def test_text_without_markup_is_itself(words: list[str], gap: str) -> None:
    found = from_html(escape(gap.join(words)))

    assert found == PlainText(text=" ".join(words))


@given(
    mine=WORDS.map(str.strip), theirs=WORDS.map(str.strip), tag=st.sampled_from(["b", "p", "li"])
)
def test_a_quote_marks_what_was_inside_its_tag_and_nothing_else(
    mine: str, theirs: str, tag: str
) -> None:
    inside = f"<{tag}>{escape(theirs)}</{tag}>"

    quote = f"<blockquote cite='u:ben'>{inside}</blockquote>"
    found = from_html(f"{escape(mine)}{quote}{escape(mine)}", named)

    assert quoted(found) == [(theirs, "who:u:ben")]
    assert found.text == f"{mine}\n{theirs}\n{mine}"


@given(theirs=st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=4))
def test_a_discourse_quote_is_whoever_it_names(theirs: list[str]) -> None:
    body = "\n".join(theirs)

    found = from_bbcode(f'Yes.\n[quote="ben, post:1, topic:2"]\n{body}\n[/quote]\nMine.', named)

    assert quoted(found) == [(body, "who:ben")]
    assert found.text == f"Yes.\n{body}\nMine."


@pytest.mark.parametrize(
    ("tag", "member"),
    [
        ('="ana, post:1, topic:2"', "ana"),
        ('="ana, post:1, topic:2, full:true"', "ana"),
        ('="Ana of the Hill, post:3, topic:9, username:ana"', "ana"),
        ('="Ana [admin], post:3, topic:9, username:ana"', "ana"),
        ('="5" tall, post:1, topic:1, username:ana"', "ana"),
        ("=ana", "ana"),
        ("='ana'", "ana"),
        ("=“ana, post:1”", "ana"),
        (' name="ana" post="2"', "ana"),
    ],
)
def test_every_form_of_a_quote_tag_names_its_speaker(tag: str, member: str) -> None:
    found = from_bbcode(f"[quote{tag}]\ntheirs\n[/quote]\nmine", named)

    assert quoted(found) == [("theirs", f"who:{member}")]


@pytest.mark.parametrize(
    "text",
    [
        "[quote]\ntheirs\n[/quote]",
        "[QUOTE]theirs[/QUOTE]",
        '[quote=""]theirs[/quote]',
        "> theirs",
        "<blockquote>theirs</blockquote>",
        "[quote]theirs",
        "- [quote]\n  theirs\n  [/quote]",
        '<aside class="onebox"><article>theirs</article></aside>',
    ],
)
def test_a_quote_of_nobody_named_is_someones(text: str) -> None:
    assert quoted(from_bbcode(text, named)) == [("theirs", SOMEONE)]


def test_a_quote_in_a_quote_keeps_both_speakers() -> None:
    found = from_bbcode(
        '[quote="ana, post:1"]\n[quote="ben, post:2"]\ninner\n[/quote]\nouter\n[/quote]\nmine',
        named,
    )

    assert quoted(found) == [("inner\nouter", "who:ana"), ("inner", "who:ben")]


def test_a_quote_too_deep_to_follow_is_someones() -> None:
    found = from_html("<blockquote cite=a>" * 80 + "x", named)

    assert found.quotes[-1].member_id == SOMEONE
    assert len(found.quotes) == 50


def test_a_quote_that_nobody_ends_goes_on_to_the_end() -> None:
    found = from_bbcode('[quote="ben, post:1"]\ntheirs\n\nperhaps mine', named)

    assert quoted(found) == [("theirs\nperhaps mine", "who:ben")]


@pytest.mark.parametrize("code", ["```\n{}\n```", "`{}`", "[code]{}[/code]", "~~~ text\n{}\n~~~~"])
def test_a_tag_in_code_is_not_a_tag(code: str) -> None:
    found = from_bbcode(code.format('[quote="ben"] @ana') + "\n\nmine", named)

    assert coded(found) == ['[quote="ben"] @ana']
    assert not found.quotes
    assert not found.mentions
    assert found.text.endswith("mine")


def test_code_within_code_is_one_span() -> None:
    assert coded(from_html("<pre><code>a = 1\n\n  b</code></pre>")) == ["a = 1\n\n  b"]
    assert coded(from_markdown("say `x`:\n\n    y = 2\n\n```py\nz\n```")) == ["x", "y = 2", "z"]


def test_mastodons_mentions_and_links_read_as_they_were_written() -> None:
    found = from_html(
        '<p><span class="h-card" translate="no"><a href="https://example.net/@ben" '
        'class="u-url mention">@<span>ben</span></a></span> see <a href="https://example.org/long">'
        '<span class="invisible">https://</span><span class="ellipsis">example.org/lo</span>'
        '<span class="invisible">ng</span></a> <a href="https://example.org/tags/x" '
        'class="mention hashtag" rel="tag">#<span>x</span></a> :wave:</p><p>Bye</p>',
        named,
    )

    assert found.text == "@ben see https://example.org/long #x :wave:\nBye"
    assert mentioned(found) == [("@ben", "who:https://example.net/@ben")]


def test_discourses_mentions_are_found_in_what_was_typed_and_in_what_was_cooked() -> None:
    typed = from_bbcode("Thanks @ben_c. Write to ana@example.org, not `@cy`.", named)
    cooked = from_html('<p>Thanks <a class="mention" href="/u/ben_c">@ben_c</a>.</p>', named)
    gone = from_html('<span class="mention">@ben_c</span>', named)

    assert mentioned(typed) == [("@ben_c", "who:@ben_c")]
    assert mentioned(cooked) == [("@ben_c", "who:/u/ben_c")]
    assert mentioned(gone) == [("@ben_c", "who:@ben_c")]


def test_a_cooked_quote_is_its_speakers_and_a_quote_within_it_someones() -> None:
    found = from_html(
        '<aside class="quote no-group" data-username="ana" data-post="1"><div class="title">'
        '<div class="quote-controls">x</div>ana:</div><blockquote><p>hi</p><blockquote>deep'
        "</blockquote></blockquote></aside><p>mine</p>",
        named,
    )

    assert found.text == "ana:\nhi\ndeep\nmine"
    assert quoted(found) == [("ana:\nhi\ndeep", "who:ana"), ("deep", SOMEONE)]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\nb\nc"),
        ("<p>a<br><br>b</p>", "a\n\nb"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a\tb\n1\t2"),
        ('see <img src="x" alt="a cat">!', "see a cat!"),
        ("a<script>x</script><style>y</style><!-- z -->b", "ab"),
        ("&lt;b&gt; &amp;amp; &eacute;&nbsp;x", "<b> &amp; é\xa0x"),
        ("<details><summary>More</summary>inside</details>", "More\ninside"),
        ('<p class="quote-inline">RE: <a href="u">u</a></p><p>mine</p>', "mine"),
        ("<p>cut off <a hre", "cut off"),
    ],
)
def test_html_becomes_what_a_reader_sees(shown: str, text: str) -> None:
    assert from_html(shown).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("one\ntwo\n\nthree", "one\ntwo\nthree"),
        ("[b]bold[/b] and [url=https://example.org]here[/url]", "bold and here"),
        ("a[i] + b[s] stays", "a[i] + b[s] stays"),
        ("[spoiler]the end[/spoiler]", "the end"),
        ('[details="More"]\ninside\n[/details]\nafter', "More\ninside\nafter"),
        ('[date=2024-05-01 time=12:00 timezone="Europe/Berlin"]', "2024-05-01 12:00"),
        ("[img]https://example.org/x.png[/img] words", "words"),
        ("![a cat|690x388](upload://x.png)", "a cat"),
        (r"\[quote] is a tag", "[quote] is a tag"),
        ("[poll type=regular]\n* A\n* B\n[/poll]", "A\nB"),
        ("[x] done :tada:", "[x] done :tada:"),
    ],
)
def test_what_was_typed_in_discourse_becomes_what_a_reader_sees(typed: str, text: str) -> None:
    assert from_bbcode(typed).text == text


def test_two_texts_become_one_with_their_spans_in_place() -> None:
    first, second = from_html("<q>a</q> b"), from_html("<code>c</code> <q>d</q>")

    both = first.then(second)

    assert both.text == "a b\nc d"
    assert [said for said, _ in quoted(both)] == ["a", "d"]
    assert coded(both) == ["c"]
    assert PlainText().then(second) == second.then(PlainText()) == second


TRAPS: tuple[tuple[Reader, str], ...] = (
    (from_html, "<div>"),
    (from_html, "<blockquote>"),
    (from_html, "<b><i>"),
    (from_html, '<a b="'),
    (from_html, "<!--"),
    (from_html, "<a class=mention>"),
    (from_html, "<pre> "),
    (from_markdown, ">"),
    (from_markdown, "- "),
    (from_bbcode, "[quote]\n"),
    (from_bbcode, "[code]"),
    (from_bbcode, "[b]"),
    (from_bbcode, '[b="'),
    (from_bbcode, "[quote=a "),
    (from_bbcode, "`a``b```c"),
    (from_bbcode, "```\n~~~\n"),
    (from_bbcode, "@a"),
)


@pytest.mark.parametrize(("read", "piece"), TRAPS, ids=[f"{r.__name__} {p!r}" for r, p in TRAPS])
def test_time_grows_as_the_text_does(read: Reader, piece: str) -> None:
    """Four times the text takes four times as long, far from sixteen; each side's best of three."""

    def seconds(times: int) -> float:
        text = piece * times + "x"
        taken = []
        for _ in range(3):
            begun = time.process_time()
            read(text, named)
            taken.append(time.process_time() - begun)
        return min(taken)

    once = 2_000 if read is from_html else 250

    assert seconds(once * 4) < 10 * seconds(once) + 0.05


def test_a_hundred_thousand_open_tags_are_read() -> None:
    assert from_html("<blockquote><div>" * 50_000 + "x").text == "x"

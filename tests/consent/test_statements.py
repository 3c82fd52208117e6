"""Whatever file is given, it is read or refused, and what is not understood is a no."""

import contextlib
import json

from hypothesis import example, given
from hypothesis import strategies as st

from sayso.consent.choices import Answer
from sayso.consent.outside import CLOSED, OPEN
from sayso.consent.signals import cawg, lexicon, paths, robots, tdmrep
from sayso.consent.signals.headers import headers_of, metas_of
from sayso.consent.signals.robots import PathUsage
from sayso.consent.signals.statements import of_file, of_header
from sayso.consent.signals.usage import Usage, Use, joined
from sayso.errors import BadInput

lines = st.lists(
    st.sampled_from(
        [
            "User-agent: *",
            "User-agent: a",
            "Allow: /",
            "Disallow: /a*$",
            "Content-Usage: train-ai=n",
            "Content-Usage: /a train-ai=y # no",
            "Content-Signal: /a$ ai-train=maybe",
            "Content-Signal: ai-train=no",
            "Sitemap: /x",
            "",
            "#",
            "garbage",
        ]
    )
    | st.text(max_size=20),
    max_size=8,
).map("\n".join)


@given(text=lines | st.text(max_size=80))
@example(text="[")
@example(text="{}")
@example(text="<meta name=robots content>")
@example(text="<![x<meta")
@example(text="[" * 50_000)
def test_every_file_is_read_or_refused(text: str) -> None:
    try:
        found = of_file("given.txt", text)
    except BadInput:
        return
    assert all(each.answer is None for each in found if each.trouble)


@given(text=lines, path=st.text(max_size=10).map("/".__add__), agent=st.text(max_size=5))
def test_every_robots_txt_is_read_or_refused(text: str, path: str, agent: str) -> None:
    try:
        usage = robots.parse(text, path, agent)
    except BadInput:
        return
    if usage.of(Use.GENAI_TRAINING) is Answer.YES:
        assert "train-ai=y" in text


@given(pattern=st.text(max_size=12), path=st.text(max_size=12))
def test_every_pattern_is_matched_and_covers_itself(pattern: str, path: str) -> None:
    assert paths.matches(pattern, path) in {True, False}
    plain = pattern.replace("*", "").replace("$", "")
    assert paths.matches(plain, plain + path)
    assert paths.normal(paths.normal(path)) == paths.normal(path)


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not paths.matches("/" + "*a" * 5_000 + "$", "/" + "a" * 4_999 + "b")


@given(st.dictionaries(st.text(max_size=9), st.none() | st.text(max_size=9) | st.integers()))
def test_every_policy_and_assertion_is_read_or_refused(body: dict[str, object]) -> None:
    for parse in (tdmrep.parse_offer, cawg.constraints, lexicon.parse_record, tdmrep.parse_file):
        with contextlib.suppress(BadInput):
            parse(json.dumps(body))


def test_what_a_page_says_is_read_back_from_its_headers_and_its_text() -> None:
    for usage in (OPEN, CLOSED):
        policy = "https://example.org/tdm-policy.json"
        heard = [
            of_header(f"{name}: {value}").usage
            for name, value in headers_of(usage, policy).items()
            if name != tdmrep.POLICY
        ]
        metas = metas_of(usage).items()
        page = "".join(f'<meta name="{name}" content="{value}">' for name, value in metas)
        heard += [each.usage for each in of_file("page.html", f"<html>{page}")]

        said = joined(heard).said
        assert said.items() <= usage.said.items()
        assert {Use.MINING, Use.GENAI_TRAINING, Use.TRAINING, Use.INPUT} <= said.keys()


def test_a_site_that_says_different_things_by_path_is_read_back() -> None:
    by_path = [
        PathUsage(path="/", usage=CLOSED),
        PathUsage(path="/a/", usage=OPEN),
        PathUsage(path="/a/b/", usage=Usage()),
    ]

    text = robots.emit(by_path)

    assert robots.parse(text, "/x") == CLOSED.within(robots.SAYS)
    assert robots.parse(text, "/a/x") == OPEN.within(robots.SAYS)
    assert robots.parse(text, "/a/b/x").of(Use.GENAI_TRAINING) is not Answer.NO

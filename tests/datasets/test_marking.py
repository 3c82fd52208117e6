"""Language and quality marks: each rule on a text that has it and one that has not."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.datasets.making import language, marking, measures, quality
from sayso.datasets.similarity import shingles
from sayso.errors import BadInput

LABELLED = Path(__file__).parents[3] / "shared" / "data" / "personal-data"

PLAIN = (
    "We moved the whole team to the new office last week, and after three days of boxes and "
    "missing cables everybody found a desk by the window that they seem to like."
)
GERMAN = (
    "Wir sind letzte Woche mit dem ganzen Team in das neue Büro gezogen, und nach drei Tagen "
    "voller Kisten und fehlender Kabel hat jeder einen Platz am Fenster gefunden."
)
DANISH = (
    "Vi flyttede hele holdet til det nye kontor i sidste uge, og efter tre dage med kasser og "
    "manglende kabler fandt alle et skrivebord ved vinduet."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    mark: str
    text: str
    without: str


CASES = (
    Case(
        mark="boilerplate",
        text=f"{PLAIN} All rights reserved. Click here to unsubscribe.",
        without=f"{PLAIN} I wish I could unsubscribe from boxes.",
    ),
    Case(mark="cut_off", text=f"{PLAIN} And then…", without=f"{PLAIN} And… then."),
    Case(
        mark="list_of_tags",
        text="Hiring #jobs #berlin #python #remote",
        without=f"{PLAIN} #jobs #berlin #python",
    ),
    Case(
        mark="mostly_links",
        text="See <URL_1> and https://example.org/a or www.example.org",
        without=f"{PLAIN} See <URL_1> and https://example.org/a.",
    ),
    Case(
        mark="mostly_placeholders",
        text="<PERSON_1> <EMAIL_1> <PHONE_1> and <PERSON_2>",
        without=f"<PERSON_1> and <PERSON_2> wrote: {PLAIN}",
    ),
    Case(mark="mostly_signs", text="🎉🎉🎉 100% ✅✅ ok!!!", without=f"🎉 {PLAIN} 100%"),
    Case(
        mark="repetitive",
        text="buy one get one free today only " * 6,
        without=f"{PLAIN} buy one get one free today only",
    ),
    Case(mark="short", text="So proud of <PERSON_1> today", without=PLAIN),
    Case(
        mark="shouting",
        text="THIS IS THE BEST NEWS OF THE YEAR, ÜBERALL",
        without="<PERSON_1> <ORGANISATION_1> said this is the best news of the year",
    ),
    Case(
        mark="template_quote",
        text="“Whatever you do, do it with all of your heart and soul.” — <PERSON_1>",
        without="“Whatever you do”, she said, and “go on”; I went on to write a whole book “then”",
    ),
)


def marks_of(*texts: str) -> list[list[str]]:
    _, marked = marking.marks(pa.array(texts), pa.array([""] * len(texts)))
    return [list(names) for names in marked.to_pylist()]


def language_of(text: str, declared: str = "") -> str:
    found = marking.marks(pa.array([text]), pa.array([declared]))[0].to_pylist()
    return str(found[0])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mark)
def test_a_text_has_the_mark_that_is_true_of_it(case: Case) -> None:
    with_mark, without = marks_of(case.text, case.without)

    assert case.mark in with_mark
    assert case.mark not in without


def test_every_rule_has_a_case_and_rules_stand_in_the_order_of_their_names() -> None:
    names = [rule.__name__ for rule in quality.RULES]

    assert names == sorted(names) == [case.mark for case in CASES]
    assert set(names) >= marking.REFUSABLE


def test_an_ordinary_text_has_no_marks_in_any_script() -> None:
    chinese = "上周我们全队搬到了新的办公室经过三天的整理每个人都在窗边找到了自己的座位。"

    assert marks_of(PLAIN, GERMAN, chinese) == [[], [], []]


def test_lines_after_the_sign_of_quoting_are_a_quotation() -> None:
    assert "template_quote" in marks_of("> to be or not\n> to be\n\n— <PERSON_1>")[0]
    assert "template_quote" not in marks_of(f"> to be\n{PLAIN}\nand more\n")[0]


def test_letters_of_placeholders_are_not_counted() -> None:
    assert marks_of("<PERSON_1> <ORGANISATION_2>!! ok")[0] == ["mostly_placeholders", "short"]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                (*(case.text for case in CASES), "#", "<URL_1>", "“", "”", '"', "\n", "é", "日", "")
            ),
            max_size=4,
        ).map(" ".join)
    ),
    st.integers(1, 200),
)
def test_a_text_has_the_same_marks_whatever_comes_with_it(texts: list[str], block: int) -> None:
    whole = marks_of(*texts) if texts else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "_BLOCK", block)
        parted = marks_of(*texts) if texts else []

    assert whole == parted == [marks_of(text)[0] for text in texts]


@settings(deadline=None)
@given(st.lists(st.text()))
def test_any_text_can_be_marked(texts: list[str]) -> None:
    found, marked = marking.marks(pa.array(texts, pa.string()), pa.array(texts, pa.string()))

    assert len(found) == len(marked) == len(texts)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (PLAIN, "en"),
        (GERMAN, "de"),
        ("今天天气很好我们去公园散步吧。", "zh"),
        ("今日は天気がいいので、公園を散歩しましょう。", "ja"),
        ("היום מזג האוויר נאה ואנחנו הולכים לפארק", "he"),
        ("ok thanks", ""),
        ("<PERSON_1> <PERSON_2> https://example.org/das/ist/ein/langer/pfad", ""),
        ("", ""),
    ],
)
def test_where_nothing_is_declared_the_text_says_its_language_or_nothing(
    text: str, tag: str
) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize(
    ("text", "declared", "tag"),
    [
        (PLAIN, "en-GB", "en-GB"),
        (PLAIN, "de", "en"),
        (PLAIN[:40], "de", "de"),
        (f"{PLAIN} {GERMAN}", "fr", "fr"),
        (DANISH, "nb", "nb"),
        (DANISH, "fr", "da"),
        ("ok", "tlh", "tlh"),
    ],
    ids=["agrees", "contradicted", "too short", "two languages", "kin", "no kin", "unknown"],
)
def test_a_declared_language_stands_unless_the_text_clearly_says_another(
    text: str, declared: str, tag: str
) -> None:
    assert language_of(text, declared) == tag


def test_a_clear_beginning_tells_the_language_and_never_contradicts_what_is_declared() -> None:
    text = f"{PLAIN} {PLAIN} {GERMAN} {GERMAN}"

    assert language_of(text) == "en"
    assert language_of(text, "fr") == "fr"
    assert language_of(f"{PLAIN} {PLAIN}", "fr") == "en"


@pytest.mark.parametrize("beginning", ["<PERSON_1> ", "12 % ", "ok "])
def test_more_is_read_where_the_beginning_does_not_tell(beginning: str) -> None:
    assert language_of(beginning * (1 + 200 // len(beginning)) + GERMAN * 6) == "de"
    assert language_of(f"{DANISH} {DANISH} {GERMAN * 6}") == ""


def test_signs_that_the_detector_refuses_do_not_stop_it() -> None:
    assert language_of(f"\x01\x02 {PLAIN} \ufffe") == "en"


@pytest.mark.skipif(not LABELLED.is_dir(), reason="the labelled texts are not on this machine")
def test_labelled_texts_of_six_languages_are_known() -> None:
    lines = (LABELLED / "uner_multi_dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line) for line in lines]
    found = language.languages([text["text"] for text in texts], [""] * len(texts)).to_pylist()
    right = sum(tag == text["lang"] for tag, text in zip(found, texts, strict=True))

    assert right / len(texts) > 0.95


def test_marks_refuse_only_what_was_asked() -> None:
    _, marked = marking.marks(pa.array([CASES[2].text, PLAIN]), pa.array(["", ""]))

    assert marking.refusals(marked, frozenset()).to_pylist() == ["", ""]
    assert marking.refusals(marked, {"list_of_tags"}).to_pylist() == ["marked_list_of_tags", ""]


@pytest.mark.parametrize("mark", ["short", "no_such_mark"])
def test_what_may_not_refuse_is_said_so(mark: str) -> None:
    with pytest.raises(BadInput, match=mark):
        marking.refusals(pa.array([[mark]]), {mark})


def test_the_digest_depends_on_rules_and_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    before = marking.digest()
    monkeypatch.setattr(language, "DETECTOR", "pycld2 9")
    detector = marking.digest()
    monkeypatch.setattr(language, "VERSION", "9")
    reading = marking.digest()
    monkeypatch.setattr(quality, "VERSION", "9")

    assert len({before, detector, reading, marking.digest()}) == 4


def test_phrases_begin_with_different_words_of_eight_bytes() -> None:
    assert all(len(phrase) >= 8 and phrase == phrase.lower() for phrase in measures.PHRASES)

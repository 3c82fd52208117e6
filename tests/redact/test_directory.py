"""Members' names and handles, found however they are written, and nothing else."""

import pickle
import unicodedata
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.redact.draft import Part
from sayso.redact.finders.member_names import NAME
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sayso.redact.scan import Surroundings

FIRSTS = ("Ana", "José", "Zoë", "Okan", "Łukasz", "Anne-Marie", "Nneka", "Søren", "Björn", "Sinéad")
LASTS = ("Lopez", "Pérez", "O'Brien", "Yıldız", "Weiß", "Smith-Jones", "D'Arcy", "Müller", "Eze")  # noqa: RUF001 - real letters
PARTICLES = ("van den", "de la", "bin", "von")
AROUND = st.text(st.sampled_from("ab .,;()\n\U0001f642\u0301é0\"'-"), max_size=9)
FIRST, LAST = st.sampled_from(FIRSTS), st.sampled_from(LASTS)
NAMES = st.one_of(
    st.tuples(FIRST, LAST),
    st.tuples(FIRST, FIRST, LAST),
    st.tuples(FIRST, st.sampled_from(PARTICLES), LAST),
).map(" ".join)


def found(directory: Directory, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in directory.find(text)]


def unmarked(name: str) -> str:
    split = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def ways_to_write(name: str) -> Iterator[str]:
    """Yield the forms that a name must be found in."""
    first, *middle, last = name.split(" ")
    small = " ".join((*middle, last))
    yield from (name, name.upper(), unmarked(name), unicodedata.normalize("NFD", name))
    yield from (name.replace("'", "\u2019"), f"{small}, {first}", name.replace(" ", "\n"))
    yield f"{first} M. {small}"
    if not middle or middle[0][0].isupper():
        yield f"{first} {last}"
        yield f"{last.upper()} {' '.join((first, *middle))}"
    yield f"{unmarked(first)[0]}. {small}"


def test_an_empty_directory_finds_nothing() -> None:
    assert found(Directory(), "Ana Lopez") == []
    assert Directory().is_empty


def test_one_word_is_no_full_name() -> None:
    assert Directory(["Madonna", "18F", "  ", "Ana 42", "", "\U0001f642"]).names == 0


@given(NAMES, AROUND, AROUND)
@settings(max_examples=200, deadline=None)
def test_a_name_is_found_in_every_way_it_is_written(name: str, before: str, after: str) -> None:
    directory = Directory([name, "Someone Else"])

    for written in ways_to_write(name):
        start = len(before) + 2
        text = f"{before}. {written} {after}" if before else f"x {written}. {after}"
        spans = [(one.start, one.end) for one in directory.find(text)]
        whole = start if before else 2
        assert any(one <= whole and whole + len(written) <= two for one, two in spans), (
            f"{written!r} in {text!r}: {spans}"
        )


@pytest.mark.parametrize(
    ("member", "written"),
    [
        ("José García Pérez", "José García"),
        ("José Luis García Pérez", "José García"),
        ("José Luis García Pérez", "García Pérez, José Luis"),
        ("Jan Peter van den Berg", "Jan van den Berg"),
        ("Jan van den Berg", "van den Berg, Jan"),
        ("Ahmed bin Rashid", "AHMED BIN RASHID"),
        ("Dr. Ana Lopez, PhD", "Ana Lopez"),
        ("Ana Lopez (she/her) \U0001f680 | CTO at Example", "Ana Lopez"),
        ("Lopez, Ana", "Ana Lopez"),
        ('Robert "Bob" Adeyemi', "Bob Adeyemi"),
        ("Bernd Müller", "Bernd Mueller"),
        ("Bernd Mueller", "Bernd Müller"),
        ("Hans Weiß", "HANS WEISS"),
        ("Pat O'Brien", "Pat OBrien"),
        ("Ana Lopez", "J. R. Ana Lopez"),
        ("John Ronald Tolkien", "J.R. Tolkien"),
        ("Мария Иванова", "МАРИЯ ИВАНОВА"),
        ("Νίκος Παπάς", "Νικος Παπας"),
        ("दीपाली पाटिल", "दीपाली पाटिल"),
        ("王小明", "王小明"),
        ("김철수", "김철수"),
        ("マリア・ロペス", "マリアロペス"),
        ("Ana Lopez", "ana lopez"),
    ],
)
def test_a_member_is_found_as_texts_name_them(member: str, written: str) -> None:
    text = f"We met {written} there."

    spans = [text[one.start : one.end] for one in Directory([member]).find(text)]

    assert any(written.removeprefix("J. R. ") in span for span in spans), spans


@pytest.mark.parametrize(
    "text",
    [
        "Diana Lopez, Ana Lopezes, Ana Lopez2, Ana_Lopez",
        "Ana alone, Lopez alone",
        "Ana\n\nLopez",
        "Ana, Lopez",
        "Ana. Lopez",
        "Ana (Lopez)",
        "by Bo Lopez, Ana Berg and others",
        "Ana's Lopez",
        "The U.A. Lopez",
    ],
)
def test_what_is_not_the_name_stays(text: str) -> None:
    assert found(Directory(["Ana Lopez"]), text) == []


def test_a_name_of_ordinary_words_is_not_read_where_they_are_written_small() -> None:
    directory = Directory(["Mark Price", "Will Long", "Grace Hope"])

    assert found(directory, "mark price as paid; it will long be so; grace hope") == []


def test_a_handle_is_found_bare_only_where_it_is_no_word() -> None:
    directory = Directory(
        [], ["@ana_l", "jlopez42", "anaberg", "developer", "will", "bo", "@x@host"]
    )

    text = "ask ana_l or JLopez42, not the developer: anaberg will; bo x"

    assert found(directory, text) == ["ana_l", "JLopez42", "anaberg"]


@given(st.lists(NAMES, max_size=6), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_found_spans_are_whole_words_of_the_text(names: list[str], text: str) -> None:
    said = f"{text} {' '.join(names)} {text}"

    for start, end, _ in Directory(names).find(said):
        assert 0 <= start < end <= len(said)
        before, after = said[start - 1 : start], said[end : end + 1]
        assert not (before.isalnum() and said[start].isalnum())
        assert not (
            said[end - 1].isalnum() and (after.isalnum() or unicodedata.combining(after or " "))
        )


@given(st.lists(NAMES, min_size=1, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_names_and_naming_twice_change_nothing(names: list[str], dice: object) -> None:
    turned = [*reversed(names), *names]
    text = "; ".join(names)

    assert Directory(turned).digest == Directory(names).digest
    assert list(Directory(turned).find(text)) == list(Directory(names).find(text))


@given(st.lists(AROUND, max_size=4), st.lists(NAMES, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_many_texts_at_once_are_read_as_each_alone(texts: list[str], names: list[str]) -> None:
    directory, alone = Directory(names), Directory(names)
    said = [f"{text} {name}{text}" for text in texts for name in names]

    directory.look_ahead(said)

    for text in said:
        assert list(directory.find(text)) == list(alone.find(text))


WORDS = st.sampled_from(["Ana", "Bo", "Chidi", "Lopez", "Berg", "Eze", "van", "M.", "and", ","])


@given(
    st.lists(
        st.lists(st.sampled_from(["Ana", "Bo", "Lopez", "Berg", "Eze"]), min_size=2, max_size=4)
    ),
    st.lists(WORDS, max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_names_are_found_just_where_reading_word_by_word_finds_them(
    names: list[list[str]], said: list[str]
) -> None:
    """Beside a slow reading of `First [M.] Last` alone, whose every form is written out."""
    text = " ".join(said)
    forms = {
        (name[0], *(name[at] for at in rest))
        for name in names
        for size in range(1, len(name))
        for rest in combinations(range(1, len(name)), size)
    }

    expected = set()
    for first in range(len(said)):
        row, at = [said[first]], first + 1
        longest = 0
        while at < len(said) and len(row) < 7:
            if said[at] != "M.":
                row.append(said[at])
                if tuple(row) in forms:
                    longest = at
            at += 1
        if longest:
            start = len(" ".join(said[:first])) + (first > 0)
            expected.add((start, len(" ".join(said[: longest + 1]))))

    directory = Directory([" ".join(name) for name in names])
    straight = {(one.start, one.end) for one in directory.find(text) if one.rule == "name"}
    assert straight == expected


def test_an_erased_members_name_is_gone_from_the_next_directory() -> None:
    everyone = ["Ana Lopez", "Bo Berg", "Ana Berg"]

    assert found(Directory(everyone[1:]), "Ana Lopez and Ana Berg") == ["Ana Berg"]
    assert Directory(everyone[1:]).digest != Directory(everyone).digest


def test_two_people_of_one_name_are_one_name() -> None:
    assert Directory(["Ana Lopez", "ANA LÓPEZ"]).names == 1
    assert Directory(["Ana Lopez", "ANA LÓPEZ"]).digest == Directory(["Ana Lopez"]).digest


def test_nothing_that_a_directory_sends_can_be_read_as_a_name() -> None:
    sent = pickle.dumps(Directory(["Ana Lopez", "Chidi Okafor"], ["chidi_o"]))

    for secret in (b"Lopez", b"lopez", b"Okafor", b"okafor", b"chidi"):
        assert secret not in sent


def test_a_directory_sent_to_another_process_finds_the_same() -> None:
    directory = Directory(["Ana Lopez", "王小明"], ["ana_l"])
    text = "Ana Lopez, ana_l, 王小明"

    assert list(pickle.loads(pickle.dumps(directory)).find(text)) == list(directory.find(text))


COMMON = Redactor((NAME,), Directory(["Mark Price", "Grace Long", "Hope Street", "Will Power"]))


@pytest.mark.parametrize(
    "text",
    [
        "The talk was given by Grace Long.",
        "Thanks to our friend Mark Price.",
        "Mark Price, who leads the team, agreed.",
        "Dr. Hope Street opened the session.",
        "“It works,” said Will Power.",
        "Later we asked Grace Long about it.",
        "Grace Long is a designer on our team.",
        "Best,\nMark Price",
    ],
)
def test_a_name_of_ordinary_words_goes_where_a_person_is_meant(text: str) -> None:
    assert "<PERSON_1>" in COMMON.redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Will Power be restored by noon?",
        "They walked along Hope Street.",
        "Hope Street is closed.",
        "The Grace Long prize goes to a team.",
        "How Will Power Prices Change Next Year",
        "Mark Price changes in the table.",
    ],
)
def test_ordinary_words_stay_where_no_person_is_meant(text: str) -> None:
    assert COMMON.redact(text).text == text


SOME = Redactor((NAME,), Directory(["Ana Lopez", "Grace Eze"]))
AMONG = Surroundings(people=("Nneka Adeyemi", "Will Okafor", "@nneka", "nneka_a", "the old one"))


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Thanks Will, and Nneka!", "Thanks <PERSON_1>, and <PERSON_2>!"),
        ("We will ask, said the old one.", "We will ask, said the old one."),
        ("Will it rain?", "Will it rain?"),
        ("ask nneka_a about it", "ask <PERSON_1> about it"),
        ("Old The One", "Old The One"),
    ],
)
def test_people_around_a_text_are_known_by_one_name(text: str, redacted: str) -> None:
    assert SOME.redact(text, AMONG).text == redacted


def test_nobody_else_is_known_by_one_name() -> None:
    assert SOME.redact("Ana met Nneka, and Will too.").found == ()


def test_after_a_full_name_its_parts_are_known_too() -> None:
    redacted = SOME.redact("Ana Lopez came. Then Lopez spoke, and Ana sang.").text

    assert "Lopez" not in redacted
    assert "Ana" not in redacted
    assert (
        SOME.redact("Grace Eze came. The grace of it.").text == "<PERSON_1> came. The grace of it."
    )


def test_one_documents_names_are_not_anothers() -> None:
    first, second = SOME.redact_batch([[Part("Ana Lopez came.")], [Part("Ana sang.")]])

    assert first[0].found
    assert not second[0].found

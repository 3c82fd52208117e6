"""Drafts from a member's own facts: grammatical, and nothing invented."""

import re
from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import Member, MemberId, Position, Profile
from sayso.writing.generators.english import article
from sayso.writing.generators.local import (
    GENERATORS,
    HEADLINE_LETTERS,
    PACKS,
    Ask,
    Draft,
    Extras,
)
from sayso.writing.words import spelled

FULL = Profile(
    role="UX Researcher",
    organisation="Harbour Trust",
    industry="Healthcare",
    location="Leith",
    years=8,
    skills=("Interviews", "Survey Design", "Python"),
    topics=("Patient Portals", "Plain Language"),
    positions=(Position(title="Analyst", organisation="Mill Library", since="2012", until="2016"),),
    education=("BA Sociology",),
    looking_for="Lead Roles",
)
KINDS = dict(GENERATORS)


def ask(profile: Profile, *, language: str = "en", turn: int = 0, text: str = "") -> Ask:
    member = Member(
        id=MemberId("rita"), name="Rita Testperson", languages=(language,), profile=profile
    )
    return Ask(member=member, text=text, extras=Extras(), turn=turn)


def stock() -> frozenset[str]:
    """Every word of our own forms."""
    ours: list[str] = []
    for pack in PACKS:
        ours += [*pack.headlines, pack.year, pack.years, pack.at, f"{pack.years}n", "a an and"]
        ours += [*pack.questions.values(), "und y e et"]
        for part in (*pack.summary, *pack.message, *pack.resume):
            ours += part
        for post in pack.posts:
            ours += [post.opening, post.closing, *post.points]
    return frozenset(spelled(" ".join(ours)))


STOCK = stock()


def assert_nothing_invented(asked: Ask, draft: Draft) -> None:
    allowed = STOCK | set(spelled(asked.own_facts)) | {str(asked.profile.years)}
    for variant in draft.variants:
        invented = [word for word in spelled(variant) if word not in allowed]
        assert not invented, f"{invented} in: {variant}"
        assert not re.search(r"[{}]|\[\w| {2}| ,|\.\.|\( ?\)", variant), variant


@given(
    kept=st.sets(st.sampled_from([field.name for field in fields(Profile)])),
    kind=st.sampled_from(list(KINDS)),
    language=st.sampled_from(["en", "de", "es", "fr", "fi"]),
    turn=st.integers(0, 500),
)
@settings(max_examples=400, deadline=None)
def test_a_missing_field_is_never_invented(
    kept: set[str], kind: str, language: str, turn: int
) -> None:
    empty = Profile()
    blank = {f.name: getattr(empty, f.name) for f in fields(Profile) if f.name not in kept}
    asked = ask(replace(FULL, **blank), language=language, turn=turn)

    assert_nothing_invented(asked, KINDS[kind](asked))


@pytest.mark.parametrize("kind", list(KINDS))
def test_english_has_twelve_ways_for_each_kind(kind: str) -> None:
    said = {text for turn in range(300) for text in KINDS[kind](ask(FULL, turn=turn)).variants}

    assert len(said) >= 12


@pytest.mark.parametrize("language", [pack.code for pack in PACKS])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_speaks_the_members_language(kind: str, language: str) -> None:
    asked = ask(FULL, language=f"{language}-XX", text="plain words" if kind == "post" else "")

    draft = KINDS[kind](asked)

    assert draft.variants
    assert asked.pack.code == language
    assert draft.questions == ()


def test_headlines_are_three_different_and_short() -> None:
    for turn in range(30):
        said = KINDS["headline"](ask(FULL, turn=turn)).variants
        assert len(set(said)) == 3
        assert all(len(text) <= HEADLINE_LETTERS for text in said)


def test_a_summary_has_three_to_five_sentences() -> None:
    for turn in range(60):
        for text in KINDS["summary"](ask(FULL, turn=turn)).variants:
            assert 3 <= len(re.findall(r"\.(?: |$)", text)) <= 5, text


def test_an_empty_profile_gives_questions_and_no_words() -> None:
    for kind, drafted in KINDS.items():
        draft = drafted(ask(Profile()))
        assert draft.variants == (), kind
        assert 1 <= len(draft.questions) <= 6, kind


def test_answers_fill_empty_fields_and_never_overwrite() -> None:
    extras = Extras(answers={"role": "diver", "skills": "welding, knots", "years": "3"})
    asked = replace(ask(Profile(role="pilot")), extras=extras)

    assert asked.profile.role == "pilot"
    assert asked.profile.skills == ("welding", "knots")
    assert asked.profile.years == 3


def test_what_was_typed_at_length_opens_the_post_as_it_is() -> None:
    typed = "Yesterday the crane stood still. Nobody knew why."

    (text,) = KINDS["post"](ask(FULL, text=typed)).variants

    assert text.startswith(typed + "\n")


def test_one_year_is_not_years() -> None:
    said = Counter(
        word
        for turn in range(60)
        for text in KINDS["summary"](ask(replace(FULL, years=1), turn=turn)).variants
        for word in spelled(text)
    )

    assert said["year"]
    assert not said["years"]


@pytest.mark.parametrize(
    "phrase",
    [
        "an engineer", "a user researcher", "an HR manager", "a UX designer", "an SRE",
        "a unit lead", "an hourly worker", "an honest broker", "a European buyer",
        "an MBA student", "a one-person team", "an umbrella maker", "a NASA engineer",
        "an 8-year veteran", "an 11th grader", "a university lecturer", "an uninsured driver",
        "an IT lead", "a PhD student", "an undertaker", "a Unix administrator", "an AI lead",
        "a UK buyer", "an Uber driver", "a useful idiot", "an usher", "a 7-day cook",
    ],
)  # fmt: skip
def test_the_article_follows_the_sound(phrase: str) -> None:
    wanted, said = phrase.split(" ", 1)

    assert article(said) == wanted


@pytest.mark.parametrize("turn", range(12))
@pytest.mark.parametrize(
    "typed", ["We are happy to share", "Today I learned something", "New oven: day one"]
)
def test_a_sentence_that_was_begun_opens_the_draft_and_is_not_made_a_topic(
    typed: str, turn: int
) -> None:
    draft = KINDS["post"](ask(FULL, text=typed, turn=turn))

    assert draft.variants[0].startswith(typed)


@pytest.mark.parametrize("turn", range(12))
def test_a_subject_of_a_few_words_is_said_within_a_sentence(turn: int) -> None:
    draft = KINDS["post"](ask(FULL, text="thoughts on sourdough", turn=turn))

    opening = draft.variants[0].split("\n")[0]
    assert "thoughts on sourdough" in opening
    assert opening != "thoughts on sourdough"

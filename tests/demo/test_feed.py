import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from sayso.community import Kind
from sayso.demo.village import Village, village

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def made() -> Village:
    return village(7, now=NOW)


def test_names_handles_and_ids_are_given_once(made: Village) -> None:
    assert len({m.name for m in made.members}) == 300
    assert len({m.handle for m in made.members}) == 300
    assert len({d.id for d in made.documents}) == len(made.documents)


def test_there_is_enough_to_read_and_not_too_much(made: Village) -> None:
    words = sum(len(d.text.split()) for d in made.documents)

    assert 110_000 < words < 180_000
    assert 1_800 < len(made.documents) < 2_600


def test_every_slot_is_filled_and_every_choice_made(made: Village) -> None:
    for document in made.documents:
        assert not re.search(r"[\[\]{}|\0]|  |@(story|tips|view|any|joy)\b", document.text)


def test_a_text_begins_like_a_sentence(made: Village) -> None:
    for document in made.documents:
        first = document.text.lstrip('"„«“¡¿@ ')[:1]
        assert first == first.upper() or document.text[0] in '"„«'


def test_quotes_are_the_very_words_of_the_document_above(made: Village) -> None:
    by_id = {d.id: d for d in made.documents}
    quoting = [d for d in made.documents if d.quotes]

    assert len(quoting) > 50
    for document in quoting:
        parent = by_id[document.parents[0]]
        for quote in document.quotes:
            assert document.text[quote.start : quote.end] in parent.text
            assert quote.member_id == parent.member_id


def test_a_comment_stands_under_something_older(made: Village) -> None:
    by_id = {d.id: d for d in made.documents}

    for document in made.documents:
        assert bool(document.parents) == (document.kind is Kind.COMMENT)
        assert all(by_id[p].created_at < document.created_at for p in document.parents)
        assert document.created_at < NOW


def test_nobody_writes_before_they_joined(made: Village) -> None:
    joined = {m.id: m.joined_at for m in made.members}

    for document in made.documents:
        since = joined[document.member_id]
        assert since is not None
        assert since < document.created_at


def test_the_first_fifty_posts_do_not_repeat_themselves(made: Village) -> None:
    newest = [d for d in reversed(made.documents) if d.kind is Kind.POST][:50]
    openings = Counter(" ".join(d.text.split()[:6]) for d in newest)
    sentences = Counter(
        said
        for d in newest
        for said in re.findall(r"[^.!?\n]+[.!?]", d.text)
        if len(said.split()) > 11
    )

    assert max(openings.values()) <= 3
    assert max(sentences.values()) <= 3


def test_several_languages_are_spoken(made: Village) -> None:
    spoken = Counter(d.language for d in made.documents)

    assert set(spoken) == {"en", "de", "es", "fr"}
    assert spoken["en"] > len(made.documents) * 0.75
    assert min(spoken.values()) > 40


def test_many_members_share_a_phrase(made: Village) -> None:
    users: dict[tuple[str, ...], set[str]] = {}
    for document in made.documents:
        words = document.text.split()
        for start in range(len(words) - 4):
            users.setdefault(tuple(words[start : start + 5]), set()).add(document.member_id)

    assert sum(len(members) >= 3 for members in users.values()) > 2_000


def test_personal_data_of_each_sort_is_planted(made: Village) -> None:
    by_id = {str(d.id): d for d in made.documents}
    marks = {
        "email": "@example.org",
        "phone": "555 01",
        "card": "4111 1111 1111 1111",
        "iban": "DE89 3704 0044 0532 0130 00",
        "ip": "192.0.2.",
        "url": "https://example.org/people/",
        "handle": "@",
    }

    texts = [d.text for d in made.documents]
    for sort, mark in marks.items():
        assert any(mark in text for text in texts)
        assert f"personal_data_{sort}" in made.awkward
        assert made.awkward[f"personal_data_{sort}"] in by_id


def test_profiles_are_full_for_most_and_sparse_for_some(made: Village) -> None:
    full = [m for m in made.members if m.profile.about]

    assert 0.75 < len(full) / len(made.members) < 0.95
    assert all(m.profile.skills and m.profile.positions for m in full)

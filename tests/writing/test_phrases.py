"""Phrases that several members use, and their exact subtraction."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import MemberId
from sayso.datasets.rows import HELD_OUT, DatasetId, Row
from sayso.writing.generators.counting import stretches
from sayso.writing.generators.phrases import PhraseTable
from sayso.writing.words import Hasher
from small_dataset import Written, rows

HASHER = Hasher(b"test key of sixteen bytes or more")
DATASET = DatasetId("d" * 64)
LINE = "We look forward to meeting you at the harbour."


def said_by(*members: str, text: str = LINE) -> list[Row]:
    made = rows(Written(member=member, text=text) for member in members)
    return [replace(row, shard=0) for row in made]


def table(made: list[Row], least: int = 3) -> PhraseTable:
    return PhraseTable.of_rows(made, HASHER, least_members=least)


def test_a_phrase_of_three_members_is_offered_and_says_how_many() -> None:
    (phrase,) = table(said_by("ana", "bela", "cleo")).offers("Please look forward to")

    assert phrase.text == " meeting you at the harbour"
    assert phrase.members == 3


def test_a_phrase_of_two_members_is_never_offered() -> None:
    made = said_by("ana", "bela") + said_by("ana", text="Others look forward to meeting you.")

    assert table(made).offers("Please look forward to") == ()


def test_one_member_writing_it_often_is_one_member() -> None:
    assert table(said_by("ana", "ana", "ana", "ana")).offers("look forward to") == ()


def test_what_several_members_signed_together_counts_for_nobody() -> None:
    made = [
        replace(row, members=(row.member_id, MemberId("cleo"))) for row in said_by("ana", "bela")
    ]

    assert table([*made, *said_by("dara")]).offers("look forward to") == ()


def test_held_out_rows_offer_nothing() -> None:
    made = [replace(row, shard=HELD_OUT) for row in said_by("ana", "bela", "cleo")]

    assert table(made).offers("look forward to") == ()


def test_a_begun_word_is_completed() -> None:
    (phrase,) = table(said_by("ana", "bela", "cleo")).offers("Please look forward to mee")

    assert phrase.text == "ting you at the harbour"


def test_nothing_is_offered_where_nothing_is_likely() -> None:
    endings = ("tea", "bread", "salt", "soup", "fish", "rain")
    made = [
        row
        for end in endings
        for row in said_by("ana", "bela", "cleo", text=f"They all like {end} a lot.")
    ]

    assert table(made).offers("They all like ") == ()


def test_a_phrase_does_not_reach_over_a_full_stop_or_a_placeholder() -> None:
    assert list(stretches("Write to <EMAIL_1> now. Then wait")) == [
        ["write", "to"],
        ["now"],
        ["then", "wait"],
    ]


def test_spelling_that_too_few_wrote_is_not_in_the_file(tmp_path: Path) -> None:
    made = said_by("ana", "bela", "cleo") + said_by("dara", text="We look forward to Xanadu.")
    path = tmp_path / "phrases" / "t.npz"

    table(made).save(path, DATASET)

    content = path.read_bytes()
    assert "harbour".encode("utf-32-le") in content
    assert "Xanadu".encode("utf-32-le") not in content


def test_a_kept_table_answers_the_same(tmp_path: Path) -> None:
    made = table(said_by("ana", "bela", "cleo"))
    made.save(tmp_path / "t.npz", DATASET)

    read = PhraseTable.load(tmp_path / "t.npz", DATASET, HASHER, least_members=3)

    assert read is not None
    assert read.offers("look forward to") == made.offers("look forward to")


def test_a_table_made_otherwise_or_broken_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "t.npz"
    assert PhraseTable.load(path, DATASET, HASHER, least_members=3) is None
    table(said_by("ana", "bela", "cleo")).save(path, DATASET)

    other_key = Hasher(b"another key of sixteen bytes or so")
    assert PhraseTable.load(path, DATASET, other_key, least_members=3) is None
    assert PhraseTable.load(path, DatasetId("e" * 64), HASHER, least_members=3) is None
    assert PhraseTable.load(path, DATASET, HASHER, least_members=2) is None
    path.write_bytes(path.read_bytes()[:-200])
    assert PhraseTable.load(path, DATASET, HASHER, least_members=3) is None


MEMBERS = st.sampled_from(["ana", "bela", "cleo", "dara", "eda"])
TEXTS = st.lists(st.sampled_from(["we", "sail", "at", "dawn", "Now.", "and"]), max_size=9).map(
    " ".join
)


@given(said=st.lists(st.tuples(MEMBERS, TEXTS), max_size=14), leaver=MEMBERS)
@settings(max_examples=60, deadline=None)
def test_subtracting_a_members_rows_equals_counting_without_them(
    said: list[tuple[str, str]], leaver: str
) -> None:
    made = [
        replace(row, shard=0)
        for row in rows(Written(member=member, text=text) for member, text in said)
    ]
    gone = frozenset(row.id for row in made if row.member_id == leaver)

    subtracted = table(made, least=2).without(gone)

    fresh = table([row for row in made if row.id not in gone], least=2)
    words = ("", "we", "sail", "at", "dawn", "now", "and")
    for context in [(a,) for a in words] + [(a, b) for a in words for b in words[1:]]:
        assert subtracted.following(context) == fresh.following(context), context

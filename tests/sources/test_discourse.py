"""Discourse's archives: own posts are read, private ones never, and quotes stay others' words."""

import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import discourse
from archives.discourse import COLUMNS, FORUM, NAME, files, post, preferences, table, write
from archives.hostile import zipped as zip_of
from sayso.community import Document, Kind, MemberId, Standing, State, Visibility
from sayso.errors import BadInput, SaysoError
from sayso.sources.discourse.forum import Forum, username_in
from sayso.sources.discourse.posts import Posts
from sayso.sources.discourse.words import NO, says_no
from sayso.sources.readers import reader
from sayso.sources.reading import Account, Item, ReadingOptions, Skipped
from sayso.sources.records import Record

ANA = f"{FORUM}/u/ana"
ONE_FOLDER = [HealthCheck.function_scoped_fixture]


def read(path: Path, **options: object) -> list[Item]:
    given_options = ReadingOptions(**options)  # type: ignore[arg-type]
    return list(reader("discourse").read(path, given_options))


def rows(tmp_path: Path, *made: discourse.Row, **options: object) -> list[Item]:
    path = tmp_path / f"{NAME}.csv"
    path.write_bytes(table(made))
    return [each for each in read(path, **options) if not isinstance(each, Account)]


def documents(found: Sequence[Item]) -> list[Document]:
    return [each for each in found if isinstance(each, Document)]


def reasons(found: Sequence[Item]) -> Counter[str]:
    return Counter(each.reason for each in found if isinstance(each, Skipped))


def one(tmp_path: Path, row: discourse.Row, **options: object) -> Document:
    (document,) = documents(rows(tmp_path, row, **options))
    return document


@pytest.mark.parametrize("name", [f"{NAME}.zip", f"{NAME}.tar.gz", NAME, f"{NAME}.csv"])
def test_an_archive_is_read_whatever_it_is_packed_in(tmp_path: Path, name: str) -> None:
    found = read(write(tmp_path / name, files(discourse.some_years())))

    assert isinstance(found[0], Account)
    assert found[0].member.id == ANA
    counts = Counter((each.visibility, each.state) for each in documents(found))
    assert counts == {
        (Visibility.PUBLIC, State.PUBLISHED): 39,
        (Visibility.PUBLIC, State.DELETED): 1,
        (Visibility.GROUP, State.PUBLISHED): 3,
    }
    left_out = reasons(found)
    assert left_out.pop("private messages") == 6
    others = {} if name.endswith(".csv") else {"posts waiting for moderation": 1}
    assert left_out.pop("a file that is not read", 0) == (7 if others else 0)
    assert left_out == others
    assert all(each.on_purpose for each in found if isinstance(each, Skipped))


def test_the_user_is_known_as_the_preferences_tell(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", files([post(3)])), attested={"region": "DE"})[0]

    assert isinstance(found, Account)
    assert (found.member.name, found.member.handle) == ("Ana Example", "Ana")
    assert found.member.profile.about == "Repairs concertinas."
    assert found.member.joined_at == datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (found.member.languages, found.member.region) == (("de",), "DE")
    assert found.email == "ana@example.org"


def test_a_hidden_profile_is_not_kept(tmp_path: Path) -> None:
    hidden = {"hide_profile_and_presence": True}
    contents = files([post(3)]) | {"preferences.json": preferences(user_option=hidden)}

    found = read(write(tmp_path / "a.zip", contents))[0]

    assert isinstance(found, Account)
    assert found.member.profile.about == found.member.profile.location == ""
    assert "about" not in found.said


def test_a_suspended_user_is_known_as_that(tmp_path: Path) -> None:
    said = preferences(suspended_till="3017-01-01T00:00:00.000Z")
    found = read(write(tmp_path / "a.zip", files([post(3)]) | {"preferences.json": said}))[0]

    assert isinstance(found, Account)
    assert found.member.standing is Standing.SUSPENDED


def test_broken_preferences_are_named_and_the_posts_read(tmp_path: Path) -> None:
    contents = files([post(3)]) | {"preferences.json": b'{"user": [1'}

    found = read(write(tmp_path / f"{NAME}.zip", contents))

    assert len(documents(found)) == 1
    assert reasons(found)["not JSON"] == 1


def test_an_answer_keeps_whose_words_are_in_it(tmp_path: Path) -> None:
    document = one(tmp_path, discourse.answer(4))

    assert document.text == ("Glue it, I always say.\nPlease do not. @cy showed how:\nsteam --low")
    assert [(q.start, q.end, q.member_id) for q in document.quotes] == [(0, 22, f"{FORUM}/u/ben")]
    assert [(document.text[m.start : m.end], m.member_id) for m in document.mentions] == [
        ("@cy", f"{FORUM}/u/cy")
    ]
    assert [document.text[c.start : c.end] for c in document.code] == ["steam --low"]
    assert (document.kind, document.title) == (Kind.COMMENT, "")
    assert document.parents == (f"{FORUM}/t/104/1",)


def test_a_post_that_begins_a_topic_has_its_title_and_an_answer_does_not(tmp_path: Path) -> None:
    document = one(tmp_path, post(3))

    assert (document.id, document.kind) == (f"{FORUM}/t/103/1", Kind.POST)
    assert document.title == "On reeds, part 103"
    assert document.source == "discourse"
    assert one(tmp_path, post(4)).title == ""


def test_a_changed_title_changes_no_id(tmp_path: Path) -> None:
    before = one(tmp_path, post(3))
    after = one(tmp_path, post(3, topic_title="New", url=f"{FORUM}/t/new-title/103/1"))

    assert before.id == after.id


@pytest.mark.parametrize("no", [*sorted(NO), "No", " NEIN ", "Não", "Нет"])
def test_a_no_of_any_language_is_no_private_message(tmp_path: Path, no: str) -> None:
    assert len(documents(rows(tmp_path, post(3, is_pm=no)))) == 1


@given(
    word=st.text(max_size=8)
    | st.sampled_from(["Yes", "Ja", "Oui", "Sí", "Да", "はい", "是", "", "0", "n", "none", "not"])
)
def test_what_is_not_a_no_for_certain_is_a_private_message(word: str) -> None:
    posts = Posts(forum=Forum(base=FORUM, username="ana"), options=ReadingOptions())

    found = posts.row(Record(where="line 2", number=2, fields=post(3, is_pm=word)))

    assert isinstance(found, Document if says_no(word) else Skipped)


def test_a_table_without_the_column_holds_private_messages_only(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_bytes(table([post(3)], [name for name in COLUMNS if name != "is_pm"]))

    assert reasons(read(path)) == {"private messages": 1}


@pytest.mark.parametrize("categories", ["-", "", " "])
def test_a_post_in_a_category_without_a_name_is_not_public(tmp_path: Path, categories: str) -> None:
    assert one(tmp_path, post(3, categories=categories)).visibility is Visibility.GROUP


def test_the_operator_may_say_that_only_a_group_reads_here(tmp_path: Path) -> None:
    document = one(tmp_path, post(3), attested={"visibility": "group", "licence": "CC0-1.0"})

    assert (document.visibility, document.licence) == (Visibility.GROUP, "CC0-1.0")


def test_columns_may_stand_in_any_order_and_most_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    columns = ("created_at", "new_one", "url", "is_pm", "categories", "post_cooked")
    path.write_bytes(b"\xef\xbb\xbf" + table([post(3)], columns))

    (document,) = documents(read(path))

    assert document.text == post(3)["post_raw"]


def test_what_became_of_a_post_is_read_where_what_was_typed_is_missing(tmp_path: Path) -> None:
    cooked = (
        '<aside class="quote" data-username="ben"><blockquote>theirs</blockquote></aside>'
        '<p>Mine, <a class="mention" href="/u/cy">@cy</a></p>'
    )
    document = one(tmp_path, post(3, post_cooked=cooked) | {"post_raw": ""})

    assert document.text == "theirs\nMine, @cy"
    assert [quote.member_id for quote in document.quotes] == [f"{FORUM}/u/ben"]
    assert [mention.member_id for mention in document.mentions] == [f"{FORUM}/u/cy"]


def test_a_post_without_an_address_is_known_by_its_moment(tmp_path: Path) -> None:
    first = rows(tmp_path, post(3, url=""), post(4, url=""))
    again = rows(tmp_path, post(3, "Edited.", url=""), post(4, url=""))

    assert [each.id for each in documents(first)] == [each.id for each in documents(again)]
    assert len({each.id for each in documents(first)}) == 2
    assert {each.member_id for each in documents(first)} == {"discourse:ana"}


def test_own_words_quoted_again_are_own_words(tmp_path: Path) -> None:
    raw = '[quote="ANA, post:1, topic:2"]\nmine\n[/quote]\nstill mine'

    document = one(tmp_path, post(3, raw), member_id=MemberId("m-17"))

    assert document.member_id == "m-17"
    assert [quote.member_id for quote in document.quotes] == ["m-17"]


@pytest.mark.parametrize(
    ("said", "member"),
    [
        ("ben", f"{FORUM}/u/ben"),
        ("@Ben", f"{FORUM}/u/ben"),
        ("/u/ben", f"{FORUM}/u/ben"),
        (f"{FORUM}/u/ben/summary", ""),
        ("https://other.example.net/u/ben", ""),
        ("Ben of the Hill", ""),
        ("https://example.org/x", ""),
        ("", ""),
        ("ana", f"{FORUM}/u/ana"),
    ],
)
def test_whoever_has_no_users_name_is_someone(said: str, member: str) -> None:
    assert Forum(base=FORUM, username="Ana").who(said) == member


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("user_archive-ana-240301-120000-7.zip", "ana"),
        ("user_archive-ana-b.c_d-240301-120000-7 (1).zip", "ana-b.c_d"),
        ("user-archive-ana-150115-234817.csv.gz", "ana"),
        ("export.zip", ""),
    ],
)
def test_whose_archive_it_is_stands_in_its_name(name: str, username: str) -> None:
    assert username_in(name) == username


def test_an_archive_of_nobody_asks_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "user_archive.csv"
    path.write_bytes(table([post(3)]))

    with pytest.raises(BadInput) as refused:
        read(path)

    assert "--member" in refused.value.hint
    assert len(documents(read(path, member_id=MemberId("m-17")))) == 1


def test_a_table_packed_alone_as_it_used_to_be_is_read(tmp_path: Path) -> None:
    old = "user-archive-ana-150115-234817.csv"
    (tmp_path / f"{old}.gz").write_bytes(gzip.compress(table([post(3)])))
    zipped = zip_of(tmp_path / f"{old}.zip", {old: table([post(3)])})

    assert len(documents(read(tmp_path / f"{old}.gz"))) == len(documents(read(zipped))) == 1


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"created_at": ""}, "no date"),
        ({"created_at": "yesterday"}, "created_at is not a date"),
        ({"post_raw": "a" * 1_000_001}, "too long"),
        ({"post_raw": "a\0b"}, "a zero sign in a text"),
    ],
)
def test_a_broken_row_is_named_with_its_line(
    tmp_path: Path, facts: dict[str, str], reason: str
) -> None:
    found = rows(tmp_path, post(4), post(3) | facts)

    (broken,) = [each for each in found if isinstance(each, Skipped)]
    assert (broken.reason, broken.on_purpose) == (reason, False)
    assert "line 3" in broken.where


def test_a_post_that_stands_twice_is_named(tmp_path: Path) -> None:
    assert reasons(rows(tmp_path, post(3), post(3))) == {"id used twice": 1}


@pytest.mark.parametrize("day", ["2019-05-01 12:34:56 UTC", "2019-05-01T12:34:56.000Z"])
def test_days_are_read_as_every_version_writes_them(tmp_path: Path, day: str) -> None:
    document = one(tmp_path, post(3, created_at=day))

    assert document.created_at == datetime(2019, 5, 1, 12, 34, 56, tzinfo=UTC)


@pytest.mark.parametrize(
    "contents",
    [
        {"other.csv": b"a,b\n"},
        {"user_archive.csv": b""},
        {"user_archive.csv": b"a,b\n1,2\n"},
        {"user_archive.csv": b"post_raw,post_raw\n1,2\n"},
        {"user_archive.csv": b"\x00\x01\x02"},
    ],
)
def test_what_is_no_such_archive_is_refused_whole(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    with pytest.raises(BadInput):
        read(write(tmp_path / f"{NAME}.zip", contents))


cells = st.text(max_size=20) | st.sampled_from(
    ["No", "Yes", "-", '[quote="ben"]', "```", f"{FORUM}/t/x/1/2", "2020-01-01", "@", "\0", '"']
)


@settings(max_examples=120, suppress_health_check=ONE_FOLDER, deadline=None)
@given(
    made=st.lists(st.dictionaries(st.sampled_from(COLUMNS), cells, max_size=5), max_size=3),
    raw=st.none() | st.binary(max_size=60),
)
def test_whatever_a_table_holds_only_our_errors_come_of_it(
    tmp_path: Path, made: list[dict[str, str]], raw: bytes | None
) -> None:
    path = tmp_path / f"{NAME}.csv"
    whole = [post(3), *(post(number) | facts for number, facts in enumerate(made, start=4))]
    path.write_bytes(table(whole) + (raw or b""))
    try:
        found = read(path)
    except SaysoError:
        return

    public = [each for each in documents(found) if each.visibility is Visibility.PUBLIC]
    assert len(public) <= 1 + sum(says_no(facts.get("is_pm", "No")) for facts in made) + (
        raw is not None
    )
    for each in documents(found):
        (each.text + each.id + each.title + each.member_id).encode()
        assert all(quote.start < quote.end <= len(each.text) for quote in each.quotes)

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.community import (
    SOMEONE,
    AgeBand,
    Document,
    DocumentId,
    Kind,
    MemberId,
    Quote,
    State,
    Visibility,
)
from sayso.errors import BadInput, NotFound
from sayso.sources.readers import READERS, reader
from sayso.sources.reading import Account, Item, ReadingOptions, Skipped, Unread

Write = Callable[[str, str], Path]

POST = {
    "id": "p/1",
    "source": "blog",
    "author": "ana",
    "authors": ["ana", "bo"],
    "author_name": "Ana Lopez",
    "title": "A day",
    "date": "2024-02-29",
    "lang": "en",
    "tags": ["x"],
    "text": "One.\n\nTwo.",
}
POSTS = Path(__file__).parents[2].parent / "shared" / "data" / "posts" / "posts.jsonl"


def _read(path: Path, options: ReadingOptions | None = None) -> list[Item]:
    return list(reader(path.suffix[1:]).read(path, options or ReadingOptions()))


def _documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def _skipped(items: list[Item]) -> list[Skipped]:
    return [item for item in items if isinstance(item, Skipped)]


def _line(**changes: object) -> str:
    return json.dumps({key: said for key, said in {**POST, **changes}.items() if said is not None})


def test_a_post_is_read_with_its_bylines_before_it(write: Write) -> None:
    options = ReadingOptions(attested={"region": "us", "age_band": "adult", "licence": "CC0-1.0"})

    ana, bo, post = _read(write("posts.jsonl", _line()), options)

    assert isinstance(ana, Account)
    assert isinstance(bo, Account)
    assert (ana.member.name, bo.member.name) == ("Ana Lopez", "bo")
    assert (ana.member.region, ana.member.age_band) == ("US", AgeBand.ADULT)
    assert ana.is_byline
    assert bo.is_byline
    assert post == Document(
        id=DocumentId("p/1"),
        member_id=MemberId("ana"),
        co_authors=(MemberId("bo"),),
        kind=Kind.POST,
        title="A day",
        text="One.\n\nTwo.",
        created_at=datetime(2024, 2, 29, tzinfo=UTC),
        language="en",
        source="blog",
        licence="CC0-1.0",
    )


def test_our_own_field_names_are_read_whole(write: Write) -> None:
    line = json.dumps(
        {
            "id": "c1",
            "member_id": "bo",
            "kind": "comment",
            "body": "well, hello",
            "created_at": "2024-03-01T09:30:00+01:00",
            "updated_at": "2024-03-02T00:00:00Z",
            "visibility": "connections",
            "state": "draft",
            "parents": ["p/1"],
            "quotes": [{"start": 6, "end": 11, "member_id": "ana"}],
        }
    )

    (document,) = _documents(_read(write("own.jsonl", line)))

    assert document.created_at == datetime(2024, 3, 1, 8, 30, tzinfo=UTC)
    assert document.updated_at == datetime(2024, 3, 2, tzinfo=UTC)
    assert (document.kind, document.visibility) == (Kind.COMMENT, Visibility.CONNECTIONS)
    assert document.state is State.DRAFT
    assert document.parents == ("p/1",)
    assert document.quotes == (Quote(start=6, end=11, member_id=MemberId("ana")),)


def test_rows_and_lines_with_the_same_fields_are_the_same_documents(write: Write) -> None:
    rows = write(
        "posts.csv",
        "id,source,author,authors,author_name,title,date,lang,text\n"
        'p/1,blog,ana,ana;bo,Ana Lopez,A day,2024-02-29,en,"One.\n\nTwo."\n',
    )

    assert _read(rows) == _read(write("posts.jsonl", _line()))


def test_the_file_outranks_what_is_attested_for_all_of_it(write: Write) -> None:
    options = ReadingOptions(attested={"licence": "CC0-1.0", "visibility": "private"})
    path = write("posts.jsonl", _line(licence="CC-BY-4.0", visibility="public"))

    (document,) = _documents(_read(path, options))

    assert (document.licence, document.visibility) == ("CC-BY-4.0", Visibility.PUBLIC)


def test_documents_without_an_author_belong_to_the_member_given(write: Write) -> None:
    path = write("posts.jsonl", _line(author=None, authors=None))

    (document,) = _documents(_read(path, ReadingOptions(member_id=MemberId("zoe"))))

    assert document.member_id == "zoe"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "no id"),
        ({"id": "a\nb"}, "id is not an id"),
        ({"author": None, "authors": None}, "no author"),
        ({"authors": [1]}, "authors is not a list"),
        ({"authors": ["x" * 513]}, "authors is not a list of ids"),
        ({"text": "  "}, "no text"),
        ({"text": {"a": 1}}, "text is not text"),
        ({"date": None}, "no date"),
        ({"date": "yesterday"}, "date is not a date"),
        ({"kind": "poem"}, "kind has an unknown value"),
        ({"visibility": "some"}, "visibility has an unknown value"),
        ({"quotes": [{"start": 5, "end": 99, "member_id": "x"}]}, "a quote does not lie in"),
        ({"text": "\ud800"}, "not Unicode"),
    ],
)
def test_a_broken_record_is_skipped_with_its_line_and_the_rest_goes_on(
    write: Write, changes: dict[str, object], reason: str
) -> None:
    path = write("posts.jsonl", f"{_line(id='a')}\n{_line(**changes)}\n{_line(id='b')}\n")

    items = _read(path)

    (skipped,) = _skipped(items)
    assert skipped.reason.startswith(reason)
    assert skipped.where.endswith("posts.jsonl, line 2")
    assert skipped.mend
    assert [document.id for document in _documents(items)] == ["a", "b"]


def test_a_line_that_is_no_json_or_no_utf8_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes(
        b'{"id": \n' + _line(id="a").encode() + b'\n[1]\n{"id": "\xff"}\n\n' + _line().encode()
    )

    items = _read(path)

    assert [(s.where[-6:], s.reason) for s in _skipped(items)] == [
        ("line 1", "not JSON"),
        ("line 3", "not an object"),
        ("line 4", "not Unicode"),
    ]
    assert [document.id for document in _documents(items)] == ["a", "p/1"]


def test_an_id_used_twice_in_one_file_is_read_once(write: Write) -> None:
    items = _read(write("posts.jsonl", f"{_line()}\n{_line(text='other')}"))

    assert [document.text for document in _documents(items)] == ["One.\n\nTwo."]
    assert [skipped.reason for skipped in _skipped(items)] == ["id used twice"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("posts.jsonl", "\x00\x01 not text at all"),
        ("posts.jsonl", '[\n{"id": 1},\n{"id": 2}\n]\n'.replace('{"id"', '  "id"')),
        ("posts.jsonl", "id,author,text\n" * 50),
        ("posts.csv", '{"id": "p/1", "text": "x"}\n'),
        ("posts.csv", "id,author,text\n" + "one field only\n" * 30),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(write: Write, name: str, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        _read(write(name, text))

    assert "line 1" in refused.value.message or "line 2" in refused.value.message
    assert name in refused.value.message
    assert refused.value.hint


def test_an_empty_file_holds_nothing(write: Write) -> None:
    assert _read(write("posts.jsonl", "")) == []


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        _read(tmp_path / "none.jsonl")
    with pytest.raises(BadInput):
        list(reader("jsonl").read(tmp_path, ReadingOptions()))


def test_a_row_of_another_width_is_skipped(write: Write) -> None:
    path = write(
        "posts.csv",
        "id;author;text;date\np1;ana;hello;2024-01-01\np2;ana\np3;ana;bye;2024-01-02\n",
    )

    items = _read(path)

    assert [document.id for document in _documents(items)] == ["p1", "p3"]
    assert [skipped.where[-6:] for skipped in _skipped(items)] == ["line 3"]


def test_what_cannot_be_attested_is_refused_before_reading(write: Write) -> None:
    path = write("posts.jsonl", _line())

    with pytest.raises(BadInput, match="'name' cannot be set"):
        ReadingOptions(attested={"name": "Ana"})
    with pytest.raises(BadInput, match="region"):
        _read(path, ReadingOptions(attested={"region": "Germany"}))


def test_an_unknown_reader_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput) as refused:
        reader("parchment")

    assert all(entry.name in refused.value.hint for entry in READERS)


def test_the_real_posts_are_read_as_they_are() -> None:
    if not POSTS.is_file():
        pytest.skip("the real posts are not on this machine")

    items = _read(POSTS)

    assert len(_documents(items)) == 2032
    assert _skipped(items) == []
    assert len({item.member.id for item in items if isinstance(item, Account)}) == 816


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("scheduled", State.DRAFT),
        ("Queued", State.DRAFT),
        ("unanswered", State.PENDING),
        ("submitted", State.PENDING),
        ("pending", State.PENDING),
    ],
)
def test_what_is_not_out_yet_is_said_in_many_words(write: Write, word: str, state: State) -> None:
    (document,) = _documents(_read(write("posts.jsonl", _line(state=word))))

    assert document.state is state


def test_words_of_somebody_who_is_not_named_are_still_not_the_authors(write: Write) -> None:
    (document,) = _documents(_read(write("p.jsonl", _line(quotes=[{"start": 0, "end": 4}]))))

    assert document.quotes == (Quote(start=0, end=4, member_id=SOMEONE),)


def test_a_name_that_no_field_has_is_said_once_at_the_end(write: Write) -> None:
    path = write("posts.jsonl", f"{_line(visibilty='private')}\n{_line(id='q', visibilty='no')}\n")

    *_, last = _read(path)

    assert last == Unread(names=("visibilty",))


def test_a_repost_quotes_from_its_first_sign_to_its_last(write: Write) -> None:
    (document,) = _documents(_read(write("posts.jsonl", _line(reposted_from="ben"))))

    assert document.quotes == (Quote(start=0, end=len(document.text), member_id=MemberId("ben")),)

"""A site's own database, of each kind, is read by its operator's queries and never written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from archives import sql as archive
from archives.sql import Forum
from postgres import postgres_url
from sayso.community import AgeBand, Document, MemberId, Region, Standing, State, Visibility
from sayso.errors import BadInput, NotHere, SaysoError
from sayso.settings import Database
from sayso.sources.reading import (
    Account,
    Item,
    Reached,
    ReadingOptions,
    Skipped,
    There,
    Unread,
)
from sayso.sources.sql.reader import read_sql

__all__ = ["postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def forum(request: pytest.FixtureRequest, tmp_path: Path) -> Forum:
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'forum.db'}"
    made = Forum(url)
    for number in (1, 2, 3):
        made.joins(number)
    made.writes(*range(1, 8))
    return made


def database(forum: Forum, **more: str) -> Database:
    return replace(
        Database(
            url=forum.url,
            members=archive.MEMBERS,
            members_cursor="changed_at",
            documents=archive.DOCUMENTS,
            cursor="changed_at",
            ids=archive.IDS,
        ),
        **more,  # type: ignore[arg-type]
    )


def read(
    source: Database, reached: Mapping[tuple[str, str], str] | None = None, name: str = "forum"
) -> list[Item]:
    options = ReadingOptions(databases={"forum": source}, reached=reached or {})
    return list(read_sql(Path(name), options))


def documents(items: list[Item]) -> dict[str, Document]:
    return {item.id: item for item in items if isinstance(item, Document)}


def how_far(items: list[Item]) -> dict[tuple[str, str], str]:
    return {(item.source, item.query): item.value for item in items if isinstance(item, Reached)}


def test_rows_are_members_and_documents_of_that_source(forum: Forum) -> None:
    forum.marks_deleted(2)
    forum.writes(8, topic=2)
    forum.closes_account(3)

    items = read(database(forum))

    people = {
        item.member.id: item.member
        for item in items
        if isinstance(item, Account) and not item.is_byline
    }
    ana = people[MemberId("1")]
    assert (ana.name, ana.handle, ana.region) == ("Sailor 1 Example", "sailor1", Region("US"))
    assert (ana.age_band, ana.joined_at) == (AgeBand.ADULT, datetime(2024, 12, 1, 12, tzinfo=UTC))
    assert people[MemberId("3")].standing is Standing.DELETED
    found = documents(items)
    assert set(found) == {f"forum:{number}" for number in range(1, 9)}
    first, fifth, seventh = found["forum:1"], found["forum:5"], found["forum:7"]
    assert (first.member_id, first.source, first.title) == ("2", "forum", "Harbour talk")
    assert first.created_at == archive.BEGIN + 4 * archive.STEP
    assert fifth.parents == ("forum:4",)
    assert (seventh.member_id, seventh.co_authors) == ("2", ("3",))
    assert found["forum:2"].state is State.DELETED
    assert found["forum:8"].visibility is Visibility.PRIVATE
    assert [item for item in items if isinstance(item, Skipped)] == []
    (there,) = (item for item in items if isinstance(item, There))
    assert set(there.ids) == set(found)


def test_only_what_is_at_or_after_the_last_one_seen_is_read_again(forum: Forum) -> None:
    seen = how_far(read(database(forum)))

    forum.edits(3, "Note 3, mended.")
    forum.writes(8, 9)
    again = read(database(forum), seen)

    assert set(documents(again)) == {"forum:7", "forum:3", "forum:8", "forum:9"}
    assert set(documents(read(database(forum), how_far(again)))) == {"forum:9"}


def test_nothing_written_in_the_same_moment_is_held_back(forum: Forum) -> None:
    forum.writes(8, 9, at_once=True)
    seen = how_far(read(database(forum)))
    forum.writes(10)
    with sa.create_engine(forum.url, poolclass=sa.NullPool).begin() as connection:
        same = sa.select(archive.posts.c.changed_at).where(archive.posts.c.id == 9)
        connection.execute(
            sa.update(archive.posts)
            .where(archive.posts.c.id == 10)
            .values(changed_at=same.scalar_subquery())
        )

    again = read(database(forum), seen)

    assert set(documents(again)) == {"forum:8", "forum:9", "forum:10"}


def test_a_row_without_a_cursor_value_is_always_read(forum: Forum) -> None:
    with sa.create_engine(forum.url, poolclass=sa.NullPool).begin() as connection:
        connection.execute(
            sa.update(archive.posts).where(archive.posts.c.id == 2).values(changed_at=None)
        )
    seen = how_far(read(database(forum)))

    assert set(documents(read(database(forum), seen))) == {"forum:2", "forum:7"}


def test_an_overlap_goes_that_far_back(forum: Forum) -> None:
    seen = how_far(read(database(forum)))

    again = read(database(forum, overlap="15m"), seen)

    assert set(documents(again)) == {"forum:5", "forum:6", "forum:7"}


def test_a_query_that_changed_is_read_from_the_start(forum: Forum) -> None:
    seen = how_far(read(database(forum)))
    other = archive.DOCUMENTS.replace("'post' as kind", "'comment' as kind")

    again = read(database(forum, documents=other), seen)

    assert len(documents(again)) == 7


def test_the_operator_may_place_the_cursor(forum: Forum) -> None:
    own = archive.DOCUMENTS.replace("where", "where p.id >= :cursor and")
    placed = database(forum, documents=own, cursor="id", start="3")

    first = read(placed)
    forum.writes(8)
    again = read(placed, how_far(first))

    assert set(documents(first)) == {f"forum:{number}" for number in range(3, 8)}
    assert set(documents(again)) == {"forum:7", "forum:8"}
    with pytest.raises(BadInput, match="nothing says what that is at first"):
        read(replace(placed, start=""))


def test_without_a_cursor_all_is_read_each_time(forum: Forum) -> None:
    whole = database(forum, cursor="", members_cursor="")

    assert how_far(read(whole)) == {}
    assert len(documents(read(whole))) == 7


def test_every_type_becomes_a_field(forum: Forum) -> None:
    forum.keeps_something_odd()
    query = "select id, author, body as text, day as date, also_by as co_authors from odd"
    if forum.url.startswith("sqlite"):
        query = query.replace("select id,", f"select '{archive.ODD}' as id,")

    (document,) = documents(read(Database(url=forum.url, documents=query, prefix=""))).values()

    assert document.id == str(archive.ODD)
    assert document.authors == ("7", "8", "9")
    assert document.text == "Grüße vom Kai: 100 % Nebel."
    assert document.created_at == datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"documents": "delete from posts"}, "does not begin with SELECT"),
        ({"documents": "select 1 as id; drop table posts"}, "more than one statement"),
        (
            {"documents": "with gone as (delete from posts returning *) select * from gone"},
            "DELETE",
        ),
        ({"documents": "select * into copied from posts"}, "INTO"),
        ({"documents": "select nothing from nowhere"}, "documents: the database refuses"),
        ({"documents": "select 1 as one", "cursor": ""}, "no column `id`"),
        ({"documents": "select 1 as id, 2 as id", "cursor": ""}, "two columns are called 'id'"),
        ({"documents": "select 1 as id, 'x' as source", "cursor": ""}, "a column `source`"),
        ({"cursor": "nothing"}, "nothing"),
        ({"ids": "select id from posts where id < 0"}, "not the ids of all"),
        ({"ids": "select 'x' || id from posts"}, "not the ids of all"),
        ({"ids": "select id from posts where id < 7"}, "'forum:7' was just read"),
        ({"documents": "", "members": ""}, "neither"),
        ({"url": ""}, "SAYSO_SOURCES_FORUM_URL"),
        ({"url": "forum"}, "not an address"),
        ({"url": "sqlite:///nowhere/forum.db"}, "there is no file"),
        ({"url": "nosuch+driver://ana:secret@example.org/x"}, "nothing here can open"),
    ],
)
def test_what_cannot_be_read_names_the_table_and_the_query(
    forum: Forum, change: dict[str, str], said: str
) -> None:
    with pytest.raises(SaysoError) as refusal:
        read(database(forum, **change))

    assert "[sources.forum]" in refusal.value.message
    assert said in f"{refusal.value.message} {refusal.value.hint}"
    assert "secret" not in f"{refusal.value.message} {refusal.value.hint}"


def test_a_table_that_nobody_wrote_is_told_which_there_are(forum: Forum) -> None:
    with pytest.raises(BadInput, match="harbour") as refusal:
        read(database(forum), name="harbour")

    assert "forum" in refusal.value.hint
    assert len(documents(read(database(forum), name="all"))) == 7


def test_a_password_is_in_no_refusal_and_no_representation(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://ana:hush%2Fhush@/forum?host={tmp_path}"
    source = Database(url=url, documents="select 1 as id")

    with pytest.raises(NotHere) as refusal:
        read(source)

    shown = f"{refusal.value.message} {refusal.value.hint} {source!r} {refusal.value.__cause__}"
    assert "hush" not in shown


def test_a_function_that_writes_is_stopped_by_the_database(postgres_url: str) -> None:
    forum = Forum(postgres_url)
    forum.writes(1)
    with sa.create_engine(postgres_url, poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql(
            "create function wipe() returns int language sql as 'delete from posts; select 1'"
        )

    with pytest.raises(BadInput, match="read-only"):
        read(Database(url=forum.url, documents="select wipe() as id"))


def test_a_file_is_not_touched(tmp_path: Path) -> None:
    forum = Forum(f"sqlite:///{tmp_path / 'forum.db'}")
    forum.joins(1)
    forum.writes(1, members=1)
    before = _bytes(tmp_path)

    read(database(forum))

    assert _bytes(tmp_path) == before


def test_a_row_that_cannot_be_read_is_skipped_by_its_documents_id(tmp_path: Path) -> None:
    forum = Forum(f"sqlite:///{tmp_path / 'forum.db'}")
    query = "select 4 as id, 1 as author, x'ff' as text, '2025-01-01' as date"

    items = read(Database(url=forum.url, documents=query))

    (skipped,) = (item for item in items if isinstance(item, Skipped))
    assert (skipped.document_id, skipped.reason) == ("forum:4", "text is not text")
    assert skipped.where == "[sources.forum] documents, row 1 (id '4')"


def _bytes(folder: Path) -> str:
    parts = [(path.name, path.read_bytes().hex()) for path in sorted(folder.iterdir())]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def test_a_column_that_nothing_reads_is_named_and_the_cursor_is_not(forum: Forum) -> None:
    misspelt = archive.DOCUMENTS.replace("as visibility", "as visibilty")

    items = read(database(forum, documents=misspelt))

    assert [item.names for item in items if isinstance(item, Unread)] == [("visibilty",)]

"""Marks on what redaction missed, on each kind of database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sayso.community import Document, DocumentId, Kind, Member, MemberId
from sayso.datasets.admitting.missed import Field, Missed
from sayso.redact import scan
from sayso.storage.community import CommunityStore
from sayso.storage.database import Database
from sayso.storage.missed import MissedStore

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MARK = Missed(
    document_id=DocumentId("d1"),
    member_id=MemberId("ana"),
    field=Field.TEXT,
    start=3,
    end=8,
    kind=scan.Kind.PERSON,
    digest="0" * 64,
    marked_at=NOON,
)


def test_marking_twice_marks_once_and_the_last_kind_counts(database: Database) -> None:
    with database.writing() as connection:
        store = MissedStore(connection)

        assert store.add([MARK, replace(MARK, start=10, end=12)]) == 2
        assert store.add([replace(MARK, kind=scan.Kind.ADDRESS)]) == 0

        (found,) = store.of_documents([MARK.document_id]).values()
        assert [(each.start, each.kind) for each in found] == [
            (3, scan.Kind.ADDRESS),
            (10, scan.Kind.PERSON),
        ]


def test_the_newest_come_first_and_a_documents_marks_go_together(database: Database) -> None:
    other = replace(MARK, document_id=DocumentId("d2"), marked_at=NOON + timedelta(hours=1))
    with database.writing() as connection:
        store = MissedStore(connection)
        store.add([MARK, other])

        assert store.newest(9) == (other, MARK)
        assert store.newest(1) == (other,)
        assert store.documents() == ("d1", "d2")
        assert store.remove(MARK.document_id) == 1
        assert store.newest(9) == (other,)


def test_erasing_whoever_wrote_it_alone_or_with_others_erases_the_mark(database: Database) -> None:
    written = Document(
        id=MARK.document_id,
        member_id=MemberId("ana"),
        co_authors=(MemberId("ben"),),
        kind=Kind.POST,
        text="about Quill",
        created_at=NOON,
    )
    with database.writing() as connection:
        CommunityStore(connection).save_member(Member(id=MemberId("ben"), name="Ben"))
        CommunityStore(connection).save_document(written)
        store = MissedStore(connection)
        store.add([MARK, replace(MARK, document_id=DocumentId("other"))])

        assert [each.document_id for each in store.of_member(MemberId("ben"))] == ["d1"]
        assert store.erase(MemberId("ben")) == 1
        assert store.documents() == ("other",)
        assert store.erase(MemberId("ana")) == 1

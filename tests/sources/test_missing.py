"""What a whole reading did not bring was deleted where it came from, and nothing else was."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.sources import ShelfInMemory
from sayso.community import Document, DocumentId, Kind, Member, MemberId, State
from sayso.errors import BadInput
from sayso.sources.arrive import Arrived, arrive
from sayso.sources.missing import Extent, delete, missing, require_readable
from sayso.sources.present import Present
from sayso.sources.reading import Account, Item, Skipped, There

ANA, BO = MemberId("ana"), MemberId("bo")
BROKEN = Skipped(where="posts.jsonl, line 3", reason="not JSON", mend="mend it")


@pytest.fixture
def present() -> Iterator[Present]:
    with closing(Present()) as opened:
        yield opened


def post(name: str, member_id: MemberId = ANA, source: str = "blog") -> Document:
    return Document(
        id=DocumentId(name),
        member_id=member_id,
        kind=Kind.POST,
        text="hello there",
        created_at=datetime(2024, 1, 1, tzinfo=UTC),
        source=source,
    )


def read(shelf: ShelfInMemory, extent: Extent, *items: Item) -> Arrived:
    extent.note(items)
    arrived = arrive(items, shelf).arrived
    require_readable(arrived, extent)
    for gone in list(missing(extent, shelf)):
        arrived += delete(gone, shelf).arrived
    return arrived


def left(shelf: ShelfInMemory) -> set[str]:
    return {each.id for each in shelf.documents.values() if each.state is not State.DELETED}


def test_a_whole_file_deletes_what_it_no_longer_holds_of_its_sources(
    shelf: ShelfInMemory, present: Present
) -> None:
    arrive([post("p1"), post("p2"), post("p3", BO), post("x", source="elsewhere")], shelf)
    extent = Extent(present=present, is_whole=True, of_one_member=False)

    arrived = read(shelf, extent, post("p1"))

    assert (arrived.deleted, left(shelf)) == (2, {"p1", "x"})


def test_one_members_archive_deletes_nothing_of_anybody_else(
    shelf: ShelfInMemory, present: Present
) -> None:
    arrive([post("p1"), post("p2"), post("p3", BO)], shelf)
    ana = Account(member=Member(id=ANA, name="Ana"), said=frozenset())
    extent = Extent(present=present, is_whole=True, of_one_member=True)

    arrived = read(shelf, extent, ana, post("p1"), post("p4", BO))

    assert (arrived.deleted, left(shelf)) == (1, {"p1", "p3", "p4"})


def test_a_part_deletes_nothing(shelf: ShelfInMemory, present: Present) -> None:
    arrive([post("p1"), post("p2")], shelf)
    extent = Extent(present=present, is_whole=False, of_one_member=False)

    assert read(shelf, extent, post("p1"), BROKEN).deleted == 0


def test_nothing_is_deleted_while_something_could_not_be_read(
    shelf: ShelfInMemory, present: Present
) -> None:
    arrive([post("p1"), post("p2")], shelf)
    extent = Extent(present=present, is_whole=True, of_one_member=False)

    with pytest.raises(BadInput, match="Nothing was deleted"):
        read(shelf, extent, post("p1"), BROKEN)

    assert left(shelf) == {"p1", "p2"}


def test_what_is_left_out_on_purpose_does_not_keep_the_missing(
    shelf: ShelfInMemory, present: Present
) -> None:
    arrive([post("p1"), post("p2")], shelf)
    extent = Extent(present=present, is_whole=True, of_one_member=False)

    read(shelf, extent, post("p1"), replace(BROKEN, on_purpose=True))

    assert left(shelf) == {"p1"}


def test_a_list_of_all_that_exists_needs_no_whole_reading(
    shelf: ShelfInMemory, present: Present
) -> None:
    arrive([post("p1"), post("p2"), post("p3"), post("x", source="elsewhere")], shelf)
    extent = Extent(present=present, is_whole=False, of_one_member=False)

    there = There(source="blog", ids=(DocumentId("p1"), DocumentId("p3")))
    arrived = read(shelf, extent, BROKEN, there)

    assert (arrived.deleted, left(shelf)) == (1, {"p1", "p3", "x"})


_IDS = st.sets(st.text(max_size=6).map(DocumentId), max_size=40)


@settings(max_examples=100, deadline=None)
@given(there=_IDS, asked=_IDS)
def test_missing_is_what_was_asked_for_and_not_marked(
    there: set[DocumentId], asked: set[DocumentId]
) -> None:
    with closing(Present()) as present:
        present.add("blog", there)
        present.add("blog", there)

        assert set(present.missing("blog", asked)) == asked - there
        assert set(present.missing("blo", asked)) == asked

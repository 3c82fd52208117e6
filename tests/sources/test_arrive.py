from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fakes.sources import ShelfInMemory
from sayso.community import Document, DocumentId, Kind, Member, MemberId, Quote, Region, State
from sayso.errors import BadInput
from sayso.sources.arrive import ERASED, Arrived, arrive, delete_missing, in_batches
from sayso.sources.reading import Account, Item, Skipped

ANA, BO = MemberId("ana"), MemberId("bo")


def _post(name: str, member_id: MemberId = ANA, text: str = "hello there") -> Document:
    return Document(
        id=DocumentId(name),
        member_id=member_id,
        kind=Kind.POST,
        text=text,
        created_at=datetime(2024, 1, 1, tzinfo=UTC),
        source="blog",
    )


def _byline(member_id: MemberId, name: str) -> Account:
    return Account(member=Member(id=member_id, name=name), said=frozenset({"name"}), is_byline=True)


BROKEN = Skipped(where="posts.jsonl, line 3", reason="not JSON", mend="mend it")


def test_the_same_items_again_change_nothing(shelf: ShelfInMemory) -> None:
    items: list[Item] = [_byline(ANA, "Ana"), _post("p1"), _post("p2"), BROKEN]

    first, second = arrive(items, shelf), arrive(items, shelf)

    assert (first.read, first.new, first.new_members) == (3, 2, (ANA,))
    assert first.skipped == {"not JSON": 1}
    assert first.skipped_examples == (BROKEN,)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2)
    assert (second.new_members, second.changed_members) == ((), ())


def test_what_changed_and_what_is_gone_is_named(shelf: ShelfInMemory) -> None:
    arrive([_post("p1"), _post("p2")], shelf)

    again = arrive([_post("p1", text="new"), replace(_post("p2"), state=State.DELETED)], shelf)

    assert (again.changed, again.changed_ids) == (1, ("p1",))
    assert (again.deleted, again.deleted_ids) == (1, ("p2",))


def test_accounts_in_a_members_file_are_counted_and_bylines_are_not(
    shelf: ShelfInMemory,
) -> None:
    ana = Account(
        member=Member(id=ANA, name="Ana", region=Region("DE")), said=frozenset({"region"})
    )
    arrive([_byline(ANA, "Ana Lopez"), _byline(BO, "Bo")], shelf)

    arrived = arrive([ana], shelf)

    assert (arrived.read, arrived.new, arrived.changed) == (1, 0, 1)
    assert arrived.changed_members == (ANA,)
    assert shelf.members[ANA] == Member(id=ANA, name="Ana Lopez", region=Region("DE"))


def test_an_erased_member_does_not_come_back(shelf: ShelfInMemory) -> None:
    shelf.tokens = {"token of bo"}
    quoting = replace(
        _post("p2", text="as bo said: yes"), quotes=(Quote(start=12, end=15, member_id=BO),)
    )
    items: list[Item] = [
        Member(id=BO, name="Bo"),
        _byline(BO, "Bo"),
        _post("p1", BO),
        quoting,
        replace(_post("p3"), co_authors=(BO,)),
    ]

    arrived = arrive(items, shelf, token_of=lambda member_id: f"token of {member_id}")

    assert arrived.skipped == {ERASED: 3}
    assert shelf.members == {}
    assert [(one.id, one.text, one.quotes) for one in shelf.documents.values()] == [
        ("p2", "as bo said: ", ())
    ]


def test_batches_add_up_to_the_whole(shelf: ShelfInMemory) -> None:
    items: list[Item] = [_byline(ANA, "Ana"), *(_post(f"p{number}") for number in range(7)), BROKEN]

    total = Arrived()
    for batch in in_batches(items, 3):
        total += arrive(batch, shelf)

    assert (total.read, total.new, total.skipped.total()) == (8, 7, 1)
    assert total.new_members == (ANA,)


def test_a_whole_file_deletes_what_it_no_longer_holds(shelf: ShelfInMemory) -> None:
    other = replace(_post("x"), source="elsewhere")
    arrive([_post("p1"), _post("p2"), other], shelf)

    arrived = delete_missing(arrive([_post("p1")], shelf), shelf)

    assert (arrived.deleted, arrived.deleted_ids) == (1, ("p2",))
    assert shelf.documents[DocumentId("x")] == other


def test_nothing_is_deleted_while_something_could_not_be_read(shelf: ShelfInMemory) -> None:
    arrive([_post("p1"), _post("p2")], shelf)

    with pytest.raises(BadInput, match="Nothing was deleted"):
        delete_missing(arrive([_post("p1"), BROKEN], shelf), shelf)

    assert shelf.documents[DocumentId("p2")].state is State.PUBLISHED

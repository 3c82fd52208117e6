from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from fakes.sources import ShelfInMemory
from sayso.community import Document, DocumentId, Kind, Member, MemberId, Quote, Region, State
from sayso.sources.arrive import ERASED, Arrived, Batch, arrive, in_batches
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

    counted, again = first.arrived, second.arrived
    assert (counted.read, counted.new, first.new_members) == (3, 2, (ANA,))
    assert counted.skipped == {"not JSON": 1}
    assert (counted.skipped_examples, counted.broken) == ((BROKEN,), 1)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert (second.new_members, second.changed_members) == ((), ())


def test_what_changed_and_what_is_gone_is_named(shelf: ShelfInMemory) -> None:
    arrive([_post("p1"), _post("p2")], shelf)

    again = arrive([_post("p1", text="new"), replace(_post("p2"), state=State.DELETED)], shelf)

    assert (again.arrived.changed, again.changed_ids) == (1, ("p1",))
    assert (again.arrived.deleted, again.deleted_ids) == (1, ("p2",))


def test_accounts_in_a_members_file_are_counted_and_bylines_are_not(
    shelf: ShelfInMemory,
) -> None:
    ana = Account(
        member=Member(id=ANA, name="Ana", region=Region("DE")), said=frozenset({"region"})
    )
    arrive([_byline(ANA, "Ana Lopez"), _byline(BO, "Bo")], shelf)

    came = arrive([ana], shelf)

    assert (came.arrived.read, came.arrived.new, came.arrived.changed) == (1, 0, 1)
    assert came.changed_members == (ANA,)
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

    arrived = arrive(items, shelf, token_of=lambda member_id: f"token of {member_id}").arrived

    assert (arrived.skipped, arrived.broken) == ({ERASED: 3}, 0)
    assert shelf.members == {}
    assert [(one.id, one.text, one.quotes) for one in shelf.documents.values()] == [
        ("p2", "as bo said: ", ())
    ]


def test_batches_add_up_to_the_whole(shelf: ShelfInMemory) -> None:
    items: list[Item] = [_byline(ANA, "Ana"), *(_post(f"p{number}") for number in range(7)), BROKEN]

    total = Arrived()
    for batch in in_batches(items, 3):
        total += arrive(batch, shelf).arrived

    assert (total.read, total.new, total.skipped.total()) == (8, 7, 1)


def test_of_each_reason_the_first_is_kept_as_an_example() -> None:
    many = [
        Skipped(where=f"line {number}", reason=f"reason {number % 3}", mend="")
        for number in range(30)
    ]

    total = sum((_arrived_of(each) for each in many), Arrived())

    assert [each.where for each in total.skipped_examples] == ["line 0", "line 1", "line 2"]
    assert total.skipped == {"reason 0": 10, "reason 1": 10, "reason 2": 10}


def _arrived_of(skipped: Skipped) -> Arrived:
    return arrive([skipped], ShelfInMemory()).arrived


def test_what_is_known_and_can_no_longer_be_read_is_not_used_until_it_can(
    shelf: ShelfInMemory,
) -> None:
    arrive([_post("p1"), _post("p2")], shelf)
    unread = replace(BROKEN, document_id=DocumentId("p1"))

    came: Batch = arrive([unread, replace(BROKEN, document_id=DocumentId("new"))], shelf)

    assert shelf.documents[DocumentId("p1")] == replace(_post("p1"), state=State.UNREADABLE)
    assert came.changed_ids == ("p1",)
    assert (came.arrived.changed, came.arrived.skipped) == (0, {"not JSON": 2})
    assert arrive([unread], shelf).changed_ids == ()

    again = arrive([_post("p1")], shelf)
    assert (again.changed_ids, shelf.documents[DocumentId("p1")]) == (("p1",), _post("p1"))


def test_something_left_out_on_purpose_is_not_broken(shelf: ShelfInMemory) -> None:
    private = Skipped(where="messages.csv", reason="private messages", mend="", on_purpose=True)

    assert arrive([private], shelf).arrived == Arrived(
        read=1, skipped=Counter({"private messages": 1}), skipped_examples=(private,)
    )

"""Where rows go."""

import hashlib
import hmac

import pytest

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import HELD_OUT, RowId
from sayso.datasets.shards import Partition

PARTITION = Partition(key=bytes(range(32)), shards=4, slices=4)
MEMBERS = [MemberId(f"member-{number}") for number in range(4_000)]


def test_a_place_is_fixed_for_ever() -> None:
    places = [PARTITION.place(member, is_default=False) for member in MEMBERS[:6]]

    assert places == [(3, 0), (3, 0), (1, 2), (1, 0), (2, 0), (0, 1)]
    assert PARTITION.row_id(DocumentId("d")) == "7bb8a8901a8aaf35356d6c09021bc3cd"
    assert PARTITION.order(RowId("r")).hex()[:8] == "94a99b83"


def test_a_default_goes_to_the_last_slice_of_the_members_own_shard() -> None:
    for member in MEMBERS[:200]:
        shard, slice_ = PARTITION.place(member, is_default=True)
        assert shard == PARTITION.place(member, is_default=False)[0]
        assert slice_ == (0 if shard == HELD_OUT else PARTITION.slices - 1)


def test_about_one_member_in_twenty_is_held_out_and_shards_are_even() -> None:
    shards = [PARTITION.place(member, is_default=False)[0] for member in MEMBERS]

    assert 0.04 < shards.count(HELD_OUT) / len(MEMBERS) < 0.06
    for shard in range(4):
        assert 0.21 < shards.count(shard) / len(MEMBERS) < 0.27


def test_another_key_places_otherwise_and_has_another_name() -> None:
    other = Partition(key=b"o" * 32, shards=4, slices=4)

    assert other.digest != PARTITION.digest
    assert any(
        other.place(member, is_default=False) != PARTITION.place(member, is_default=False)
        for member in MEMBERS[:20]
    )
    assert "bytes" not in repr(PARTITION)
    assert "key" not in repr(PARTITION)


@pytest.mark.parametrize("key", [b"", b"k" * 32, b"k" * 64, b"k" * 65, b"long" * 99])
def test_many_are_named_and_ordered_like_each(key: bytes) -> None:
    """The key is read once for many, and the outcome is HMAC's as the library has it."""
    partition = Partition(key=key, shards=4, slices=4)
    documents = [DocumentId(f"document-{number}") for number in range(20)]
    told = [memoryview(each.encode()) for each in documents]

    ids = partition.row_ids(documents)

    assert ids == [partition.row_id(each) for each in documents]
    assert partition.orders(ids) == [partition.order(each) for each in ids]
    assert partition.tokens(told, before=b"rules ") == [
        hmac.digest(key, b"token\0rules " + bytes(each), hashlib.sha256)[:16] for each in told
    ]

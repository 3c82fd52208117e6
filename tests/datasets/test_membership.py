"""Who is in a dataset: one root for the same rows, whoever counts them and in whatever order."""

import random
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.seats import SEATS, HashedSeats
from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_manifest, read_rows
from sayso.datasets.sealing import membership
from sayso.datasets.sealing.membership import (
    Entry,
    Members,
    entries,
    place_of,
    read_entries,
    seated,
    sitting,
    under_seat,
)
from sayso.datasets.tables import row_table
from sayso.datasets.verify import verify_dataset
from sayso.errors import NotHere, Tampered
from sayso.evidence import sparse
from small_dataset import rows, sealed, writings

found = st.dictionaries(
    st.tuples(st.sampled_from("abcdef").map(MemberId), st.sampled_from("123456").map(DocumentId)),
    st.binary(min_size=32, max_size=32),
    max_size=20,
).map(lambda held: [(member, document, digest) for (member, document), digest in held.items()])


class OtherSeats(HashedSeats):
    """What another network's key gives."""

    key = "1" * 64

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        moved = super().of([MemberId(f"{each} elsewhere") for each in members])
        return {each: moved[MemberId(f"{each} elsewhere")] for each in members}


def plain_root(of: list[Entry]) -> bytes:
    """By the definition: a tree of trees."""
    leaves = []
    for member in {member for member, _, _ in of}:
        seat = SEATS.of([member])[member]
        own = sorted((place_of(seat, each), digest) for who, each, digest in of if who == member)
        leaves.append((seat, under_seat(len(own), sparse.root(own))))
    return sparse.root(sorted(leaves))


@given(found, st.randoms(use_true_random=False))
def test_the_root_is_that_of_the_definition_in_any_order(
    of: list[Entry], chance: random.Random
) -> None:
    expected = plain_root(of)
    chance.shuffle(of)

    assert seated(sitting(of, SEATS), SEATS)[0] == expected.hex()


@given(found, st.sampled_from("abcdefg").map(MemberId), st.sampled_from("1234567").map(DocumentId))
def test_every_answer_is_proven_by_the_trees(
    of: list[Entry], member: MemberId, document: DocumentId
) -> None:
    members = Members(SEATS)
    members.add(of)
    top, told = members.root(), members.prove(member, document)
    own = {each: digest for who, each, digest in of if who == member}

    assert told.count == len(own)
    assert told.digest == own.get(document, b"")
    if told.documents_root is None:
        assert not own
        assert sparse.excludes(top, told.seat, told.path)
        return
    under = under_seat(told.count, told.documents_root)
    assert sparse.includes(top, told.seat, under, told.path)
    assert told.document_path is not None
    place = place_of(told.seat, document)
    if told.digest:
        assert sparse.includes(told.documents_root, place, told.digest, told.document_path)
    else:
        assert sparse.excludes(told.documents_root, place, told.document_path)


def test_what_does_not_fit_in_memory_lies_in_files_and_gives_the_same_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "MOST_HELD_BYTES", 20_000)
    monkeypatch.setattr(membership, "AT_ONCE", 100)
    chance = random.Random(3)
    of = [
        (MemberId(f"m{number % 300}"), DocumentId(f"d{number}"), chance.randbytes(32))
        for number in range(1_000)
    ]
    spilt = Members(SEATS, tmp_path / "aside")
    spilt.add(of)

    assert len(list((tmp_path / "aside").iterdir())) == 256
    assert spilt.root().hex() == seated(sitting(of, SEATS), SEATS)[0]
    assert spilt.prove(of[0][0]).count == 4
    spilt.close()
    assert not list(tmp_path.iterdir())


def test_a_document_that_comes_twice_for_one_member_is_refused() -> None:
    once = (MemberId("a"), DocumentId("1"), bytes(32))

    with pytest.raises(ValueError, match="leaf"):
        seated(sitting([once, once], SEATS), SEATS)


def test_the_manifest_names_the_root_over_everyone_in_every_row(tmp_path: Path) -> None:
    dataset = sealed(tmp_path, rows(writings([f"m{number}" for number in range(120)])))
    manifest = read_manifest(tmp_path, dataset)
    of = list(entries(row_table(read_rows(tmp_path, dataset))))

    assert manifest.held_out_rows
    assert manifest.members_root == plain_root(of).hex()
    assert manifest.members_key == SEATS.key
    assert sorted(read_entries(tmp_path, manifest)) == sorted(of)
    assert len({member for member, _, _ in of}) == manifest.members


def test_another_key_gives_another_tree_with_nothing_in_common() -> None:
    """So nothing that a proof shows can be recomputed by somebody without the key."""
    of = [(MemberId(f"m{n}"), DocumentId(f"d{n}"), bytes([n]) * 32) for n in range(60)]
    shown = []
    for seats in (SEATS, OtherSeats()):
        members = Members(seats)
        members.add(of)
        told = members.prove(MemberId("m1"), DocumentId("d1"))
        assert told.document_path is not None
        shown.append(
            {*told.path.siblings, *told.document_path.siblings, told.seat} - {sparse.EMPTY}
        )

    assert not shown[0] & shown[1]


def test_a_row_whose_member_was_left_out_of_the_tree_is_found_by_verifying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rows(writings([f"m{number}" for number in range(12)]))
    with monkeypatch.context() as lying:
        lying.setattr(
            "sayso.datasets.sealing.membership.entries",
            lambda row: (each for each in entries(row) if each[0] != "m3"),
        )
        dataset = sealed(tmp_path, made)

    with pytest.raises(Tampered, match="members is 12, but 11"):
        verify_dataset(tmp_path, dataset, SEATS)


def test_a_dataset_of_another_key_cannot_be_verified_and_the_message_says_why(
    tmp_path: Path,
) -> None:
    dataset = sealed(tmp_path, rows(writings(["ana"])))

    with pytest.raises(NotHere, match="another key") as raised:
        verify_dataset(tmp_path, dataset, OtherSeats())
    assert "seats.key" in raised.value.hint


def test_entries_of_a_file_that_is_no_parquet_are_tampering(tmp_path: Path) -> None:
    dataset: DatasetId = sealed(tmp_path, rows(writings(["ana", "ben"])))
    manifest = read_manifest(tmp_path, dataset)
    path = next((tmp_path / "datasets" / dataset).glob("shard-*"))
    path.write_bytes(path.read_bytes()[:-9])

    with pytest.raises(Tampered, match="no longer the file"):
        list(read_entries(tmp_path, manifest))

"""Who sits where, kept from one dataset to the next."""

from pathlib import Path

import pytest

from sayso.datasets.sealing.sittings import Seating, Sittings

KEY = "a" * 64
SLICES = {"11" * 32: b"one" * 32, "22" * 32: b"", "33" * 32: b"three" * 96}


def kept(path: Path) -> Path:
    with Seating(path, KEY) as seating:
        for root, records in SLICES.items():
            seating.add(root, records)
    return path


def test_what_was_kept_of_a_slice_is_found_by_its_root(tmp_path: Path) -> None:
    known = Sittings(kept(tmp_path / "seats"), KEY)

    assert {root: known.of(root) for root in SLICES} == SLICES
    assert known.of("44" * 32) is None


def test_under_another_key_nothing_is_known(tmp_path: Path) -> None:
    known = Sittings(kept(tmp_path / "seats"), "b" * 64)

    assert [known.of(root) for root in SLICES] == [None] * 3


@pytest.mark.parametrize("at", [0, 31, 34, 40, 200, -1])
def test_where_a_byte_was_changed_nothing_is_known(tmp_path: Path, at: int) -> None:
    path = kept(tmp_path / "seats")
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)

    assert [Sittings(path, KEY).of(root) for root in SLICES] == [None] * 3


def test_of_a_file_that_was_cut_short_nothing_is_known(tmp_path: Path) -> None:
    path = kept(tmp_path / "seats")
    whole = path.read_bytes()

    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        assert [Sittings(path, KEY).of(root) for root in SLICES] == [None] * 3


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert Sittings(None, KEY).of("11" * 32) is None
    assert Sittings(tmp_path / "seats", KEY).of("11" * 32) is None


def test_a_file_that_two_datasets_share_is_not_written_over(tmp_path: Path) -> None:
    first = kept(tmp_path / "first")
    (tmp_path / "second").hardlink_to(first)

    with Seating(tmp_path / "second", KEY):
        pass

    assert Sittings(first, KEY).of("11" * 32) == SLICES["11" * 32]

"""Damage on the disk is found before a dataset is built upon, and mended from the documents."""

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.seats import SEATS
from sayso.community import Document, DocumentId
from sayso.consent.choices import Answer
from sayso.datasets.build import Base, build
from sayso.datasets.documents import batch_of
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import MANIFEST, blank_refusals, file_name, folder_of, workings_of
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.verify import verify_dataset
from sayso.datasets.whole import DIGESTS, is_whole
from sayso.errors import NotFound, Tampered
from sealing import PLAN, built, content
from small_dataset import rows, sealed, without, writings
from town import Town


@pytest.fixture
def town() -> Town:
    town = Town()
    for number in range(9):
        member = town.settle(f"m{number}", Answer.YES if number else Answer.NO)
        for at in range(3):
            town.writes(member, f"Words of m{number} about bridge number {at}.", minute=at)
    return town


def built_on(store: Path, town: Town, base: DatasetId) -> Sealed:
    def look_up(ids: frozenset[DocumentId]) -> list[Document]:
        return [each for each in town.documents if each.id in ids]

    plan = replace(PLAN, base=Base(dataset=base, documents=look_up))
    return build(store, [batch_of(town.documents)], town, plan)


def flip(path: Path) -> None:
    """Change a byte in the middle, in place, as a disk does."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize(
    "damage", ["flipped", "cut", "gone", "manifest", "no manifest", "refusals"]
)
def test_a_damaged_dataset_is_not_built_upon_and_is_mended_from_nothing(
    tmp_path: Path, town: Town, damage: str
) -> None:
    first = built(tmp_path, town)
    folder = folder_of(tmp_path, first.dataset_id)
    before = content(tmp_path, first.dataset_id)
    path = next(folder.glob("refusals-*" if damage == "refusals" else "shard-*"))
    path = folder / MANIFEST if "manifest" in damage else path
    if damage in {"gone", "no manifest"}:
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        flip(path)

    with pytest.raises(Tampered, match=path.name) as found:
        built_on(tmp_path, town, first.dataset_id)
    assert "--from-nothing" in found.value.hint

    again = built(tmp_path, town)

    assert (again.dataset_id, again.mended) == (first.dataset_id, (path.name,))
    assert content(tmp_path, first.dataset_id) == before
    verify_dataset(tmp_path, first.dataset_id, SEATS)
    assert built_on(tmp_path, town, first.dataset_id).mended == ()


def test_damage_that_reaches_both_datasets_is_found_and_mended_in_both(
    tmp_path: Path, town: Town
) -> None:
    first = built(tmp_path, town)
    town.writes(town.documents[-1].member_id, "One more text of hers, about a bell.", minute=50)
    second = built_on(tmp_path, town, first.dataset_id)
    here, there = (folder_of(tmp_path, each.dataset_id) for each in (first, second))
    shared = next(path for path in here.glob("shard-*") if path.samefile(there / path.name))
    flip(shared)

    for each in (first, second):
        with pytest.raises(Tampered, match=shared.name):
            built_on(tmp_path, town, each.dataset_id)
    assert built(tmp_path, town).mended == (shared.name,)

    assert shared.samefile(there / shared.name)
    for each in (first, second):
        verify_dataset(tmp_path, each.dataset_id, SEATS)
        assert is_whole(tmp_path, each.dataset_id)


def test_a_damaged_file_that_is_carried_over_is_not_believed_anew(tmp_path: Path) -> None:
    made = rows(writings([f"member-{number}" for number in range(24)]))
    first = sealed(tmp_path, made)
    leaver = next(each for each in made if each.shard == 0)
    lying = next(each for each in made if each.shard == 1)
    name = file_name(lying.shard, lying.slice)
    flip(folder_of(tmp_path, first) / name)

    second = without(tmp_path, first, made, leaver.member_id)

    assert folder_of(tmp_path, first).joinpath(name).samefile(folder_of(tmp_path, second) / name)
    with pytest.raises(Tampered, match=name):
        is_whole(tmp_path, second)


def test_a_dataset_of_which_nothing_was_written_down_is_made_anew(
    tmp_path: Path, town: Town
) -> None:
    first = built(tmp_path, town)
    (workings_of(tmp_path, first.dataset_id) / DIGESTS).unlink()

    assert not is_whole(tmp_path, first.dataset_id)
    assert built_on(tmp_path, town, first.dataset_id).dataset_id == first.dataset_id
    assert is_whole(tmp_path, first.dataset_id)


def test_an_erased_members_refusals_are_no_damage(tmp_path: Path, town: Town) -> None:
    first = built(tmp_path, town)

    assert blank_refusals(tmp_path, first.dataset_id, town.documents[0].member_id) == 3

    assert is_whole(tmp_path, first.dataset_id)
    with pytest.raises(NotFound):
        is_whole(tmp_path, DatasetId("0" * 64))

"""A build on yesterday's dataset gives, byte for byte, what a build from nothing gives."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.seats import SEATS
from sayso.community import Document, DocumentId, Quote
from sayso.consent.choices import Answer
from sayso.datasets.build import Base, BuildPlan, build
from sayso.datasets.documents import batch_of
from sayso.datasets.leaving import Leaving, take_back
from sayso.datasets.rows import DatasetId, Row
from sayso.datasets.sealed import (
    blank_refusals,
    file_name,
    folder_of,
    read_refusals,
    read_rows,
    workings_of,
)
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.verify import verify_dataset
from sayso.errors import Tampered
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sealing import PARTITION, PLAN, content, neighbours
from town import Town

_WORDS = [
    "tide",
    "quay",
    "rope",
    "mast",
    "sail",
    "wind",
    "crew",
    "dock",
    "bell",
    "fog",
    "gull",
    "net",
    "oar",
    "keel",
    "hull",
    "port",
]
_NAMES = ("Ada Quill", "Bo Marsh", "Cy Tanner", "Dee Harrow")


class Village:
    """A town whose people write, edit, delete, quote, agree and refuse, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.town = Town()
        self.people = [
            self.town.settle(f"p{each}", Answer.YES if each % 4 else Answer.NO)
            for each in range(14)
        ]
        self.names: list[str] = []
        for _ in range(60):
            self.writes()

    @property
    def plan(self) -> BuildPlan:
        return replace(PLAN, redactor=Redactor(directory=Directory(self.names)))

    def writes(self) -> None:
        minute = self.chance.randrange(20_000)
        others: Sequence[Document] = self.town.documents
        if others and self.chance.random() < 0.4:
            text = self.nearly(self.chance.choice(others).text)
        else:
            text = " ".join(self.chance.choices(_WORDS, k=self.chance.choice((2, 9, 80))))
            text += f" {self.chance.randrange(10**6)}"
        if self.chance.random() < 0.2:
            text += f". Ask {self.chance.choice(_NAMES)}, or a{minute}@example.org, about it."
        quotes: tuple[Quote, ...] = ()
        if self.chance.random() < 0.15:
            quotes = (Quote(start=0, end=4, member_id=self.chance.choice(self.people)),)
        self.town.writes(self.chance.choice(self.people), text, minute=minute, quotes=quotes)

    def nearly(self, text: str) -> str:
        words = text.split()
        if self.chance.random() < 0.6:
            words[self.chance.randrange(len(words))] = self.chance.choice(_WORDS)
        return " ".join(words)

    def changes(self, kind: str) -> None:
        some = self.chance.choice(self.town.documents)
        if kind == "write":
            self.writes()
        elif kind == "edit":
            self.town.edits(some, self.nearly(some.text))
        elif kind == "delete":
            self.town.deletes(some)
        elif kind == "say":
            answer = self.chance.choice((Answer.YES, Answer.NO))
            self.town.says(self.chance.choice(self.people), answer)
        elif kind == "speak of one":
            self.town.says(some.member_id, Answer.NO, some.id)
        elif kind == "join":
            self.names.append(self.chance.choice(_NAMES))
        elif kind == "leave":
            self.names = self.names[1:]

    def look_up(self, ids: frozenset[DocumentId]) -> list[Document]:
        return [each for each in self.town.documents if each.id in ids]

    def built(self, store: Path, base: DatasetId | None = None) -> Sealed:
        plan = self.plan
        if base is not None:
            plan = replace(plan, base=Base(dataset=base, documents=self.look_up))
        return build(store, [batch_of(self.town.documents)], self.town, plan)


_CHANGES = st.sampled_from(
    ("write", "edit", "delete", "say", "speak of one", "join", "leave", "nothing")
)


def same_as_from_nothing(village: Village, store: Path, sealed: Sealed) -> None:
    with TemporaryDirectory() as elsewhere:
        fresh = village.built(Path(elsewhere))
        assert sealed.dataset_id == fresh.dataset_id
        assert content(store, sealed.dataset_id) == content(Path(elsewhere), fresh.dataset_id)
    verify_dataset(store, sealed.dataset_id, SEATS)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.lists(_CHANGES, max_size=5), min_size=1, max_size=3))
def test_any_days_give_the_same_bytes_as_from_nothing(seed: int, days: list[list[str]]) -> None:
    village = Village(seed)
    with TemporaryDirectory() as folder:
        store = Path(folder)
        sealed = village.built(store)
        for day in days:
            for change in day:
                village.changes(change)
            sealed = village.built(store, sealed.dataset_id)
            same_as_from_nothing(village, store, sealed)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.lists(_CHANGES, max_size=4))
def test_what_was_taken_back_in_between_changes_no_byte(seed: int, day: list[str]) -> None:
    village = Village(seed)
    with TemporaryDirectory() as folder:
        store = Path(folder)
        before = village.built(store)
        leaver = village.chance.choice(village.people)
        village.town.says(leaver, Answer.NO)
        removed = {row.id for row in read_rows(store, before.dataset_id) if leaver in row.members}
        leaving = Leaving(dataset=before.dataset_id, removed=removed)
        after = take_back(store, leaving, village.look_up, village.town, village.plan)
        verify_dataset(store, after.dataset_id, SEATS)
        for change in day:
            village.changes(change)
        sealed = village.built(store, after.dataset_id)
        same_as_from_nothing(village, store, sealed)


def test_a_slice_in_which_nothing_changed_is_the_same_file(tmp_path: Path) -> None:
    village = Village(3)
    first = village.built(tmp_path)
    village.changes("write")

    second = village.built(tmp_path, first.dataset_id)

    here, there = (folder_of(tmp_path, each.dataset_id) for each in (first, second))
    same = [path.name for path in here.glob("*.parquet") if path.samefile(there / path.name)]
    assert len(same) >= len(list(here.glob("*.parquet"))) - 2


def test_nothing_new_is_made_where_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(4)
    first = village.built(tmp_path)

    def made(*_: object) -> None:
        raise AssertionError("a row was made")

    monkeypatch.setattr("sayso.datasets.making.pieces.made", made)

    assert village.built(tmp_path, first.dataset_id).dataset_id == first.dataset_id


@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "another"])
def test_without_its_workings_a_dataset_is_made_anew(tmp_path: Path, damage: str) -> None:
    village = Village(5)
    first = village.built(tmp_path)
    workings = workings_of(tmp_path, first.dataset_id)
    path = max(workings.glob("*.records"), key=lambda each: each.stat().st_size)
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    elif damage == "changed":
        path.write_bytes(b"\0" + path.read_bytes()[1:])
    else:
        (workings / "shard-1.records").write_bytes((workings / "shard-0.records").read_bytes())
    village.changes("edit")

    sealed = village.built(tmp_path, first.dataset_id)

    same_as_from_nothing(village, tmp_path, sealed)


def test_a_dataset_that_was_changed_on_the_disk_is_not_built_upon(tmp_path: Path) -> None:
    village = Village(6)
    first = village.built(tmp_path)
    held: dict[str, list[Row]] = {}
    for row in read_rows(tmp_path, first.dataset_id):
        held.setdefault(file_name(row.shard, row.slice), []).append(row)
    name = max(held, key=lambda each: len(held[each]))
    other = next(each for each in held if each != name)
    folder = folder_of(tmp_path, first.dataset_id)
    (folder / name).write_bytes((folder / other).read_bytes())
    village.town.says(held[name][0].member_id, Answer.NO, held[name][0].document_id)

    with pytest.raises(Tampered):
        village.built(tmp_path, first.dataset_id)


def test_no_print_is_kept_of_what_somebody_took_back(tmp_path: Path) -> None:
    village = Village(9)
    ana, ben = neighbours(village.town, 2)
    village.town.writes(ben, "The same few words of both of them", minute=1)
    copy = village.town.writes(ana, "The same few words of both of them", minute=2)
    village.town.writes(ana, "Something else that is hers alone", minute=3)
    before = village.built(tmp_path)
    village.town.says(ana, Answer.NO)
    removed = {each.id for each in read_rows(tmp_path, before.dataset_id) if each.member_id == ana}
    leaving = Leaving(dataset=before.dataset_id, removed=removed)

    after = take_back(tmp_path, leaving, village.look_up, village.town, village.plan)

    (was,) = (
        each for each in read_refusals(tmp_path, before.dataset_id) if each.document_id == copy.id
    )
    (now,) = (
        each for each in read_refusals(tmp_path, after.dataset_id) if each.document_id == copy.id
    )
    assert was.prints
    assert (now.rule, now.prints, now.duplicate_of) == ("purpose_choice", b"", "")


def test_refusals_of_the_erased_are_not_carried_over(tmp_path: Path) -> None:
    village = Village(7)
    first = village.built(tmp_path)
    refused = village.people[0]
    blank_refusals(tmp_path, first.dataset_id, refused)
    for document in [each for each in village.town.documents if each.member_id == refused]:
        village.town.deletes(document)

    sealed = village.built(tmp_path, first.dataset_id)

    same_as_from_nothing(village, tmp_path, sealed)


def test_another_key_begins_anew(tmp_path: Path) -> None:
    village = Village(8)
    first = village.built(tmp_path)
    plan = replace(
        village.plan,
        partition=replace(PARTITION, key=b"o" * 32),
        base=Base(dataset=first.dataset_id, documents=village.look_up),
    )

    sealed = build(tmp_path, [batch_of(village.town.documents)], village.town, plan)

    assert sealed.manifest.partition != first.manifest.partition
    verify_dataset(tmp_path, sealed.dataset_id, SEATS)

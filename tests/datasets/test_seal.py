"""Sealing, reading back, and what happens when something breaks."""

import errno
import fcntl
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.seats import SEATS
from sayso.consent.choices import Answer
from sayso.datasets.build import BuildPlan, build
from sayso.datasets.disk import sweep
from sayso.datasets.documents import batch_of, batches_of
from sayso.datasets.engines.local import Local
from sayso.datasets.manifests import manifest_bytes
from sayso.datasets.rows import HELD_OUT, DatasetId, row_digest
from sayso.datasets.sealed import (
    blank_refusals,
    discard,
    folder_of,
    lying_in,
    read_held_out,
    read_manifest,
    read_rows,
    read_slice,
)
from sayso.datasets.sealing.seal import Returning
from sayso.datasets.successors import Change, successor
from sayso.datasets.verify import verify_dataset
from sayso.errors import BadInput, Conflict, NotFound, SaysoError, Tampered
from sayso.evidence import merkle
from sealing import PARTITION, PLAN, built, content, neighbours, refusals_in, roots, rows_in
from town import Town


@pytest.fixture
def town() -> Town:
    town = Town()
    for number in range(40):
        member = town.settle(f"m{number}", Answer.NO if number % 7 == 0 else Answer.YES)
        for each in range(3):
            town.writes(member, f"Post {each} of member {number}: write to a{number}@example.org.")
        town.writes(member, "Good morning to the whole network.", title="Hello")
    return town


def test_sealing_twice_gives_the_same_id_and_the_same_bytes(tmp_path: Path, town: Town) -> None:
    first = built(tmp_path / "one", town)
    second = built(tmp_path / "two", town)

    assert first == second
    assert content(tmp_path / "one", first.dataset_id) == content(
        tmp_path / "two", second.dataset_id
    )


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, town: Town, seed: int) -> None:
    documents = town.documents
    random.Random(seed).shuffle(documents)

    assert (
        build(tmp_path, [batch_of(documents)], town, PLAN).dataset_id
        == built(tmp_path, town).dataset_id
    )


def test_the_manifest_file_hashes_to_the_id(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    path = folder_of(tmp_path, sealed.dataset_id) / "manifest.json"

    digest = subprocess.run(  # an oracle that is not ours
        ["sha256sum", path], capture_output=True, check=True, text=True
    ).stdout.split()[0]
    assert digest == sealed.dataset_id
    assert read_manifest(tmp_path, sealed.dataset_id) == sealed.manifest


def test_every_document_is_a_row_or_a_refusal_with_its_reason(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    manifest = sealed.manifest

    rows, refusals = rows_in(tmp_path, sealed), refusals_in(tmp_path, sealed)

    assert {document.id for document in town.documents} == rows.keys() | refusals.keys()
    assert not rows.keys() & refusals.keys()
    assert all(refusal.rule and refusal.reason for refusal in refusals.values())
    assert manifest.documents_read == len(town.documents)
    assert manifest.rows + manifest.held_out_rows == len(rows)
    assert sum(manifest.refusals.values()) == len(refusals)
    assert sum(manifest.files.values()) == len(town.documents)


def test_rows_are_in_keyed_order_and_the_root_covers_them(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    for shard, slices in sealed.manifest.shards.items():
        for number, root in enumerate(slices):
            rows = read_slice(tmp_path, sealed.dataset_id, int(shard), number)
            order = [PARTITION.order(row.id) for row in rows]
            assert order == sorted(order)
            leaves = [merkle.leaf_hash(bytes.fromhex(row_digest(row))) for row in rows]
            assert merkle.root(leaves).hex() == root
            assert {(row.shard, row.slice) for row in rows} <= {(int(shard), number)}


def test_held_out_rows_are_not_among_those_trained_on(tmp_path: Path, town: Town) -> None:
    for number in range(60):
        town.writes(town.settle(f"more{number}"), f"Something member {number} alone would say.")
    sealed = built(tmp_path, town)

    held_out = read_held_out(tmp_path, sealed.dataset_id)
    trained = list(read_rows(tmp_path, sealed.dataset_id, held_out=False))

    assert held_out
    assert {row.shard for row in held_out} == {HELD_OUT}
    assert HELD_OUT not in {row.shard for row in trained}
    assert not {row.member_id for row in held_out} & {row.member_id for row in trained}


def test_an_empty_network_makes_an_empty_dataset(tmp_path: Path) -> None:
    sealed = built(tmp_path, Town())

    assert verify_dataset(tmp_path, sealed.dataset_id, SEATS).rows == 0
    assert set(sealed.manifest.shards["0"]) == {merkle.EMPTY_ROOT.hex()}


def test_verify_recomputes_everything_and_agrees(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    checked = verify_dataset(tmp_path, sealed.dataset_id, SEATS)

    assert checked.rows == sealed.manifest.rows
    assert checked.slices == PARTITION.shards * PARTITION.slices


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "swap", "extra", "refusals"])
def test_verify_names_what_was_changed(tmp_path: Path, town: Town, damage: str) -> None:
    sealed = built(tmp_path, town)
    folder = folder_of(tmp_path, sealed.dataset_id)
    first, second = sorted(folder.glob("shard-*.parquet"))[:2]
    match damage:
        case "flip":
            content = bytearray(first.read_bytes())
            content[len(content) // 3] ^= 1
            first.write_bytes(content)
        case "cut":
            first.write_bytes(first.read_bytes()[:-9])
        case "gone":
            first.unlink()
        case "swap":
            first.write_bytes(second.read_bytes())
        case "extra":
            (folder / "more.parquet").write_bytes(first.read_bytes())
        case _:
            (folder / "refusals.parquet").write_bytes(first.read_bytes())

    with pytest.raises(Tampered) as raised:
        verify_dataset(tmp_path, sealed.dataset_id, SEATS)

    named = {"extra": "more.parquet", "refusals": "refusals.parquet"}.get(damage, first.name)
    assert named in raised.value.message


def test_a_manifest_with_another_number_in_it_is_found_out(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    path = folder_of(tmp_path, sealed.dataset_id) / "manifest.json"
    path.write_bytes(manifest_bytes(replace(sealed.manifest, members=1)))

    with pytest.raises(Tampered, match=r"manifest\.json"):
        read_manifest(tmp_path, sealed.dataset_id)

    path.write_bytes(b"[]")
    with pytest.raises(Tampered, match=r"manifest\.json"):
        read_manifest(tmp_path, sealed.dataset_id)


@pytest.mark.parametrize("dataset", ["0" * 64, "../../keys", "", "ABC"])
def test_an_unknown_dataset_is_not_found(tmp_path: Path, dataset: str) -> None:
    with pytest.raises(NotFound):
        read_manifest(tmp_path, DatasetId(dataset))


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path, town: Town) -> None:
    def until_the_disk_is_full() -> Iterator[pa.RecordBatch]:
        yield batch_of(town.documents[:80])
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(SaysoError, match="no room left") as raised:
        build(tmp_path, until_the_disk_is_full(), town, PLAN)

    assert "run the same command again" in raised.value.hint
    assert [path.name for path in (tmp_path / "datasets").iterdir()] == [".lock"]
    assert verify_dataset(tmp_path, built(tmp_path, town).dataset_id, SEATS).rows


def test_no_file_may_grow_and_nothing_half_written_is_kept(tmp_path: Path, town: Town) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
        with pytest.raises(SaysoError, match="no room left"):
            built(tmp_path, town)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)

    assert [path.name for path in (tmp_path / "datasets").iterdir()] == [".lock"]


def test_any_other_failure_keeps_nothing_either(tmp_path: Path, town: Town) -> None:
    def until_something_breaks() -> Iterator[pa.RecordBatch]:
        yield batch_of(town.documents[:50])
        raise BadInput("The rest cannot be read.")

    with pytest.raises(BadInput):
        build(tmp_path, until_something_breaks(), town, PLAN)

    assert [path.name for path in (tmp_path / "datasets").iterdir()] == [".lock"]


_KILLED = """
import os, signal, sys
import sayso.datasets.making.pieces
from pathlib import Path
sys.path.insert(0, {tests!r})
from sealing import content, PLAN
from town import Town
from sayso.datasets.build import build
from sayso.datasets.documents import batches_of
town = Town()
ana = town.settle("ana")
def documents():
    for number in range(2000):
        if number == 1999:
            os.kill(os.getpid(), signal.SIGKILL)
        yield town.writes(ana, f"This is post number {{number}} of mine.")
build(Path({store!r}), batches_of(documents(), 100), town, PLAN)
"""


def test_what_a_killed_build_left_behind_is_swept_away(tmp_path: Path, town: Town) -> None:
    tests = str(Path(__file__).parents[1])
    script = _KILLED.format(tests=tests, store=str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    left = [path.name for path in (tmp_path / "datasets").iterdir() if path.is_dir()]

    sealed = built(tmp_path, town)

    assert ended.returncode == -signal.SIGKILL
    assert [name[:5] for name in left] == [".tmp-"]
    assert {path.name for path in (tmp_path / "datasets").iterdir()} == {
        ".lock",
        "workings",
        sealed.dataset_id,
    }


def test_a_sweep_leaves_nothing_of_a_killed_build(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    left = tmp_path / "datasets" / ".tmp-killed" / "work"
    left.mkdir(parents=True)
    (left / "piece").write_text("words of somebody")

    sweep(tmp_path / "datasets")

    assert {path.name for path in (tmp_path / "datasets").iterdir()} == {
        ".lock",
        "workings",
        sealed.dataset_id,
    }


def test_a_killed_build_goes_on_with_what_it_had_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = str(Path(__file__).parents[1])
    script = _KILLED.format(tests=tests, store=str(tmp_path))
    script = script.replace(
        "town = Town()", "sayso.datasets.making.pieces.PIECE_BYTES = 30_000; town = Town()"
    )
    monkeypatch.setattr("sayso.datasets.making.pieces.PIECE_BYTES", 30_000)
    subprocess.run([sys.executable, "-c", script], check=False)
    work = next((tmp_path / "datasets").glob(".tmp-*"))
    finished = {path.name: path.stat().st_mtime_ns for path in work.glob("*.rows.arrow")}
    seen: dict[str, int] = {}
    whole = Town()
    ana = whole.settle("ana")
    documents = [whole.writes(ana, f"This is post number {each} of mine.") for each in range(1999)]

    def watched() -> Iterator[pa.RecordBatch]:
        yield from batches_of(documents, 100)
        seen.update({path.name: path.stat().st_mtime_ns for path in work.glob("*.rows.arrow")})

    sealed = build(tmp_path, watched(), whole, PLAN)

    assert finished
    assert finished.items() <= seen.items()
    assert verify_dataset(tmp_path, sealed.dataset_id, SEATS).rows + sealed.manifest.held_out_rows


def test_what_a_killed_build_had_sealed_is_no_part_of_another(
    tmp_path: Path, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("sayso.datasets.sealing.seal.move_into_place", killed)
        with pytest.raises(KeyboardInterrupt):
            built(tmp_path, town)
    for member in {each.member_id for each in town.documents[::2]}:
        town.says(member, Answer.NO)

    sealed = built(tmp_path, town)

    assert verify_dataset(tmp_path, sealed.dataset_id, SEATS).rows == sealed.manifest.rows
    assert content(tmp_path, sealed.dataset_id) == content(
        tmp_path / "fresh", built(tmp_path / "fresh", town).dataset_id
    )


def test_two_builds_at_once_are_one_build_and_one_clear_message(tmp_path: Path, town: Town) -> None:
    (tmp_path / "datasets").mkdir()
    lock = os.open(tmp_path / "datasets" / ".lock", os.O_CREAT | os.O_WRONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)

    with pytest.raises(Conflict, match="Another build"):
        built(tmp_path, town)

    os.close(lock)
    assert built(tmp_path, town).manifest.rows


def test_a_document_that_comes_twice_is_refused(tmp_path: Path, town: Town) -> None:
    with pytest.raises(Conflict, match="came twice"):
        build(tmp_path, [batch_of([*town.documents, town.documents[5]])], town, PLAN)


def test_the_earliest_of_equal_texts_stays(tmp_path: Path) -> None:
    town = Town()
    ana, ben = neighbours(town, 2)
    late = town.writes(ana, "Good  morning\nto all of you", minute=9)
    early = town.writes(ben, "good morning to all of YOU", minute=3)

    sealed = built(tmp_path, town)

    assert early.id in rows_in(tmp_path, sealed)
    refusal = refusals_in(tmp_path, sealed)[late.id]
    assert refusal.rule == "duplicate"
    assert ben not in refusal.reason
    assert refusal.duplicate_of == PARTITION.row_id(early.id)


def test_a_successor_has_the_roots_of_a_fresh_seal(tmp_path: Path, town: Town) -> None:
    before = built(tmp_path, town)
    gone = next(
        row
        for row in rows_in(tmp_path, before).values()
        if row.shard != HELD_OUT and row.text.startswith("Post")
    )

    after = successor(
        tmp_path, before.dataset_id, Change(removed=frozenset({gone.id})), PARTITION, SEATS
    )
    others = [each for each in town.documents if each.id != gone.document_id]
    fresh = build(tmp_path / "fresh", [batch_of(others)], town, PLAN)

    assert roots(after) == roots(fresh)
    assert after.manifest.predecessor == before.dataset_id
    assert after.manifest.redactions == fresh.manifest.redactions
    changed = [
        (shard, number)
        for shard, slices in before.manifest.shards.items()
        for number, root in enumerate(slices)
        if after.manifest.shards[shard][number] != root
    ]
    assert changed == [(str(gone.shard), gone.slice)]
    verify_dataset(tmp_path, after.dataset_id, SEATS)


def test_a_successor_asks_for_the_copies_of_a_removed_row(tmp_path: Path) -> None:
    town = Town()
    ana, ben = neighbours(town, 2)
    first = town.writes(ana, "Good morning to all of you")
    second = town.writes(ben, "Good morning to all of you")
    before = built(tmp_path, town)
    removed = frozenset({PARTITION.row_id(first.id)})

    with pytest.raises(Returning) as back:
        successor(tmp_path, before.dataset_id, Change(removed=removed), PARTITION, SEATS)
    assert back.value.copies == {second.id: ben}


def test_a_row_that_is_not_there_cannot_be_removed(tmp_path: Path, town: Town) -> None:
    before = built(tmp_path, town)
    nobodys = frozenset({PARTITION.row_id(town.documents[0].id)})  # of a member who said no

    with pytest.raises(NotFound):
        successor(tmp_path, before.dataset_id, Change(removed=nobodys), PARTITION, SEATS)

    assert lying_in(tmp_path) == [before.dataset_id]


def test_another_partition_cannot_make_a_successor(tmp_path: Path, town: Town) -> None:
    before = built(tmp_path, town)

    with pytest.raises(Conflict, match="another key"):
        successor(
            tmp_path,
            before.dataset_id,
            Change(removed=frozenset()),
            replace(PARTITION, key=b"x" * 32),
            SEATS,
        )


def test_an_erased_member_leaves_the_refusals_but_not_their_count(
    tmp_path: Path, town: Town
) -> None:
    sealed = built(tmp_path, town)
    erased = town.documents[0].member_id

    assert blank_refusals(tmp_path, sealed.dataset_id, erased) == 4

    assert all(refusal.member_id != erased for refusal in refusals_in(tmp_path, sealed).values())
    assert blank_refusals(tmp_path, sealed.dataset_id, erased) == 0
    assert verify_dataset(tmp_path, sealed.dataset_id, SEATS).refusals == sum(
        sealed.manifest.refusals.values()
    )


def test_a_discarded_dataset_is_gone_with_its_texts(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)

    assert discard(tmp_path, sealed.dataset_id)
    assert not discard(tmp_path, sealed.dataset_id)

    left = {path.name for path in (tmp_path / "datasets").rglob("*")}
    assert left == {".lock", "workings"}


def test_what_a_killed_discard_left_is_swept_away(tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    folder = folder_of(tmp_path, sealed.dataset_id)
    folder.rename(folder.with_name(f".gone-{sealed.dataset_id}"))

    assert built(tmp_path, town) == sealed

    assert not list((tmp_path / "datasets").glob(".gone-*"))


def test_a_held_out_row_can_be_taken_out_too(tmp_path: Path) -> None:
    town = Town()
    for number in range(40):
        town.writes(town.settle(f"more{number}"), f"Something member {number} alone would say.")
    before = built(tmp_path, town)
    gone = read_held_out(tmp_path, before.dataset_id)[0]

    after = successor(
        tmp_path, before.dataset_id, Change(removed=frozenset({gone.id})), PARTITION, SEATS
    )

    assert gone.id not in {row.id for row in read_held_out(tmp_path, after.dataset_id)}
    assert after.manifest.shards == before.manifest.shards


def test_workers_do_not_change_the_outcome(tmp_path: Path, town: Town) -> None:
    ana = town.settle("ana")
    for number in range(2_000):
        town.writes(ana, f"Number {number}: call +49 30 901820 or ask a{number}@example.org.")
    alone = built(tmp_path, town)
    many = BuildPlan(
        purpose=PLAN.purpose,
        at=PLAN.at,
        redactor=PLAN.redactor,
        partition=PARTITION,
        seats=SEATS,
        engine=Local(2),
        total=len(town.documents),
    )

    assert build(tmp_path, [batch_of(town.documents)], town, many).dataset_id == alone.dataset_id

"""A whole dataset, checked by a stranger: it holds, and whatever was changed in it is named."""

import json
import os
import random
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.evidence import MemoryLeaves
from harbour import harbour, says
from sayso.audit import offline_dataset, offline_membership, offline_verifier
from sayso.audit.offline_dataset import check_folder, grow, root_over, sparse_root
from sayso.audit.offline_verifier import Failed, Trust
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.sealing.membership import seated, sitting
from sayso.errors import BadInput, Refused
from sayso.evidence import merkle, sparse
from sayso.evidence.canonical import canonical, digest
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.sparse import Leaf
from sayso.jobs.auditors import hand_to_auditor
from sayso.jobs.build import build_dataset
from sayso.jobs.seats import seats_of
from sayso.wiring import Network

SOURCES = [
    Path(str(each.__file__)) for each in (offline_dataset, offline_membership, offline_verifier)
]
MEMBERS = 6


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    opened = harbour(tmp_path_factory.mktemp("auditing") / "harbour")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def handed(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an auditor is given. Never write in it."""
    dataset = build_dataset(network, Purpose.GENAI_TRAINING).dataset_id
    folder = tmp_path_factory.mktemp("given") / "folder"
    hand_to_auditor(network, dataset, folder)
    return folder


@pytest.fixture(scope="module")
def vkey(network: Network) -> str:
    with network.reading() as stores:
        return stores.log.vkey


def copy_of(handed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(handed, tmp_path / "copy", dirs_exist_ok=True))


def files_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def said(folder: Path, vkey: str = "") -> list[str]:
    return check_folder(folder, Trust(vkey), {})[1]


def refused(folder: Path, vkey: str = "") -> str:
    with pytest.raises(Failed) as raised:
        said(folder, vkey)
    return str(raised.value)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))


# -- what is handed over


def test_an_auditor_checks_it_in_an_empty_place_where_there_is_no_sayso(
    handed: Path, vkey: str, tmp_path: Path
) -> None:
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    python, away = tmp_path / "bare" / "bin" / "python", tmp_path / "away"
    away.mkdir()
    for source in SOURCES:
        shutil.copy(source, away)
    copy = copy_of(handed, away)

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-I", "-S", "offline_dataset.py", *more]
        return subprocess.run(
            command, cwd=away, env={"PATH": os.defpath}, capture_output=True, text=True, check=False
        )

    done = run("--vkey", vkey, copy.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "copy: holds." in done.stdout
    assert f"and {MEMBERS} members, nobody else, have words in them." in done.stdout
    assert "The dataset's manifest was entered in the log as a seal." in done.stdout
    for garbage in ("garbage", "example.org/other+00000000+AQ", "a+b+c", "a+b+" + "?" * 44):
        other = run("--vkey", garbage, copy.name)
        assert other.returncode == 1
        assert f"{garbage!r} is no --vkey, a log's key." in other.stdout
    assert run("nothing-here").returncode == 3
    assert run("--witness", "none+00000000+BA", copy.name).returncode == 1
    (copy / "members.jsonl").write_bytes((copy / "members.jsonl").read_bytes().replace(b"6", b"5"))
    changed = run(copy.name)
    assert changed.returncode == 1
    assert "DOES NOT HOLD. members.jsonl, line 1: " in changed.stdout
    assert "Check a whole sealed dataset" in run("-h").stdout


def test_it_needs_nothing_that_python_does_not_bring() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import offline_dataset; print(sorted("
    code += "{each.partition('.')[0] for each in sys.modules} - sys.stdlib_module_names))"
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, SOURCES[0].parent],
        capture_output=True,
        text=True,
        check=True,
    )

    ours = ["__main__", "offline_dataset", "offline_membership", "offline_verifier"]
    assert found.stdout.strip() == str(ours)


def test_it_is_short_enough_to_be_read() -> None:
    assert all(len(each.read_text("utf8").splitlines()) <= 300 for each in SOURCES)


def test_it_holds_every_row_and_every_seat_and_no_refusal(handed: Path, network: Network) -> None:
    lines = {path.name: read(path) for path in (handed / "rows").iterdir()}
    (dataset,) = read(handed / "dataset.json")
    with network.reading() as stores:
        (entry,) = stores.datasets.list()

    assert sum(map(len, lines.values())) == entry.manifest.rows + entry.manifest.held_out_rows
    assert {each["member"] for each in read(handed / "members.jsonl")} == {
        row["member_id"] for rows in lines.values() for row in rows
    }
    assert digest({name: dataset[name] for name in dataset.keys() - {"proof"}}) == entry.id
    assert not list(handed.rglob("*refusals*"))
    assert handed.stat().st_mode & 0o077 == 0


def test_the_verifier_of_receipts_knows_the_manifest_too(handed: Path, vkey: str) -> None:
    text = (handed / "dataset.json").read_text("utf8")

    assert "as a seal" in offline_verifier.check_file(text, Trust(vkey), {})[1][0]


def test_a_folder_that_is_there_is_left_as_it_is(
    handed: Path, network: Network, tmp_path: Path
) -> None:
    copy = copy_of(handed, tmp_path)
    before = files_of(copy)
    (dataset,) = read(handed / "dataset.json")
    name = digest({each: dataset[each] for each in dataset.keys() - {"proof"}})

    with pytest.raises(BadInput, match="there already"):
        hand_to_auditor(network, name[:12], copy)
    assert files_of(copy) == before
    assert [each.name for each in tmp_path.iterdir()] == ["copy"]


def test_what_was_taken_back_goes_to_nobody(port: Network, tmp_path: Path) -> None:
    with port.reading() as stores:
        dataset = stores.datasets.list()[-1].id
    says(port, "ana", Answer.NO)

    with pytest.raises(Refused, match="6 rows were taken back") as raised:
        hand_to_auditor(port, dataset, tmp_path / "folder")
    assert not list(tmp_path.glob("*folder*"))
    assert "forget --pending" in raised.value.hint


def test_a_no_counts_though_no_model_learnt_from_the_dataset(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    dataset = build_dataset(network, Purpose.GENAI_TRAINING).dataset_id
    says(network, "ana", Answer.NO)

    with pytest.raises(Refused, match="of ana may not be used any more"):
        hand_to_auditor(network, dataset, tmp_path / "folder")
    assert not list(tmp_path.glob("*folder*"))
    network.close()


# -- whatever is changed is found, and named


def test_two_hundred_changes_of_one_byte_are_each_found_and_named(
    handed: Path, vkey: str, tmp_path: Path
) -> None:
    copy, chance = copy_of(handed, tmp_path), random.Random(7)
    files = files_of(handed)
    names = [name for name, content in files.items() if content]
    for number in range(200):
        name = names[number % len(names)]  # each file as often as the others
        content = bytearray(files[name])
        place = chance.randrange(len(content))
        content[place] ^= chance.randrange(1, 256)
        (copy / name).write_bytes(content)

        told = refused(copy, vkey)

        line = files[name][:place].count(b"\n") + 1
        assert told.startswith(f"{name}, line {line}: "), (number, name, line, told)
        (copy / name).write_bytes(files[name])
    assert said(copy, vkey)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_member_or_a_row_that_is_left_out_is_found(
    handed: Path, vkey: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    copy = copy_of(handed, tmp_path_factory.mktemp("less"))
    names = ["members.jsonl", *(name for name in files_of(handed) if name.startswith("rows/"))]
    name = data.draw(st.sampled_from([each for each in names if (handed / each).stat().st_size]))
    lines = read(copy / name)
    gone = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    write(copy / name, lines)

    told = refused(copy, vkey)

    if name == "members.jsonl":
        assert f"Words of member {gone['member']} are in this row, who has no seat." in told
        place, _, number = told.partition(":")[0].rpartition(", line ")
        row = read(copy / place)[int(number) - 1]
        assert gone["member"] in {row["member_id"], *row["members"]}
    else:
        assert told.startswith(f"{name}: It ends at line {len(lines)}")


def test_rows_in_another_order_and_files_too_many_or_too_few_are_found(
    handed: Path, tmp_path: Path
) -> None:
    copy = copy_of(handed, tmp_path)
    files = {name: held for name, held in files_of(handed).items() if name.startswith("rows/")}
    name = max(files, key=lambda each: len(files[each]))
    write(copy / name, read(copy / name)[::-1])
    assert refused(copy) == f"{name}: The rows, or their order, are not those that were sealed."

    (copy / name).unlink()
    assert refused(copy) == f"{name} is missing."
    shutil.copy(handed / name, copy / name)
    (copy / "rows" / "more.jsonl").touch()
    assert refused(copy) == "rows/more.jsonl is no part of this."


def test_a_row_moved_from_one_member_to_another_is_found(handed: Path, tmp_path: Path) -> None:
    copy = copy_of(handed, tmp_path)
    lines = read(copy / "members.jsonl")
    for name in ("documents", "root"):
        changed = [dict(line) for line in lines]
        changed[2][name] = 5 if name == "documents" else lines[1][name]
        write(copy / "members.jsonl", changed)
        assert refused(copy) == (
            f"members.jsonl, line 3: This is not what the rows hold of member {lines[2]['member']}."
        )
    write(copy / "members.jsonl", [*lines[:2], lines[1], *lines[2:]])
    assert refused(copy) == "members.jsonl, line 3: The seats do not ascend from line to line."


# -- an operator who lies with everything at hand


def forged(folder: Path, manifest: dict[str, Any]) -> None:
    """Seal another manifest over the same rows, in a log of one's own."""
    log = Log(MemoryLeaves(), Signer("example.org/log", bytes(32)))
    (dataset,) = read(folder / "dataset.json")
    entry = {"digest": digest(manifest), "kind": "seal"}
    log.append_all("seal", [{"digest": digest(manifest)}])
    log.checkpoint()
    proof = dataset["proof"] | {"leaf": canonical(entry).decode(), "vkey": log.vkey}
    write(folder / "dataset.json", [manifest | {"proof": proof | {"log_proof": log.proof_text(0)}}])


def test_a_seat_that_was_sealed_empty_is_contradicted_by_the_rows(
    handed: Path, network: Network, tmp_path: Path
) -> None:
    """The manifest, its root and the log agree; only the rows say who was left out."""
    copy = copy_of(handed, tmp_path)
    (manifest,) = read(copy / "dataset.json")
    del manifest["proof"]
    present = [
        (row["member_id"], row["document_id"], bytes.fromhex(row["digest"]))
        for name in files_of(copy)
        if name.startswith("rows/")
        for row in read(copy / name)
    ]
    seats = seats_of(network)
    others = sitting([each for each in present if each[0] != "chi"], seats)
    root, count = seated(others, seats)
    manifest |= {"members_root": root, "members": count}
    forged(copy, manifest)
    lines = read(copy / "members.jsonl")

    assert refused(copy).startswith("dataset.json: members is not what the rows give: 6.")
    forged(copy, manifest | {"members": 6})
    assert refused(copy).startswith("dataset.json: members_root was sealed over something else.")
    write(copy / "members.jsonl", [each for each in lines if each["member"] != "chi"])
    assert "Words of member chi are in this row, who has no seat." in refused(copy)


@pytest.mark.parametrize(
    "name",
    ["rows", "held_out_rows", "text_bytes", "languages", "kinds", "years", "bases", "redactions"],
)
def test_a_count_that_is_not_the_rows_own_is_found(handed: Path, tmp_path: Path, name: str) -> None:
    copy = copy_of(handed, tmp_path)
    (manifest,) = read(copy / "dataset.json")
    del manifest["proof"]
    forged(copy, manifest)
    assert said(copy)
    whole = isinstance(manifest[name], int)
    forged(copy, manifest | {name: manifest[name] + 1 if whole else {"fancy": 1}})

    assert refused(copy).startswith(f"dataset.json: {name} is not what the rows give")


@pytest.mark.parametrize(
    "line",
    [b"[]\n", b"[" * 100_000, b"\xff\n", b"{}\n", b'{"a":1e999}\n', b"\n", b'{"member":"a"}'],
)
@pytest.mark.parametrize("name", ["dataset.json", "members.jsonl", "rows/held-out.jsonl"])
def test_what_is_no_line_of_such_a_file_does_not_hold(
    handed: Path, tmp_path: Path, name: str, line: bytes
) -> None:
    copy = copy_of(handed, tmp_path)
    (copy / name).write_bytes(line)

    assert refused(copy).startswith(f"{name}, line 1: ")


# -- two implementations

keys = st.binary(min_size=32, max_size=32) | st.integers(0, 7).map(lambda each: each.to_bytes(32))


@settings(deadline=None)
@given(st.dictionaries(keys, keys, max_size=12).map(lambda held: sorted(held.items())))
def test_both_give_the_same_sparse_root(leaves: list[Leaf]) -> None:
    assert sparse_root(leaves) == sparse.root(leaves)
    if leaves:
        with pytest.raises(Failed):
            sparse_root([*leaves, leaves[-1]])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_both_give_the_same_root_of_a_slice(digests: list[bytes]) -> None:
    edge: list[bytes] = []
    for size, each in enumerate(digests, start=1):
        grow(edge, size, each)

    assert root_over(edge) == merkle.root(map(merkle.leaf_hash, digests)).hex()

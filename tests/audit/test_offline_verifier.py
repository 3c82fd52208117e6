"""The verifier is a second implementation: here the two must agree, and on tampering too."""

import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.evidence import MemoryLeaves
from sayso.audit import offline_verifier
from sayso.audit.offline_verifier import Failed, Trust, check_file, main, signature_holds
from sayso.evidence.canonical import JSON, canonical, digest
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import commitment

SIGNER = Signer("example.org/log", bytes(32))
OTHER = Signer("example.org/log", bytes([1] * 32))
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "rfc8785.json").read_text(encoding="utf-8")
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.floats(-1e30, 1e30) | st.text(),
    lambda held: st.lists(held) | st.dictionaries(st.text(), held),
    max_leaves=20,
)


def receipt(log: Log) -> dict[str, Any]:
    """A receipt in the form that members get, among other entries of the log."""
    salt = bytes(range(32))
    record: dict[str, JSON] = {"event_id": "e1", "member_id": "ana", "body": {"answer": "yes"}}
    text = canonical(record)
    log.append_all("seal", [{"digest": "before"}] * 5)
    position = log.append("event", {"commitment": commitment(salt, text)})
    log.append_all("seal", [{"digest": "after"}] * 3)
    return {
        "dct:identifier": "e1",
        "dpv:hasDataSubject": "ana",
        "dpv:hasConsentStatus": [{"@type": "dpv:ConsentGiven"}],
        "proof": {
            "record": text.decode(),
            "salt": salt.hex(),
            "log_proof": log.proof_text(position),
            "vkey": log.vkey,
        },
    }


def certificate(log: Log) -> dict[str, Any]:
    body: dict[str, Any] = {"member": "commitment", "seconds": 1.5, "shards": [1, 2]}
    log.append("model", {"digest": "a model"})
    position = log.append("certificate", {"digest": digest(body)})
    return body | {
        "proof": {
            "leaf": log.entry(position).entry.decode(),
            "log_proof": log.proof_text(position),
            "vkey": log.vkey,
        }
    }


def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], document: object, *more: str) -> str:
    file = tmp_path / "file.json"
    text = document if isinstance(document, str) else json.dumps(document)
    file.write_text(text, encoding="utf-8")
    code = main([*more, str(file)])
    out = capsys.readouterr().out
    assert code == (0 if ": holds." in out else 3 if "CANNOT SAY" in out else 1)
    return out


@pytest.fixture
def log() -> Log:
    return Log(MemoryLeaves(), SIGNER)


def test_a_receipt_holds(log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(tmp_path, capsys, receipt(log))

    assert ": holds." in out
    assert '"answer":"yes"' in out
    assert f"compare it with the network's: {SIGNER.vkey}" in out


def test_a_certificate_holds(log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(tmp_path, capsys, certificate(log), "--vkey", SIGNER.vkey)

    assert "holds" in out
    assert "as a certificate" in out
    assert "compare" not in out


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["dct:identifier"], "e2"),
        (["dpv:hasDataSubject"], "ben"),
        (["dpv:hasConsentStatus"], [{"@type": "dpv:ConsentWithdrawn"}]),
        (["dpv:hasConsentStatus"], "yes"),
        (["proof"], {}),
        (["proof"], "none"),
        (["proof", "salt"], bytes(32).hex()),
        (["proof", "salt"], "salt"),
        (["proof", "salt"], None),
        (["proof", "record"], "{}"),
        (["proof", "record"], "[]"),
        (["proof", "log_proof"], ""),
        (["proof", "log_proof"], "c2sp.org/tlog-proof@v1"),
        (["proof", "vkey"], OTHER.vkey),
    ],
)
def test_a_changed_receipt_does_not_hold(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str], path: list[str], value: object
) -> None:
    document = receipt(log)
    place = document
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value

    assert "DOES NOT HOLD" in said(tmp_path, capsys, document)


@pytest.mark.parametrize(("name", "value"), [("seconds", 1.6), ("shards", [1]), ("more", True)])
def test_a_changed_certificate_does_not_hold(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, value: object
) -> None:
    document = certificate(log) | {name: value}

    assert "not what was entered" in said(tmp_path, capsys, document)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_change_of_a_proof_makes_it_say_something_else(data: st.DataObject) -> None:
    document = receipt(Log(MemoryLeaves(), SIGNER))
    before = check_file(json.dumps(document), Trust(SIGNER.vkey), {})
    proof = document["proof"]["log_proof"]
    place = data.draw(st.integers(0, len(proof) - 1))
    letter = data.draw(st.sampled_from("Ax9\n"))
    document["proof"]["log_proof"] = proof[:place] + letter + proof[place + 1 :]

    try:
        after = check_file(json.dumps(document), Trust(SIGNER.vkey), {})
    except Failed:
        return
    assert after == before


def test_a_proof_alone_is_checked_with_the_key_and_the_entry(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt(log)
    proof, leaf = log.proof_text(5), log.entry(5).entry.decode()

    assert "stands in the log at 5" in said(
        tmp_path, capsys, proof, "--vkey", SIGNER.vkey, "--leaf", leaf
    )
    assert "--vkey" in said(tmp_path, capsys, proof)
    assert "not lead" in said(tmp_path, capsys, proof, "--vkey", SIGNER.vkey, "--leaf", "{}")
    assert "not signed" in said(tmp_path, capsys, proof, "--vkey", OTHER.vkey, "--leaf", leaf)


def test_a_checkpoint_is_checked_with_the_key(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt(log)
    note = log.checkpoint()

    assert "9 entries" in said(tmp_path, capsys, note, "--vkey", SIGNER.vkey)
    assert "--vkey" in said(tmp_path, capsys, note)
    assert "not over" in said(
        tmp_path, capsys, note.replace("\n9\n", "\n8\n"), "--vkey", SIGNER.vkey
    )


def test_two_roots_for_one_size_are_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        log = Log(MemoryLeaves(), SIGNER)
        log.append("seal", {"digest": name})
        (tmp_path / name).write_text(log.checkpoint(), encoding="utf-8")

    code = main(["--vkey", SIGNER.vkey, str(tmp_path / "one"), str(tmp_path / "two")])

    assert code == 1
    assert "Two roots were signed" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "hello", "{", "{}", '{"a":1,"a":2}', "{" * 5000, "\n\n\n"])
def test_what_is_none_of_these_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert "DOES NOT HOLD" in said(tmp_path, capsys, text, "--vkey", SIGNER.vkey)


def test_what_lacks_something_to_be_checked_with_cannot_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = Log(MemoryLeaves(), SIGNER)
    held = receipt(log)
    old = log.size()
    log.append("seal", {"digest": "later"})
    checkpoint, proof, growth = (tmp_path / name for name in ("checkpoint", "proof", "growth"))
    checkpoint.write_text(log.checkpoint(), encoding="utf-8")
    proof.write_text(held["proof"]["log_proof"], encoding="utf-8")
    growth.write_text(log.growth_text(old), encoding="utf-8")
    held["proof"]["vkey"] = ""
    (tmp_path / "keyless").write_text(json.dumps(held), encoding="utf-8")
    lacking = {
        "--vkey": [str(checkpoint)],
        "a log's key": [str(tmp_path / "keyless")],
        "--leaf": ["--vkey", SIGNER.vkey, str(proof)],
        f"of size {old}": ["--vkey", SIGNER.vkey, str(growth)],
        "nowhere": [str(tmp_path / "nowhere")],
    }

    for wanted, arguments in lacking.items():
        assert main(arguments) == 3
        out = capsys.readouterr().out
        assert "CANNOT SAY" in out
        assert wanted in out
        assert "DOES NOT HOLD" not in out


def test_what_does_not_hold_counts_more_than_what_cannot_be_said(tmp_path: Path) -> None:
    (tmp_path / "junk").write_text("hello", encoding="utf-8")

    assert main(["--vkey", SIGNER.vkey, str(tmp_path / "nowhere"), str(tmp_path / "junk")]) == 1


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere")]) == 3
    assert "nowhere" in capsys.readouterr().out


def test_it_runs_as_one_file_without_sayso(log: Log, tmp_path: Path) -> None:
    alone = tmp_path / "check.py"
    alone.write_bytes(Path(str(offline_verifier.__file__)).read_bytes())
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt(log)), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-I", "-S", alone, file], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert ": holds." in done.stdout


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(), st.integers(0, 511))
def test_a_signature_holds_just_where_the_library_says_so(
    seed: bytes, text: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    signature = private.sign(text)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8

    assert signature_holds(public, text, signature)
    assert not signature_holds(public, text + b"x", signature)
    assert not signature_holds(public, text, bytes(broken))
    assert not signature_holds(public, text, signature[:-1])


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_what_the_library_refuses_is_refused(public: bytes, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"text")
    except InvalidSignature:
        assert not held(public, b"text", signature)


def held(public: bytes, text: bytes, signature: bytes) -> bool:
    try:
        return signature_holds(public, text, signature)
    except Failed:
        return False


def test_the_first_vector_of_rfc_8032() -> None:
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )

    assert signature_holds(public, b"", signature)


@pytest.mark.parametrize("vector", VECTORS["numbers"], ids=lambda vector: vector["ieee754"])
def test_its_numbers_are_those_of_rfc_8785(vector: dict[str, str]) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(vector["ieee754"]))

    assert offline_verifier.canonical(number) == vector["canonical"]


@pytest.mark.parametrize("vector", VECTORS["texts"])
def test_its_texts_are_those_of_rfc_8785(vector: dict[str, str]) -> None:
    assert offline_verifier.canonical(json.loads(vector["input"])) == vector["canonical"]


@given(json_values)
def test_both_write_the_same_canonical_json(value: JSON) -> None:
    ours = canonical(value)

    assert offline_verifier.canonical(json.loads(ours)).encode() == ours

"""Cosignatures (c2sp.org/tlog-cosignature), held to what others published."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.witness import DASH, Cosigner
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.errors import BadInput, Tampered
from sayso.evidence import checkpoint, merkle, note
from sayso.evidence.note import Signer, Verifier, open_note, signatures

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "c2sp_witness.json").read_text(encoding="utf-8")
)
SPECIFIED, GROWTH = VECTORS["specification"], VECTORS["growth"]
LIVE = VECTORS["live"]
OURS = Signer("example.org/log", bytes(32))
WITNESS = Cosigner()
BODY = "example.org/log\n1\n" + base64.b64encode(bytes(32)).decode() + "\n"


@pytest.mark.parametrize("vector", LIVE, ids=lambda vector: vector["size"])
def test_what_public_witnesses_signed_holds(vector: dict[str, Any]) -> None:
    text, signed = signatures(vector["note"], [Verifier(each) for each in vector["witnesses"]])

    assert checkpoint.parse(text).size == vector["size"]
    assert [each.vkey for each in signed] == vector["witnesses"]
    assert {each.time for each in signed} == {vector["time"]}
    assert {each.line for each in signed} <= set(vector["note"].split("\n"))


@pytest.mark.parametrize("vector", LIVE, ids=lambda vector: vector["size"])
def test_not_over_another_size(vector: dict[str, Any]) -> None:
    other = vector["note"].replace(f"\n{vector['size']}\n", "\n42\n")

    for vkey in vector["witnesses"]:
        with pytest.raises(Tampered, match="is not over this text"):
            signatures(other, [Verifier(vkey)])


def test_the_offline_verifier_holds_a_live_checkpoint_with_all_its_witnesses() -> None:
    vector = LIVE[0]

    head, said = check_file(vector["note"], Trust(vector["vkey"], "", vector["witnesses"]), {})

    assert head.size == vector["size"]
    assert sum("saw it at 2026-05-23 21:50:24+00:00" in sentence for sentence in said) == 4


def test_the_offline_verifier_counts_each_witness_once() -> None:
    vector = LIVE[0]
    twice = [vector["witnesses"][0]] * 2

    with pytest.raises(Failed, match="only 1 cosigned"):
        check_file(vector["note"], Trust(vector["vkey"], "", twice), {})
    check_file(vector["note"], Trust(vector["vkey"], "", twice, 1), {})


def test_a_key_id_names_the_kind_of_signature() -> None:
    lines = [line.split(" ") for line in SPECIFIED["note"].split("\n") if line.startswith(DASH)]

    found = {name: base64.b64decode(text)[:4].hex() for _, name, text in lines}
    time = base64.b64decode(lines[1][2])[4:12]

    assert found == SPECIFIED["key_ids"]
    assert (lines[1][1], int.from_bytes(time)) == (SPECIFIED["witness"], SPECIFIED["time"])


@given(st.integers(0, 2**63 - 1))
def test_a_cosignature_is_over_the_time_and_the_whole_text(time: int) -> None:
    cosigned = OURS.sign(BODY) + WITNESS.line(BODY, time)

    text, (signed,) = signatures(cosigned, [Verifier(WITNESS.vkey)])

    assert (text, signed.time) == (BODY, time)
    assert note.cosigned_text(BODY, time) == f"cosignature/v1\ntime {time}\n{BODY}"


@given(st.data())
def test_one_flipped_bit_spoils_a_cosignature(data: st.DataObject) -> None:
    name, text = WITNESS.line(BODY, 1_700_000_000).rsplit(" ", 1)
    raw = bytearray(base64.b64decode(text))
    bit = data.draw(st.integers(32, 8 * len(raw) - 1))
    raw[bit // 8] ^= 1 << bit % 8
    forged = OURS.sign(BODY) + f"{name} {base64.b64encode(raw).decode()}\n"

    with pytest.raises(Tampered):
        signatures(forged, [Verifier(WITNESS.vkey)])


def test_a_time_beyond_63_bits_is_refused() -> None:
    with pytest.raises(Tampered):
        signatures(OURS.sign(BODY) + WITNESS.line(BODY, 2**63), [Verifier(WITNESS.vkey)])


@pytest.mark.parametrize("length", [1, 8, 64, 71, 73])
def test_a_cosignature_of_the_wrong_length_is_refused(length: int) -> None:
    raw = bytes.fromhex(WITNESS.vkey.split("+")[1]) + bytes(length)
    forged = f"{OURS.sign(BODY)}{DASH} {WITNESS.name} {base64.b64encode(raw).decode()}\n"

    with pytest.raises(Tampered):
        signatures(forged, [Verifier(WITNESS.vkey)])


def test_a_plain_signature_of_a_witness_is_no_cosignature() -> None:
    plain = Signer("witness.example.org", bytes([7] * 32))

    with pytest.raises(Tampered, match=r"not signed by witness\.example\.org"):
        open_note(plain.sign(BODY), [Verifier(WITNESS.vkey)])
    assert not Verifier(plain.vkey).is_witness
    assert Verifier(WITNESS.vkey).is_witness


def test_a_key_of_a_kind_that_is_not_spoken_is_refused() -> None:
    key = b"\x05" + bytes(32)
    key_id = hashlib.sha256(b"name\n" + key).hexdigest()[:8]

    with pytest.raises(BadInput, match="not Ed25519"):
        Verifier(f"name+{key_id}+{base64.b64encode(key).decode()}")


def test_the_growth_of_the_published_witness_test_is_proven_and_signed() -> None:
    key = note.ED25519 + bytes.fromhex(GROWTH["public"])
    origin = GROWTH["origin"]
    key_id = hashlib.sha256(origin.encode() + b"\n" + key).hexdigest()[:8]
    verifier = Verifier(f"{origin}+{key_id}+{base64.b64encode(key).decode()}")
    first = checkpoint.parse(open_note(GROWTH["first"], [verifier]))

    for text in GROWTH["grown"]:
        grown = checkpoint.parse_growth(text)
        head = checkpoint.parse(open_note(grown.checkpoint, [verifier]))

        assert grown.text() == text
        assert merkle.verify_consistency(
            old=grown.old,
            new=head.size,
            proof=grown.path,
            old_root=bytes.fromhex(first.root),
            new_root=bytes.fromhex(head.root),
        )
        roots = {(origin, 1): bytes.fromhex(first.root)}
        _, said = check_file(text, Trust(verifier.vkey), roots)
        assert said[0] == "The log of 1 entries is the beginning of this one."


@pytest.mark.parametrize(
    "text", ["", "old 1", "new 1\n\nnote\n", "old x\n\nn\n", "old 1\nA\n\nn\n"]
)
def test_what_is_no_proof_of_growth_is_refused(text: str) -> None:
    with pytest.raises(Tampered):
        checkpoint.parse_growth(text)

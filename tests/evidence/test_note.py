import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadInput, Tampered
from sayso.evidence.note import Signer, Verifier, open_note

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "signed_note.json").read_text(encoding="utf-8")
)
SPEC, GO = VECTORS["spec"], VECTORS["go"]
OURS = Signer("example.org/log", bytes(32))
lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"))


def test_the_example_of_the_standard_opens() -> None:
    verifier = Verifier(SPEC["vkey"])

    assert verifier.key_id.hex() == SPEC["key_id"]
    assert open_note(SPEC["note"], [verifier]) == SPEC["text"]


def test_the_same_key_and_text_give_the_published_note_byte_for_byte() -> None:
    signer = Signer(GO["name"], base64.b64decode(GO["secret"])[1:])

    assert signer.vkey == GO["vkey"]
    assert signer.sign(GO["text"]) == GO["note"]


@given(lines)
def test_what_is_signed_opens_to_the_same_text(text: str) -> None:
    note = OURS.sign(text + "\n")

    assert open_note(note, [Verifier(OURS.vkey)]) == text + "\n"


@given(lines, st.data())
def test_a_changed_text_does_not_open(text: str, data: st.DataObject) -> None:
    note = OURS.sign(text + "\n")
    place = data.draw(st.integers(0, len(text)))

    with pytest.raises(Tampered):
        open_note(note[:place] + "x" + note[place:], [Verifier(OURS.vkey)])


def test_the_signature_is_plain_ed25519_over_the_text() -> None:
    text = "example.org/log\n1\nroot\n"
    line = OURS.sign(text).rstrip("\n").rpartition(" ")[2]

    signature = base64.b64decode(line)[4:]

    Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().verify(signature, text.encode())


def test_a_witness_may_add_a_signature_of_any_kind() -> None:
    witness = base64.b64encode(b"\x01\x02\x03\x04" + bytes(72)).decode()
    note = OURS.sign("text\n") + f"— witness.example {witness}\n"

    assert open_note(note, [Verifier(OURS.vkey)]) == "text\n"


def test_a_known_key_that_signed_something_else_spoils_the_note() -> None:
    other = Signer("example.net/witness", bytes(range(32)))
    foreign = other.sign("other text\n").rpartition("\n\n")[2]
    note = OURS.sign("text\n") + foreign

    with pytest.raises(Tampered, match=r"example\.net/witness"):
        open_note(note, [Verifier(OURS.vkey), Verifier(other.vkey)])


def test_a_note_that_nobody_known_signed_does_not_open() -> None:
    with pytest.raises(Tampered, match=r"not signed by example\.com/foo"):
        open_note(OURS.sign("text\n"), [Verifier(SPEC["vkey"])])
    with pytest.raises(Tampered, match="any key"):
        open_note(OURS.sign("text\n"), [])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no signatures\n",
        "no line under it\n\n",
        "text\n\nnot a signature\n",
        "text\n\n— example.org/log ????\n",
        "text\n\n— example.org/log AAAAAA\n",
        "text\n\n— example.org/log é\n",
        "text\n\n— example.org/log AAAAAA==",
        "text\r\n\n— example.org/log AAAAAA==\n",
        "text\n\n" + "— a AAAAAAAA\n" * 65,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(Tampered):
        open_note(note, [Verifier(OURS.vkey)])


@pytest.mark.parametrize("text", ["no newline", "a\ttab\n", ""])
def test_a_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(BadInput):
        OURS.sign(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb"])
def test_a_name_that_cannot_name_a_key_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        Signer(name, bytes(32))


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903a+????",
        "example.com/foo+530d903a+AAAA",
        SPEC["vkey"].replace("530d903a", "530d903b"),
        SPEC["vkey"].replace("foo", "bar"),
        SPEC["vkey"].replace("+Ae", "+Be"),
    ],
)
def test_what_is_no_verifier_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadInput):
        Verifier(vkey)

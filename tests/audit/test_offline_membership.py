"""Who is in a dataset, checked by a stranger: what holds, and everything that must not."""

import base64
import json
import os
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.seats import KEY_FILE
from harbour import harbour
from sayso.audit import offline_membership, offline_verifier
from sayso.audit.offline_membership import Key, check_file, check_way, sentence
from sayso.audit.offline_verifier import Failed, Trust
from sayso.consent.purposes import Purpose
from sayso.datasets.sealing.membership import spoken
from sayso.errors import Tampered
from sayso.evidence import sparse
from sayso.evidence.sparse import Leaf
from sayso.evidence.vrf import SecretKey, output_of
from sayso.jobs.build import build_dataset
from sayso.jobs.prove import prove
from sayso.jobs.verify import check_alone, verify
from sayso.wiring import Network

SOURCE = Path(str(offline_membership.__file__))
ASKED: dict[str, dict[str, Any]] = {
    "in": {"member": "ana"},
    "out": {"member": "zoe"},
    "document in": {"document": "ana/0"},
    "document shown": {"document": "ana/0", "with_text": True},
    "document out": {"member": "ben", "document": "ana/0"},
    "document of nobody": {"member": "zoe", "document": "ana/0"},
}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return harbour(tmp_path_factory.mktemp("proving") / "harbour")


@pytest.fixture(scope="module")
def proofs(network: Network) -> dict[str, str]:
    dataset = build_dataset(network, Purpose.GENAI_TRAINING).dataset_id
    return {name: json.dumps(prove(network, dataset, **of).body) for name, of in ASKED.items()}


@cache
def other_key() -> SecretKey:
    key = rsa.generate_private_key(65_537, 2048)
    return SecretKey(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def answer(text: str, vkey: str = "") -> list[str]:
    return check_file(text, Trust(vkey), {})[1]


def refused(body: dict[str, Any]) -> str:
    """What is said of a proof that was changed, and whose words were changed to fit."""
    body["says"] = sentence(body)
    with pytest.raises(Failed) as raised:
        answer(json.dumps(body))
    return str(raised.value)


def test_it_says_in_one_sentence_what_is_proven(proofs: dict[str, str]) -> None:
    said = {name: answer(text)[0] for name, text in proofs.items()}
    dataset = json.loads(proofs["in"])["dataset"]

    assert said["in"] == f"Words of member ana are in dataset {dataset}: in 6 documents."
    assert said["out"] == f"No words of member zoe are in dataset {dataset}."
    place = said["document in"].removeprefix(
        f"Words of member ana from document ana/0 are in dataset {dataset}, "
    )
    assert place.startswith(("in shard ", "held out"))
    assert said["document out"] == (
        f"No words of member ben from document ana/0 are in dataset {dataset}, "
        "which holds words of theirs from 6 documents."
    )
    assert "from whatever document" in said["document of nobody"]
    assert "seventeen brass lanterns" in answer(proofs["document shown"])[1]
    assert all("entered in the log as a seal" in " ".join(answer(each)) for each in proofs.values())


def test_it_holds_in_a_bare_environment_where_there_is_no_sayso(
    proofs: dict[str, str], network: Network, tmp_path: Path
) -> None:
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    python, away = tmp_path / "bare" / "bin" / "python", tmp_path / "away"
    away.mkdir()
    for source in (SOURCE, Path(str(offline_verifier.__file__))):
        (away / source.name).write_bytes(source.read_bytes())
    names = [f"{name.replace(' ', '-')}.json" for name in proofs]
    for name, text in zip(names, proofs.values(), strict=True):
        (away / name).write_text(text, encoding="utf-8")
    with network.reading() as stores:
        vkey = stores.log.vkey
        (away / "checkpoint").write_text(stores.log.checkpoint(), encoding="utf-8")

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-I", "-S", "offline_membership.py", *more]
        return subprocess.run(
            command, cwd=away, env={"PATH": os.defpath}, capture_output=True, text=True, check=False
        )

    done = run("--vkey", vkey, *names, "checkpoint")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": holds.") == len(names) + 1
    (away / "changed.json").write_text(proofs["out"].replace("zoe", "ana"), encoding="utf-8")
    assert run("--vkey", vkey, "changed.json").returncode == 1
    assert "Check who is in a sealed dataset" in run("-h").stdout


def test_it_needs_nothing_that_python_does_not_bring() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import offline_membership; print(sorted("
    code += "{each.partition('.')[0] for each in sys.modules} - sys.stdlib_module_names))"
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, SOURCE.parent],
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == "['__main__', 'offline_membership', 'offline_verifier']"


def test_it_is_short_enough_to_be_read() -> None:
    assert len(SOURCE.read_text(encoding="utf-8").splitlines()) <= 300


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(ASKED)), st.data())
def test_no_change_of_any_proof_makes_it_say_something_else(
    proofs: dict[str, str], name: str, data: st.DataObject
) -> None:
    text = proofs[name]
    if data.draw(st.booleans()):
        at, bit = data.draw(st.integers(0, len(text) - 1)), data.draw(st.integers(0, 6))
        changed = text[:at] + chr(ord(text[at]) ^ 1 << bit) + text[at + 1 :]
    else:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 6)))
        changed = text[:start] + data.draw(st.text(max_size=4)) + text[end:]
    vkey = json.loads(text)["proof"]["vkey"]
    try:
        said = answer(changed, vkey)
    except Failed:
        return

    assert said == answer(text, vkey)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_proof_of_one_member_is_none_of_another(proofs: dict[str, str], name: str) -> None:
    body = json.loads(proofs[name])
    body["member"] = "chi"

    assert "not the seat of member chi" in refused(body)


@pytest.mark.parametrize(
    ("mine", "its"), [("in", "out"), ("out", "in"), ("document in", "document of nobody")]
)
def test_what_is_so_cannot_be_denied_and_what_is_not_cannot_be_claimed(
    proofs: dict[str, str], mine: str, its: str
) -> None:
    """With everything of the other answer's, and the seat of this member."""
    body, other = json.loads(proofs[mine]), json.loads(proofs[its])
    for part in ("members", "documents", "row"):
        body["proof"][part] = other["proof"][part]

    assert "does not lead to" in refused(body) or "has its place elsewhere" in refused(body)


def test_an_empty_seat_cannot_be_shown_where_somebody_sits(proofs: dict[str, str]) -> None:
    body = json.loads(proofs["in"])
    path = body["proof"]["members"]["path"]
    for shorter in (path, path[:-1], path[1:], [*path, ""], []):
        body["proof"]["members"] = {"path": shorter, "other": [], "count": 0, "root": ""}
        assert "does not lead to" in refused(body)


def test_a_count_that_is_not_the_one_sealed_is_refused(proofs: dict[str, str]) -> None:
    for count in (5, 7, -1, 6.5, "6", 2**70):
        body = json.loads(proofs["in"])
        body["proof"]["members"]["count"] = count
        assert refused(body)


def test_a_row_of_another_document_or_in_another_slice_is_refused(proofs: dict[str, str]) -> None:
    body = json.loads(proofs["document shown"])
    body["proof"]["row"]["text"] = body["proof"]["row"]["text"].replace("brass", "steel")
    assert "not that of the row" in refused(body)
    body = json.loads(proofs["document in"])
    body["proof"]["row"]["slice"] ^= 1
    assert "not in the shard and slice" in refused(body)
    body = json.loads(proofs["document in"])
    body["document"] = "ana/1"
    assert "does not lead to" in refused(body)


def test_a_key_of_the_operators_choosing_proves_nothing(proofs: dict[str, str]) -> None:
    body, key = json.loads(proofs["in"]), other_key()
    modulus = key.public.modulus.to_bytes(key.public.length)
    body["proof"] |= {
        "modulus": base64.b64encode(modulus).decode(),
        "roots": [base64.b64encode(each).decode() for each in key.roots()],
        "seat": base64.b64encode(key.prove(spoken(body["member"]))).decode(),
        "members": json.loads(proofs["out"])["proof"]["members"],
    }

    assert "not the one that was sealed" in refused(body)
    body["proof"]["manifest"]["members_key"] = key.public.fingerprint
    assert "not what was entered as a seal" in refused(body)


def test_a_sealed_key_without_its_roots_proves_nothing(proofs: dict[str, str]) -> None:
    body = json.loads(proofs["out"])
    roots = body["proof"]["roots"]
    for changed in (roots[:-1], roots[::-1], [*roots[:-1], roots[0]], []):
        body["proof"]["roots"] = changed
        assert "leave whoever made it a choice" in refused(body)


def test_another_datasets_seal_or_another_entry_is_refused(proofs: dict[str, str]) -> None:
    for name, value in (("kind", "model"), ("digest", "0" * 64)):
        body = json.loads(proofs["in"])
        leaf = json.loads(body["proof"]["leaf"]) | {name: value}
        body["proof"]["leaf"] = json.dumps(leaf)
        assert "not the seal of that dataset" in refused(body)
    body = json.loads(proofs["in"])
    body["proof"]["manifest"]["rows"] += 1
    assert "not what was entered as a seal" in refused(body)


def test_it_says_no_more_than_was_asked(proofs: dict[str, str]) -> None:
    body = json.loads(proofs["out"])
    body["proof"]["row"] = json.loads(proofs["document in"])["proof"]["row"]
    assert "does not show what was asked" in refused(body)
    body = json.loads(proofs["in"])
    body["document"] = "ana/9"
    assert "does not show what was asked" in refused(body)
    body = json.loads(proofs["in"]) | {"attested": "by us"}
    assert "in words" in refused(body)


@pytest.mark.parametrize("text", ["{", '{"kind":"sayso-proof-of-membership"}', "[" * 100_000, ""])
def test_what_is_no_proof_does_not_hold(text: str) -> None:
    with pytest.raises(Failed):
        answer(text)


# -- two implementations


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=20))
def test_both_give_a_member_the_same_seat(member: str) -> None:
    secret = SecretKey(KEY_FILE.read_bytes())
    key = Key(secret.public.modulus.to_bytes(secret.public.length))
    proof = secret.prove(spoken(member))  # type: ignore[arg-type]

    assert key.name == secret.public.fingerprint
    assert key.seat(member, proof) == output_of(proof)
    with pytest.raises(Failed):
        key.seat(f"{member}!", proof)


def test_both_know_the_same_roots() -> None:
    for secret in (SecretKey(KEY_FILE.read_bytes()), other_key()):
        key = Key(secret.public.modulus.to_bytes(secret.public.length))
        assert key.leaves_no_choice(secret.roots())
        assert not key.leaves_no_choice(secret.roots()[::-1])


keys = st.binary(min_size=32, max_size=32) | st.integers(0, 7).map(lambda each: each.to_bytes(32))
trees = st.dictionaries(keys, keys, max_size=12).map(lambda held: sorted(held.items()))


@settings(deadline=None)
@given(trees, keys, keys)
def test_both_follow_the_same_ways(leaves: list[Leaf], key: bytes, value: bytes) -> None:
    top, way, held = sparse.root(leaves), sparse.prove(leaves, key), dict(leaves)
    tree = {
        "path": [base64.b64encode(each).decode() for each in way.siblings],
        "other": [base64.b64encode(each).decode() for each in way.other or ()],
    }
    check_way(top, key, held.get(key, b""), tree)
    if held.get(key) != value:
        with pytest.raises(Failed):
            check_way(top, key, value, tree)
    if key in held:
        with pytest.raises(Failed):
            check_way(top, key, b"", tree)


def test_a_leaf_out_of_its_place_is_found_out() -> None:
    mine, its = bytes(32), bytes([0xFF]) * 32
    top = sparse.node_hash(sparse.leaf_hash(its, bytes(32)), sparse.EMPTY)
    other = [base64.b64encode(each).decode() for each in (its, bytes(32))]

    with pytest.raises(Failed, match="has its place elsewhere"):
        check_way(top, mine, b"", {"path": [""], "other": other})


# -- in a home


def test_sayso_verify_knows_the_proof_too(
    proofs: dict[str, str], network: Network, tmp_path: Path
) -> None:
    path = tmp_path / "proof.json"
    path.write_text(proofs["out"], encoding="utf-8")

    for found in (verify(network, str(path)), check_alone(path)):
        assert found.sentences[0].startswith("No words of member zoe are in dataset")
    path.write_text(proofs["out"].replace("zoe", "ana"), encoding="utf-8")
    with pytest.raises(Tampered, match="not the seat"):
        verify(network, str(path))

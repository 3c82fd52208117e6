"""The verifier as a stranger meets it: one short file, no Sayso, hostile input, little time."""

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.evidence import MemoryLeaves
from fakes.witness import Cosigner
from sayso.audit import offline_verifier
from sayso.audit.offline_verifier import Failed, Trust, check_file, main
from sayso.evidence.canonical import JSON, canonical, digest
from sayso.evidence.log import Log
from sayso.evidence.note import Signer, Verifier, signatures
from sayso.evidence.vault import commitment

SIGNER = Signer("example.org/log", bytes(32))
WITNESSES = [Cosigner(f"witness{number}.example.org", bytes([number] * 32)) for number in (1, 2, 3)]
TIME = 1_780_000_000
SOURCE = Path(str(offline_verifier.__file__))


class Cosigned:
    """Every checkpoint cosigned by the first two witnesses."""

    def __init__(self, leaves: MemoryLeaves) -> None:
        self._leaves = leaves

    def best(self, at_least: int) -> int | None:
        return max((size for size in self._leaves.signed if size >= at_least), default=None)

    def lines(self, size: int) -> list[str]:
        body = signatures(self._leaves.signed[size], [])[0]
        return [each.line(body, TIME).rstrip("\n") for each in WITNESSES[:2]]


def log_of(count: int, *, cosigned: bool = False) -> Log:
    leaves = MemoryLeaves()
    log = Log(leaves, SIGNER, Cosigned(leaves) if cosigned else None)
    log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])
    log.checkpoint()
    return log


def receipt(log: Log) -> dict[str, Any]:
    salt = bytes(range(32))
    record: dict[str, JSON] = {"event_id": "e1", "member_id": "ana", "body": {"answer": "no"}}
    text = canonical(record)
    position = log.append("event", {"commitment": commitment(salt, text)})
    log.append_all("seal", [{"digest": "after"}] * 3)
    log.checkpoint()
    return {
        "dct:identifier": "e1",
        "dpv:hasDataSubject": "ana",
        "dpv:hasConsentStatus": [{"@type": "dpv:ConsentWithdrawn"}],
        "proof": {
            "record": text.decode(),
            "salt": salt.hex(),
            "log_proof": log.proof_text(position),
            "vkey": log.vkey,
        },
    }


def certificate(log: Log) -> dict[str, Any]:
    body: dict[str, Any] = {"member": "commitment", "seconds": 1.5, "shards": [1, 2]}
    position = log.append("certificate", {"digest": digest(body)})
    log.checkpoint()
    leaf = log.entry(position).entry.decode()
    proof = {"leaf": leaf, "log_proof": log.proof_text(position), "vkey": log.vkey}
    return body | {"proof": proof}


def test_it_is_short_enough_to_be_read() -> None:
    assert len(SOURCE.read_text(encoding="utf-8").splitlines()) <= 300


def test_it_holds_in_a_bare_environment_where_there_is_no_sayso(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False, symlinks=True)
    python = tmp_path / "bare" / "bin" / "python"
    away = tmp_path / "away"
    away.mkdir()
    (away / "verify.py").write_bytes(SOURCE.read_bytes())
    log = log_of(7, cosigned=True)
    (away / "receipt.json").write_text(json.dumps(receipt(log)), encoding="utf-8")
    (away / "certificate.json").write_text(json.dumps(certificate(log)), encoding="utf-8")
    (away / "old").write_text(log.checkpoint(), encoding="utf-8")
    log.append_all("seal", [{"digest": "later"}] * 5)
    (away / "new").write_text(log.growth_text(12), encoding="utf-8")
    files = ("receipt.json", "certificate.json", "old", "new")
    trust = ["--vkey", SIGNER.vkey]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "-I", "-S", "verify.py", *more],
            cwd=away,
            env={"PATH": os.defpath},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("-h").returncode == 0
    gone = subprocess.run([python, "-c", "import sayso"], capture_output=True, check=False)
    assert gone.returncode != 0, "Sayso is there"
    done = run(*trust, *files)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": holds.") == 4
    assert "The log of 12 entries is the beginning of this one." in done.stdout
    seen = [word for each in WITNESSES[:2] for word in ("--witness", each.vkey)]
    assert run(*trust, *seen, *files[:3]).returncode == 0
    third = ["--witness", WITNESSES[2].vkey]
    assert run(*trust, *seen, *third, *files[:3]).returncode == 1
    assert run(*trust, *seen, *third, "--witnesses-needed", "2", *files[:3]).returncode == 0
    assert run("nowhere").returncode == 3
    assert run().returncode == 2


def test_a_receipt_takes_less_than_five_milliseconds() -> None:
    log = log_of(5000)
    text = json.dumps(receipt(log))
    took = []
    for _ in range(25):
        began = time.process_time()  # this process's own: others share the machine
        check_file(text, Trust(SIGNER.vkey), {})
        took.append(time.process_time() - began)

    assert statistics.median(took) < 0.005


def test_it_needs_nothing_that_python_does_not_bring() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import offline_verifier; print(sorted("
    code += "{each.partition('.')[0] for each in sys.modules} - sys.stdlib_module_names))"
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, SOURCE.parent],
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == "['__main__', 'offline_verifier']"


def test_a_cosignature_is_needed_of_as_many_witnesses_as_was_said() -> None:
    text = json.dumps(receipt(log_of(3, cosigned=True)))
    keys = [each.vkey for each in WITNESSES]

    _, said = check_file(text, Trust(SIGNER.vkey, "", keys[:2]), {})

    assert sum("saw it at 2026-05-28 20:26:40+00:00" in sentence for sentence in said) == 2
    check_file(text, Trust(SIGNER.vkey, "", keys, 2), {})
    for trust in (Trust("", "", keys), Trust(SIGNER.vkey, "", keys, 3), Trust("", "", keys[2:])):
        with pytest.raises(Failed, match="only"):
            check_file(text, trust, {})


def test_a_witness_is_no_log_and_a_log_no_witness() -> None:
    text = json.dumps(receipt(log_of(3, cosigned=True)))

    with pytest.raises(Failed, match="no --witness's key"):
        check_file(text, Trust(SIGNER.vkey, "", [SIGNER.vkey]), {})
    with pytest.raises(Failed, match="no --vkey, a log's key"):
        check_file(text, Trust(WITNESSES[0].vkey), {})


def test_a_forged_cosignature_spoils_a_checkpoint() -> None:
    document = receipt(log_of(3, cosigned=True))
    forger = Cosigner(WITNESSES[0].name, bytes([9] * 32))
    key_id = WITNESSES[0].vkey.split("+")[1]
    line = forger.line("anything", TIME)
    assert Verifier(forger.vkey).key_id.hex() != key_id
    document["proof"]["log_proof"] += line
    check_file(json.dumps(document), Trust(SIGNER.vkey, "", [WITNESSES[0].vkey]), {})

    document["proof"]["log_proof"] += WITNESSES[0].line("another checkpoint\n", TIME)
    with pytest.raises(Failed, match="not over this checkpoint"):
        check_file(json.dumps(document), Trust(SIGNER.vkey, "", [WITNESSES[0].vkey]), {})


@given(st.integers(1, 40), st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_any_growth_holds_and_a_rewritten_past_does_not(old: int, more: int) -> None:
    log = log_of(old)
    roots: dict[tuple[str, int], bytes] = {}
    check_file(log.checkpoint(), Trust(SIGNER.vkey), roots)
    log.append_all("seal", [{"digest": "more"}] * more)
    forged = Log(MemoryLeaves(), SIGNER)
    forged.append_all("seal", [{"digest": "other"}] * (old + more))

    check_file(log.growth_text(old), Trust(SIGNER.vkey), roots)
    with pytest.raises(Failed):
        check_file(forged.growth_text(old), Trust(SIGNER.vkey), dict(roots))
    assert roots.keys() == {(SIGNER.name, old), (SIGNER.name, old + more)}


@given(st.integers(1, 30), st.data())
@settings(max_examples=40, deadline=None)
def test_a_growth_with_one_flipped_bit_does_not_hold(old: int, data: st.DataObject) -> None:
    log = log_of(old)
    roots: dict[tuple[str, int], bytes] = {}
    check_file(log.checkpoint(), Trust(SIGNER.vkey), roots)
    log.append_all("seal", [{"digest": "more"}] * data.draw(st.integers(1, 20)))
    text = log.growth_text(old)
    place = data.draw(st.integers(0, text.index("\n\n")))
    changed = text[:place] + data.draw(st.sampled_from("0Bz\n+")) + text[place + 1 :]

    if changed != text:
        with pytest.raises(Failed):
            check_file(changed, Trust(SIGNER.vkey), dict(roots))


# -- whatever it is given, it says that it does not hold

TEXTS = {
    "receipt": json.dumps(receipt(log_of(6))),
    "certificate": json.dumps(certificate(log_of(6))),
    "checkpoint": log_of(6).checkpoint(),
    "growth": log_of(9).growth_text(6),
}
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda held: (
        st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=8), held, max_size=3)
    ),
    max_leaves=8,
)


def answer(text: str) -> object:
    roots: dict[tuple[str, int], bytes] = {}
    check_file(TEXTS["checkpoint"], Trust(SIGNER.vkey), roots)
    try:
        head, said = check_file(text, Trust(SIGNER.vkey, "leaf"), roots)
    except Failed:
        return None
    return (head.origin, head.size, head.root, *said)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_no_change_of_any_file_makes_it_say_something_else(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 6)))
    changed = text[:start] + data.draw(st.text(max_size=4)) + text[end:]

    assert answer(changed) in {None, answer(text)}


@settings(max_examples=150, deadline=None)
@given(
    st.text()
    | st.sampled_from(["old ", "{", "c2sp.org/tlog-proof@v1\n"]).flatmap(
        lambda start: st.text(max_size=60).map(lambda rest: start + rest)
    )
)
def test_text_that_is_none_of_these_never_holds(text: str) -> None:
    assert answer(text) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_documents_with_anything_in_any_place_never_hold(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["receipt", "certificate"]))
    document = json.loads(TEXTS[name])
    inside = data.draw(st.booleans())
    place = document["proof"] if inside else document
    key = data.draw(st.sampled_from(sorted(place)))
    value = data.draw(junk)
    same = value == place[key] or (key == "vkey" and inside)
    place[key] = value

    assert (answer(json.dumps(document)) is None) or same


@settings(max_examples=60, deadline=None)
@given(junk)
def test_any_other_json_never_holds(value: JSON) -> None:
    assert answer(json.dumps(value)) is None
    assert answer(json.dumps({"proof": value})) is None


@pytest.mark.parametrize(
    "text",
    ["{" * 100_000, "[" * 100_000, '{"proof":' * 50_000, '{"a":1e999}', '{"a":' + "9" * 5000 + "}"],
)
def test_deep_and_endless_texts_do_not_hold(text: str) -> None:
    assert answer(text) is None


def test_bytes_that_are_no_text_do_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bytes").write_bytes(bytes(range(256)))

    assert main([str(tmp_path / "bytes"), str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert (out.count("DOES NOT HOLD"), out.count("CANNOT SAY")) == (1, 1)

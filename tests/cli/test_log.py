"""`sayso log`: what operators, witnesses and auditors see of the log."""

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor import Auditor
from fakes.witness import Cosigner, Watching, serving
from sayso.audit.offline_verifier import main as check_offline
from sayso.cli.verbs import run
from sayso.settings import load_settings
from sayso.wiring import Network, make_home, open_network

COSIGNER = Cosigner()
Says = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    make_home(home)
    grow(home, 5)
    return home


@pytest.fixture
def says(home: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    def said(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run(["log", *words, "--home", str(home)]) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    return said


@contextmanager
def opened(home: Path) -> Iterator[Network]:
    network = open_network(load_settings(home))
    yield network
    network.close()


def grow(home: Path, count: int) -> None:
    with opened(home) as network, network.writing() as stores:
        stores.log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])


def key_of(home: Path) -> str:
    with opened(home) as network:
        return network.keys.signer.vkey


def test_a_checkpoint_and_its_growth_verify_offline(
    home: Path, says: Says, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(says("checkpoint"), encoding="utf-8")
    grow(home, 9)
    new.write_text(says("checkpoint", "--since", "5"), encoding="utf-8")

    assert check_offline(["--vkey", key_of(home), str(old), str(new)]) == 0
    assert "The log of 5 entries is the beginning of this one." in capsys.readouterr().out
    assert check_offline(["--vkey", key_of(home), str(new)]) == 3
    assert "checkpoint of size 5" in capsys.readouterr().out
    assert "never had 20" in says("checkpoint", "--since", "20", code=1)


def test_a_witness_is_added_shown_the_log_and_removed(home: Path, says: Says) -> None:
    witness = Watching(cosigner=COSIGNER, vkey=key_of(home), clock=lambda: int(time.time()))

    assert "is a witness" in says("witness", "add", COSIGNER.vkey)
    assert "never" in says("witness", "list")
    with serving(witness.add_checkpoint) as address:
        assert "saw the log's first 5 entries" in says("submit", address)

    (told,) = json.loads(says("witness", "list", "--json"))
    assert (told["id"], told["seen_size"]) == (COSIGNER.vkey, 5)
    assert COSIGNER.name in says("checkpoint")
    assert "no witness" in says("witness", "remove", COSIGNER.name)
    assert COSIGNER.name not in says("checkpoint")
    assert "none" in says("witness", "list")


def test_a_cosigned_checkpoint_is_kept_from_a_file_or_from_a_pipe(
    home: Path, says: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says("witness", "add", COSIGNER.vkey)
    note = says("checkpoint")
    cosigned = note + COSIGNER.line(note.partition("\n\n")[0] + "\n", int(time.time()))
    file = tmp_path / "cosigned"
    file.write_text(cosigned, encoding="utf-8")

    assert "first 5 entries" in says("cosign", str(file))
    monkeypatch.setattr("sys.stdin", io.StringIO(cosigned))
    assert "first 5 entries" in says("cosign", "-")

    file.write_bytes(b"\xff")
    assert "is not text" in says("cosign", str(file), code=1)
    file.write_text(cosigned.replace("\n5\n", "\n4\n"), encoding="utf-8")
    assert "is not over this text" in says("cosign", str(file), code=1)


def test_the_log_as_files_is_checked_without_us(home: Path, says: Says, tmp_path: Path) -> None:
    grow(home, 300)

    assert "305 entries" in says("export", str(tmp_path / "public" / "log"))

    folder = tmp_path / "public" / "log"
    auditor = Auditor(lambda path: (folder / path).read_bytes(), (folder / "key").read_text())
    head = auditor.head()
    assert auditor.subtree(0, head.size, head.size).hex() == head.root
    assert len(list(auditor.entries(head.size))) == 305

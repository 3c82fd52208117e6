"""`sayso bases`, `train --base` and `models export`, as a person would ask for them."""

import json
from pathlib import Path

import pytest

import tiny_bases
from sayso.cli.verbs import run
from sayso.settings import load_settings
from sayso.wiring import Network, open_network


@pytest.fixture(autouse=True)
def at_home(port: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_HOME", str(port.settings.home))


def _dataset(tmp_path: Path) -> str:
    network = open_network(load_settings(tmp_path / "port", {}))
    with network.reading() as stores:
        (found, *_) = stores.datasets.ids()
    network.close()
    return found


def test_a_base_is_brought_listed_shown_learnt_on_and_handed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tiny_bases.folder_of(tiny_bases.gpt2))

    assert run(["bases", "add", folder, "--made-of", "chance"]) == 0
    assert "--backend peft --base" in capsys.readouterr().out
    assert run(["bases", "list", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["architecture"], told["backend"], told["made_of"]) == ("gpt2", "peft", "chance")
    base = told["id"]
    dataset = _dataset(tmp_path)
    asked = ["train", dataset, "--backend", "peft", "--base", base[:8], "--size", "tiny", "--json"]
    assert run(asked) == 0
    model = json.loads(capsys.readouterr().out)["id"]
    assert run(["bases", "show", base[:8]]) == 0
    assert json.loads(capsys.readouterr().out)["models"] == [model]
    assert run(["models", "export", model[:8], str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shards"] == [0, 1]
    assert (tmp_path / "out" / "shard-0001" / "adapter_model.safetensors").is_file()


def test_a_base_is_made_of_public_text_and_a_decoder_starts_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "public.txt").write_text("The ferry leaves at nine and comes back at five. " * 20)
    made = ["bases", "make", str(tmp_path / "public.txt"), "--made-of", "a timetable"]

    assert run([*made, "--size", "tiny"]) == 0
    assert "--backend gpt --size tiny --base" in capsys.readouterr().out
    assert run([*made, "--size", "tiny", "--json"]) == 0
    base = json.loads(capsys.readouterr().out)["id"]
    assert run(["train", _dataset(tmp_path), "--base", base, "--size", "tiny"]) == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["bases", "add", "FOLDER", "--made-of", " "], "not said what the base was made of"),
        (["bases", "add", "./nowhere/at/all", "--made-of", "x"], "There is no folder"),
        (["bases", "show", "ff"], "There is no base 'ff'"),
        (["bases", "make", "nowhere.txt", "--made-of", "x"], "no file or folder nowhere.txt"),
        (["train", "DATASET", "--backend", "peft"], "needs a base"),
        (["train", "DATASET", "--backend", "peft", "--base", "ff"], "There is no base"),
        (["train", "DATASET", "--backend", "rnn"], "Back ends: gpt, peft"),
        (["models", "export", "ff", "out"], "There is no model"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_is_refused_with_the_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    stands = {"DATASET": _dataset(tmp_path), "FOLDER": str(tmp_path)}

    assert run([stands.get(each, each) for each in asked]) == 1

    assert said in capsys.readouterr().err.replace("\n", " ")

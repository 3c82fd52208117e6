"""`audit model` on the terminal: a table, or JSON, and a sentence for what cannot be."""

import json
from pathlib import Path

import pytest

from sayso.cli.verbs import run


@pytest.fixture
def model(
    finished_roads: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setenv("SAYSO_HOME", str(finished_roads))
    assert run(["models", "list", "--json"]) == 0
    (found,) = [
        each["id"] for each in json.loads(capsys.readouterr().out) if each["state"] == "in_use"
    ]
    return str(found)


def test_a_table_says_who_is_told_and_how_sure_that_is(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "model", model, "--rows", "30"]) == 0

    out = capsys.readouterr().out
    assert "against-shards" in out
    assert "with 2 members on a side, little can be said" in out
    assert "None" not in out
    assert "nan" not in out


def test_the_same_is_printed_as_json(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "model", model, "--rows", "30", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["model"] == model
    assert {each["group"] for each in told["membership"]} == {"stays"}
    assert {each["attack"] for each in told["membership"]} >= {"loss", "min-k++"}


def test_a_file_that_is_not_there_is_named(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "model", model, "--forgotten", "/nowhere.jsonl"]) == 1

    assert "/nowhere.jsonl" in capsys.readouterr().err

"""`sayso debt` as a person would ask for it."""

import json
from pathlib import Path

import pytest

from sayso.cli.verbs import run


@pytest.fixture(autouse=True)
def at_home(finished_village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_HOME", str(finished_village))


def test_all_that_stands_is_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["debt", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert {each["what"] for each in found} == {"dataset", "model"}
    (model,) = [each for each in found if each["what"] == "model"]
    assert model["stands_on"]["documents"] > 0
    assert {each["supposed"] for each in model["falls"]} >= {"nothing", "opt-in", "notice"}


def test_one_dataset_is_told_in_tables(capsys: pytest.CaptureFixture[str]) -> None:
    run(["debt", "--json"])
    kept = [each for each in json.loads(capsys.readouterr().out) if each["is_kept"]]

    assert run(["debt", kept[-1]["dataset_id"][:12]]) == 0
    shown = capsys.readouterr().out

    for said in ("by what it rests on", "by region", "by notice", "if silence were a no"):
        assert said in shown


def test_an_unknown_dataset_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["debt", "ffff"]) == 1
    assert "no dataset" in capsys.readouterr().err

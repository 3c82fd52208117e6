"""`policy check` says what is wrong, and its exit code says whether anything is."""

import json
from pathlib import Path

import pytest

from sayso.cli.verbs import run
from sayso.consent.policy import PRESETS, load_preset


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    text = load_preset("opt-in").text
    path.write_text(text.replace('default = "no"', 'default = "yes"'), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_sound(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "check", name]) == 0

    assert f"{name} is sound" in capsys.readouterr().out


def test_a_faulty_policy_fails_with_every_fault_in_words(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy", "check", str(faulty)]) == 1

    out = capsys.readouterr().out
    assert "error: row 1, basis: Row 1 takes silence for consent" in out
    assert "Set default to no" in out
    assert "is not sound" in out


def test_the_faults_are_facts_too(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "check", str(faulty), "--json"]) == 1

    said = json.loads(capsys.readouterr().out)
    assert said["sound"] is False
    assert {"severity", "row", "field", "sentence", "mend"} == set(said["findings"][0])
    assert said["findings"][0]["severity"] == "error"


def test_a_policy_that_cannot_be_read_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ntitle = [\n', encoding="utf-8")

    assert run(["policy", "check", str(path)]) == 1

    assert "line" in capsys.readouterr().err


def test_a_policy_that_is_not_sound_is_not_used(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert run(["init", str(tmp_path / "home")]) == 0

    assert run(["policy", "use", str(faulty), *home]) == 1

    assert "is not sound" in capsys.readouterr().err
    assert run(["policy", "show", *home]) == 0
    assert capsys.readouterr().out.strip() == load_preset("opt-in").text.strip()

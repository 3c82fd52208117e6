"""What `--json` prints is JSON, whatever the home holds; lists are objects with an id."""

import json
from pathlib import Path

import pytest

from sayso.cli.verbs import run

FACTS = (
    "status",
    "members list",
    "members show m0001",
    "choices show m0001",
    "notice list",
    "datasets list",
    "models list",
    "requests list",
    "latency",
    "debt",
    "simulate opt-in linkedin-2024",
    "plan",
    "verify LOG",
)


@pytest.fixture
def printed(
    finished_village: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> object:
    monkeypatch.setenv("SAYSO_HOME", str(finished_village))

    def print_it(line: str) -> str:
        assert run(line.split()) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return print_it


@pytest.mark.parametrize("line", FACTS)
def test_facts_are_printed_as_json(printed: object, line: str) -> None:
    assert callable(printed)
    flags = "" if line.startswith("members show") else " --json"

    json.loads(printed(line + flags))


@pytest.mark.parametrize("what", ["members", "datasets", "models"])
def test_every_list_has_ids_that_other_verbs_take(printed: object, what: str) -> None:
    assert callable(printed)
    found = json.loads(printed(f"{what} list --json"))

    assert found
    for each in found[:2]:
        shown = json.loads(printed(f"{what} show {each['id']}"))
        assert each["id"] in json.dumps(shown)


@pytest.mark.parametrize("line", [line for line in FACTS if line != "members show m0001"])
def test_tables_fit_and_speak_plainly(printed: object, line: str) -> None:
    assert callable(printed)
    out = printed(line)

    assert out.strip()
    assert "None" not in out
    assert "datetime" not in out

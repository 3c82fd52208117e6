"""`sayso requests`: what the operator types, what they read, and what machines read."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.verbs import run


@pytest.fixture
def told(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Desk":
    monkeypatch.setenv("SAYSO_HOME", str(home))
    return Desk(home, capsys)


class Desk:
    """An operator at a home's command line."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def types(self, line: str, *, code: int = 0) -> str:
        assert run(["requests", *line.split()]) == code
        out, err = self._capsys.readouterr()
        return out if code == 0 else err

    def reads(self, line: str) -> Any:  # noqa: ANN401 - what JSON holds
        return json.loads(self.types(f"{line} --json"))


def test_a_letter_is_recorded_worked_on_and_shown(told: Desk) -> None:
    asked = told.reads("open ana access --received 2026-03-02T12:00:00Z --clock gdpr")
    request_id = asked["id"]
    told.types(f"advance {request_id} need-verification")
    told.types(f"advance {request_id} verified")

    shown = told.types(f"show {request_id}")

    for words in (
        *(request_id, "need-verification", "GDPR Art. 12(3)", "pending", "in_progress"),
        *("Possible now: denied, duplicate, in-progress, withdrawn.", "`sayso copy ana FILE.zip`"),
    ):
        assert words in shown
    assert "None" not in shown
    assert asked["opendsr"] == "pending"
    assert asked["possible"] == [
        *("denied", "duplicate", "need-verification", "verified", "withdrawn"),
    ]
    assert asked["reminders"][-1] == asked["due_at"][:10] == "2026-04-02"


def test_a_second_letter_is_a_duplicate(told: Desk) -> None:
    first, second = told.reads("open ana erasure"), told.reads("open ana erasure")

    assert second["state"] == "duplicate"
    assert second["moves"][-1]["reason"] == first["id"]
    assert second["drp"] == "denied(too_many_requests)"


def test_a_refusal_has_a_reason_that_machines_read(told: Desk) -> None:
    request_id = told.reads("open ana erasure")["id"]

    without = told.types(f"advance {request_id} denied", code=1)
    denied = told.reads(f"advance {request_id} denied --reason ProcessExcessive")

    assert "justifications:IdentityVerificationFailure" in without
    assert denied["reason"] == "justifications:ProcessExcessive"
    assert denied["reason_iri"] == "https://w3id.org/dpv/justifications#ProcessExcessive"
    assert denied["drp"] == "denied(too_many_requests)"
    assert told.reads("list")[0] == told.reads(f"show {request_id}") == denied


@pytest.mark.parametrize("prefix", ["", "dpv:", "https://w3id.org/dpv/justifications#"])
def test_a_reason_is_known_by_its_name_whatever_it_is_prefixed_with(
    told: Desk, prefix: str
) -> None:
    request_id = told.reads("open ana access --clock gdpr")["id"]

    extended = told.reads(f"extend {request_id} --reason {prefix}HighVolumeOfProcesses")

    assert extended["moves"][-1]["reason"] == "justifications:HighVolumeOfProcesses"


def test_an_error_names_the_moves_that_are_possible(told: Desk) -> None:
    request_id = told.reads("open ana access")["id"]

    assert "Possible now: denied, duplicate, need-verification, verified, withdrawn." in told.types(
        f"advance {request_id} fulfilled", code=1
    )
    assert "One of: justifications:ComplexityOfProcess" in told.types(
        f"extend {request_id} --reason tired", code=1
    )
    assert "knows no longer term" in told.types(
        f"extend {request_id} --reason ComplexityOfProcess", code=1
    )
    assert "not for verified" in told.types(
        f"advance {request_id} verified --reason ProcessExcessive", code=1
    )
    assert "requests list" in told.types("show r-none", code=1)


def test_what_is_late_is_listed_as_missed(told: Desk) -> None:
    told.types("open ana access --received 2026-01-01T12:00:00Z")
    told.types("open ben access")
    told.types("open chi access --clock gdpr --received 2026-01-01T12:00:00Z")

    late, fresh, _ = (told.reads("list")[n] for n in (0, 2, 1))

    assert "missed" in told.types("list")
    assert (late["is_missed"], fresh["is_missed"]) == (True, False)


def test_holidays_are_those_of_the_settings(told: Desk) -> None:
    settings = told.home / "sayso.toml"
    said = settings.read_text(encoding="utf-8")
    line = "open ana access --clock gdpr --received 2026-04-01T12:00:00Z"  # 1 May is a holiday
    before = told.reads(line)["due_at"][:10]

    settings.write_text(f'calendar_country = "DE"\n{said}', encoding="utf-8")
    after = told.reads("list")[0]["due_at"][:10]
    settings.write_text(f'calendar_country = "XX"\n{said}', encoding="utf-8")

    assert (before, after) == ("2026-05-01", "2026-05-04")
    assert "sayso.toml: No public holidays" in told.types("list", code=1)

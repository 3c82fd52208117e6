"""Ctrl-C and `kill -9` in the middle: the same command goes on and ends where it would have."""

import fcntl
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sayso.cli.main import main
from terminal import Ran, alone, interrupted, must

INT, KILL = signal.SIGINT, signal.SIGKILL


def is_sealing(home: Path) -> Callable[[], bool]:
    return lambda: any((home / "store" / "datasets").glob(".tmp-*"))


def has_learnt_a_part(home: Path) -> Callable[[], bool]:
    kept = home / "store" / "checkpoints"
    return lambda: any(not path.name.startswith(".") for path in kept.glob("*"))


def assert_stopped(ran: Ran, by: signal.Signals) -> None:
    if by is KILL:
        assert ran.code == -KILL
        return
    assert ran.code == 1, ran
    assert ran.err.strip().startswith("Stopped. Nothing is half-written."), ran.err
    assert "Traceback" not in ran.err


@pytest.fixture(scope="session")
def undisturbed(told_harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The ids of the dataset and of the model that nobody disturbed."""
    home = Path(shutil.copytree(told_harbour, tmp_path_factory.mktemp("calm") / "harbour"))
    dataset = must("build", home=home).split()[1]
    return dataset, must("train", dataset, "--size", "tiny", home=home).split()[1]


@pytest.mark.parametrize("by", [INT, KILL])
def test_a_stopped_build_leaves_no_dataset_and_goes_on_to_the_same_one(
    home: Path, undisturbed: tuple[str, str], by: signal.Signals
) -> None:
    ran = interrupted("build", home=home, when=is_sealing(home), by=by)

    assert_stopped(ran, by)
    assert must("datasets", "list", "--json", home=home).strip() == "[]"
    assert must("build", home=home).split()[1] == undisturbed[0]
    assert not is_sealing(home)()


@pytest.mark.parametrize("by", [INT, KILL])
def test_a_stopped_training_goes_on_from_its_checkpoints_to_the_same_model(
    home: Path, undisturbed: tuple[str, str], by: signal.Signals
) -> None:
    dataset = must("build", home=home).split()[1]
    train = ("train", dataset, "--size", "tiny")

    ran = interrupted(*train, home=home, when=has_learnt_a_part(home), by=by)

    assert_stopped(ran, by)
    assert must("models", "list", "--json", home=home).strip() == "[]"
    went_on = must(*train, home=home)
    assert went_on.split()[1] == undisturbed[1]
    assert "parts known before" in went_on
    assert "parts known before             0" not in went_on
    assert must("verify", "LOG", home=home).startswith("The log holds")


def test_ctrl_c_while_the_program_is_still_loading_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped_here(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    loading = ModuleType("sayso.cli.verbs")
    monkeypatch.setattr(loading, "run", stopped_here, raising=False)
    monkeypatch.setitem(sys.modules, "sayso.cli.verbs", loading)

    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == 1
    assert capsys.readouterr().err == "Stopped before anything was begun.\n"


def test_two_builds_at_once_are_one_build_and_one_refusal(home: Path) -> None:
    with (home / "store" / "turn.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = alone("build", home=home)

    assert ran.code == 1
    assert "Another process is at work in this home" in ran.err

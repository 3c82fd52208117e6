"""The installed command, run as a person would: in this process, or where that is the point alone.

`sayso` and `must` go through the same `main` as the installed command, without paying each time
for the start of another Python; `alone` starts the installed command itself.
"""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.cli.main import main

SAYSO = Path(sys.executable).with_name("sayso")
PATIENCE_S = 240


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def environment(home: Path | None, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    if home is not None:
        kept["SAYSO_HOME"] = str(home)
    return {**kept, "COLUMNS": "100", "NO_COLOR": "1", **(extra or {})}


def sayso(*arguments: object, home: Path | None = None, cwd: Path | None = None) -> Ran:
    """Run a command to its end in this process; what nobody foresaw is raised, not printed."""
    out, err = _paper("strict"), _paper("backslashreplace")
    with pytest.MonkeyPatch.context() as around:
        for name in os.environ.keys() - environment(home).keys():
            around.delenv(name)
        for name, value in environment(home).items():
            around.setenv(name, value)
        around.chdir(cwd or Path.cwd())
        around.setattr(sys, "argv", ["sayso", *map(str, arguments)])
        around.setattr(sys, "stdout", out)
        around.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as left:
            main()
    assert isinstance(left.value.code, int)
    return Ran(left.value.code, _written(out), _written(err))


def alone(*arguments: object, home: Path | None = None, cwd: Path | None = None) -> Ran:
    """Run the installed command to its end in a process of its own."""
    done = subprocess.run(
        [str(SAYSO), *map(str, arguments)],
        env=environment(home),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def must(*arguments: object, home: Path | None = None, cwd: Path | None = None) -> str:
    """Run a command that has to succeed; return what it printed."""
    ran = sayso(*arguments, home=home, cwd=cwd)
    assert ran.code == 0, f"sayso {' '.join(map(str, arguments))} left with {ran.code}: {ran.err}"
    return ran.out


def interrupted(
    *arguments: object, home: Path, when: Callable[[], bool], by: signal.Signals
) -> Ran:
    """Run a command and send its whole group a signal as soon as `when` says so."""
    process = subprocess.Popen(
        [str(SAYSO), *map(str, arguments)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a terminal's Ctrl-C reaches the command and its children
    )
    give_up = time.monotonic() + PATIENCE_S
    while not when() and process.poll() is None:
        assert time.monotonic() < give_up, "the moment to interrupt never came"
        time.sleep(0.002)
    assert process.poll() is None, f"it ended before it could be stopped: {process.communicate()}"
    os.killpg(process.pid, by)
    out, err = process.communicate(timeout=PATIENCE_S)
    return Ran(process.returncode, out, err)


def assert_one_clear_message(ran: Ran, *words: str) -> None:
    """It failed, and said why and what to do in a line or two; nobody saw a traceback."""
    assert ran.code == 1, f"left with {ran.code}: {ran.out}{ran.err}"
    assert "Traceback" not in ran.err + ran.out
    lines = ran.err.strip().splitlines()
    assert 1 <= len(lines) <= 2, f"not one clear message: {ran.err!r}"
    for word in words:
        assert word in ran.err, f"{word!r} is not in {ran.err!r}"


def _paper(errors: str) -> io.TextIOWrapper:
    """Encode at once and in UTF-8, as a pipe would have it."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, write_through=True)


def _written(paper: io.TextIOWrapper) -> str:
    paper.flush()
    assert isinstance(paper.buffer, io.BytesIO)
    return paper.buffer.getvalue().decode()

"""`sayso` in processes that can be killed, forked from one that has loaded it already.

Run as a script, this loads the program once. For each line of JSON it forks and says the child's
number; for the line after, how the child ended. Until then the number is nobody else's. A child
leads a group of its own, with all that it starts.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

_LOADED_LATE = ("pandas", "pyarrow.dataset", "typer._adapters")
"""What a build loads on its way, where it is installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A function at whose `nth` call, `before` it or `after` it, the whole group is killed.

    Functions and constants are named as `module:name`.
    """

    at: str
    when: str = "after"
    nth: int = 1

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.when} {self.at.rpartition('.')[2]} {self.nth}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command in a home, and what is different in its process."""

    arguments: tuple[str, ...]
    home: str
    constants: Mapping[str, int] = field(default_factory=dict)
    killed: Point | None = None
    meanwhile: tuple[str, str] = ("", "")
    """After the first is called for the first time, the second is, with the home."""


class Started:
    """One running command."""

    def __init__(self, ask: Callable[[str], int], command: Command) -> None:
        self._ask = ask
        self.pid = ask(json.dumps(asdict(command)))
        assert self.pid > 1  # to kill the group 0 is to kill one's own

    def code(self) -> int:
        """Wait for its end; return its exit code, or the signal that ended it, negative."""
        return os.waitstatus_to_exitcode(self._ask("and then?"))

    def kill_after(self, seconds: float) -> int:
        """Kill the whole group after some time, as by `kill -9`; return as `code`."""
        time.sleep(seconds)
        os.killpg(self.pid, signal.SIGKILL)
        return self.code()


class Starter:
    """Starts commands, one at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._asks, self._said = process.stdin, process.stdout

    def start(self, command: Command) -> Started:
        return Started(self._ask, command)

    def _ask(self, line: str) -> int:
        self._asks.write(line + "\n")
        self._asks.flush()
        return int(next(self._said))


@contextmanager
def starter(env: Mapping[str, str], output: Path) -> Iterator[Starter]:
    """Load the program; what its commands print is added to the file `output`."""
    with (
        output.open("ab") as log,
        subprocess.Popen(
            [sys.executable, __file__, str(output)],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        yield Starter(process)


def _serve(output: str) -> None:
    from sayso.cli.main import main  # noqa: PLC0415
    from sayso.cli.verbs import run  # noqa: F401, PLC0415 - what takes seconds to load
    from sayso.redact.redactor import Redactor  # noqa: PLC0415

    for name in _LOADED_LATE:
        with suppress(ImportError):
            importlib.import_module(name)
    Redactor()
    gc.freeze()  # a child that looked through all this for garbage would have to copy it first
    while line := sys.stdin.readline():
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            _be(asked, output)
            main()
        os.setpgid(pid, pid)  # whoever comes first: its number is said when it can be killed
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdin.readline()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _be(asked: dict[str, Any], output: str) -> None:
    log = os.open(output, os.O_APPEND | os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["sayso", *asked["arguments"]]
    os.environ["SAYSO_HOME"] = asked["home"]
    for name, value in asked["constants"].items():
        _put(name, partial(_instead, value))
    target, act = asked["meanwhile"]
    if act:
        _put(target, lambda real: _around(real, 1, after=lambda: _named(act)(Path(asked["home"]))))
    if asked["killed"]:
        point = asked["killed"]
        dying = {point["when"]: lambda: os.killpg(0, signal.SIGKILL)}
        _put(point["at"], lambda real: _around(real, point["nth"], **dying))


def _instead(value: object, _real: object) -> object:
    return value


def _around(
    real: Callable[..., Any],
    nth: int,
    before: Callable[[], object] = lambda: None,
    after: Callable[[], object] = lambda: None,
) -> Callable[..., Any]:
    calls = 0

    def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        nonlocal calls
        calls += 1
        if calls == nth:
            before()
        outcome = real(*arguments, **named)
        if calls == nth:
            after()
        return outcome

    return called


def _named(name: str) -> Any:  # noqa: ANN401
    module, _, path = name.partition(":")
    found = importlib.import_module(module)
    for each in path.split("."):
        found = getattr(found, each)
    return found


def _put(name: str, change: Callable[[Any], object]) -> None:
    where, _, last = name.replace(":", ":.").rpartition(".")
    module, _, path = where.partition(":")
    owner = importlib.import_module(module)
    for each in path.strip(".").split(".") if path.strip(".") else ():
        owner = getattr(owner, each)
    setattr(owner, last, change(getattr(owner, last)))


if __name__ == "__main__":
    _serve(sys.argv[1])

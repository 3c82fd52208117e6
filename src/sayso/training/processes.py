"""Shards learning in processes of their own, some at a time; none outlives this one."""

import json
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from sayso.errors import BadInput, CannotCompare, NotFound, SaysoError, Tampered
from sayso.training.environment import Environment, child_variables
from sayso.training.shard import Job, Tell, Told

_PROGRAM = "sayso.training.learner"
_ERRORS = {kind.__name__: kind for kind in (BadInput, CannotCompare, NotFound, Tampered)}
_AGAIN = "Run the same command again; it goes on where it was."


def complaint(error: SaysoError) -> dict[str, str]:
    """Say an error in a line that `complaint_in` reads in the process above."""
    return {"error": type(error).__name__, "message": error.message, "hint": error.hint}


def complaint_in(said: Mapping[str, str]) -> SaysoError:
    """Return the error that a process said."""
    return _ERRORS.get(said["error"], SaysoError)(said["message"], hint=said["hint"])


@dataclass(slots=True)
class _Child:
    """A process, which loads torch once, and the job it has in hand."""

    process: subprocess.Popen[bytes]
    ears: IO[bytes]
    mouth: IO[bytes]
    complaints: IO[bytes]
    job: Job | None = None


def in_processes(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
    """Run jobs of one environment in `workers` processes, each handed one job after another.

    However this ends, no process is left running.

    Raises:
        SaysoError: a shard's process failed; the others are stopped, what they kept stays.
    """
    waiting = list(jobs)
    running: list[_Child] = []
    with selectors.DefaultSelector() as selector:
        try:
            for job in jobs[:workers]:
                child = _start(job.environment)
                running.append(child)
                selector.register(child.mouth, selectors.EVENT_READ, child)
                _hand(child, waiting)
            while running:
                for key, _ in selector.select():
                    child = key.data
                    line = child.mouth.readline()
                    if not line:
                        selector.unregister(child.mouth)
                        running.remove(child)
                        _finish(child)
                    elif _hear(line, tell):
                        _hand(child, waiting)
        finally:
            for child in running:
                child.process.kill()
                _close(child)


def _start(environment: Environment) -> _Child:
    complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
    process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", _PROGRAM],
        stdin=subprocess.PIPE,  # open as long as we live: the child ends when it closes
        stdout=subprocess.PIPE,
        stderr=complaints,
        bufsize=0,  # a line that is there is heard, not kept in a buffer
        env=child_variables(environment),
    )
    if process.stdin is None or process.stdout is None:
        raise SaysoError("A shard's process has no input or output.", hint=_AGAIN)
    return _Child(process, process.stdin, process.stdout, complaints)


def _hand(child: _Child, waiting: list[Job]) -> None:
    """Give the child the next job; where none waits, let it go."""
    child.job = waiting.pop(0) if waiting else None
    if child.job is None:
        child.ears.close()
        return
    try:
        child.ears.write(json.dumps(child.job.to_json()).encode() + b"\n")
    except BrokenPipeError:
        return  # it has ended: that its output closed says so, and why


def _hear(line: bytes, tell: Tell) -> bool:
    """Pass on what a child says; return whether its job is done."""
    said = json.loads(line)
    if "error" in said:
        raise complaint_in(said)
    if "done" in said:
        return True
    tell(Told(**said))
    return False


def _finish(child: _Child) -> None:
    code = child.process.wait()
    child.complaints.seek(0)
    last = child.complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
    _close(child)
    if child.job is not None:
        why = f" ({last})" if last else ""
        raise SaysoError(
            f"Learning stopped in group {child.job.shard + 1}: its process ended with {code}{why}.",
            hint=_AGAIN,
        )


def _close(child: _Child) -> None:
    child.process.wait()
    for end in (child.ears, child.mouth, child.complaints):
        end.close()

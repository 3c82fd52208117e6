"""Each shard in a process of its own, some at a time; none outlives this one."""

import json
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sayso.errors import BadInput, CannotCompare, NotFound, SaysoError, Tampered
from sayso.training.environment import child_variables
from sayso.training.shard import Job, Tell, Told

_PROGRAM = "sayso.training.torch_trainer"
_ERRORS = {kind.__name__: kind for kind in (BadInput, CannotCompare, NotFound, Tampered)}
_AGAIN = "Run the same command again; it goes on where it was."


@dataclass(frozen=True, slots=True)
class _Child:
    job: Job
    process: subprocess.Popen[bytes]
    complaints: IO[bytes]


def in_processes(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
    """Run every job, `workers` at a time. However this ends, no child is left running.

    Raises:
        SaysoError: a shard's process failed; the others are stopped, what they kept stays.
    """
    waiting = list(jobs)
    with (
        tempfile.TemporaryDirectory(prefix="sayso-") as folder,
        selectors.DefaultSelector() as ears,
    ):
        running: list[_Child] = []
        try:
            while waiting or running:
                while waiting and len(running) < workers:
                    child = _start(waiting.pop(0), Path(folder))
                    running.append(child)
                    ears.register(_output(child), selectors.EVENT_READ, child)
                for key, _ in ears.select():
                    line = _output(key.data).readline()
                    if line:
                        _hear(line, tell)
                    else:
                        ears.unregister(key.fileobj)
                        running.remove(key.data)
                        _finish(key.data)
        finally:
            for child in running:
                child.process.kill()
                _close(child)


def _start(job: Job, folder: Path) -> _Child:
    path = folder / f"shard-{job.shard}.json"
    path.write_text(json.dumps(job.to_json()), encoding="utf-8")
    complaints = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the child
    process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", _PROGRAM, str(path)],
        stdin=subprocess.PIPE,  # open as long as we live: the child ends when it closes
        stdout=subprocess.PIPE,
        stderr=complaints,
        bufsize=0,  # a line that is there is heard, not kept in a buffer
        env=child_variables(job.environment),
    )
    return _Child(job, process, complaints)


def _hear(line: bytes, tell: Tell) -> None:
    said = json.loads(line)
    if "error" in said:
        kind = _ERRORS.get(said["error"], SaysoError)
        raise kind(said["message"], hint=said["hint"])
    tell(Told(**said))


def _finish(child: _Child) -> None:
    code = child.process.wait()
    child.complaints.seek(0)
    last = child.complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
    _close(child)
    if code:
        why = f" ({last})" if last else ""
        raise SaysoError(
            f"Learning stopped in group {child.job.shard + 1}: its process ended with {code}{why}.",
            hint=_AGAIN,
        )


def _close(child: _Child) -> None:
    child.process.wait()
    for end in (child.process.stdin, child.process.stdout, child.complaints):
        if end is not None:
            end.close()


def _output(child: _Child) -> IO[bytes]:
    if child.process.stdout is None:
        raise SaysoError("A shard's process has no output.", hint=_AGAIN)
    return child.process.stdout

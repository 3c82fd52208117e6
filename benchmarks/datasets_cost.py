"""What a program costs: run in a process of its own, with all that it starts counted."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import ONE_THREAD

ROUNDS = 3
LONG_SECONDS = 60
"""What takes longer is run once."""
_HOME = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The processor's seconds of a program and all it started, and the most that one held."""

    cpu: float
    wall: float
    peak_bytes: int
    said: Mapping[str, float]
    """What it said of its work."""


def cost_of(command: Sequence[str], job: Mapping[str, object]) -> Cost:
    """Run a command with the path of its job as last argument; it writes its answer beside it.

    `peak_bytes` is the resident memory of the largest process, with what it maps from files.

    Raises:
        SystemExit: it failed; the message is the last that it said.
    """
    with TemporaryDirectory(prefix="sayso-bench-") as folder:
        given, answer, said = (Path(folder) / name for name in ("job", "answer", "said"))
        given.write_text(
            json.dumps({**job, "answer": str(answer), "out": f"{folder}/out"}), encoding="utf-8"
        )
        env = os.environ | ONE_THREAD | {"PYTHONPATH": "", "HF_HOME": folder, "TMPDIR": folder}
        with said.open("w") as output:
            began = time.monotonic()
            process = subprocess.Popen(  # noqa: S603 - our own
                [*command, str(given)], stdout=output, stderr=output, env=env, cwd=_HOME
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or not answer.exists():
            why = said.read_text(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise SystemExit(f"{' '.join(command[1:])} failed ({process.returncode}): {why[0]}")
        return Cost(
            cpu=used.ru_utime + used.ru_stime,
            wall=wall,
            peak_bytes=used.ru_maxrss * 1024,
            said=json.loads(answer.read_text(encoding="utf-8")),
        )


def median_cost(run: Callable[[], Cost]) -> Cost:
    """Return the run with the median of the processor's seconds; of one run where it is long."""
    costs = [run()]
    while len(costs) < ROUNDS and costs[0].wall < LONG_SECONDS:
        costs.append(run())
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def corpus(folder: Path, documents: int, scale: int = 1) -> Mapping[str, int]:
    """Make a corpus in `folder`; return what it holds. This process stays small."""
    command = [sys.executable, "-m", "benchmarks.datasets_corpus", str(folder), str(documents)]
    done = subprocess.run(  # noqa: S603 - our own
        [*command, "--scale", str(scale)], check=True, stdout=subprocess.PIPE, cwd=_HOME
    )
    facts: Mapping[str, int] = json.loads(done.stdout)
    return facts


def sayso(act: str, folder: Path, **job: object) -> Cost:
    """Let Sayso do `act` on the corpus in `folder`."""
    command = [sys.executable, "-m", "benchmarks.datasets_sayso"]
    return cost_of(command, {"act": act, "corpus": str(folder), **job})

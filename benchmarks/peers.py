"""Other people's programs, each in an environment made for one run and thrown away."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")


@contextmanager
def installed(names: Sequence[str], *, alone: Sequence[str] = ()) -> Iterator[Path]:
    """Yield the Python of a new environment with `names`, and with `alone` without their needs.

    Raises:
        SystemExit: something cannot be installed; the message says why.
    """
    with TemporaryDirectory(prefix="sayso-peer-") as folder:
        run([sys.executable, "-m", "venv", folder], "An environment for peers could not be made")
        python = Path(folder) / "bin" / "python"
        run([str(python), *_PIP, *names], f"{', '.join(names)} could not be installed")
        if alone:
            run([str(python), *_PIP, "--no-deps", *alone], f"{alone[0]} could not be installed")
        yield python


def run(command: Sequence[str], failure: str) -> str:
    """Return what a command printed; it uses one thread.

    Raises:
        SystemExit: it failed; the message begins with `failure`.
    """
    env = os.environ | ONE_THREAD | {"PYTHONPATH": ""}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)  # noqa: S603 - our own
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise SystemExit(f"{failure}: {why}")
    return done.stdout

"""Run every benchmark, or those named, and write down what they printed: `make bench`."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import ONE_THREAD

RESULTS = Path(__file__).parent / "RESULTS.md"
BENCHMARKS = (
    *("deciding", "redaction", "directory", "similar", "datasets"),
    *("forgetting", "retraining", "containing", "throughput", "counting"),
    *("auditing", "proving", "recording"),
)
LONG = ("growth", "again", "quality")
"""Hours, or much disk: run where they are named."""
_VERSIONS = ("torch", "numpy", "pyarrow", "phonenumbers")
_HEADING = """# Results

Made by `make bench`, or one by one by `python -m benchmarks NAME`. Machines are shared and noisy:
read ratios and the processor's time, not seconds.
"""


def main(names: Sequence[str]) -> None:
    """Run `names`, all but the long where there are none; the others keep what they printed last.

    A benchmark that fails leaves the file as it was.
    """
    wanted = names or BENCHMARKS
    for name in wanted:
        if name not in BENCHMARKS + LONG:
            sys.exit(f"There is no benchmark {name!r}: one of {', '.join(BENCHMARKS + LONG)}.")
    made = {name: _made(name) for name in wanted}
    parts = {**_kept(), **made}
    ordered = [parts[name] for name in BENCHMARKS + LONG if name in parts]
    RESULTS.write_text("\n".join([_HEADING, *ordered]), encoding="utf-8")
    sys.stdout.write(f"Written to {RESULTS}\n")


def _made(name: str) -> str:
    sys.stdout.write(f"{name} ...\n")
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    env = os.environ | ONE_THREAD  # figures are of one core
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout  # noqa: S603 - our own
    return (
        f"## {name}\n\n`python -m benchmarks.{name}` on {datetime.now(UTC).date()}: "
        f"{platform.machine()}, {_processor()}, Python {platform.python_version()}, "
        + ", ".join(f"{each} {version(each)}" for each in _VERSIONS)
        + f".\n\n```\n{printed}```\n"
    )


def _kept() -> Mapping[str, str]:
    """Return what each benchmark printed when it was last run."""
    if not RESULTS.exists():
        return {}
    _, *parts = re.split(r"^(?=## )", RESULTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.split()[1]: part.rstrip() + "\n" for part in parts}


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"


if __name__ == "__main__":
    main(sys.argv[1:])

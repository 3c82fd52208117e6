"""Run every benchmark and write down what it printed: `make bench`."""

import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = ("deciding", "redaction", "forgetting", "proving", "recording")
_VERSIONS = ("torch", "numpy", "pyarrow", "phonenumbers", "pyahocorasick")


def main() -> None:
    """Write `RESULTS.md`; a benchmark that fails leaves the file as it was."""
    parts = [
        "# Results\n",
        f"Made by `make bench` on {datetime.now(UTC).date()}: {platform.machine()}, "
        f"{_processor()}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
        + ". Machines are shared and noisy: read ratios, not seconds.\n",
    ]
    for name in BENCHMARKS:
        sys.stdout.write(f"{name} ...\n")
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own
        parts.append(f"## {name}\n\n`python -m benchmarks.{name}`\n\n```\n{printed}```\n")
    (HERE / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
    sys.stdout.write(f"Written to {HERE / 'RESULTS.md'}\n")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"


if __name__ == "__main__":
    main()

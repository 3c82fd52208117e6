"""Change the code in small ways, and see whether a test notices: `make mutate`.

mutmut works on a copy of the code and of the tests named here; the working tree stays as it is.
What no test noticed is printed; `docs/mutation.md` says of each why it changes nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES: dict[str, tuple[str, ...]] = {
    "evidence/merkle.py": ("tests/evidence/test_merkle.py",),
    "consent/rules.py": (
        "tests/consent/test_rules.py",
        "tests/consent/test_what_rules_say.py",
        "tests/consent/test_stated_signal.py",
        "tests/consent/test_earlier_purpose.py",
        "tests/never/test_never_admitted.py",
    ),
}
"""Each file with the fastest tests that say what it does."""
_CONFIG = """
[tool.mutmut]
source_paths = ["src/sayso/{file}"]
pytest_add_cli_args_test_selection = [{tests}]
also_copy = ["src", "tests"]

[tool.pytest.ini_options]
addopts = "--import-mode=importlib -x -q"
pythonpath = ["tests"]
"""
_HASTE = """
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=50,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a mutant is dead or not; how is nobody's question
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")
"""


def main() -> None:
    """Mutate the files that are named, or all; print which mutants live."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help=f"of: {', '.join(FILES)}")
    for file in parser.parse_args().files or FILES:
        with tempfile.TemporaryDirectory(prefix="sayso-mutants-") as folder:
            sys.stdout.write(f"\n{file}\n{_lives(file, Path(folder))}\n")


def _lives(file: str, folder: Path) -> str:
    """Run mutmut on a copy; return the mutants that no test noticed, with what they changed."""
    for name in ("src", "tests"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    tests = ", ".join(f'"{test}"' for test in FILES[file])
    (folder / "pyproject.toml").write_text(_CONFIG.format(file=file, tests=tests), encoding="utf-8")
    conftest = folder / "tests" / "conftest.py"
    conftest.write_text(_HASTE + conftest.read_text(encoding="utf-8"), encoding="utf-8")
    mutmut = Path(sys.executable).with_name("mutmut")
    cores = str(os.cpu_count() or 1)
    with (folder / "log").open("w", encoding="utf-8") as log:
        subprocess.run(  # noqa: S603 - our own
            [mutmut, "run", "--max-children", cores], cwd=folder, stdout=log, check=False
        )
    told = subprocess.run(  # noqa: S603 - our own
        [mutmut, "results", "--all", "true"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    states = [line.split(": ") for line in told.splitlines() if ": " in line]
    counted = Counter(state for _, state in states)
    lines = [f"{len(states)} mutants: " + ", ".join(f"{n} {state}" for state, n in counted.items())]
    for name, state in states:
        if state != "killed":  # one that ran for ever was noticed, but look at it
            shown = subprocess.run(  # noqa: S603 - our own
                [mutmut, "show", name.strip()],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            changed = [line for line in shown.stdout.splitlines() if line[:1] in {"-", "+"}]
            lines += [f"{name.strip()}: {state}", *changed[2:]]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

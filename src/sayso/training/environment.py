"""Where a model was trained, as far as it can change a single bit of it."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sayso.errors import BadInput, NotHere
from sayso.evidence.canonical import digest

_CPUINFO = Path("/proc/cpuinfo")
_TYPE_FIELDS = ("vendor_id", "cpu family", "model", "model name", "flags", "Features")
_STEERING = ("ATEN_", "MKL_", "OMP_", "KMP_", "DNNL_", "ONEDNN_", "OPENBLAS_", "TORCH_", "GOMP_")
"""Beginnings of the variables that change how torch computes; none is inherited."""


class Mode(StrEnum):
    """`native` compares on the same type of processor; `portable` on any x86-64, more slowly."""

    NATIVE = "native"
    PORTABLE = "portable"


_VARIABLES: dict[Mode, dict[str, str]] = {
    Mode.NATIVE: {},
    # The only pair measured to agree on three processor types; see docs of training.
    Mode.PORTABLE: {"ATEN_CPU_CAPABILITY": "avx2", "MKL_CBWR": "COMPATIBLE"},
}
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """All that a model's bits may depend on besides its rows and its recipe.

    `packages` maps each package that computes beside torch to its version: none for the small
    decoder, whose environments from before there was the choice keep their digest.
    """

    mode: Mode
    torch: str
    python: str
    machine: str
    processor: str
    variables: Mapping[str, str]
    threads: int = 1
    device: str = "cpu"
    packages: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The hex SHA-256 that stands for this environment in a chain key."""
        said = {**asdict(self), "variables": dict(self.variables)}
        if not self.packages:
            del said["packages"]
        return digest(said)


def describe(mode: str = Mode.NATIVE, packages: Sequence[str] = ()) -> Environment:
    """Describe this machine, and the packages that compute beside torch, without loading any.

    Raises:
        BadInput: there is no such mode.
        NotHere: one of the packages is not installed.
    """
    try:
        chosen = Mode(mode)
    except ValueError as error:
        raise BadInput(
            f"There is no training environment {mode!r}.",
            hint="Set `environment` in sayso.toml to native or portable.",
        ) from error
    return Environment(
        mode=chosen,
        torch=version("torch"),
        python=".".join(platform.python_version_tuple()[:2]),
        machine=platform.machine(),
        processor="any" if chosen is Mode.PORTABLE else processor_type(),
        variables=_VARIABLES[chosen] | _ONE_THREAD,
        packages={name: _version(name) for name in packages},
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise NotHere(
            f"This needs the package {package}, which is not installed.",
            hint="pip install 'sayso[peft,private]'",
        ) from error


def processor_type(cpuinfo: Path = _CPUINFO) -> str:
    """Name this type of processor: its model and a hash of all it can do."""
    try:
        first = cpuinfo.read_text(encoding="utf-8").split("\n\n", 1)[0]
    except OSError:  # not Linux: less is known, so less is called the same
        return f"{platform.system()} {platform.release()} {platform.processor()}"
    facts = {
        name.strip(): value.strip()
        for name, _, value in (line.partition(":") for line in first.splitlines())
        if name.strip() in _TYPE_FIELDS
    }
    told = sha256("\n".join(f"{name}:{facts[name]}" for name in sorted(facts)).encode())
    return f"{facts.get('model name', platform.machine())} {told.hexdigest()[:16]}"


def child_variables(
    environment: Environment, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The variables a training process starts with: the recorded ones and nothing that steers."""
    kept = {name: value for name, value in inherited.items() if not name.startswith(_STEERING)}
    return kept | dict(environment.variables)

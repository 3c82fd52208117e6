"""What an operator can set: sayso.toml, then SAYSO_ variables, read once."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sayso.errors import BadInput, NotHere

FILE_NAME = "sayso.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One network's home and how it runs. Paths are absolute."""

    home: Path
    network: str = "Sayso network"
    origin: str = "sayso.example.org/log"
    """Name of the log in its checkpoints: a schema-less URL (C2SP tlog-checkpoint)."""
    database: str = ""
    """SQLAlchemy URL; empty means SQLite at `sayso.db` in the home."""
    shards: int = 4
    slices: int = 4
    workers: int = 0
    """Processes for building and training; 0 means one per core."""
    environment: str = "native"
    """`native` (fast) or `portable` (same bits on any x86-64); see docs of training."""
    phrase_members: int = 3
    """A phrase is offered only when this many members share it."""
    copy_limit_words: int = 12
    """Longest run of one other member's words a suggestion may hold unquoted."""
    forget_within_minutes: int = 60
    """How long a withdrawal may wait so that several are forgotten together."""
    controller_address: str = ""
    """Where who answers for the network can be written to; it stands in each receipt."""
    controller_contact: str = ""
    """How members reach whoever looks after their data; it stands in each receipt."""
    controller_authority: str = ""
    """The data protection authority that members may complain to; it stands in each receipt."""
    storage_location: str = ""
    """Where the data lies, as in `Frankfurt, Germany`; it stands in each receipt."""
    demo: bool = False
    """Sample members may be signed in as without a password. Never outside a demo."""

    @property
    def database_url(self) -> str:
        """The URL to connect to."""
        return self.database or f"sqlite:///{self.home / 'sayso.db'}"

    @property
    def store(self) -> Path:
        """Where artefacts lie: datasets, checkpoints, indexes, exports."""
        return self.home / "store"

    @property
    def keys(self) -> Path:
        """Where secrets lie; readable by the owner alone."""
        return self.home / "keys"


def load_settings(home: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read `home`'s settings; a `SAYSO_` variable outranks the file.

    Raises:
        NotHere: there is no home in that folder.
        BadInput: the file is not TOML, or names an unknown or ill-typed setting.
    """
    path = home / FILE_NAME
    if not path.is_file():
        raise NotHere(
            f"{home} is not a Sayso home: it has no {FILE_NAME}.",
            hint=f"Make one with `sayso init {home}`, or point --home or SAYSO_HOME at yours.",
        )
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}.", hint="Mend the file; nothing was changed.") from error

    settings = Settings(home=home.resolve())
    kinds: dict[str, type] = {
        field.name: type(getattr(settings, field.name)) for field in fields(Settings)
    }
    for name, value in written.items():
        if name == "home" or name not in kinds or not _fits(value, kinds[name]):
            raise BadInput(
                f"{path}: setting {name!r} is unknown or not a {_noun(kinds.get(name))}.",
                hint="Known settings: " + ", ".join(sorted(kinds.keys() - {"home"})) + ".",
            )
        settings = _with(settings, name, value)
    for name, kind in kinds.items():
        text = (os.environ if environ is None else environ).get(f"SAYSO_{name.upper()}")
        if text is not None and name != "home":
            settings = _with(settings, name, _parsed(name, text, kind))
    return settings


def _with(settings: Settings, name: str, value: object) -> Settings:
    change: dict[str, Any] = {name: value}
    return replace(settings, **change)


def _fits(value: object, kind: type) -> bool:
    return type(value) is kind


def _noun(kind: type | None) -> str:
    if kind is None:
        return "known setting"
    return {bool: "true or false", int: "number"}.get(kind, "text")


def _parsed(name: str, text: str, kind: type) -> bool | int | str:
    if kind is bool and text in {"true", "false"}:
        return text == "true"
    if kind is int and text.lstrip("-").isdigit():
        return int(text)
    if kind is str:
        return text
    raise BadInput(
        f"SAYSO_{name.upper()}: {text!r} is not a {_noun(kind)}.",
        hint="Unset the variable or mend it.",
    )

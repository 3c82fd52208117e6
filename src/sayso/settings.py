"""What an operator can set: sayso.toml, then SAYSO_ variables, read once."""

import os
import re
import tomllib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from sayso.errors import BadInput, NotHere

FILE_NAME = "sayso.toml"

_Kept = TypeVar("_Kept", "Settings", "Mail", "Database")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_SPAN = re.compile(r"([0-9]{1,6})(s|m|h|d)")
_TABLES = frozenset({"home", "mail", "sources", "attested"})
_ATTESTED = 'Write [sources.forum.attested] and under it as in region = "US".'
_SQLITE = re.compile(r"(sqlite(?:\+\w+)?:///)([^/].*)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST = {
    "shards": 1,
    "slices": 1,
    "workers": 0,
    "forget_within_minutes": 0,
    "memory_mb": 1,
    "checkpoints_every": 1,
}
"""Numbers that a home cannot run below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How notices are sent: the table [mail]. Its password is in SAYSO_MAIL_PASSWORD alone."""

    host: str = ""
    """The server that takes mail from us; empty means that no mail is sent."""
    port: int = 587
    security: str = "starttls"
    """`starttls`, `ssl` (from the first byte), or `none` for a server on this machine."""
    sender: str = ""
    """The address notices come from. What returns goes to `sender+TOKEN@domain`."""
    username: str = ""
    password: str = field(default="", repr=False)
    site: str = ""
    """Where members reach the site, as in `https://privacy.example.org`; links begin with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A site's own database, as `sayso import sql NAME` reads it: a table [sources.NAME].

    Its address may be in the variable SAYSO_SOURCES_NAME_URL alone. See docs of sources.
    """

    url: str = field(default="", repr=False)
    """SQLAlchemy URL; a path of SQLite is taken from the home on."""
    members: str = ""
    """One SELECT of accounts; its columns have the names of the fields of `members import`."""
    documents: str = ""
    """One SELECT of documents; its columns have the names of the fields of `import jsonl`."""
    ids: str = ""
    """One SELECT of the ids of all documents that exist; what is not there was deleted."""
    cursor: str = ""
    """The column of `documents` that grows with every change: only what is new is read."""
    members_cursor: str = ""
    """The same of `members`."""
    start: str = ""
    """What `:cursor` is on the first reading, where a query has it."""
    overlap: str = "0s"
    """How far before the last one seen a cursor of time begins, as in `10m`."""
    prefix: str | None = None
    """Stands before each document's id; the table's name and a colon where it is not given."""
    every: str = ""
    """How often a worker reads it, as in `10m`; empty means that a person does."""
    attested: Mapping[str, str] = field(default_factory=dict)
    """What the operator attests where the rows are silent: the table [sources.NAME.attested]."""

    @property
    def every_s(self) -> int:
        """How often a worker reads it, in seconds; 0 for never."""
        return _seconds(self.every)

    @property
    def overlap_s(self) -> int:
        """How far back a cursor of time begins, in seconds."""
        return _seconds(self.overlap)


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
    checkpoints_every: int = 1
    """After so many slices a shard's checkpoint is kept; see docs of training."""
    environment: str = "native"
    """`native` (fast) or `portable` (same bits on any x86-64); see docs of training."""
    phrase_members: int = 3
    """A phrase is offered only when this many members share it."""
    copy_limit_words: int = 12
    """Longest run of one other member's words a suggestion may hold unquoted."""
    forget_within_minutes: int = 60
    """How long a withdrawal may wait so that several are forgotten together."""
    redact_links: str = "all"
    """Which links are taken out of texts: `all`, or `personal`, those with a name or account."""
    redact_mentions: str = "all"
    """Whose names are taken out: `all`, or `others`, all but the author's own and credited ones."""
    redact_strangers: str = "balanced"
    """How eagerly names of people who are no members go: `off`, `light`, `balanced`, `strict`."""
    refuse_marks: str = ""
    """Sorts of text that no dataset holds, as in `repetitive, shouting`; see docs of datasets."""
    engine: str = "local"
    """Where datasets are built and models trained: `local`, or `ray`, a cluster."""
    ray_address: str = ""
    """The cluster's head, as in `10.0.0.7:6379`; empty means the one that Ray finds."""
    datasets: str = ""
    """Where sealed datasets lie, as in `s3://bucket/folder`; empty means the home's store."""
    documents: str = ""
    """Where more documents lie, in Parquet files, as in `s3://bucket/folder`; docs of datasets."""
    memory_mb: int = 128
    """Megabytes of rows that a process which builds a dataset holds at a time."""
    controller_address: str = ""
    """Where who answers for the network can be written to; it stands in each receipt."""
    controller_contact: str = ""
    """How members reach whoever looks after their data; it stands in each receipt."""
    controller_authority: str = ""
    """The data protection authority that members may complain to; it stands in each receipt."""
    storage_location: str = ""
    """Where the data lies, as in `Frankfurt, Germany`; it stands in each receipt."""
    calendar_country: str = ""
    """Whose public holidays move a last day for an answer, by ISO 3166-1, as in `DE`."""
    calendar_subdivision: str = ""
    """The part of that country, by ISO 3166-2 without it, as in `BE`."""
    mail: Mail = Mail()
    """How notices are sent: the table [mail]; see docs of notices."""
    sources: Mapping[str, Database] = field(default_factory=dict)
    """The site's own databases by name: the tables [sources.NAME]; see docs of sources."""
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
        BadInput: the file is not TOML, names an unknown or ill-typed setting, or a number is too
            small.
    """
    path = home / FILE_NAME
    if not path.is_file():
        raise NotHere(
            f"{home} is not a Sayso home: it has no {FILE_NAME}.",
            hint=f"Make one with `sayso init {home}`, or point --home or SAYSO_HOME at yours.",
        )
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: {error}.", hint="Mend the file; nothing was changed.") from error

    env = os.environ if environ is None else environ
    table = written.pop("mail", {})
    mail = _filled(Mail(), table, f"{path}: [mail]", env, "SAYSO_MAIL_", never={"password"})
    sources = _sources(written.pop("sources", {}), path, env)
    settings = Settings(home=home.resolve(), mail=mail, sources=sources)
    filled = _filled(settings, written, str(path), env, "SAYSO_", never=_TABLES)
    for name, least in _LEAST.items():
        if (found := getattr(filled, name)) < least:
            variable = f"SAYSO_{name.upper()}"
            where = variable if variable in env else f"{path}: {name}"
            raise BadInput(f"{where} is {found}.", hint=f"Set it to {least} or more.")
    return filled


def _sources(tables: object, path: Path, environ: Mapping[str, str]) -> Mapping[str, Database]:
    if not isinstance(tables, dict):
        raise BadInput(f"{path}: sources is not a table.", hint="Write [sources.NAME].")
    found = {}
    for name, table in tables.items():
        where = f"{path}: [sources.{name}]"
        if not _NAME.fullmatch(name) or name == "all" or not isinstance(table, dict):
            hint = "Name it in small letters, digits, - and _, as in [sources.forum]; not `all`."
            raise BadInput(f"{where} is not a source's table.", hint=hint)
        attested = table.pop("attested", {})
        if not isinstance(attested, dict) or not all(map(_is_text, attested.values())):
            raise BadInput(f"{where}: attested is not a table of texts.", hint=_ATTESTED)
        blank = Database(attested=attested)
        prefix = f"SAYSO_SOURCES_{name.upper().replace('-', '_')}_"
        filled = _filled(blank, table, where, environ, prefix, never={"attested"})
        found[name] = replace(filled, url=_from_home(filled.url, path.parent.resolve()))
        for span in (filled.every, filled.overlap):
            if span and not _SPAN.fullmatch(span):
                raise BadInput(f"{where}: {span!r} is no span of time.", hint="Write it as 10m.")
    return found


def _from_home(url: str, home: Path) -> str:
    """Let a relative path of SQLite begin at the home, wherever Sayso is called."""
    relative = _SQLITE.fullmatch(url)
    return f"{relative[1]}{home}/{relative[2]}" if relative else url


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _seconds(span: str) -> int:
    said = _SPAN.fullmatch(span)
    return int(said[1]) * _SECONDS[said[2]] if said else 0


def _filled(  # noqa: PLR0913 - where settings come from has this many parts
    blank: _Kept,
    written: object,
    source: str,
    environ: Mapping[str, str],
    prefix: str,
    *,
    never: AbstractSet[str],
) -> _Kept:
    """Return `blank` with what a table says, then the environment; `never` is for no file."""
    if not isinstance(written, dict):
        raise BadInput(f"{source} is not a table.", hint="Write [mail] on a line of its own.")
    settings = blank
    kinds: dict[str, type] = {
        field.name: type(getattr(blank, field.name)) for field in fields(blank)
    }
    kinds |= dict.fromkeys(kinds.keys() & {"prefix"}, str)
    for name, value in written.items():
        if name in never or name not in kinds or not _fits(value, kinds[name]):
            kind = kinds.get(name) if name not in never else None
            unknown = "is not for this file" if name in never else "is unknown"
            what = f"is not a {_noun(kind)}" if kind else unknown
            known = kinds.keys() - never | _TABLES & kinds.keys() - {"home"}
            raise BadInput(
                f"{source}: setting {name!r} {what}.",
                hint="Known settings: " + ", ".join(sorted(known)) + ".",
            )
        settings = _with(settings, name, value)
    for name, kind in kinds.items():
        text = environ.get(f"{prefix}{name.upper()}")
        if text is not None and name not in _TABLES:
            settings = _with(settings, name, _parsed(f"{prefix}{name.upper()}", text, kind))
    return settings


def _with(settings: _Kept, name: str, value: object) -> _Kept:
    change: dict[str, Any] = {name: value}
    return replace(settings, **change)


def _fits(value: object, kind: type) -> bool:
    return type(value) is kind


def _noun(kind: type) -> str:
    return {bool: "true or false", int: "number"}.get(kind, "text")


def _parsed(name: str, text: str, kind: type) -> bool | int | str:
    if kind is bool and text in {"true", "false"}:
        return text == "true"
    if kind is int and text.lstrip("-").isdigit():
        return int(text)
    if kind is str:
        return text
    raise BadInput(
        f"{name}: {text!r} is not a {_noun(kind)}.",
        hint="Unset the variable or mend it.",
    )

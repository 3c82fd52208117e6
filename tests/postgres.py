"""A real PostgreSQL for tests, thrown away when they end.

`from postgres import postgres_url` in a room's conftest gives its tests that fixture: the URL of
a new, empty database; `migrated_url` is that of one at the present schema. The server is the
system's or the one in the `pgserver` package; without either, the tests that ask for it are
skipped with one line. It listens on a socket in a folder of its own and on no port.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from sayso.storage.database import Database

NONE_HERE = "No PostgreSQL here: install one, or the pgserver package, to run this on it too."
_TEMPLATE = "migrated"
_SERVER = pytest.StashKey["Server | None"]()
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the folder is thrown away: only the machine's own crash could tell
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "40",
}
_START_SECONDS = 30


class Server:
    """One running PostgreSQL."""

    def __init__(self, binaries: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir="/tmp"))
        self._user = _unprivileged()
        if self._user is not None:  # PostgreSQL refuses to run as root
            binaries = _reachable(binaries, self.folder)
            shutil.chown(self.folder, self._user)
        data = self.folder / "data"
        self._run(binaries / "initdb", "-D", data, "-U", "sayso", "-A", "trust", "-N", "-E", "UTF8")
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self.folder,
            )
        self._wait()
        self._is_migrated = False

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="sayso", dbname="postgres", autocommit=True
        )

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://sayso@/{database}?host={self.folder}"

    def migrated(self) -> str:
        """The name of a database at the present schema, to make others from; made once."""
        if not self._is_migrated:
            with self.connect() as connection:
                connection.execute(f"create database {_TEMPLATE} template template0".encode())
            database = Database(self.url(_TEMPLATE))
            database.upgrade()
            database.close()  # what is copied from must not be in use
            self._is_migrated = True
        return _TEMPLATE

    def copied(self, template: str) -> Iterator[str]:
        """Yield the URL of a new database, a copy of one that nobody uses now; then drop it."""
        name = f"t{uuid4().hex}"
        with self.connect() as connection:
            connection.execute(f"create database {name} template {template}".encode())
        yield self.url(name)
        with self.connect() as connection:
            connection.execute(f"drop database {name} with (force)".encode())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(_START_SECONDS)
        shutil.rmtree(self.folder)

    def _run(self, *command: str | Path) -> None:
        subprocess.run(
            command,
            check=True,
            user=self._user,
            cwd=self.folder,
            capture_output=True,
        )

    def _wait(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    server = _server(request.config)
    if server is None:
        pytest.skip(NONE_HERE)
    yield from server.copied("template0")


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest) -> Iterator[str]:
    server = _server(request.config)
    if server is None:
        pytest.skip(NONE_HERE)
    yield from server.copied(server.migrated())


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Server:
    """For tests that copy databases of their own."""
    server = _server(pytestconfig)
    if server is None:
        pytest.skip(NONE_HERE)
    return server


def _server(config: pytest.Config) -> Server | None:
    if _SERVER not in config.stash:
        binaries = _binaries()
        server = None if binaries is None else Server(binaries)
        config.stash[_SERVER] = server
        if server is not None:
            config.add_cleanup(server.stop)
    return config.stash[_SERVER]


def _binaries() -> Path | None:
    found = shutil.which("postgres")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pgserver")  # found, not imported: it starts things
    if package is not None and package.origin is not None:
        candidates.append(Path(package.origin).parent / "pginstall" / "bin")
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _reachable(binaries: Path, folder: Path) -> Path:
    """Another user may not look into our folders: give them a copy of what lies there."""
    if binaries.is_relative_to("/usr"):
        return binaries
    installed = folder / "installed"
    shutil.copytree(binaries.parent, installed / "pginstall", symlinks=True)
    beside = binaries.parent.parent.with_name("pgserver.libs")
    if beside.exists():  # its programs look for their libraries three folders up
        shutil.copytree(beside, installed.parent / beside.name)
    return installed / "pginstall" / binaries.name

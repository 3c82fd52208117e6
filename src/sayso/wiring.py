"""The one file that knows which store stands behind which protocol."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkstemp

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sayso.community import Clock, Entropy
from sayso.datasets.disk import replace_durably
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.places import POINTER, is_here, place
from sayso.errors import BadInput, NotHere
from sayso.evidence import vrf
from sayso.evidence.note import Signer
from sayso.evidence.vault import suppression_token
from sayso.settings import FILE_NAME, Settings, load_settings
from sayso.storage.database import Database
from sayso.storage.stores import Stores, stores

__all__ = ["Keys", "Network", "Stores", "make_home", "open_network", "system_clock"]

_KEY_NAMES = ("log", "vault", "partition", "session", "suppression")
_KEY_BYTES = 32
_SEATS_KEY = "seats.key"
_BEGUN = frozenset({"keys", "store", f".{FILE_NAME}"})
"""What a home that was not finished may hold already."""
_DEMO_KEYS = {"partition": hashlib.sha256(b"Fernhollow 1").digest()}
"""Every demo puts the same villagers in the same groups, so that the tour fits what it shows."""
_DEMO = "demo = true\nforget_within_minutes = 0\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A home's secrets. Lose `vault` and every sealed record is unreadable."""

    signer: Signer
    vault: bytes
    partition: bytes
    session: bytes
    suppression: bytes
    seats: vrf.SecretKey


def system_clock() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


class Network:
    """An open home: settings, keys, time, and transactions over its database."""

    def __init__(
        self,
        *,
        settings: Settings,
        database: Database,
        keys: Keys,
        clock: Clock,
        entropy: Entropy,
    ) -> None:
        self.settings = settings
        self.keys = keys
        self.clock = clock
        self.entropy = entropy
        self._database = database
        self._files = _document_files(settings)

    @contextmanager
    def reading(self) -> Iterator[Stores]:
        """Yield stores over one consistent view."""
        with self._database.reading() as connection:
            yield self._joined(connection)

    @contextmanager
    def writing(self) -> Iterator[Stores]:
        """Yield stores over one transaction; what it wrote is on disk when the block ends."""
        with self._database.writing() as connection:
            joined = self._joined(connection)
            size = joined.log.size()
            yield joined
            if joined.log.size() > size:
                joined.log.checkpoint()  # kept with what it signs, handed out only after

    def scrub(self) -> None:
        """Leave no deleted bytes in the files that the database still holds."""
        self._database.scrub()

    def close(self) -> None:
        """Give the database's connections back."""
        self._database.close()

    def _joined(self, connection: sa.Connection) -> Stores:
        return stores(
            connection,
            signer=self.keys.signer,
            vault_key=self.keys.vault,
            entropy=self.entropy,
            files=self._files,
            token_of=partial(suppression_token, self.keys.suppression),
        )


def make_home(home: Path, network: str = "", *, origin: str = "", demo: bool = False) -> Settings:
    """Make a new home in `home`, with its own keys; an existing home is left as it is.

    Raises:
        BadInput: the folder holds something else already, or the origin is no log's name.
    """
    home = home.resolve()
    if origin:
        _require_origin(origin)
    if not (home / FILE_NAME).exists():
        if home.exists() and not (
            home.is_dir() and {path.name for path in home.iterdir()} <= _BEGUN
        ):
            raise BadInput(
                f"{home} is not an empty folder, and not a Sayso home.",
                hint="Name a new folder, for example `sayso init my-network`.",
            )
        home.mkdir(parents=True, exist_ok=True)
        _make_keys(home / "keys", os.urandom, _DEMO_KEYS if demo else {})
        _make_seats_key(home / "keys")
        (home / "store").mkdir(exist_ok=True)
        # The settings file comes last: a folder without it is not yet a home.
        given = {"network": network or home.name} | ({"origin": origin} if origin else {})
        text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in given.items())
        text += _DEMO if demo else ""
        temporary = home / f".{FILE_NAME}"
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(home / FILE_NAME)
    return load_settings(home)


def open_network(
    settings: Settings, *, clock: Clock = system_clock, entropy: Entropy = os.urandom
) -> Network:
    """Open the home that `settings` describe and bring its database up to date.

    Raises:
        NotHere: a key is missing or the database does not answer.
        BadInput: the datasets lie elsewhere than the settings say, or nothing speaks an address.
    """
    _make_seats_key(settings.keys)  # a home from before has none
    keys = _read_keys(settings)
    settings.store.mkdir(parents=True, exist_ok=True)
    _point_to_datasets(settings)
    database = Database(settings.database_url)
    database.upgrade()
    return Network(settings=settings, database=database, keys=keys, clock=clock, entropy=entropy)


def _point_to_datasets(settings: Settings) -> None:
    """Write into the store where its datasets lie, once: what was sealed there must be found."""
    pointer = settings.store / POINTER
    known = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    if known == settings.datasets:
        return
    if known or (settings.store / "datasets").exists():
        there = known or settings.store / "datasets"
        raise BadInput(
            f"This home's datasets lie in {there}, and its settings say {settings.datasets!r}.",
            hint=f"Move them there and write the new address into {pointer}, or mend `datasets`.",
        )
    place(settings.datasets)
    replace_durably(pointer, f"{settings.datasets}\n".encode())


def _document_files(settings: Settings) -> DocumentFiles | None:
    """Return the documents that lie beside the database; a path is taken from the home on."""
    if not settings.documents:
        return None
    found = place(settings.documents)
    return DocumentFiles(settings.home / found if is_here(found) else found)


def _require_origin(origin: str) -> None:
    if "://" in origin:
        raise BadInput(
            f"{origin!r} cannot name a log: it has a scheme.",
            hint="Leave it out, as in `--origin example.org/log`.",
        )
    Signer(origin, bytes(_KEY_BYTES))  # refuses what cannot name a key


def _make_keys(folder: Path, entropy: Entropy, given: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in _KEY_NAMES:
        path = folder / f"{name}.key"
        if not path.exists():
            aside = folder / f".{name}.key"
            aside.unlink(missing_ok=True)
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(given.get(name) or entropy(_KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)


def _make_seats_key(folder: Path) -> None:
    """Make the key that gives members their seats, once; of many who try, one does."""
    if not (folder / _SEATS_KEY).exists() and folder.is_dir():
        made = rsa.generate_private_key(vrf.EXPONENT, vrf.BITS)
        text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        descriptor, aside = mkstemp(dir=folder, prefix=".seats")  # for its owner alone
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, folder / _SEATS_KEY)
        Path(aside).unlink()


def _read_keys(settings: Settings) -> Keys:
    secrets: dict[str, bytes] = {}
    for name in _KEY_NAMES:
        path = settings.keys / f"{name}.key"
        try:
            secrets[name] = path.read_bytes()
        except OSError as error:
            raise NotHere(
                f"The key {path} cannot be read: {error.strerror}.",
                hint="Put the key back from your backup: without it nothing can be proven.",
            ) from error
        if len(secrets[name]) != _KEY_BYTES:
            raise NotHere(
                f"The key {path} is {len(secrets[name])} bytes, not {_KEY_BYTES}.",
                hint="Put the key back from your backup.",
            )
    return Keys(
        signer=Signer(settings.origin, secrets["log"]),
        vault=secrets["vault"],
        partition=secrets["partition"],
        session=secrets["session"],
        suppression=secrets["suppression"],
        seats=vrf.SecretKey((settings.keys / _SEATS_KEY).read_bytes()),
    )

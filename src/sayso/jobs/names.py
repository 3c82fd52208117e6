"""A redactor that knows who joined, while a process runs for weeks."""

from threading import Lock, Thread

from sayso.jobs.build import redactor_for
from sayso.redact.members.directory import Directory
from sayso.redact.redacted import Redacted
from sayso.redact.scan import NOTHING_KNOWN, Surroundings
from sayso.storage.stores import Stores
from sayso.wiring import Network

_AT_ONCE = 50_000
"""Up to so many names are read before the answer; more of them beside it."""


class LivingRedactor:
    """The detectors with the names of those who are members now. Threads may share it.

    `follow` costs one look-up where nobody joined, left or was renamed. With very many members
    the names are read again in a thread of its own, while those known before still serve.
    """

    def __init__(self, network: Network) -> None:
        """Read every name once."""
        self._network = network
        self._lock = Lock()
        self._reading: Thread | None = None
        with network.reading() as stores:
            self._version = stores.names.version()
            self._redactor = redactor_for(stores, network.settings)

    @property
    def directory(self) -> Directory:
        """The names known now."""
        return self._redactor.directory

    def redact(self, text: str, around: Surroundings = NOTHING_KNOWN) -> Redacted:
        """Return `text` with a placeholder for each piece of personal data."""
        return self._redactor.redact(text, around)

    def follow(self, stores: Stores) -> None:
        """Read the names again if they changed: before this returns, or soon after."""
        if stores.names.version() == self._version:
            return
        with self._lock:
            version = stores.names.version()
            is_busy = self._reading is not None and self._reading.is_alive()
            if version == self._version or is_busy:
                return
            if self.directory.names <= _AT_ONCE:
                self._read(stores)
                return
            self._reading = Thread(target=self._read_beside, name="sayso-names", daemon=True)
            self._reading.start()

    def settle(self) -> None:
        """Wait until names that are being read are known."""
        reading = self._reading
        if reading is not None:
            reading.join()

    def _read_beside(self) -> None:
        with self._network.reading() as stores:
            self._read(stores)

    def _read(self, stores: Stores) -> None:
        version = stores.names.version()
        self._redactor = redactor_for(stores, self._network.settings)
        self._version = version

"""Reading the site's own databases again and again, as often as the operator says."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import SaysoError
from sayso.jobs.bring import import_documents
from sayso.settings import Database
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network

_LOOK_EVERY_S = 1.0
_LAST_WORDS_S = 3.0
_logger = logging.getLogger(__name__)


def read_due(network: Network) -> dict[str, Arrived]:
    """Read each database whose time has come; of several processes, one reads it.

    A database that does not answer, or a query that it does not take, is logged and tried again
    when its time comes next.
    """
    came: dict[str, Arrived] = {}
    for name, database in sorted(_scheduled(network).items()):
        try:
            if _claimed(network, name, database.every_s):
                came[name] = import_documents(network, "sql", [Path(name)], ReadingOptions())
        except SaysoError as error:
            _logger.error(  # noqa: TRY400 - a sentence for the operator, not a trace
                "Reading %s failed and is tried again: %s %s", name, error, error.hint
            )
    return came


@contextmanager
def reading_on_schedule(network: Network) -> Iterator[None]:
    """Read what is due beside other work, for as long as the block lasts; cut off, it goes on."""
    if not _scheduled(network):
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(
        target=_read_until, args=(network, stop), name="sayso-sources", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_LAST_WORDS_S)


def _read_until(network: Network, stop: threading.Event) -> None:
    while not stop.wait(_LOOK_EVERY_S):
        read_due(network)


def _claimed(network: Network, name: str, every_s: int) -> bool:
    now = network.clock()
    with network.reading() as stores:
        if not stores.cursors.is_due(name, every_s, now):
            return False
    with network.writing() as stores:
        return stores.cursors.claim(name, every_s, now)


def _scheduled(network: Network) -> dict[str, Database]:
    return {name: each for name, each in network.settings.sources.items() if each.every_s}

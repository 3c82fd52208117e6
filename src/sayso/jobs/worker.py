"""In the background: a changed law is heeded, what is due is forgotten, deadlines are watched."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sayso.errors import Refused, SaysoError
from sayso.jobs.forget import forget_pending
from sayso.jobs.heed import heed_law, law_in_force
from sayso.jobs.requests import note_missed
from sayso.jobs.schedule import reading_on_schedule
from sayso.training.forget import batch
from sayso.wiring import Network

_LOOK_EVERY_S = 1.0
_AFTER_FAILURE_S = 30.0
_LAST_WORDS_S = 3.0
_logger = logging.getLogger(__name__)


def work_until_stopped(network: Network, stop: threading.Event | None = None) -> None:
    """Forget what is due, again and again, until `stop` is set or the process is stopped.

    What a new notice or policy no longer allows is taken out of service on the day it begins. A
    request that was not answered in time is entered in the log within a minute. The site's own
    databases are read beside it, each as often as its table in sayso.toml says.
    """
    with reading_on_schedule(network):
        _work(network, stop or threading.Event())


def _work(network: Network, stop: threading.Event) -> None:
    wait = _LOOK_EVERY_S
    heeded = ""
    watched: datetime | None = None
    while not stop.wait(wait):
        wait = _LOOK_EVERY_S
        try:
            law = law_in_force(network)
            if law != heeded:
                heed_law(network)
                heeded = law
            if is_due(network):
                forget_pending(network)
            minute = network.clock().replace(second=0, microsecond=0)
            if minute != watched:
                note_missed(network)
                watched = minute
        except Refused:
            continue  # another process of this home is at it; look again
        except SaysoError as error:
            # What waits stays out of service and pending; the console shows since when.
            _logger.error(  # noqa: TRY400 - a sentence for the operator, not a trace
                "The worker's task failed and is tried again: %s %s", error, error.hint
            )
            wait = _AFTER_FAILURE_S


def is_due(network: Network) -> bool:
    """Whether the oldest pending withdrawal has waited as long as the operator lets it."""
    with network.reading() as stores:
        pending = stores.takebacks.pending()
    waiting = batch(pending, within_minutes=network.settings.forget_within_minutes)
    return waiting.is_due(network.clock())


@contextmanager
def background_worker(network: Network) -> Iterator[None]:
    """Run a worker beside the site for as long as the block lasts."""
    stop = threading.Event()
    thread = threading.Thread(
        target=work_until_stopped, args=(network, stop), name="sayso-worker", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # A forgetting in its middle may be cut off: the next start goes on from its checkpoints.
        thread.join(timeout=_LAST_WORDS_S)

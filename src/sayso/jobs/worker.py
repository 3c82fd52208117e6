"""Forgetting in the background: withdrawals are picked up as they come."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sayso.errors import Refused
from sayso.jobs.forget import forget_pending
from sayso.wiring import Network

_LOOK_EVERY_S = 1.0


def work_until_stopped(network: Network, stop: threading.Event | None = None) -> None:
    """Forget what is due, again and again, until `stop` is set or the process is stopped."""
    stop = stop or threading.Event()
    while not stop.wait(_LOOK_EVERY_S):
        if is_due(network):
            try:
                forget_pending(network)
            except Refused:
                continue  # another process of this home is at it; look again


def is_due(network: Network) -> bool:
    """Whether the oldest pending withdrawal has waited as long as the operator lets it."""
    with network.reading() as stores:
        pending = stores.takebacks.pending()
    wait = timedelta(minutes=network.settings.forget_within_minutes)
    return bool(pending) and network.clock() - pending[0].acknowledged_at >= wait


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
        thread.join()

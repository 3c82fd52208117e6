"""One build, training or forgetting at a time in a home."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sayso.errors import Refused
from sayso.settings import Settings


@contextmanager
def turn(settings: Settings, act: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the home's only turn at heavy work; the system gives it back if we are killed.

    Raises:
        Refused: another process is at work in this home and `wait` is false.
    """
    path = settings.store / "turn.lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            file.seek(0)
            raise Refused(
                f"Another process is at work in this home ({file.read().strip() or 'busy'}).",
                rule="one_at_a_time",
                hint="Wait until it is done, then run this again.",
            ) from error
        file.truncate(0)
        file.write(act)
        file.flush()
        yield
        file.truncate(0)

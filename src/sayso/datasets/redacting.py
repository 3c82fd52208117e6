"""Redaction of many texts: in this process, or in several, with the same outcome."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from sayso.datasets.pipeline import Redacting, Wording, Words, redact_wordings
from sayso.errors import SaysoError
from sayso.redact.redactor import Redactor

_AHEAD = 4
"""Batches that wait for each process: enough to keep it busy, few enough to hold."""

_OURS: list[Redactor] = []
"""The redactor of a worker process; empty everywhere else."""


def redacting_here(redactor: Redactor) -> Redacting:
    """Redact in this process."""

    def redact(batches: Iterable[Sequence[Wording]]) -> Iterator[Sequence[Words]]:
        for batch in batches:
            yield redact_wordings(redactor, batch)

    return redact


@contextmanager
def redacting_in_processes(redactor: Redactor, workers: int) -> Iterator[Redacting]:
    """Redact in `workers` processes, which end with the block.

    Raises:
        SaysoError: a process was killed from outside, for example for want of memory.
    """
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),  # a fork copies threads' locks
        initializer=_begin,
        initargs=(redactor,),
    )

    def redact(batches: Iterable[Sequence[Wording]]) -> Iterator[Sequence[Words]]:
        waiting: deque[Future[list[Words]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_redact_batch, batch))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield redact
    except BrokenProcessPool as error:
        raise SaysoError(
            "A process that takes out personal data was ended from outside.",
            hint="Run the same command again; with little memory, set workers = 1.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(redactor: Redactor) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _OURS.append(redactor)


def _redact_batch(batch: Sequence[Wording]) -> list[Words]:
    return redact_wordings(_OURS[0], batch)

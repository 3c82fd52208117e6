"""The cores of this machine: one process, or several."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sayso.datasets.engines import AHEAD, Done, Run, Shared, Task, in_order
from sayso.errors import CutShort

_THREADS = "OPENBLAS_NUM_THREADS"

_OURS: list[Any] = []
"""What a worker process shares with the others; empty everywhere else."""


@dataclass(frozen=True, slots=True)
class Local:
    """Implements `Engine` with `workers` processes; 0 means one per core, 1 this very one."""

    workers: int = 1

    @contextmanager
    def open(self, shared: Shared) -> Iterator[Run[Shared]]:
        """Start the processes, where there is to be more than one."""
        workers = self.workers or len(os.sched_getaffinity(0))
        if workers == 1:
            yield _Here(shared)
            return
        before = os.environ.get(_THREADS)
        os.environ[_THREADS] = "1"  # read as numpy loads: each process has its own core
        pool = ProcessPoolExecutor(
            max_workers=workers,
            mp_context=multiprocessing.get_context("spawn"),  # a fork copies threads' locks
            initializer=_begin,
            initargs=(shared,),
        )
        try:
            yield _Processes(pool, workers * AHEAD)
        except BrokenProcessPool as error:
            raise CutShort(
                "A process that worked on the dataset was ended from outside.",
                hint="Run the same command again: it goes on. With little memory, set workers = 1.",
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            if before is None:
                del os.environ[_THREADS]
            else:
                os.environ[_THREADS] = before


@dataclass(frozen=True, slots=True)
class _Here:
    shared: Any

    def __call__(self, act: Callable[[Any, Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        for task in tasks:
            yield act(self.shared, task)


@dataclass(frozen=True, slots=True)
class _Processes:
    pool: ProcessPoolExecutor
    ahead: int

    def __call__(self, act: Callable[[Any, Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        def begin(task: Task) -> Future[Done]:
            return self.pool.submit(_do, act, task)

        return in_order(tasks, begin, Future.result, self.ahead)


def _begin(shared: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _OURS.append(shared)


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: nobody else would ever do so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(act: Callable[[Any, Task], Done], task: Task) -> Done:
    return act(_OURS[0], task)

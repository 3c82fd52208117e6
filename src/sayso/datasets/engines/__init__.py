"""Where the heavy work of a build is done: in this process, in several, or on a Ray cluster.

Every engine runs the same functions on the same tasks; none can change an answer.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

Shared = TypeVar("Shared")
Shared_co = TypeVar("Shared_co", covariant=True)
Task = TypeVar("Task")
Done = TypeVar("Done")
Promise = TypeVar("Promise")

AHEAD = 2
"""Tasks that wait for each worker: enough to keep it busy, few enough to hold."""


class Run(Protocol[Shared_co]):
    """Runs tasks that all share one thing."""

    def __call__(
        self, act: Callable[[Shared_co, Task], Done], tasks: Iterable[Task]
    ) -> Iterator[Done]:
        """Yield what `act(shared, task)` returns for each task, in order.

        No more tasks are taken ahead than keep every worker busy.
        """
        ...


def in_order(
    tasks: Iterable[Task],
    begin: Callable[[Task], Promise],
    outcome: Callable[[Promise], Done],
    ahead: int,
) -> Iterator[Done]:
    """Yield the outcome of each task in order, with no more than `ahead` begun and not yielded."""
    waiting: deque[Promise] = deque()
    for task in tasks:
        waiting.append(begin(task))
        if len(waiting) >= ahead:
            yield outcome(waiting.popleft())
    while waiting:
        yield outcome(waiting.popleft())


class Engine(Protocol):
    """Somewhere to run tasks."""

    def open(self, shared: Shared) -> AbstractContextManager[Run[Shared]]:
        """Give what all tasks share to the workers, who end with the block.

        Raises:
            CutShort: a worker was ended from outside.
        """
        ...

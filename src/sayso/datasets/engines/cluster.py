"""A Ray cluster: the same tasks on many machines, over a store that all of them reach."""

import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sayso.datasets.engines import AHEAD, Done, Run, Shared, Task, in_order
from sayso.errors import CutShort, NotHere

_ANSWER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Ray:
    """Implements `Engine` on the cluster at `address`; empty means the one that Ray finds.

    Ray starts one on this machine where it finds none.
    """

    address: str = ""

    @contextmanager
    def open(self, shared: Shared) -> Iterator[Run[Shared]]:
        """Join the cluster, and leave it with the block."""
        with joined(self.address) as ray:
            try:
                yield _Cluster(ray, ray.put(shared), workers_of(ray) * AHEAD)
            except ray.exceptions.RayError as error:  # what a task itself raised comes as it is
                raise CutShort(
                    "A worker of the Ray cluster was ended from outside.",
                    hint="Run the same command again: it goes on. With little memory, set "
                    "memory_mb.",
                ) from error


@contextmanager
def joined(address: str) -> Iterator[Any]:
    """Join the cluster at that address, yield the package `ray`, and leave with the block.

    Raises:
        NotHere: the package is not installed, or there is no such cluster.
    """
    try:
        import ray  # noqa: PLC0415 - an optional part, and slow to load
    except ImportError as error:
        raise NotHere(
            "The engine `ray` needs the package ray, which is not installed.",
            hint="pip install 'sayso[ray]', on every machine of the cluster.",
        ) from error
    try:
        _require_answer(address)
        ray.init(address=address or None, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        raise NotHere(
            f"There is no Ray cluster at {address}: {error}.",
            hint="Start one with `ray start --head`, and set ray_address to what it prints.",
        ) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _require_answer(address: str) -> None:
    """Find out in seconds what Ray finds out in minutes: that nobody listens there.

    Raises:
        OSError: nobody does.
    """
    host, _, port = address.rpartition("/")[2].rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=_ANSWER_SECONDS).close()


def workers_of(ray: Any) -> int:  # noqa: ANN401 - Ray has no types
    """Return how many processors the joined cluster has."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


@dataclass(frozen=True, slots=True)
class _Cluster:
    ray: Any
    shared: Any
    ahead: int

    def __call__(self, act: Callable[[Any, Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        remote = self.ray.remote(act)

        def begin(task: Task) -> object:
            return remote.remote(self.shared, task)

        return in_order(tasks, begin, self._outcome, self.ahead)

    def _outcome(self, promise: Any) -> Any:  # noqa: ANN401 - Ray has no types
        try:
            return self.ray.get(promise)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from error

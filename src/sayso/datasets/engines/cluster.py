"""A Ray cluster: the same tasks on many machines, over a store that all of them reach."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sayso.datasets.engines import AHEAD, Done, Run, Shared, Task, in_order
from sayso.errors import CutShort, NotHere


@dataclass(frozen=True, slots=True)
class Ray:
    """Implements `Engine` on the cluster at `address`; empty means the one that Ray finds.

    Ray starts one on this machine where it finds none.
    """

    address: str = ""

    @contextmanager
    def open(self, shared: Shared) -> Iterator[Run[Shared]]:
        """Join the cluster, and leave it with the block."""
        try:
            import ray  # noqa: PLC0415 - an optional part, and slow to load
        except ImportError as error:
            raise NotHere(
                "The engine `ray` needs the package ray, which is not installed.",
                hint="pip install 'sayso[ray]', on every machine of the cluster.",
            ) from error
        try:
            ray.init(address=self.address or None, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise NotHere(
                f"There is no Ray cluster at {self.address}: {error}.",
                hint="Start one with `ray start --head`, and set ray_address to what it prints.",
            ) from error
        try:
            resources = ray.cluster_resources()  # type: ignore[no-untyped-call]
            workers = max(1, int(resources.get("CPU", 1)))
            yield _Cluster(ray, ray.put(shared), workers * AHEAD)
        except ray.exceptions.RayError as error:  # what a task itself raised comes as it is
            raise CutShort(
                "A worker of the Ray cluster was ended from outside.",
                hint="Run the same command again: it goes on. With little memory, set memory_mb.",
            ) from error
        finally:
            ray.shutdown()


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

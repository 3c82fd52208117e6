"""Computing so that the same calls give the same bytes."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def exactly() -> Iterator[None]:
    """Compute on one thread and only by ways that give the same bytes each time."""
    threads, exact = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    fills = torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    # Filling fresh memory costs a twentieth; it would hide a read of it, not mend one.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(mode=exact)
        torch.utils.deterministic.fill_uninitialized_memory = fills  # type: ignore[attr-defined]

"""How long a no took: the figure that no network publishes."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sayso.training.takeback import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Seconds from acknowledged to one later state, over the withdrawals that reached it."""

    step: str
    count: int
    median_s: float
    p95_s: float
    longest_s: float


def latency(withdrawals: Iterable[Withdrawal]) -> tuple[Step, ...]:
    """Return one `Step` for each of contained, forgotten, certified; none where none reached it."""
    known = tuple(withdrawals)
    return tuple(
        _step(name, seconds)
        for name, seconds in (
            ("contained", _seconds((w.acknowledged_at, w.contained_at) for w in known)),
            ("forgotten", _seconds((w.acknowledged_at, w.forgotten_at) for w in known)),
            ("certified", _seconds((w.acknowledged_at, w.certified_at) for w in known)),
        )
        if seconds
    )


def _seconds(pairs: Iterable[tuple[datetime, datetime | None]]) -> list[float]:
    return sorted((end - start).total_seconds() for start, end in pairs if end is not None)


def _step(name: str, seconds: list[float]) -> Step:
    return Step(
        step=name,
        count=len(seconds),
        median_s=statistics.median(seconds),
        p95_s=seconds[math.ceil(0.95 * len(seconds)) - 1],
        longest_s=seconds[-1],
    )

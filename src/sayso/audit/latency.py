"""How long a no took, from the log alone: the figure that no network publishes.

Whoever has the log's entries, from us or from its tiles, computes the same figures.
"""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.errors import Tampered
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON
from sayso.evidence.log import Log
from sayso.training.takeback import STEP_KIND
from sayso.training.takeback import Step as Reached

_TOLD = (Reached.CONTAINED, Reached.FORGOTTEN, Reached.CERTIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Seconds from acknowledged to one later state, over the withdrawals that reached it."""

    step: str
    count: int
    median_s: float
    p95_s: float
    longest_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """How withdrawals went on. `reinstated` were said yes to again before anything was forgotten.

    `pending` are neither certified nor reinstated; from the log nobody can tell since when.
    """

    steps: tuple[Step, ...]
    withdrawals: int
    reinstated: int
    pending: int


def latency(entries: Iterable[bytes]) -> Latency:
    """Read the log's entries, of whichever kinds, and say how long each step of a no took.

    Raises:
        Tampered: an entry calls itself a step of a withdrawal and is none.
    """
    took: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for entry in entries:
        said = canonical.parse(entry)
        if isinstance(said, Mapping) and said.get("kind") == STEP_KIND:
            name, step, seconds = _step_of(said)
            took[step].setdefault(name, seconds)  # the first time counts
    known = {name for steps in took.values() for name in steps}
    over = took[Reached.CERTIFIED].keys() | took[Reached.REINSTATED].keys()
    return Latency(
        steps=tuple(_step(name, sorted(took[name].values())) for name in _TOLD if took[name]),
        withdrawals=len(known),
        reinstated=len(took[Reached.REINSTATED].keys() - took[Reached.CERTIFIED].keys()),
        pending=len(known - over),
    )


def published(log: Log) -> Latency:
    """Say how long each step of a no took, by this log."""
    return latency(leaf.entry for leaf in log.entries_of(STEP_KIND))


def _step_of(said: Mapping[str, JSON]) -> tuple[str, Reached, float]:
    name, seconds = said.get("withdrawal"), said.get("seconds")
    try:
        step = Reached(str(said.get("step")))
    except ValueError as error:
        raise Tampered(f"The log tells of an unknown step: {said.get('step')!r}.") from error
    if not isinstance(name, str) or not isinstance(seconds, int | float) or seconds < 0:
        raise Tampered(f"The log's entry about withdrawal {name!r} says no duration.")
    return name, step, float(seconds)


def _step(name: str, seconds: list[float]) -> Step:
    return Step(
        step=name,
        count=len(seconds),
        median_s=statistics.median(seconds),
        p95_s=seconds[math.ceil(0.95 * len(seconds)) - 1],
        longest_s=seconds[-1],
    )

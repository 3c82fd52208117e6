"""One pen for many callers: choices that come while some are written are the next to be."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType

from sayso.consent.choices import Choice
from sayso.errors import NotHere
from sayso.evidence.canonical import JSON
from sayso.rights.prepare import Unsaid
from sayso.rights.proofs import controller_of, receipts_for
from sayso.rights.say import Said, say_each
from sayso.wiring import Network

MOST_AT_ONCE = 500
"""How many choices one transaction takes; those beyond are the next group."""
_UNSURE = "Send it again with the same event id: it is recorded once, whether or not it was before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A choice that is on disk, with what it moved, and its receipt."""

    said: Said
    receipt: Mapping[str, JSON]


class Scribe:
    """Records choices of callers on many threads, those that come together in one transaction.

    When `say` returns, the choice is on disk with its log entry and its sealed record, as if it
    had been written alone. What is refused touches its own caller only. Where the database
    fails, everyone whose choice was in that transaction is told.

    There is no thread and no timer: whoever comes while nobody writes, writes at once; who come
    while a group is written wait, and then the first of them writes for all of them.
    """

    def __init__(self, network: Network, *, at_once: int = MOST_AT_ONCE) -> None:
        """`at_once` is how many choices one transaction takes at most."""
        self._network = network
        self._at_once = at_once
        self._controller = controller_of(network.settings)
        self._lock = threading.Lock()
        self._is_idle = threading.Condition(self._lock)
        self._waiting: list[_Slip] = []
        self._is_writing = False
        self._is_closed = False

    def say(self, choice: Choice) -> Acknowledged:
        """Record a choice; see `rights.say.say`. The same again gives the same receipt.

        Raises:
            NotFound: no such member, or no such document of theirs.
            Conflict: the event id was used for another choice.
            BadInput: the choice claims to come from the future.
            NotHere: the database takes nothing, or the scribe is closed.
        """
        slip = _Slip(choice=choice)
        with self._lock:
            if self._is_closed:
                raise NotHere("The site is stopping.", hint="Send the choice again in a moment.")
            self._waiting.append(slip)
            slip.leads = not self._is_writing
            self._is_writing = True
        if not slip.leads:
            slip.turn.acquire()
        if slip.leads:
            self._write()
        return slip.answer()

    @property
    def waiting(self) -> int:
        """How many callers wait for the group that is being written."""
        with self._lock:
            return len(self._waiting)

    def close(self) -> None:
        """Take no more choices, and return when the last of those that came is written."""
        with self._lock:
            self._is_closed = True
            self._is_idle.wait_for(lambda: not self._is_writing)

    def _write(self) -> None:
        with self._lock:
            group = self._waiting[: self._at_once]
            del self._waiting[: self._at_once]
        try:
            with _Told(group):
                for slip, outcome in zip(group, self._recorded(group), strict=True):
                    slip.outcome = outcome
        finally:
            self._hand_on()

    def _recorded(self, group: Sequence["_Slip"]) -> list[Acknowledged | Unsaid]:
        with self._network.writing() as stores:
            now, world = self._network.clock(), stores.world()
            said = say_each(stores, [slip.choice for slip in group], now, world)
            kept = [each.recorded for each in said if isinstance(each, Said)]
            receipts = iter(receipts_for(stores, kept, self._controller, world))
        return [
            Acknowledged(said=each, receipt=next(receipts)) if isinstance(each, Said) else each
            for each in said
        ]

    def _hand_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].turn.release()
            else:
                self._is_writing = False
                self._is_idle.notify_all()


def _taken() -> threading.Lock:
    """Return a lock that the next to take it must wait for: a signal at a tenth of the cost."""
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, kw_only=True, eq=False)
class _Slip:
    """A caller's choice on its way. `turn` is given back once: it is answered, or is to lead."""

    choice: Choice
    turn: threading.Lock = field(default_factory=_taken)
    leads: bool = False
    outcome: Acknowledged | Unsaid | None = None
    failure: BaseException | None = None

    def answer(self) -> Acknowledged:
        """Return what came of it, or raise that."""
        if isinstance(self.outcome, Acknowledged):
            return self.outcome
        if self.outcome is not None:
            raise self.outcome
        if isinstance(self.failure, Exception):
            raise self.failure
        raise NotHere("Whoever wrote the choice down was stopped.", hint=_UNSURE)


class _Told(AbstractContextManager["_Told"]):
    """Whatever ends a group's transaction, everyone in it hears of it; the first leads."""

    def __init__(self, group: Sequence[_Slip]) -> None:
        self._group = group

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wake all others; what was raised goes on in the thread of the one who led."""
        for slip in self._group[1:]:
            slip.failure = error
            slip.turn.release()

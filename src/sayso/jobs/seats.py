"""Where members sit: computed once each, on every core, and kept."""

import os
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

from sayso.community import MemberId
from sayso.datasets.sealing.membership import spoken
from sayso.evidence.vrf import SecretKey, output_of
from sayso.storage.stores import Stores
from sayso.wiring import Network

_AT_ONCE = 1_000
"""How many are computed before they are kept: what is lost where the process is killed."""


class StoredSeats:
    """`membership.Seats` of a network: what was computed before is looked up.

    `checking` trusts no proof that is kept: each is held against the key.
    """

    def __init__(
        self,
        secret: SecretKey,
        reading: Callable[[], AbstractContextManager[Stores]],
        writing: Callable[[], AbstractContextManager[Stores]],
        *,
        checking: bool = False,
    ) -> None:
        """`reading` and `writing` give transactions, or the one that is open already."""
        self._secret = secret
        self._reading = reading
        self._writing = writing
        self._checking = checking

    @property
    def key(self) -> str:
        """The fingerprint of the key."""
        return self._secret.public.fingerprint

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return the seat of each.

        Raises:
            Tampered: a proof that is kept is not that member's; only where `checking`.
        """
        return {each: output_of(proof) for each, proof in self.proofs(members).items()}

    def proofs(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return the proof of each one's seat; keep those that are new."""
        with self._reading() as stores:
            held = stores.seats.proofs(self.key, members)
        if self._checking:
            for member, proof in held.items():
                self._secret.public.output(spoken(member), proof)
        missing = sorted(set(members) - held.keys())
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
            for start in range(0, len(missing), _AT_ONCE):
                some = missing[start : start + _AT_ONCE]
                made = threads.map(self._secret.prove, map(spoken, some))
                fresh = dict(zip(some, made, strict=True))
                with self._writing() as stores:
                    stores.seats.add(self.key, fresh)
                held |= fresh
        return held


def seats_of(network: Network, *, checking: bool = False) -> StoredSeats:
    """How this home gives seats."""
    return StoredSeats(network.keys.seats, network.reading, network.writing, checking=checking)


def seats_within(network: Network, stores: Stores) -> StoredSeats:
    """Do the same inside the writing transaction that gave `stores`."""
    return StoredSeats(network.keys.seats, lambda: nullcontext(stores), lambda: nullcontext(stores))

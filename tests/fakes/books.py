"""A ledger in memory, with a real log and a real vault."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from fakes.consent import MemoryEvents
from fakes.evidence import MemoryKeys, MemoryLeaves
from sayso.consent.ledger import Ledger
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Books:
    """A ledger and what stands behind it."""

    ledger: Ledger
    log: Log
    vault: Vault
    events: MemoryEvents


def made_books() -> Books:
    """Books whose random bytes are counted, never drawn."""
    numbers: Iterator[int] = count(1)

    def entropy(size: int, /) -> bytes:
        return next(numbers).to_bytes(size, "big")

    log = Log(MemoryLeaves(), Signer("sayso.example.org/log", b"\x01" * 32))
    vault = Vault(MemoryKeys(), b"\x02" * 32, entropy)
    events = MemoryEvents()
    return Books(ledger=Ledger(events, log, vault, entropy), log=log, vault=vault, events=events)

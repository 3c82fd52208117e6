"""Writes events until it is killed, and says each one only when it is kept.

Run by test_p8_nothing_lost_nothing_rewritten.py in a process of its own: URL, a name for its
events, and how many events go into one transaction.
"""

import os
import sys
from datetime import UTC, datetime
from itertools import count

from sayso.community import MemberId
from sayso.consent.ledger import Event, EventKind, Ledger
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import Vault
from sayso.storage.database import Database
from sayso.storage.ledger import LedgerStore
from sayso.storage.log import LogStore
from sayso.storage.vault import VaultStore

SIGNER = Signer("example.org/log", bytes(32))
MASTER = bytes(32)
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def event(event_id: str) -> Event:
    return Event(
        event_id=event_id,
        kind=EventKind.SIGNAL,
        member_id=MemberId(f"member {len(event_id) % 3}"),
        occurred_at=NOON,
        body={"signal": "gpc", "number": event_id},
    )


def main(url: str, name: str, at_once: int) -> None:
    database = Database(url)
    for start in count(0, at_once):
        lines = []
        with database.writing() as connection:
            log = Log(LogStore(connection), SIGNER)
            vault = Vault(VaultStore(connection), MASTER, os.urandom)
            ledger = Ledger(LedgerStore(connection), log, vault, os.urandom)
            for number in range(start, start + at_once):
                kept = ledger.record(event(f"{name}-{number}"), NOON)
                lines.append(f"{kept.event.event_id} {kept.leaf} {kept.commitment}")
            note = log.checkpoint()
        lines.append("checkpoint " + note.encode().hex())
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

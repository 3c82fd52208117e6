"""What a proof costs in a large log: to make, to check, and beside reading the whole log.

The log lies in SQLite, through the store that a home uses. The peer is the chain of hashes that
audit tables keep: there, that an entry is in is shown by reading the chain from it to its end;
half of it on average, all of it for the oldest. Here the whole is read from the same database.
"""

import argparse
import hashlib
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from sayso.audit.offline_verifier import Trust, check_file
from sayso.evidence import checkpoint, merkle, note
from sayso.evidence.canonical import canonical
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import commitment
from sayso.storage.database import Database
from sayso.storage.log import LogStore

LEAVES = 10_000_000
RECEIPTS = 100
SAMPLES = 1_000
_BATCH = 100_000
_SIGNER = Signer("example.org/log", bytes(32))
Thing = TypeVar("Thing")
_ROW = "{:<44} {:>10} {:>10} {:>14}\n"


def main() -> None:
    """Build the log once, then print what proofs cost in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=LEAVES, help="how large the log is")
    leaves = parser.parse_args().leaves
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        path = Path(folder) / "log.db"
        database = Database(f"sqlite:///{path}")
        database.upgrade()
        began = time.monotonic()
        records = _build(database, leaves)
        built = time.monotonic() - began
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        sys.stdout.write(
            f"{leaves:,} leaves entered in {built:.0f} s ({leaves / built:,.0f}/s), "
            f"{size / leaves:.0f} bytes each\n\n"
        )
        sys.stdout.write(_ROW.format("", "p50, ms", "p95, ms", "p50 of CPU, ms"))
        proving = _measure(database, records)
        chain = _chain(path)
        database.close()
    sys.stdout.write(
        f"\nreading the whole chain of hashes: {chain:.1f} s, "
        f"{chain / proving:,.0f} times a proof's median\n"
    )


def _build(database: Database, leaves: int) -> list[bytes]:
    """Enter leaves as choices are entered; return the records of those entered last."""
    for start in range(0, leaves - RECEIPTS, _BATCH):
        count = min(_BATCH, leaves - RECEIPTS - start)
        with database.writing() as connection:
            log = Log(LogStore(connection), _SIGNER)
            log.append_all(
                "event",
                ({"commitment": f"{number:064x}"} for number in range(start, start + count)),
            )
    records = [
        canonical({"event_id": f"e{number}", "member_id": "ana", "body": {"answer": "no"}})
        for number in range(RECEIPTS)
    ]
    with database.writing() as connection:
        log = Log(LogStore(connection), _SIGNER)
        log.append_all("event", [{"commitment": commitment(bytes(32), each)} for each in records])
        log.checkpoint()
    return records


def _measure(database: Database, records: list[bytes]) -> float:
    """Print what each act takes; return the median seconds of making a proof."""
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    with database.reading() as connection:
        log = Log(LogStore(connection), _SIGNER)
        size = log.size()
        positions = [chance.randrange(size) for _ in range(SAMPLES)]
        median = _timed("an inclusion proof is made", log.prove_inclusion, positions)
        _timed("... with its checkpoint, as a file", log.proof_text, positions)
        olds = [chance.randrange(1, size) for _ in range(SAMPLES)]
        _timed("a proof of growth is made", log.prove_consistency, olds)
        head = checkpoint.parse(note.open_note(log.checkpoint(), [note.Verifier(log.vkey)]))
        proofs = [(each, log.prove_inclusion(each), log.entry(each).entry) for each in positions]
        receipts = [
            json.dumps(_receipt(log, record, size - RECEIPTS + number))
            for number, record in enumerate(records)
        ]

    def holds(proven: tuple[int, tuple[bytes, ...], bytes]) -> None:
        position, path, entry = proven
        leaf, root = merkle.leaf_hash(entry), bytes.fromhex(head.root)
        assert merkle.verify_inclusion(
            leaf=leaf, position=position, size=head.size, proof=path, root=root
        )

    _timed("an inclusion proof is checked", holds, proofs)
    _timed(
        "a receipt is checked by the offline verifier",
        lambda text: check_file(text, Trust(_SIGNER.vkey), {}),
        receipts,
    )
    return median


def _receipt(log: Log, record: bytes, position: int) -> Mapping[str, object]:
    said = json.loads(record)
    return {
        "dct:identifier": said["event_id"],
        "dpv:hasDataSubject": said["member_id"],
        "dpv:hasConsentStatus": [{"@type": "dpv:ConsentWithdrawn"}],
        "proof": {
            "record": record.decode(),
            "salt": bytes(32).hex(),
            "log_proof": log.proof_text(position),
            "vkey": log.vkey,
        },
    }


def _timed(name: str, act: Callable[[Thing], object], over: Iterable[Thing]) -> float:
    took, worked = [], []  # a shared machine's clock tells of its neighbours too
    for thing in over:
        began, idle = time.perf_counter(), time.process_time()
        act(thing)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - idle)
    took.sort()
    p50, p95 = statistics.median(took), took[int(0.95 * len(took))]
    figures = [f"{seconds * 1000:.2f}" for seconds in (p50, p95, statistics.median(worked))]
    sys.stdout.write(_ROW.format(name, *figures))
    return p50


def _chain(path: Path) -> float:
    """Hash every entry after the hash of the one before it; return how many seconds it took."""
    began = time.monotonic()
    found = b""
    connection = sqlite3.connect(path)
    for (entry,) in connection.execute("select entry from log_leaves order by position"):
        found = hashlib.sha256(found + entry).digest()
    connection.close()
    return time.monotonic() - began


if __name__ == "__main__":
    main()

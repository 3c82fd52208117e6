"""A whole dataset for an auditor: its rows, everyone's seats, and its place in the log."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.audit.offline_dataset import DATASET, FORMAT, KIND, MEMBERS, ROWS
from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.disk import flush_folder, new_folder, replacing, write_durably
from sayso.datasets.export import readable
from sayso.datasets.leaving import NoLonger, refused_now
from sayso.datasets.manifests import manifest_json
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import places_in, read_manifest, read_slice_table
from sayso.datasets.sealing.membership import AT_ONCE, Entry, Members, entries
from sayso.datasets.tables import rows_of_table
from sayso.errors import Refused
from sayso.evidence.canonical import JSON, canonical
from sayso.jobs.build import admission_of, documents_in
from sayso.jobs.prove import (
    base64_of,
    kept_dataset,
    log_proof,
    public_key,
    require_key,
    require_sealed,
)
from sayso.jobs.seats import StoredSeats, seats_of
from sayso.storage.stores import Stores
from sayso.wiring import Network

Report = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was written."""

    dataset_id: DatasetId
    rows: int
    members: int


class _Named:
    """`membership.Seats` that keeps in a file whose each seat is."""

    def __init__(self, seats: StoredSeats, kept: sqlite3.Connection) -> None:
        self._seats, self._kept = seats, kept
        kept.execute("CREATE TABLE named (seat BLOB PRIMARY KEY, member TEXT) WITHOUT ROWID")

    @property
    def key(self) -> str:
        """The fingerprint of the key."""
        return self._seats.key

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return the seat of each."""
        found = self._seats.of(members)
        pairs = ((seat, member) for member, seat in found.items())
        self._kept.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", pairs)
        return found

    def proofs(self) -> Iterator[tuple[MemberId, bytes]]:
        """Yield everyone who was asked for, in the order of seats, with the proof of theirs."""
        cursor = self._kept.execute("SELECT member FROM named ORDER BY seat")
        while some := [MemberId(member) for (member,) in islice(cursor, AT_ONCE)]:
            proofs = self._seats.proofs(some)
            yield from ((member, proofs[member]) for member in some)


def hand_to_auditor(
    network: Network, beginning: str, folder: Path, *, report: Report = lambda *_: None
) -> Handed:
    """Write all that shows a stranger that a dataset is what the log says, into a new folder.

    `audit/offline_dataset.py` says what lies in it, and checks it. It holds every row with the
    ids of everyone whose words are in it, and everyone's seats. A slice is held in memory at a
    time, and of members some thousands; the rest waits in files of this machine's.

    Raises:
        NotFound: there is no such dataset, or its rows are deleted.
        Refused: a row was taken back, or may not be used any more, when this began.
        NotHere: the key that gave its members their seats is gone.
        BadInput: the folder is there already, or there is no place for it.
        Tampered: the dataset is not what was sealed.
        SaysoError: the disk is full.
    """
    with network.reading() as stores:
        dataset = kept_dataset(stores, beginning)
        _require_none_taken_back(stores, dataset)
        manifest, seats = read_manifest(network.settings.store, dataset), seats_of(network)
        require_key(manifest, seats)
        body = manifest_json(manifest)
        logged = log_proof(stores, dataset)
        body["proof"] = {"kind": KIND, "format": FORMAT, **logged, **public_key(network)}
        with (
            new_folder(folder) as aside,
            closing(sqlite3.connect("")) as kept,
            TemporaryDirectory(prefix="sayso-") as spare,
        ):
            aside.chmod(0o700)
            write_durably(aside / DATASET, _line(body))
            kept.execute("PRAGMA journal_mode = OFF")
            named = _Named(seats, kept)
            members = Members(named, Path(spare) / "seats")
            rows = _write_rows(aside, network, stores, manifest, report)
            members.add(rows)
            require_sealed(manifest, members)
            _write_members(aside, manifest, members, named, report)
            with network.reading() as later:  # the last moment: what has its name is handed over
                _require_none_taken_back(later, dataset)
    count = manifest.rows + manifest.held_out_rows
    return Handed(dataset_id=dataset, rows=count, members=manifest.members)


def _require_none_taken_back(stores: Stores, dataset: DatasetId) -> None:
    """Require that every row is in service: what is handed over cannot be called back."""
    if removed := stores.takebacks.removed(dataset):
        raise Refused(
            f"Of dataset {dataset}, {len(removed)} rows were taken back, and go to nobody.",
            rule="taken_back",
            hint="`sayso forget --pending`, then hand over the dataset that comes after it.",
        )


def _write_rows(
    aside: Path, network: Network, stores: Stores, manifest: Manifest, report: Report
) -> Iterator[Entry]:
    """Write slice by slice; yield whose words are in each row."""
    store, dataset, done = network.settings.store, DatasetId(manifest.digest), 0
    admission = admission_of(network, stores, Purpose(manifest.purpose), network.clock())
    (aside / ROWS).mkdir()
    for shard, slice_, name in places_in(manifest):
        table = read_slice_table(store, dataset, shard, slice_)
        yield from entries(table)
        with replacing(aside / ROWS / Path(name).with_suffix(".jsonl")) as file:
            for batch in table.to_batches(AT_ONCE):
                rows = rows_of_table(batch, shard=shard, slice=slice_)
                for each in refused_now(rows, documents_in(stores), admission):
                    raise _not_any_more(each)
                file.writelines(_line(readable(row)) for row in rows)
        done += len(table)
        report(done, manifest.rows + manifest.held_out_rows, "Writing rows")
    flush_folder(aside / ROWS)


def _not_any_more(found: NoLonger) -> Refused:
    return Refused(
        f"Document {found.row.document_id} of {found.row.member_id} may not be used any more: "
        f"{found.reason}",
        rule=found.rule,
        hint="`sayso build` seals what may be used today; hand that over.",
    )


def _write_members(
    aside: Path, manifest: Manifest, members: Members, named: _Named, report: Report
) -> None:
    found = zip(members.standing(), named.proofs(), strict=True)
    with replacing(aside / MEMBERS) as file:
        for done, ((_, count, root), (member, proof)) in enumerate(found, start=1):
            line: dict[str, JSON] = {
                "member": member,
                "seat": base64_of(proof),
                "documents": count,
                "root": root.hex(),
            }
            file.write(_line(line))
            if done % AT_ONCE == 0:
                report(done, manifest.members, "Writing seats")


def _line(value: JSON) -> bytes:
    return canonical(value) + b"\n"

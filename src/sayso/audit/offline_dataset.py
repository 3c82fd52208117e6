"""Check a whole sealed dataset, its rows and its members, with Python alone, without Sayso.

    python offline_dataset.py [--vkey KEY] [--witness KEY]... FOLDER...

Copy this file, offline_membership.py and offline_verifier.py into one folder; FOLDER is what
`sayso datasets prove ID --all FOLDER` wrote, and holds
    dataset.json    the manifest, its entry in the log with proof and checkpoint, the key of seats;
    members.jsonl   a line for each member, by their seats: the proof of the seat, how many
                    documents hold words of theirs, and the root over these;
    rows/*.jsonl    a line for each row, slice by slice, as it is trained on, and those held out.
It is checked that
(1) each line is the one text (RFC 8785) of what it says, and no file is missing or too many;
(2) the log signed the manifest, and the key of seats is the one in it that leaves no choice, as
    offline_membership.py checks both;
(3) each row has its digest, and each slice the RFC 6962 root and the number of rows in the
    manifest, whose counts are those of the rows;
(4) each member's seat is theirs; what stands under it follows from the rows alone; everyone
    whose words are in a row has a seat; and the tree over all is the manifest's `members_root`.
What was left out of the dataset is not handed over: of its counts nothing is checked.
What does not fit in memory lies in a file of this machine's, which goes when this ends.
Exit codes are those of offline_verifier.py. The first difference is named by file and line.
"""

import json
import sqlite3
import sys
from argparse import ArgumentParser, RawTextHelpFormatter
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import sha256
from pathlib import Path
from typing import Any

if __package__:
    from sayso.audit import offline_membership as who
    from sayso.audit import offline_verifier as log
else:  # beside this file, which isolated Python does not look for
    sys.path.insert(0, str(Path(__file__).parent))
    import offline_membership as who  # type: ignore[import-not-found, no-redef]
    import offline_verifier as log  # type: ignore[import-not-found, no-redef]

KIND, FORMAT = "sayso-dataset-for-auditors", 1
DATASET, MEMBERS, ROWS = "dataset.json", "members.jsonl", "rows"
PROOF = {"kind", "format", "leaf", "log_proof", "vkey", "modulus", "roots"}
LINE = {"member": str, "seat": str, "documents": int, "root": str}
NAMES = (  # of a row's fields, in the order in which its digest is over them
    *("id", "document_id", "member_id", "members", "kind", "title", "text", "language", "licence"),
    *("source", "created_at", "rule", "reason", "evidence", "is_default", "redactions", "marks"),
)
LISTS, COUNTED = ("members", "evidence", "marks"), ("language", "licence", "source", "kind", "rule")
TYPES = {"is_default": bool, "redactions": dict, **dict.fromkeys(LISTS, list)}
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
Tally = defaultdict[str, Counter[str]]
Leaf = tuple[bytes, bytes]


@contextmanager
def at(where: str) -> Iterator[None]:
    """Say of whatever does not hold in here where that is."""
    try:
        yield
    except log.BROKEN as error:
        kind = type(error) if isinstance(error, log.Failed) else log.Failed
        raise kind(f"{where}: {error if isinstance(error, log.Failed) else repr(error)}") from None


def lines(folder: Path, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place, and the object in it."""
    with (folder / name).open("rb") as file:
        for number, line in enumerate(file, 1):
            where = f"{name}, line {number}"
            with at(where):
                value = json.loads(line.decode())
                if f"{log.canonical(value)}\n".encode() != line or not isinstance(value, dict):
                    raise log.Failed("This is not the one way to write what it says.")
            yield where, value


def node(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return sha256(b"\x01" + left + right).digest()


def grow(edge: list[bytes], size: int, digest: bytes) -> None:
    """Make a tree (RFC 6962 section 2.1) one leaf larger: `size` leaves, complete at its edge."""
    hashed = sha256(b"\x00" + digest).digest()
    while not size & 1:
        hashed, size = node(edge.pop(), hashed), size >> 1
    edge.append(hashed)


def root_over(edge: Sequence[bytes]) -> str:
    """Return the root of the tree with that edge."""
    folded = reduce(lambda right, left: node(left, right), reversed(edge)) if edge else b""
    return (folded or sha256(b"").digest()).hex()


def sparse_root(leaves: Iterable[Leaf]) -> bytes:
    """Return the root over leaves that come by ascending keys: each at the bit that sets it apart.

    How deep a leaf lies is known when the next is seen; what is finished waits for its right.
    """
    waiting: list[tuple[int, bytes]] = []
    key, hashed, above = -1, b"", 0

    def settle(depth: int) -> None:
        """Bring the last leaf, and all to its left, up to `depth`."""
        reached, level = hashed, max(above, depth)
        while level > depth:
            is_right = key >> (who.BITS - level) & 1
            beside = waiting.pop()[1] if waiting and waiting[-1][0] == level else who.EMPTY
            reached = node(beside, reached) if is_right else node(reached, beside)
            level -= 1
        waiting.append((level, reached))

    for name, value in leaves:
        after = int.from_bytes(name, "big")
        if after <= key:
            raise log.Failed("The places in the tree do not ascend: one comes twice.")
        if hashed:
            depth = who.BITS - (key ^ after).bit_length() + 1
            settle(depth)
            above = depth
        key, hashed = after, sha256(b"\x00" + name + value).digest()
    if hashed:
        settle(0)
    return waiting[-1][1] if waiting else who.EMPTY


def slices(manifest: dict[str, Any]) -> Iterator[tuple[str, str, int, bool]]:
    """Yield each slice's file, its root, its number of rows, and whether it is held out."""
    for shard in sorted(manifest["shards"], key=int):
        for part, root in enumerate(manifest["shards"][shard]):
            name = f"shard-{int(shard):04d}-slice-{part:04d}"
            yield name, root, manifest["files"].get(f"{name}.parquet", 0), False
    yield "held-out", manifest["held_out"], manifest["files"].get("held-out.parquet", 0), True


def netstring(items: Iterable[str]) -> str:
    """Write a list: of each item its length in bytes, a colon, it, a comma."""
    return "".join(f"{len(each.encode())}:{each}," for each in items)


def digest_of(row: dict[str, Any], counts: Tally) -> bytes:
    """Return a row's digest, once it is the one that the line says; count what is in it."""
    is_row = row.keys() == {*NAMES, "digest"}
    if not is_row or any(type(row[name]) is not TYPES.get(name, str) for name in NAMES):
        raise log.Failed("This is no row: a field is missing, too many, or of another type.")
    moment = datetime.fromisoformat(row["created_at"])
    if moment.isoformat() != row["created_at"] or moment.utcoffset():
        raise log.Failed("This moment is not written as others are, in UTC.")
    said = {
        **{name: row[name] for name in NAMES},
        **{name: netstring(row[name]) for name in LISTS},
        "created_at": str((moment - EPOCH) // MICROSECOND),
        "is_default": "1" if row["is_default"] else "0",
        "redactions": log.canonical(row["redactions"]),
    }
    digest = sha256(netstring(said.values()).encode()).digest()
    if digest.hex() != row["digest"]:
        raise log.Failed(f"Row {row['id']} is not the one with the digest {row['digest']}.")
    for name in COUNTED:
        counts[f"{name}s"][row[name]] += 1
    counts["years"][str(moment.year)] += 1
    counts["marks"].update(row["marks"])
    counts["redactions"].update(row["redactions"])
    rests_on = (each.removeprefix("basis ") for each in row["evidence"] if each[:6] == "basis ")
    counts["bases"][next(rests_on, "consent")] += 1
    counts[""]["text_bytes"] += len((row["title"] + row["text"]).encode())
    return digest


def entries(
    folder: Path, manifest: dict[str, Any], counts: Tally
) -> Iterator[tuple[str, str, bytes, str]]:
    """Yield whose words are in each row: member, document, the row's digest and its place.

    Slice by slice; whoever takes the first of the next knows that the last one was sealed so.
    """
    for slice_, root, wanted, is_held_out in slices(manifest):
        name, size, edge = f"{ROWS}/{slice_}.jsonl", 0, list[bytes]()
        for where, row in lines(folder, name):
            with at(where):
                digest = digest_of(row, counts)
            size += 1
            grow(edge, size, digest)
            for member in dict.fromkeys((row["member_id"], *row["members"])):
                yield member, row["document_id"], digest, where
        if size != wanted:
            raise log.Failed(f"{name}: It ends at line {size}; {wanted} rows were sealed.")
        if root_over(edge) != root:
            raise log.Failed(f"{name}: The rows, or their order, are not those that were sealed.")
        counts[""]["held_out_rows" if is_held_out else "rows"] += size


def seated(folder: Path, key: who.Key, rows: sqlite3.Connection) -> Iterator[Leaf]:
    """Yield each member's leaf in the tree, once it is known to follow from the rows."""
    before = b""
    for where, line in lines(folder, MEMBERS):
        with at(where):
            if {name: type(value) for name, value in line.items()} != LINE:
                raise log.Failed("This is no member's line.")
            member = line["member"]
            seat = key.seat(member, who.raw(line["seat"]))
            if seat <= before:
                raise log.Failed("The seats do not ascend from line to line.")
            before = seat
            theirs = rows.execute("SELECT document, digest FROM entry WHERE member = ?", [member])
            own = sorted((who.place_of(seat, document), digest) for document, digest in theirs)
            root = sparse_root(own)
            if not own or (line["documents"], line["root"]) != (len(own), root.hex()):
                raise log.Failed(f"This is not what the rows hold of member {member}.")
            rows.execute("INSERT INTO seated VALUES (?)", [member])
            yield seat, who.under_seat(len(own), root)
    found = rows.execute(
        "SELECT place, member FROM entry WHERE member NOT IN (SELECT member FROM seated) "
        "ORDER BY rowid LIMIT 1"
    )
    for place, member in found:
        raise log.Failed(f"{place}: Words of member {member} are in this row, who has no seat.")


def check_rows(folder: Path, manifest: dict[str, Any], key: who.Key) -> None:
    """Check rows and members against the manifest."""
    counts = Tally(Counter)
    with closing(sqlite3.connect("")) as rows:  # a file without a name, beyond what memory holds
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("CREATE TABLE entry (member TEXT, document TEXT, digest BLOB, place TEXT)")
        rows.execute("CREATE TABLE seated (member TEXT PRIMARY KEY) WITHOUT ROWID")
        said = entries(folder, manifest, counts)
        rows.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", said)
        rows.execute("CREATE INDEX by_member ON entry (member)")
        root = sparse_root(seated(folder, key, rows)).hex()
        (counts[""]["members"],) = rows.execute("SELECT COUNT(*) FROM seated").fetchone()
    of_rows = [f"{name}s" for name in COUNTED] + ["years", "marks", "redactions", "bases"]
    whole = ("rows", "held_out_rows", "members", "text_bytes")
    found = {name: dict(counts[name]) for name in of_rows}
    for name, value in {**found, **{name: counts[""][name] for name in whole}}.items():
        if manifest[name] != value:
            raise log.Failed(f"{DATASET}: {name} is not what the rows give: {value}.")
    if root != manifest["members_root"]:
        what = "What the rows hold of all whose words are in them"
        raise log.Failed(f"{DATASET}: members_root was sealed over something else. {what}: {root}.")


def check_folder(folder: Path, trust: log.Trust, roots: log.Roots) -> tuple[log.Head, list[str]]:
    """Check a folder; return what the log signed, and what holds in sentences."""
    ((where, manifest),) = lines(folder, DATASET)
    with at(where):
        proof = manifest.pop("proof")
        if proof.keys() != PROOF or (proof["kind"], proof["format"]) != (KIND, FORMAT):
            raise log.Failed("This is no dataset for auditors, or one of another format.")
        dataset = sha256(log.canonical(manifest).encode()).hexdigest()
        head, said = who.check_seal(dataset, manifest, proof, trust, roots)
        if trust.vkey not in {"", proof["vkey"]}:
            raise log.Failed(f"It names another log's key: {proof['vkey']}.")
        key = who.sealed_key(manifest, proof)
        wanted = {DATASET, MEMBERS, *(f"{ROWS}/{name}.jsonl" for name, *_ in slices(manifest))}
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    for name in sorted(wanted ^ there):
        raise log.Failed(f"{name} is {'missing' if name in wanted else 'no part of this'}.")
    check_rows(folder, manifest, key)
    rows, held_out, members = (manifest[each] for each in ("rows", "held_out_rows", "members"))
    what = f"Dataset {dataset}: {rows} rows and {held_out} held out hash to its id"
    return head, [f"{what}, and {members} members, nobody else, have words in them.", *said]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folders that are named, and say what holds."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", type=Path)
    parser.add_argument("--vkey", default="", help="the log's key, as the network publishes it")
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness")
    parser.add_argument("--witnesses-needed", type=int, default=0, help="how many of them (all)")
    asked = parser.parse_args(arguments)
    trust, roots = log.Trust(asked.vkey, "", asked.witness, asked.witnesses_needed), log.Roots()
    codes = {0}
    for folder in asked.folders:
        try:
            said = "\n  ".join([f"{folder}: holds.", *check_folder(folder, trust, roots)[1]])
        except (OSError, sqlite3.Error, log.Unsaid) as error:
            said, codes = f"{folder}: CANNOT SAY. {error}", codes | {3}
        except ValueError as error:
            said, codes = f"{folder}: DOES NOT HOLD. {error}", codes | {1}
        sys.stdout.write(f"{said}\n")
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())

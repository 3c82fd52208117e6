"""Choices recorded durably: by many callers at once, and from files.

A choice counts when its caller holds the receipt: fsynced, with its log leaf and sealed record.
The peers stand in the same run: the same code with a transaction to each choice, and SQLite
alone, writing rows of the same number and size in as many commits, which no ledger on it can beat.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sayso.community import AgeBand, Member, MemberId, Region
from sayso.consent.choices import Answer, Choice
from sayso.consent.purposes import PURPOSES
from sayso.jobs.choosing import import_choices
from sayso.jobs.scribe import MOST_AT_ONCE, Scribe
from sayso.jobs.tell import publish
from sayso.settings import load_settings
from sayso.wiring import Network, make_home, open_network

MEMBERS = 100_000
CALLERS = 64
SECONDS = 10.0
CHOICES = 200_000
_BATCH = 5_000
_HEAD = "{:<41} {:>8} {:>9} {:>10} {:>9} {:>8} {:>8}\n"
_TABLES = """
create table events (seq integer primary key, event_id text not null unique, member_id text
    not null, kind text not null, recorded_at text not null, sealed blob not null, leaf integer);
create index by_member on events (member_id);
create table leaves (position integer primary key, kind text not null, entry blob not null);
create table nodes (level integer, position integer, hash blob, primary key (level, position));
create table checkpoints (size integer primary key, text text not null);
"""
_SEALED_BYTES, _ENTRY_BYTES, _CHECKPOINT_BYTES = 480, 96, 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What came of some callers: how many choices, in how many commits, how long each took."""

    choices: int
    commits: int
    seconds: float
    cpu: float
    latencies: tuple[float, ...]

    @property
    def a_second(self) -> float:
        """Choices a second."""
        return self.choices / self.seconds

    def line(self, name: str) -> str:
        """Return it as a row of the table."""
        p50, p95 = (
            (statistics.median(self.latencies), statistics.quantiles(self.latencies, n=20)[18])
            if self.latencies
            else (0.0, 0.0)
        )
        per_commit = self.choices / max(self.commits, 1)
        return _HEAD.format(
            name,
            f"{self.choices:,}",
            f"{self.a_second:,.0f}",
            f"{self.choices / self.cpu:,.0f}",
            f"{per_commit:.1f}",
            f"{p50 * 1000:.1f}" if p50 else "-",
            f"{p95 * 1000:.1f}" if p95 else "-",
        )


def main() -> None:
    """Print the table; `--choices 1000000` imports a file of a million."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--choices", type=int, default=CHOICES, help="in the file that is imported")
    asked.add_argument("--members", type=int, default=MEMBERS, help="in the home")
    asked.add_argument("--seconds", type=float, default=SECONDS, help="for each row of callers")
    asked.add_argument("--import-into", default="", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.import_into:
        _import(Path(options.import_into), options.choices, options.members)
        return
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        home = Path(folder) / "home"
        with _settled(home, options.members) as network:
            _callers(network, options.members, options.seconds, Path(folder) / "raw.db")
        _bulk(home, options.choices, options.members)


@contextmanager
def _settled(home: Path, members: int) -> Iterator[Network]:
    network = open_network(make_home(home, "Recording"))
    publish(network, "")
    for start in range(0, members, _BATCH):
        with network.writing() as stores:
            stores.community.save_members([_member(n) for n in range(start, start + _BATCH)])
    yield network
    network.close()


def _member(number: int) -> Member:
    return Member(
        id=MemberId(f"m{number:07d}"),
        name=f"Member {number}",
        region=Region("DE"),
        age_band=AgeBand.ADULT,
    )


def _callers(network: Network, members: int, seconds: float, aside: Path) -> None:
    sys.stdout.write(f"{members:,} members; SQLite, WAL, synchronous=FULL; every choice fsynced\n")
    sys.stdout.write(
        _HEAD.format("", "choices", "a second", "a CPU s", "a commit", "p50, ms", "p95, ms")
    )
    ours = _measured(network, members, CALLERS, MOST_AT_ONCE, seconds)
    sys.stdout.write(ours.line(f"{CALLERS} callers, group commit"))
    alone = _measured(network, members, CALLERS, 1, seconds)
    sys.stdout.write(alone.line(f"{CALLERS} callers, a transaction to each choice"))
    single = _measured(network, members, 1, MOST_AT_ONCE, seconds / 2)
    sys.stdout.write(single.line("1 caller"))
    raw = _raw(aside, ours)
    sys.stdout.write(raw.line("SQLite alone, the same rows and commits"))
    sys.stdout.write(
        f"group commit to a transaction each: {ours.a_second / alone.a_second:.1f}; "
        f"to SQLite alone: {ours.a_second / raw.a_second:.2f}\n\n"
    )


def _measured(network: Network, members: int, callers: int, at_once: int, seconds: float) -> Rate:
    scribe = Scribe(network, at_once=at_once)
    taken: list[float] = []
    commits: set[datetime] = set()
    began, used = time.monotonic(), time.process_time()
    until = began + seconds

    def call(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
        while time.monotonic() < until:
            choice = _choice(network, chance, members)
            start = time.monotonic()
            acknowledged = scribe.say(choice)
            taken.append(time.monotonic() - start)
            assert acknowledged.receipt["proof"]
            commits.add(acknowledged.said.recorded.recorded_at)  # one for each transaction

    threads = [threading.Thread(target=call, args=(seed,)) for seed in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(
        choices=len(taken),
        commits=len(commits),
        seconds=time.monotonic() - began,
        cpu=time.process_time() - used,
        latencies=tuple(taken),
    )


def _choice(network: Network, chance: random.Random, members: int) -> Choice:
    return Choice(
        event_id=str(uuid.uuid4()),
        member_id=MemberId(f"m{chance.randrange(members):07d}"),
        purpose=chance.choice(tuple(PURPOSES)),
        answer=chance.choice(tuple(Answer)),
        occurred_at=network.clock(),
        mechanism="api",
    )


def _raw(path: Path, like: Rate) -> Rate:
    """Write as many rows of the same sizes in as many commits, in plain SQLite."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.executescript(_TABLES)
    each = max(1, round(like.choices / max(like.commits, 1)))
    rows = [
        (str(uuid.uuid4()), f"m{n:07d}", os.urandom(_SEALED_BYTES), os.urandom(_ENTRY_BYTES))
        for n in range(like.choices)
    ]
    began, used = time.monotonic(), time.process_time()
    for start in range(0, len(rows), each):
        part = list(enumerate(rows[start : start + each], start=start))
        database.execute("begin immediate")
        database.executemany(
            "insert into events values (?, ?, ?, 'choice', '2026-01-01 00:00:00', ?, ?)",
            [(n + 1, row[0], row[1], row[2], n) for n, row in part],
        )
        database.executemany(
            "insert into leaves values (?, 'event', ?)", [(n, row[3]) for n, row in part]
        )
        database.executemany(
            "insert into nodes values (?, ?, ?)",
            [(level, n, row[3][:32]) for n, row in part for level in (0, 1)],
        )
        text = "c" * _CHECKPOINT_BYTES
        database.execute("insert into checkpoints values (?, ?)", (start + len(part), text))
        database.execute("commit")
    seconds, cpu = time.monotonic() - began, time.process_time() - used
    database.close()
    commits = -(-like.choices // each)
    return Rate(choices=like.choices, commits=commits, seconds=seconds, cpu=cpu, latencies=())


def _bulk(home: Path, choices: int, members: int) -> None:
    sys.stdout.write(f"a file of {choices:,} choices into the same home\n")
    for name in ("first time", "again, nothing twice"):
        command = [sys.executable, "-m", "benchmarks.recording", "--import-into", str(home)]
        command += ["--choices", str(choices), "--members", str(members)]
        done = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
        )
        sys.stdout.write(
            f"{name:<22} {done['a_second']:>7,.0f} a second, {done['cpu_a_second']:,.0f} a second "
            f"of CPU, peak {done['peak_mb']:,.0f} MB, recorded {done['recorded']:,}, "
            f"already there {done['repeated']:,}\n"
        )


def _import(home: Path, choices: int, members: int) -> None:
    path = home.parent / f"choices-{choices}.csv"
    if not path.exists():
        chance = random.Random(choices)  # noqa: S311 - a benchmark, no secret
        with path.open("w", encoding="utf-8") as file:
            file.write("member_id,purpose,answer,occurred_at,event_id\n")
            for number in range(choices):
                member, answer = chance.randrange(members), chance.choice(("yes", "no"))
                at = f"2026-0{1 + number % 9}-{1 + number % 28:02d}T10:00:00Z"
                event_id = uuid.UUID(int=chance.getrandbits(128), version=4)
                file.write(f"m{member:07d},genai-training,{answer},{at},{event_id}\n")
    network = open_network(load_settings(home, {}))
    began, used = time.monotonic(), time.process_time()
    counts = import_choices(network, path, report=lambda *_: None)
    seconds, cpu = time.monotonic() - began, time.process_time() - used
    network.close()
    done = {
        "recorded": counts.recorded,
        "repeated": counts.repeated,
        "a_second": choices / seconds,
        "cpu_a_second": choices / cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(done))


if __name__ == "__main__":
    main()

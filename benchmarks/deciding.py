"""Deciding for millions: how fast, beside a general policy engine, and whether it is the same.

Three parts, all of them unless some are named. `columns`: 10,000,000 documents of 10,000,000
members are decided from columns on one core, and 20,000 of these questions are asked of Cedar
too, in Cedar's own words, and the answers compared. `reading`: how fast columns are made.
`histories`: 1,000,000 random histories are decided by `decide` and in bulk, and the answers
compared.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import cedar, crowd
from sayso.community import MemberId
from sayso.consent.bulk import BASES, RULE_NAMES, Decided, basis_of, decide_all
from sayso.consent.columns import DocumentColumns, MemberColumns, documents_in, members_in
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import Policy
from sayso.consent.say import SILENT, Say

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # where the random lives are

from fakes.lives import Network, network

PAIRS = 10_000_000
SAMPLE = 20_000
HISTORIES = 1_000_000
ROUNDS = 5
_TOGETHER = 2_000
"""Members of one random network: enough for many of them to be alike."""


class _Columns:
    """A world of which only columns are known."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def policy(self) -> Policy:
        return self._question.policies[0]

    def notices(self) -> tuple[Notice, ...]:
        return tuple(self._question.notices)

    def member(self, _member_id: MemberId) -> None:
        return None

    def say(self, _member_id: MemberId) -> Say:
        return SILENT

    def objectors(self) -> Objectors:
        return NOBODY_OBJECTS


def main() -> None:
    """Print every figure, or those of the parts that are named; stop where any answer differs."""
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()


def _columns() -> None:
    question = crowd.question()
    members = crowd.members(PAIRS)
    documents = crowd.documents(PAIRS, PAIRS)
    ours, wall = _times(lambda: decide_all(question, members, documents, _Columns(question)))
    decided = decide_all(question, members, documents, _Columns(question))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    _say(f"{PAIRS:,} members x {PAIRS:,} documents, each document with its author, from columns")
    _say(f"  {len(members.says)} kinds of history; permitted: {decided.permit_D.mean():.1%}")
    _say(f"  decide_all, median of {ROUNDS}: {ours:.2f} s of one core ({wall:.2f} s on the clock)")
    _say(f"  {PAIRS / ours / 1e6:.1f} million pairs per second per core")
    _say(f"  peak memory of the process, columns and answers included: {peak:.2f} GB")
    _say("  included: kinds found, rules asked, every answer looked up and written out")
    _say("  not included: reading members and documents into columns; see below")
    _beside_the_peer(question, members, documents, decided, PAIRS / ours)


def _beside_the_peer(
    question: Question,
    members: MemberColumns,
    documents: DocumentColumns,
    decided: Decided,
    per_second: float,
) -> None:
    rows = np.random.default_rng(crowd.SEED).choice(len(documents), SAMPLE, replace=False)
    rows.sort()
    asked = cedar.ask(members, documents, rows.tolist())
    differ = int((np.array(asked.permits) != decided.permit_D[rows]).sum())
    seconds = statistics.median(asked.processor_s)
    few = _some(members, documents, rows)
    ours, _ = _times(lambda: decide_all(question, *few, _Columns(question)))
    _say(f"{SAMPLE:,} of these questions asked of {cedar.PEER}, policies and facts parsed before")
    _say(f"  answers that differ: {differ}; permitted: {sum(asked.permits):,}")
    _say(f"  Cedar, median of {len(asked.processor_s)}: {SAMPLE / seconds:,.0f} pairs per second")
    _say(f"  ratio: {per_second / (SAMPLE / seconds):,.0f} times as many pairs per second")
    _say(f"  in bulk these {SAMPLE:,} alone: {SAMPLE / ours:,.0f} pairs per second")
    if differ:
        raise SystemExit("The answers differ.")


def _some(
    members: MemberColumns, documents: DocumentColumns, rows: "np.ndarray[tuple[int], Any]"
) -> tuple[MemberColumns, DocumentColumns]:
    """Return these documents and their authors, and nobody else."""
    authors, places = np.unique(documents.author_D[rows], return_inverse=True)
    return replace(
        members,
        region_M=members.region_M[authors],
        age_band_M=members.age_band_M[authors],
        standing_M=members.standing_M[authors],
        said_M=members.said_M[authors],
    ), replace(
        documents,
        author_D=places.astype(np.uint32),
        kind_D=documents.kind_D[rows],
        visibility_D=documents.visibility_D[rows],
        state_D=documents.state_D[rows],
        created_D=documents.created_D[rows],
        licence_D=documents.licence_D[rows],
        signals_D=documents.signals_D[rows],
    )


def _reading() -> None:
    """Print how long it takes to make columns of members and documents in memory."""
    world = network(1, 50_000)
    question = _question(world)
    began = time.process_time()
    members = members_in(world, world.people, question)
    read = time.process_time()
    documents_in(world.documents, members)
    done = time.process_time()
    _say("columns made of members with their histories folded, and of documents, both in memory")
    _say(f"  {len(members) / (read - began):,.0f} members and ", end="")
    _say(f"{len(world.documents) / (done - read):,.0f} documents per second per core")


def _histories() -> None:
    """Decide random histories both ways, on every core."""
    seeds = range(HISTORIES // _TOGETHER)
    began = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        found = list(cores.map(_differences, seeds, chunksize=4))
    differ = sum(len(each) for each in found)
    asked = len(seeds) * _TOGETHER
    _say(f"{asked:,} random histories: {differ} differences ({time.monotonic() - began:.0f} s)")
    if differ:
        raise SystemExit("\n".join(line for each in found for line in each[:3]))


def _differences(seed: int) -> list[str]:
    world = network(seed, _TOGETHER)
    question = _question(world)
    members = members_in(world, world.people, question)
    decided = decide_all(question, members, documents_in(world.documents, members), world)
    return [
        f"seed {seed}, {document}: {slow} and {fast}"
        for document, slow, fast in zip(
            world.documents, _one_by_one(world), _as_words(decided), strict=True
        )
        if slow != fast
    ]


def _one_by_one(world: Network) -> Iterator[tuple[str, bool, bool, str]]:
    for document in world.documents:
        one = decide(facts_for(document, world.purpose, world.at, world))
        yield one.rule, one.permit, one.is_default, basis_of(one)


def _as_words(decided: Decided) -> Iterator[tuple[str, bool, bool, str]]:
    columns = (decided.rule_D, decided.permit_D, decided.is_default_D, decided.basis_D)
    for rule, permit, is_default, basis in zip(*(each.tolist() for each in columns), strict=True):
        yield RULE_NAMES[rule], permit, is_default, BASES[basis]


def _question(world: Network) -> Question:
    return Question(purpose=world.purpose, at=world.at, notices=world.told, policies=(world.rules,))


def _times(act: Callable[[], object]) -> tuple[float, float]:
    """Return the median of several runs, in seconds of the processor and of the clock."""
    processor, clock = [], []
    for _ in range(ROUNDS):
        began = time.process_time(), time.monotonic()
        act()
        processor.append(time.process_time() - began[0])
        clock.append(time.monotonic() - began[1])
    return statistics.median(processor), statistics.median(clock)


def _say(line: str, end: str = "\n") -> None:
    sys.stdout.write(line + end)
    sys.stdout.flush()


PARTS = {"columns": _columns, "reading": _reading, "histories": _histories}

if __name__ == "__main__":
    main()

"""Sayso's part in `benchmarks.datasets`: one act on a corpus, in a process of its own."""

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.datasets_world import NOW, TRAIN, HashedSeats, Table
from sayso.datasets.admitting.admission import Admission
from sayso.datasets.admitting.asking import ask
from sayso.datasets.admitting.wording import one_form
from sayso.datasets.build import BuildPlan, build
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.engines.local import Local
from sayso.datasets.making.making import made, name_of
from sayso.datasets.making.staging import lay
from sayso.datasets.making.steps import Mark, Redact, Step, digest_of, with_columns
from sayso.datasets.making.tokens import with_tokens
from sayso.datasets.rows import Manifest
from sayso.datasets.sealed import folder_of
from sayso.datasets.sealing.groups import GROUP_ROWS
from sayso.datasets.sealing.seal import Material, Sealed, SealFacts, seal_pieces
from sayso.datasets.shards import Partition
from sayso.datasets.tables import ROWS, parquet_writer
from sayso.evidence.canonical import canonical
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sayso.redact.strangers import strangers

SLICES = 4
_SHARD = re.compile(r"shard-(\d+)-slice-\d+\.parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """A `Step` in place of `Redact`: normalises, and replaces what two patterns find."""

    email: str
    phone: str

    @property
    def digest(self) -> str:
        """Name the patterns."""
        return f"benchmark {self.email} {self.phone}"

    @property
    def rules(self) -> str:
        """Name the patterns: they know nobody."""
        return self.digest

    def about(self, table: pa.Table) -> list[bytes]:
        """Say nothing: all is in the row."""
        return [b""] * len(table)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Say `text` and `redactions`; documents of the corpus have no titles."""
        email, phone = re.compile(self.email), re.compile(self.phone)
        texts, counts = [], []
        for said in table["text"].to_pylist():
            text, emails, phones = one_form(said), 0, 0
            if "@" in text:
                text, emails = email.subn("[EMAIL]", text)
            if "+" in text:
                text, phones = phone.subn("[PHONE]", text)
            texts.append(text)
            found = {"EMAIL": emails, "PHONE": phones} if emails or phones else {}
            counts.append(canonical(Counter(found)).decode() if found else "{}")
        columns = {"text": texts, "redactions": counts}
        return with_columns(table, {name: pa.array(columns[name], pa.string()) for name in columns})


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternPlan(BuildPlan):
    """A plan that redacts by two patterns alone, where it has them."""

    patterns: Patterns | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the first step, and what Sayso always does after it."""
        return (self.patterns or Redact(self.redactor), Mark(self.refuse_marks))


def build_by_patterns(job: Mapping[str, str], store: Path) -> Mapping[str, float]:
    """Build with the two patterns that the peers are given too."""
    return _built(job, store, _plan(job, Redactor(), _patterns(job)))


def build_whole(job: Mapping[str, str], store: Path) -> Mapping[str, float]:
    """Build as a home does: every finder, the members' names, and strangers' by the tagger."""
    clock = _Clock()
    names = Table(Path(job["corpus"]) / "consent.parquet").names
    redactor = Redactor(directory=Directory(names), tagger=strangers("balanced"))
    ready = clock.lap()
    return {"ready": ready, **_built(job, store, _plan(job, redactor))}


def seal_alone(job: Mapping[str, str], store: Path) -> Mapping[str, float]:
    """Lay pieces ready, then seal them; say what each part of it took."""
    plan, folder = _plan(job, Redactor(), _patterns(job)), Path(job["corpus"])
    world = Table(folder / "consent.parquet")
    admission = Admission(world=world, purpose=TRAIN, at=NOW, partition=plan.partition)
    aside = store / "datasets" / "aside"
    aside.mkdir(parents=True)
    clock, spent, names = _Clock(), defaultdict[str, float](float), list[str]()
    steps = [_Timed(step, spent) for step in plan.steps]
    answers = ask(DocumentFiles(folder / "documents").batches(), admission)
    while answer := next(answers, None):
        asked = with_tokens(answer, steps, plan.partition)
        spent["asking"] += clock.lap()
        piece = made(asked, steps)
        spent["making"] += clock.lap()
        names.append(name_of(asked, digest_of(plan.steps)))
        lay(aside, names[-1], piece)
        spent["laying"] += clock.lap()
    facts = SealFacts(
        purpose=TRAIN,
        policy=world.policy().digest,
        notices=(),
        detectors="",
        directory="",
        partition=plan.partition,
        seats=plan.seats,
    )
    clock.lap()
    with Local().open(None) as run:
        sealed = seal_pieces(Material(folder=aside, pieces=names), facts, run, plan.memory)
    spent["sealing"] += clock.lap()
    written = _written(folder_of(store, sealed.dataset_id), sealed.manifest)
    return {**spent, "writing": written, **_told(store, sealed)}


ACTS: Mapping[str, Callable[[Mapping[str, str], Path], Mapping[str, float]]] = {
    "patterns": build_by_patterns,
    "whole": build_whole,
    "seal": seal_alone,
}


class OwnMemory(Thread):
    """Watches how much memory this process has to itself, without what it maps from files."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0

    def run(self) -> None:
        """Look twenty times a second."""
        while True:
            said = Path("/proc/self/status").read_text(encoding="ascii")
            kilobytes = int(said.partition("RssAnon:")[2].split()[0])
            self.peak_bytes = max(self.peak_bytes, 1024 * kilobytes)
            time.sleep(0.05)


class _Clock:
    """The processor's time of this process."""

    def __init__(self) -> None:
        self._at = time.process_time()

    def lap(self) -> float:
        """Return the seconds since it was last asked."""
        before, self._at = self._at, time.process_time()
        return self._at - before


class _Timed:
    """A step that adds the seconds it takes to what is spent, under its own name."""

    def __init__(self, step: Step, spent: defaultdict[str, float]) -> None:
        self._step, self._spent = step, spent
        self.digest, self.rules, self.about = step.digest, step.rules, step.about

    def __call__(self, table: pa.Table) -> pa.Table:
        clock = _Clock()
        outcome = self._step(table)
        self._spent[type(self._step).__name__] += clock.lap()
        return outcome


def _plan(
    job: Mapping[str, str], redactor: Redactor, patterns: Patterns | None = None
) -> PatternPlan:
    return PatternPlan(
        purpose=TRAIN,
        at=NOW,
        redactor=redactor,
        patterns=patterns,
        partition=Partition(key=b"k" * 32, shards=int(job["shards"]), slices=SLICES),
        seats=HashedSeats(),
    )


def _patterns(job: Mapping[str, str]) -> Patterns:
    return Patterns(email=job["email"], phone=job["phone"])


def _built(job: Mapping[str, str], store: Path, plan: BuildPlan) -> Mapping[str, float]:
    folder = Path(job["corpus"])
    world, clock = Table(folder / "consent.parquet"), _Clock()
    sealed = build(store, DocumentFiles(folder / "documents").batches(), world, plan)
    return {"cpu": clock.lap(), **_told(store, sealed)}


def _told(store: Path, sealed: Sealed) -> Mapping[str, float]:
    """Return what was kept, what was refused as a copy, and the balance of shards."""
    manifest = sealed.manifest
    kept = manifest.rows + manifest.held_out_rows
    exact, near = (manifest.refusals.get(name, 0) for name in ("duplicate", "near_duplicate"))
    rows, sizes = _shards(folder_of(store, sealed.dataset_id), manifest)
    return {
        "admitted": kept + exact + near + manifest.refusals.get("too_short", 0),
        "exact": exact,
        "near": near,
        "kept": kept,
        "rows_most": max(rows.values()),
        "rows_mean": rows.total() / len(rows),
        "bytes_most": max(sizes.values()),
        "bytes_mean": sizes.total() / len(sizes),
        **_heaviest(folder_of(store, sealed.dataset_id), manifest),
    }


def _shards(folder: Path, manifest: Manifest) -> tuple[Counter[str], Counter[str]]:
    """Return how many rows each shard has, and bytes as they lie uncompressed."""
    rows: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for name in manifest.files:
        if is_shard := _SHARD.fullmatch(name):
            about = pq.read_metadata(folder / name)
            rows[is_shard[1]] += about.num_rows
            groups = range(about.num_row_groups)
            sizes[is_shard[1]] += sum(about.row_group(at).total_byte_size for at in groups)
    return rows, sizes


def _written(folder: Path, manifest: Manifest) -> float:
    """Return the seconds of writing the sealed rows once more, as Parquet and to nowhere."""
    clock, spent = _Clock(), 0.0
    for name in manifest.files:
        if _SHARD.fullmatch(name):
            table = pq.read_table(folder / name, schema=ROWS)
            clock.lap()
            with parquet_writer(BytesIO(), ROWS) as writer:
                writer.write_table(table, row_group_size=GROUP_ROWS)
            spent += clock.lap()
    return spent


def _heaviest(folder: Path, manifest: Manifest) -> Mapping[str, float]:
    """Return the share of all rows that is of the member with most."""
    rows: Counter[str] = Counter()
    for name in manifest.files:
        if _SHARD.fullmatch(name):
            for counted in pq.read_table(folder / name, columns=["member_id"])[
                "member_id"
            ].value_counts():
                rows[counted["values"].as_py()] += counted["counts"].as_py()
    ((_, most),) = rows.most_common(1)
    return {"heaviest": most / rows.total(), "members": len(rows)}


def main() -> None:
    """Do the act that the job names, and write what came of it as the answer."""
    job: Mapping[str, str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    memory = OwnMemory()
    memory.start()
    with TemporaryDirectory(dir=Path(job["corpus"]).parent) as folder:
        answer = {**ACTS[job["act"]](job, Path(folder)), "own_peak_bytes": memory.peak_bytes}
    Path(job["answer"]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()

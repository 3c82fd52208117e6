"""One shard learning its slices in order, from the newest checkpoint it already has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from sayso.community import MemberId
from sayso.datasets.rows import DatasetId, Row
from sayso.datasets.sealed import read_manifest, read_slice
from sayso.evidence.canonical import JSON
from sayso.training.checkpoints import Passed, State, find, is_whole, load, save
from sayso.training.environment import Environment
from sayso.training.models import Checkpoint, environment_from_json
from sayso.training.plan import chain
from sayso.training.recipes import Recipe, recipe_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that a shard's own process is told. It holds no member's words.

    `noise_key` (hex) is the home's secret that noise is drawn with where the recipe asks for it.
    """

    store: Path
    checkpoints: Path
    dataset_id: DatasetId
    shard: int
    recipe: Recipe
    tokenizer_digest: str
    environment: Environment
    noise_key: str = ""

    def to_json(self) -> dict[str, JSON]:
        """Write the job for its process."""
        written: dict[str, JSON] = asdict(self)
        return written | {"store": str(self.store), "checkpoints": str(self.checkpoints)}


def job_from_json(written: Mapping[str, Any]) -> Job:
    """Read what `Job.to_json` wrote."""
    return Job(
        store=Path(written["store"]),
        checkpoints=Path(written["checkpoints"]),
        dataset_id=DatasetId(written["dataset_id"]),
        shard=written["shard"],
        recipe=recipe_from_json(written["recipe"]),
        tokenizer_digest=written["tokenizer_digest"],
        environment=environment_from_json(written["environment"]),
        noise_key=written["noise_key"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far a shard is: `share` of the slice is learnt, `tokens` since this run began."""

    shard: int
    slice: int
    share: float
    tokens: int


Tell = Callable[[Told], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A row as it is learnt from: the text, and all whose words are in it."""

    members: tuple[MemberId, ...]
    text: str


class SliceTrainer(Protocol):
    """What learns. The same calls in the same environment give the same bytes."""

    def begin(self) -> None:
        """Take the state before any slice: it depends on the recipe alone."""
        ...

    def resume(self, state: State) -> None:
        """Take a state that `state` gave, bit for bit."""
        ...

    def learn(
        self,
        samples: Sequence[Sample],
        *,
        name: str,
        shard: int,
        slice_: int,
        tell: Callable[[float, int], None],
    ) -> int:
        """Learn one slice's samples in this order; return how many tokens that were.

        `name` is that of the state it leads to.
        """
        ...

    def state(self) -> State:
        """Return all that learning goes on from."""
        ...


def names_of(job: Job) -> tuple[str, ...]:
    """Return the names of a shard's states: before any slice, then after each."""
    return chain(
        recipe=job.recipe.digest,
        tokenizer=job.tokenizer_digest,
        environment=job.environment.digest,
        shard=job.shard,
        roots=read_manifest(job.store, job.dataset_id).shards[str(job.shard)],
    )


def learnt(job: Job) -> tuple[Checkpoint, ...]:
    """Return the checkpoints there are already: the longest stored beginning of the chain."""
    found: list[Checkpoint] = []
    for name in names_of(job)[1:]:
        checkpoint = find(job.checkpoints, name)
        if checkpoint is None:
            break
        found.append(checkpoint)
    return tuple(found)


def standing(job: Job) -> int:
    """Say after how many slices learning goes on: all of them, where nothing is left to learn.

    Where a shard has still to learn, that is after its last checkpoint that was not thinned.
    """
    done = learnt(job)
    if len(done) == len(names_of(job)) - 1:
        return len(done)
    whole = (at for at, each in enumerate(done, start=1) if is_whole(job.checkpoints, each))
    return max(whole, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What a shard is after one more slice."""

    name: str
    slice: int
    state: State
    passed: Passed


def learning(job: Job, trainer: SliceTrainer, tell: Tell) -> Iterator[Learnt]:
    """Learn the slices that are not learnt yet, yielding what the shard is after each.

    A slice without rows keeps the state as it is, under its own name.
    """
    names = names_of(job)
    begin = standing(job)
    passed = Passed()
    if begin:
        last = learnt(job)[begin - 1]
        passed = Passed(rows=last.rows, tokens=last.tokens)
        trainer.resume(load(job.checkpoints, last))
    else:
        trainer.begin()
    begun_at = passed.tokens
    for slice_ in range(begin, len(names) - 1):
        rows = read_slice(job.store, job.dataset_id, job.shard, slice_)
        before = passed.tokens - begun_at

        def tell_part(
            share: float, tokens: int, slice_: int = slice_, before: int = before
        ) -> None:
            tell(Told(shard=job.shard, slice=slice_, share=share, tokens=before + tokens))

        tell_part(0.0, 0)
        tokens, name = 0, names[slice_ + 1]
        if rows or job.recipe.privacy:  # with a bound, not even that there are none is told
            samples = [Sample(members=row.members, text=text_of(row)) for row in rows]
            tokens = trainer.learn(
                samples, name=name, shard=job.shard, slice_=slice_, tell=tell_part
            )
        passed = Passed(rows=passed.rows + len(rows), tokens=passed.tokens + tokens)
        yield Learnt(name=name, slice=slice_, state=trainer.state(), passed=passed)
        tell_part(1.0, tokens)


def run(job: Job, trainer: SliceTrainer, tell: Tell) -> None:
    """Learn what is not learnt yet, keeping a checkpoint after each slice.

    May be killed at any moment and run again: it goes on after the last whole checkpoint, and
    the bytes are the same.
    """
    for each in learning(job, trainer, tell):
        save(job.checkpoints, each.name, each.slice, each.state, each.passed)


def text_of(row: Row) -> str:
    """Return what a model reads of a row."""
    return f"{row.title}\n{row.text}" if row.title else row.text

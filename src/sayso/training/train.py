"""A model trained on a sealed dataset: every shard goes on from the slices it knows already."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_held_out, read_manifest
from sayso.errors import BadInput, CannotCompare, SaysoError
from sayso.training.bases import find_base
from sayso.training.bound import bound
from sayso.training.checkpoints import FOLDER, sweep, thin
from sayso.training.counts.counting import Counter, count_dataset, sum_up
from sayso.training.counts.files import sweep as counts_sweep
from sayso.training.environment import Environment, describe
from sayso.training.models import Counted, Report, ShardChain, Summed, TrainedModel, model_id
from sayso.training.processes import in_processes
from sayso.training.recipes import SHARDS_ALONE, SMALL, Blend, Recipe
from sayso.training.shard import Job, Tell, Told, learnt, names_of, standing, text_of
from sayso.training.tokenizer import Tokenizer, load_tokenizer, tokenizer

MEASURED_ROWS = 40
"""Held-out rows that a model is measured on: enough to compare, few enough for seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a training is: `share` of everything there was to learn, and a sentence."""

    share: float
    sentence: str
    shard: int | None = None
    slice: int | None = None


Listen = Callable[[Progress], None]
Launch = Callable[[Sequence[Job], int, Tell], None]
"""Runs jobs, so many at a time: in processes of their own, or (for tests) in this one."""


def train(  # noqa: PLR0913 - what, how, where, by how many, who listens, who launches
    store: Path,
    dataset_id: DatasetId,
    *,
    recipe: Recipe = SMALL,
    blend: Blend = SHARDS_ALONE,
    environment: Environment | None = None,
    workers: int = 0,
    noise_key: bytes = b"",
    progress: Listen = lambda _: None,
    launch: Launch = in_processes,
) -> TrainedModel:
    """Train what is not trained yet and return the model; the same call gives the same bytes.

    Stop it at any moment, by Ctrl-C or worse, and call it again: it goes on after the last
    whole checkpoint of each shard. Only one training may run in a store at a time. With
    `workers` 0 every core works. `noise_key` is needed where the recipe asks for privacy.

    Raises:
        NotFound: there is no such dataset.
        BadInput: the recipe promises what the blend does not keep.
        CannotCompare: `environment` is not this machine's.
        Tampered: the dataset or a checkpoint is not what was written.
        SaysoError: the disk is full, or a shard's process failed.
    """
    began = time.monotonic()
    if recipe.privacy and blend.counts:
        raise BadInput(
            "A count model keeps no bound for those who stay, so it cannot stand beside one.",
            hint="Train with --counts 0, or without --private.",
        )
    environment = environment or describe(packages=recipe.packages)
    if environment.digest != describe(environment.mode, recipe.packages).digest:
        raise CannotCompare(
            "That environment is not this machine's, so the same bytes cannot be made here.",
            hint="Train on the machine type the model was made on, or in `portable` mode.",
        )
    manifest = read_manifest(store, dataset_id)
    sweep(store / FOLDER)
    progress(Progress(share=0.0, sentence="Making the alphabet that all groups read with"))
    made = _alphabet(store, recipe)
    jobs = [
        Job(
            store=store,
            checkpoints=store / FOLDER,
            dataset_id=dataset_id,
            shard=shard,
            recipe=recipe,
            tokenizer_digest=made.digest,
            environment=environment,
            noise_key=noise_key.hex(),
        )
        for shard in sorted(map(int, manifest.shards))
    ]
    taught = [] if blend.is_counts_alone else jobs
    reused = learn(taught, workers=workers, progress=progress, launch=launch)
    shards = tuple(
        ShardChain(shard=job.shard, checkpoints=()) if blend.is_counts_alone else chain_of(job)
        for job in jobs
    )
    counter = Counter(tokenizer=made, recipe=recipe, blend=blend)
    counted = _counted(store, dataset_id, counter, progress)
    shards = tuple(replace(shard, counts=counted.by_shard.get(shard.shard, ())) for shard in shards)
    model = TrainedModel(
        model_id=model_id(
            dataset_id=dataset_id,
            recipe=recipe,
            tokenizer_digest=made.digest,
            environment=environment,
            shards=shards,
            blend=blend,
        ),
        dataset_id=dataset_id,
        recipe=recipe,
        tokenizer_digest=made.digest,
        environment=environment,
        shards=shards,
        blend=blend,
        summed=counted.summed,
    )
    progress(Progress(share=1.0, sentence="Measuring on words that no group has read"))
    report = replace(
        measure(store, model),
        epsilon=bound(recipe.privacy) if recipe.privacy else None,
        slices_learnt=sum(model.slices.values()) - reused,
        slices_reused=reused,
        slices_counted=counted.now,
        seconds=round(time.monotonic() - began, 3),
    )
    progress(Progress(share=1.0, sentence="Done"))
    return replace(model, report=report)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    by_shard: Mapping[int, tuple[Counted, ...]]
    summed: Summed | None = None
    now: int = 0


def _counted(store: Path, dataset_id: DatasetId, counter: Counter, progress: Listen) -> _Counted:
    """Count what is not counted yet, where the blend has counts."""
    if not counter.blend.counts:
        return _Counted(by_shard={})
    now = 0

    def tell(shard: int, slice_: int) -> None:
        nonlocal now
        now += 1
        sentence = f"Counting runs of words: group {shard + 1}, part {slice_ + 1}"
        progress(Progress(share=1.0, sentence=sentence, shard=shard, slice=slice_))

    counts_sweep(store)
    by_shard = count_dataset(store, dataset_id, counter, tell)
    summed = sum_up(store, by_shard, counter)
    return _Counted(by_shard=by_shard, summed=summed, now=now)


def _alphabet(store: Path, recipe: Recipe) -> Tokenizer:
    """Return what a recipe reads with: the base's own, or the one of this installation."""
    if recipe.base:
        return load_tokenizer(store, find_base(store, recipe.base).tokenizer)
    return tokenizer(store, recipe.vocabulary)


def learn(jobs: Sequence[Job], *, workers: int, progress: Listen, launch: Launch) -> int:
    """Run the jobs that have something left to learn; return how many slices were there before."""
    there = {job.shard: standing(job) for job in jobs}
    whole = {job.shard: len(names_of(job)) - 1 for job in jobs}
    left = [job for job in jobs if there[job.shard] < whole[job.shard]]
    if left:
        teller = _Teller(there, whole, progress)
        launch(left, min(workers or _cores(), len(left)), teller)
    return sum(there.values())


def keep_every(store: Path, model: TrainedModel, every: int) -> None:
    """Keep the bytes of each shard's every so manieth checkpoint and of its last, and no others.

    Forgetting then begins at the newest one kept before whoever leaves: on average half of
    `every` slices earlier, for so much less on the disk.
    """
    for chain in model.shards:
        for point in chain.checkpoints[:-1]:
            if (point.slice + 1) % every:
                thin(store / FOLDER, point)


def chain_of(job: Job) -> ShardChain:
    """Return a shard's whole chain.

    Raises:
        SaysoError: it is not learnt to its end.
    """
    checkpoints = learnt(job)
    if len(checkpoints) != len(names_of(job)) - 1:
        raise SaysoError(
            f"Group {job.shard + 1} has not learnt all its parts.",
            hint="Run the same command again; it goes on where it was.",
        )
    return ShardChain(shard=job.shard, checkpoints=checkpoints)


def measure(store: Path, model: TrainedModel, most_rows: int = MEASURED_ROWS) -> Report:
    """Measure a model on held-out rows: untrained, each part of it alone, and all together."""
    # Only measuring loads PyTorch here: the other verbs start in a fraction of the time.
    from sayso.training.mixture import Mixture, Untrained  # noqa: PLC0415

    rows = read_held_out(store, model.dataset_id)[:most_rows]
    texts = [text_of(row) for row in rows]
    report = Report(
        held_out_rows=len(rows),
        held_out_bytes=sum(len(text.encode()) for text in texts),
        tokens=sum(chain.checkpoints[-1].tokens for chain in model.shards if chain.checkpoints),
    )
    if not model.blend.is_counts_alone:
        without = replace(model, blend=replace(model.blend, counts=0.0), summed=None)
        report = replace(report, untrained_bits=Untrained(store, model).bits_per_byte(texts))
        shards = Mixture(store, without)
        if not shards.is_empty:
            bits = shards.bits_per_byte(texts)
            report = replace(report, shards_bits=bits, mixture_bits=bits)
        if shards.shards:
            alone = Mixture(store, without, {shards.shards[0]: model.slices[shards.shards[0]]})
            report = replace(report, shard_bits=alone.bits_per_byte(texts))
    if model.summed is not None:
        counts = replace(model, shards=(), blend=replace(model.blend, base=0.0, counts=1.0))
        report = replace(
            report,
            counts_bits=Mixture(store, counts).bits_per_byte(texts),
            mixture_bits=Mixture(store, model).bits_per_byte(texts),
        )
    return report


class _Teller:
    """Turns what shards tell into sentences and one share of the whole."""

    def __init__(self, there: dict[int, int], whole: dict[int, int], progress: Listen) -> None:
        self._whole = whole
        self._progress = progress
        self._done = {shard: float(count) for shard, count in there.items()}
        self._began = sum(there.values())

    def __call__(self, told: Told) -> None:
        self._done[told.shard] = told.slice + told.share
        left = sum(self._whole.values()) - self._began
        order = sorted(self._whole)
        self._progress(
            Progress(
                share=(sum(self._done.values()) - self._began) / left,
                sentence=(
                    f"Group {order.index(told.shard) + 1} of {len(order)} is learning, "
                    f"part {told.slice + 1} of {self._whole[told.shard]}"
                ),
                shard=told.shard,
                slice=told.slice,
            )
        )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

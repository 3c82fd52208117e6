"""Learning again from nothing, somewhere else, and comparing the bytes."""

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.datasets.sealed import read_manifest
from sayso.errors import CannotCompare, Tampered
from sayso.evidence.canonical import JSON
from sayso.training.certificate import check
from sayso.training.checkpoints import FOLDER
from sayso.training.counts.again import count_and_compare
from sayso.training.distance import differences, distance
from sayso.training.environment import describe
from sayso.training.models import TrainedModel
from sayso.training.processes import in_processes
from sayso.training.shard import Job
from sayso.training.train import Launch, Listen, chain_of, learn


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Every checkpoint that was learnt again and has the same bytes: (shard, slice, digest).

    `counts` likewise are those that were counted again.
    """

    model_id: str
    checkpoints: tuple[tuple[int, int, str], ...]
    counts: tuple[tuple[int, int, str], ...] = ()


def retrain_and_compare(  # noqa: PLR0913 - which shards, by how many, who listens, who launches
    store: Path,
    model: TrainedModel,
    *,
    shards: Collection[int] | None = None,
    counts: Collection[tuple[int, int]] | None = None,
    workers: int = 0,
    noise_key: bytes = b"",
    progress: Listen = lambda _: None,
    launch: Launch = in_processes,
) -> Compared:
    """Learn the shards (all by default) again from the sealed rows alone, and compare.

    Likewise count the slices `counts` (all by default, and then their sum). Nothing that was
    learnt before is used, and nothing is kept.

    Raises:
        CannotCompare: this machine is not of the type the model was made on. How far apart the
            weights came out is said.
        NotFound: the dataset is gone.
        Tampered: a checkpoint has other bytes; the first one is named.
    """
    counted = count_and_compare(store, model, counts)
    here = describe(model.environment.mode, model.recipe.packages)
    wanted = [
        chain
        for chain in model.shards
        if chain.checkpoints and (shards is None or chain.shard in shards)
    ]
    known = read_manifest(store, model.dataset_id).shards
    if {str(chain.shard) for chain in model.shards} != set(known):
        raise Tampered(f"The model's shards are not those of dataset {model.dataset_id}.")
    with tempfile.TemporaryDirectory(prefix="sayso-verify-") as folder:
        jobs = {
            chain.shard: Job(
                store=store,
                checkpoints=Path(folder),
                dataset_id=model.dataset_id,
                shard=chain.shard,
                recipe=model.recipe,
                tokenizer_digest=model.tokenizer_digest,
                environment=here,
                noise_key=noise_key.hex(),
            )
            for chain in wanted
        }
        learn(list(jobs.values()), workers=workers, progress=progress, launch=launch)
        made = {shard: chain_of(job).checkpoints for shard, job in jobs.items()}
        if wanted and here.digest != model.environment.digest:
            pairs = [(chain.checkpoints[-1], made[chain.shard][-1]) for chain in wanted]
            away = distance(store / FOLDER, Path(folder), pairs)
            raise CannotCompare(
                "Neither equal nor different can be said here: "
                f"{differences(model.environment, here)}. {away}",
                hint="Compare where the model was made, or train in `portable` mode.",
            )
        same: list[tuple[int, int, str]] = []
        for chain in wanted:
            again = made[chain.shard]
            if len(again) != len(chain.checkpoints):
                raise Tampered(f"Shard {chain.shard} does not have the dataset's slices.")
            for told, found in zip(chain.checkpoints, again, strict=True):
                if told != found:
                    raise Tampered(
                        f"Shard {told_at(chain.shard, told.slice)} differs: recorded weights "
                        f"{told.weights_digest[:16]}, learnt again {found.weights_digest[:16]}.",
                        hint="The recorded model did not come from these rows alone.",
                    )
                same.append((chain.shard, found.slice, found.weights_digest))
    return Compared(model_id=model.model_id, checkpoints=tuple(same), counts=counted)


def verify_certificate(  # noqa: PLR0913 - as `retrain_and_compare`
    store: Path,
    written: Mapping[str, JSON],
    *,
    workers: int = 0,
    noise_key: bytes = b"",
    progress: Listen = lambda _: None,
    launch: Launch = in_processes,
) -> Compared:
    """Check a certificate by itself, then learn again every shard that it says was remade.

    Raises:
        CannotCompare: this machine is not of the type the model was made on.
        NotFound: the dataset after is gone, so another certificate has taken its place.
        Tampered: it is not whole, or a checkpoint has other bytes; the first one is named.
    """
    proven = check(written)
    return retrain_and_compare(
        store,
        proven.after,
        shards=proven.remade,
        counts=proven.counted,
        workers=workers,
        noise_key=noise_key,
        progress=progress,
        launch=launch,
    )


def told_at(shard: int, slice_: int) -> str:
    """Name a checkpoint's place."""
    return f"{shard}'s checkpoint after slice {slice_}"

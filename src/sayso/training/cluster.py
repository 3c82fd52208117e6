"""Shards learning on the machines of a Ray cluster; this one keeps what they learn.

A machine is sent all that one shard needs and sends back its state after each slice, so it need
not reach this machine's disks. A shard whose machine is lost goes on elsewhere, after the last
slice that was kept.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.datasets.engines.cluster import joined, workers_of
from sayso.datasets.places import POINTER, is_here
from sayso.datasets.sealed import MANIFEST, file_name, folder_of, read_manifest
from sayso.errors import CutShort
from sayso.training.bases import FOLDER as BASES
from sayso.training.checkpoints import FOLDER, save
from sayso.training.shard import Job, Learnt, Tell, Told, learning, names_of, standing
from sayso.training.train import Launch

_TRIES = 3
"""So often a shard may lose its machine without having learnt anything meanwhile."""

Parcel = Mapping[str, bytes]
"""Files by their path in a store."""


def on_ray(address: str) -> Launch:
    """Return what runs jobs on the cluster at `address`; empty means the one that Ray finds."""

    def launch(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
        del workers  # the cluster has its own
        with joined(address) as ray:
            _Cluster(ray, tell).run(jobs)

    return launch


class _Cluster:
    """Jobs under way, each a stream of what its shard is after one more slice."""

    def __init__(self, ray: Any, tell: Tell) -> None:  # noqa: ANN401 - Ray has no types
        self._ray = ray
        self._tell = tell
        self._at_once = workers_of(ray)
        self._under_way: dict[Any, Job] = {}
        self._tries: dict[int, int] = {}

    def run(self, jobs: Sequence[Job]) -> None:
        waiting = list(jobs)
        while waiting or self._under_way:
            while waiting and len(self._under_way) < self._at_once:
                self._begin(waiting.pop(0))
            ready, _ = self._ray.wait([*self._under_way], num_returns=1)
            for stream in ready:
                again = self._hear(stream)
                if again is not None:
                    waiting.append(again)

    def _begin(self, job: Job) -> None:
        self._tell(Told(shard=job.shard, slice=standing(job), share=0.0, tokens=0))
        needs = {"num_gpus": 1} if job.environment.device == "cuda" else {"num_cpus": 1}
        act = self._ray.remote(
            num_returns="streaming",
            max_retries=0,  # what was kept meanwhile need not be learnt again
            runtime_env={"env_vars": dict(job.environment.variables)},
            **needs,
        )(learn_there)
        self._under_way[act.remote(replace(job, store=Path(), checkpoints=Path()), parcel(job))] = (
            job
        )

    def _hear(self, stream: Any) -> Job | None:  # noqa: ANN401 - Ray has no types
        """Keep what a shard learnt; return its job where it must be begun again."""
        job = self._under_way[stream]
        try:
            learnt_now: Learnt = self._ray.get(next(stream))
        except StopIteration:
            del self._under_way[stream]
            return None
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self._ray.exceptions.RayError as error:
            del self._under_way[stream]
            self._tries[job.shard] = self._tries.get(job.shard, 0) + 1
            if self._tries[job.shard] > _TRIES:
                raise CutShort(
                    f"Group {job.shard + 1} lost its machine {_TRIES} times: {error}",
                    hint="Run the same command again: it goes on where it was.",
                ) from error
            return job
        self._tries[job.shard] = 0
        save(
            job.checkpoints, learnt_now.name, learnt_now.slice, learnt_now.state, learnt_now.passed
        )
        self._tell(Told(shard=job.shard, slice=learnt_now.slice, share=1.0, tokens=0))
        return None


def parcel(job: Job) -> Parcel:
    """Pack all that a shard's learning needs of the store, from where it stands now."""
    folder = folder_of(job.store, job.dataset_id)
    manifest = read_manifest(job.store, job.dataset_id)
    roots = manifest.shards[str(job.shard)]
    paths: list[tuple[str, Path]] = []
    if is_here(folder):
        names = [MANIFEST, *(file_name(job.shard, slice_) for slice_ in range(len(roots)))]
        paths = [
            (f"datasets/{job.dataset_id}/{name}", folder / name)
            for name in names
            if name == MANIFEST or name in manifest.files
        ]
    else:
        paths = [(POINTER, job.store / POINTER)]
    for path in (job.store / "tokenizers").glob(f"*-{job.tokenizer_digest}.json"):
        paths.append((f"tokenizers/{path.name}", path))
    if job.recipe.base:
        paths += _all_in(job.store / BASES / job.recipe.base, f"{BASES}/{job.recipe.base}")
    begin = standing(job)
    for at, name in enumerate(names_of(job)[1 : begin + 1], start=1):
        # Of all but the last, what they are is enough: they are not gone on from.
        paths += [
            each
            for each in _all_in(job.checkpoints / name, f"{FOLDER}/{name}")
            if at == begin or each[0].endswith(".json")
        ]
    return {name: path.read_bytes() for name, path in paths}


def learn_there(job: Job, sent: Parcel) -> Iterator[Learnt]:
    """Learn on a machine of the cluster from what was sent, and send back each state.

    Raises:
        CannotCompare: the machine is not of the type that the job is meant for.
    """
    # Here torch is loaded, and in the process of whoever sends jobs it need not be.
    from sayso.training.learner import prepared  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="sayso-learn-") as name:
        store = Path(name)
        for each, content in sent.items():
            (store / each).parent.mkdir(parents=True, exist_ok=True)
            (store / each).write_bytes(content)
        here = replace(job, store=store, checkpoints=store / FOLDER)
        with prepared(here) as trainer:
            yield from learning(here, trainer, lambda _: None)


def _all_in(folder: Path, name: str) -> list[tuple[str, Path]]:
    return [(f"{name}/{path.name}", path) for path in sorted(folder.iterdir())]

"""A trained model as a value: its shards' checkpoints and what was measured."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from sayso.datasets.rows import DatasetId
from sayso.evidence.canonical import JSON, digest
from sayso.training.environment import Environment, Mode
from sayso.training.recipes import SHARDS_ALONE, Blend, Recipe, blend_from_json, recipe_from_json

ModelId = NewType("ModelId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A shard's state after a slice: `chain_key` says what went in, the digests what came out."""

    chain_key: str
    slice: int
    weights_digest: str
    optimizer_digest: str
    rows: int
    tokens: int
    """Learnt in this shard so far, over all epochs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A slice's runs of words, counted: `name` says what went in, `digest` what came out."""

    name: str
    slice: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """All slices' counts together, as they are served: what went in, and what came out."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardChain:
    """A shard's checkpoints in slice order, and its slices' counts where the model has them."""

    shard: int
    checkpoints: tuple[Checkpoint, ...]
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was measured, on rows that no shard learnt from; None where there were none.

    `shard_bits` is the first shard's, `shards_bits` all shards' probabilities averaged with fixed
    equal weights, `counts_bits` the count model's, where there is one, and `mixture_bits` that of
    all that speaks: held-out bits per byte, lower is better. `epsilon` is what `bound` says of
    a recipe with privacy.
    """

    untrained_bits: float | None = None
    shard_bits: float | None = None
    mixture_bits: float | None = None
    shards_bits: float | None = None
    counts_bits: float | None = None
    held_out_rows: int = 0
    held_out_bytes: int = 0
    tokens: int = 0
    epsilon: float | None = None
    seconds: float = 0.0
    slices_learnt: int = 0
    slices_reused: int = 0
    slices_counted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """A model: which rows, how, where, and the bytes that came of it."""

    model_id: ModelId
    dataset_id: DatasetId
    recipe: Recipe
    tokenizer_digest: str
    environment: Environment
    shards: tuple[ShardChain, ...]
    blend: Blend = SHARDS_ALONE
    summed: Summed | None = None
    report: Report = Report()

    @property
    def slices(self) -> dict[int, int]:
        """How many slices each shard has learnt."""
        return {chain.shard: len(chain.checkpoints) for chain in self.shards}

    @property
    def count_names(self) -> frozenset[str]:
        """The names of all its slices' counts, and of their sum."""
        names = {counted.name for chain in self.shards for counted in chain.counts}
        return frozenset(names | ({self.summed.name} if self.summed else set()))

    @property
    def chain_keys(self) -> frozenset[str]:
        """The names of all its checkpoints."""
        return frozenset(point.chain_key for chain in self.shards for point in chain.checkpoints)


class ModelState(StrEnum):
    """Where a model stands in its life."""

    READY = "ready"
    IN_USE = "in_use"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredModel:
    """A trained model and what the network does with it."""

    model: TrainedModel
    state: ModelState
    trained_at: datetime
    predecessor: ModelId | None = None


def model_id(  # noqa: PLR0913 - all that a model is
    *,
    dataset_id: DatasetId,
    recipe: Recipe,
    tokenizer_digest: str,
    environment: Environment,
    shards: tuple[ShardChain, ...],
    blend: Blend = SHARDS_ALONE,
) -> ModelId:
    """Name a model by what it is: its rows, recipe, tokenizer, environment, weights and counts."""
    told: dict[str, JSON] = {
        "model": 1,
        "dataset": dataset_id,
        "recipe": recipe.digest,
        "tokenizer": tokenizer_digest,
        "environment": environment.digest,
        "weights": {
            str(chain.shard): [point.weights_digest for point in chain.checkpoints]
            for chain in shards
        },
    }
    if blend != SHARDS_ALONE:
        told["blend"] = asdict(blend)
        told["counts"] = {
            str(chain.shard): [counted.digest for counted in chain.counts] for chain in shards
        }
    return ModelId(digest(told))


def to_json(model: TrainedModel) -> dict[str, JSON]:
    """Write a model as JSON, for the database and for `models show --json`."""
    written: dict[str, JSON] = asdict(model)
    return written


def from_json(written: Mapping[str, Any]) -> TrainedModel:
    """Read what `to_json` wrote."""
    return TrainedModel(
        model_id=ModelId(written["model_id"]),
        dataset_id=DatasetId(written["dataset_id"]),
        recipe=recipe_from_json(written["recipe"]),
        tokenizer_digest=written["tokenizer_digest"],
        environment=environment_from_json(written["environment"]),
        shards=tuple(
            ShardChain(
                shard=chain["shard"],
                checkpoints=tuple(map(checkpoint_from_json, chain["checkpoints"])),
                counts=tuple(Counted(**counted) for counted in chain.get("counts", ())),
            )
            for chain in written["shards"]
        ),
        blend=blend_from_json(written.get("blend", {})),
        summed=Summed(**written["summed"]) if written.get("summed") else None,
        report=Report(**written["report"]),
    )


def environment_from_json(written: Mapping[str, Any]) -> Environment:
    """Read an environment from JSON."""
    return Environment(**{**written, "mode": Mode(written["mode"])})


def checkpoint_from_json(written: Any) -> Checkpoint:  # noqa: ANN401 - JSON as it was read
    """Read a checkpoint from JSON."""
    return Checkpoint(**written)

"""What proves that members were forgotten: written from facts, and checked by anyone.

A certificate names no member: each stands there as a commitment that only the network and the
member can open. It says what went into every checkpoint before and after, so its chain keys can
be computed anew from it alone; `verify.verify_certificate` computes the weights anew too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sayso.datasets.rows import DatasetId
from sayso.errors import Tampered
from sayso.evidence.canonical import JSON, digest
from sayso.training.counts.naming import table_names
from sayso.training.models import (
    Checkpoint,
    Counted,
    ModelId,
    ShardChain,
    TrainedModel,
    checkpoint_from_json,
    environment_from_json,
    model_id,
)
from sayso.training.plan import chain
from sayso.training.recipes import Blend, Recipe, blend_from_json, recipe_from_json

KIND = "sayso-certificate-of-forgetting"
FORMAT = 1

Roots = Mapping[int, Sequence[str]]
"""Shard to its slices' roots, as the dataset's manifest has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """One withdrawal in a certificate. `commitment` stands for the member."""

    commitment: str
    purpose: str
    rows: int
    acknowledged_at: datetime
    contained_at: datetime
    forgotten_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A model and the roots of the slices it learnt."""

    model: TrainedModel
    roots: Roots


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a certificate says once it has been checked by itself."""

    certificate_id: str
    after: TrainedModel
    remade: tuple[int, ...]
    """Shards that learnt again; all others are the same before and after."""
    counted: tuple[tuple[int, int], ...]
    """Shard and slice of all counts that were made again; all others are the same."""
    kept_checkpoints: int
    remade_checkpoints: int


def body(
    *, before: Side, after: Side, forgotten: Sequence[Forgotten], issued_at: datetime
) -> dict[str, JSON]:
    """Write a certificate; its id is `certificate_id(body)`."""
    return {
        "kind": KIND,
        "format": FORMAT,
        "issued_at": issued_at.isoformat(),
        "forgotten": [
            {
                "member": each.commitment,
                "purpose": each.purpose,
                "rows": each.rows,
                "acknowledged_at": each.acknowledged_at.isoformat(),
                "contained_at": each.contained_at.isoformat(),
                "forgotten_at": each.forgotten_at.isoformat(),
            }
            for each in sorted(forgotten, key=lambda each: (each.acknowledged_at, each.commitment))
        ],
        "before": _made(before.model),
        "after": _made(after.model),
        "shards": [
            {
                "shard": old.shard,
                "before": _learnt(old, before.roots),
                "after": None if old == new else _learnt(new, after.roots),
            }
            for old, new in zip(before.model.shards, after.model.shards, strict=True)
        ],
    }


def certificate_id(written: Mapping[str, JSON]) -> str:
    """Return the id that a certificate has by its content."""
    return digest(written)


def check(written: Mapping[str, Any]) -> Proven:
    """Check a certificate against itself: names, ids, times, and what was kept.

    Raises:
        Tampered: something in it does not follow from the rest; the first such is named.
    """
    try:
        return _check(written)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Tampered(f"This is not a certificate of Sayso's: {error}.") from error


def _check(written: Mapping[str, Any]) -> Proven:
    _require(written["kind"] == KIND and written["format"] == FORMAT, "its kind or format")
    for each in written["forgotten"]:
        steps = ("acknowledged_at", "contained_at", "forgotten_at")
        times = [*(each[step] for step in steps), written["issued_at"]]
        moments = [datetime.fromisoformat(time) for time in times]
        _require(moments == sorted(moments), "the order of its times")
    before = _model(written, "before")
    after = _model(written, "after")
    kept, remade, counted = 0, [], []
    for old, new in zip(before.shards, after.shards, strict=True):
        same = _same_beginning(old, new)
        kept += same
        if same < len(new.checkpoints):
            remade.append(new.shard)
        counted += [(new.shard, each.slice) for each in _counted_again(old, new)]
    return Proven(
        certificate_id=certificate_id(written),
        after=after,
        remade=tuple(remade),
        counted=tuple(counted),
        kept_checkpoints=kept,
        remade_checkpoints=sum(after.slices.values()) - kept,
    )


def _model(written: Mapping[str, Any], side: str) -> TrainedModel:
    """Read one side, computing its chain keys and its id anew."""
    made = written[side]
    recipe = recipe_from_json(made["recipe"])
    environment = environment_from_json(made["environment"])
    blend = blend_from_json(made.get("blend", {}))
    shards = []
    for entry in written["shards"]:
        told = entry[side] or entry["before"]
        points = tuple(map(checkpoint_from_json, told["checkpoints"]))
        _require(bool(points) or blend.is_counts_alone, f"shard {entry['shard']} {side}")
        names = chain(
            recipe=recipe.digest,
            tokenizer=made["tokenizer"],
            environment=environment.digest,
            shard=entry["shard"],
            roots=told["roots"],
        )
        for point, name in zip(points, names[1:] if points else (), strict=True):
            what = f"the name of shard {entry['shard']}'s checkpoint {point.slice} {side}"
            _require(point.chain_key == name, what)
        counts = tuple(Counted(**counted) for counted in told.get("counts", ()))
        named = _count_names(recipe, blend, made["tokenizer"], told["roots"])
        what = f"the names of shard {entry['shard']}'s counts {side}"
        _require(tuple(counted.name for counted in counts) == named, what)
        shards.append(ShardChain(shard=entry["shard"], checkpoints=points, counts=counts))
    model = TrainedModel(
        model_id=ModelId(made["model"]),
        dataset_id=DatasetId(made["dataset"]),
        recipe=recipe,
        tokenizer_digest=made["tokenizer"],
        environment=environment,
        shards=tuple(shards),
        blend=blend,
    )
    found = model_id(
        dataset_id=model.dataset_id,
        recipe=recipe,
        tokenizer_digest=model.tokenizer_digest,
        environment=environment,
        shards=model.shards,
        blend=model.blend,
    )
    _require(model.model_id == found, f"the model's id {side}")
    return model


def _same_beginning(old: ShardChain, new: ShardChain) -> int:
    """Count the checkpoints kept: equal names must mean equal bytes, and then nothing is."""
    same = 0
    for was, now in zip(old.checkpoints, new.checkpoints, strict=True):
        if was.chain_key == now.chain_key:
            _require(_bytes(was) == _bytes(now), f"what was kept of shard {old.shard}")
            same += 1
    return same


def _counted_again(old: ShardChain, new: ShardChain) -> list[Counted]:
    """Return the counts that are new: equal names must mean equal counts."""
    was = {counted.name: counted.digest for counted in old.counts}
    for counted in new.counts:
        same = was.get(counted.name, counted.digest) == counted.digest
        _require(same, f"what was kept of shard {old.shard}'s counts")
    return [counted for counted in new.counts if counted.name not in was]


def _count_names(
    recipe: Recipe, blend: Blend, tokenizer: str, roots: Sequence[str]
) -> tuple[str, ...]:
    if not blend.counts:
        return ()
    return table_names(recipe=recipe, blend=blend, tokenizer=tokenizer, roots=roots)


def _bytes(point: Checkpoint) -> tuple[str, str]:
    return point.weights_digest, point.optimizer_digest


def _made(model: TrainedModel) -> dict[str, JSON]:
    return {
        "model": model.model_id,
        "dataset": model.dataset_id,
        "recipe": asdict(model.recipe),
        "tokenizer": model.tokenizer_digest,
        "environment": asdict(model.environment),
        "blend": asdict(model.blend),
    }


def _learnt(shard: ShardChain, roots: Roots) -> dict[str, JSON]:
    return {
        "roots": list(roots[shard.shard]),
        "checkpoints": [asdict(point) for point in shard.checkpoints],
        "counts": [asdict(counted) for counted in shard.counts],
    }


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise Tampered(f"The certificate is not whole: {what} does not follow from the rest.")

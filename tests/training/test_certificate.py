import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sayso.datasets.rows import DatasetId
from sayso.errors import Tampered
from sayso.evidence.canonical import canonical, parse
from sayso.training.certificate import Forgotten, Side, body, certificate_id, check
from sayso.training.environment import describe
from sayso.training.models import Checkpoint, ShardChain, TrainedModel, model_id
from sayso.training.plan import chain
from sayso.training.recipes import TINY

_NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_OLD = {0: ["a", "b"], 1: ["c", "d"]}
_NEW = {0: ["a", "b"], 1: ["c", "x"]}
_FORGOTTEN = Forgotten(
    commitment="c0ffee",
    purpose="genai-training",
    rows=2,
    acknowledged_at=_NOW,
    contained_at=_NOW,
    forgotten_at=_NOW + timedelta(minutes=3),
)


def _side(dataset: str, roots: dict[int, list[str]], torch: str = "") -> Side:
    environment = replace(describe(), **({"torch": torch} if torch else {}))  # type: ignore[arg-type]
    shards = []
    for shard, given in roots.items():
        names = chain(
            recipe=TINY.digest,
            tokenizer="t",
            environment=environment.digest,
            shard=shard,
            roots=given,
        )
        points = tuple(
            Checkpoint(
                chain_key=name,
                slice=number,
                weights_digest=f"weights {name}",
                optimizer_digest=f"moments {name}",
                rows=number,
                tokens=number,
            )
            for number, name in enumerate(names[1:])
        )
        shards.append(ShardChain(shard=shard, checkpoints=points))
    what = {
        "dataset_id": DatasetId(dataset),
        "recipe": TINY,
        "tokenizer_digest": "t",
        "environment": environment,
        "shards": tuple(shards),
    }
    return Side(model=TrainedModel(model_id=model_id(**what), **what), roots=roots)  # type: ignore[arg-type]


def _written(before: Side | None = None) -> dict[str, Any]:
    written = body(
        before=before or _side("one", _OLD),
        after=_side("two", _NEW),
        forgotten=[_FORGOTTEN],
        issued_at=_NOW + timedelta(minutes=4),
    )
    stored = parse(canonical(written))
    assert isinstance(stored, dict)
    return stored


def test_it_says_what_was_kept_and_what_was_made_again() -> None:
    proven = check(_written())

    assert proven.remade == (1,)
    assert (proven.kept_checkpoints, proven.remade_checkpoints) == (3, 1)
    assert proven.after == _side("two", _NEW).model
    assert proven.certificate_id == certificate_id(_written())


def test_a_shard_that_nobody_left_is_written_once() -> None:
    written = _written()

    assert [entry["after"] is None for entry in written["shards"]] == [True, False]


def test_a_new_version_of_torch_makes_everything_again() -> None:
    proven = check(_written(before=_side("one", _OLD, torch="0.0")))

    assert proven.remade == (0, 1)


def test_no_member_is_named() -> None:
    assert _written()["forgotten"][0].keys() == {
        "member", "purpose", "rows", "acknowledged_at", "contained_at", "forgotten_at"
    }  # fmt: skip


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(written: dict[str, Any]) -> None:
        place: Any = written
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


_CHANGES = {
    "kind": _set("kind", to="another"),
    "a time before the one it follows": _set("issued_at", to="2026-01-01T00:00:00+00:00"),
    "a slice's root": _set("shards", 1, "after", "roots", 1, to="d"),
    "a checkpoint's weights": _set(
        "shards", 1, "after", "checkpoints", 1, "weights_digest", to="others"
    ),
    "kept weights": _set("shards", 1, "after", "checkpoints", 0, "optimizer_digest", to="others"),
    "the dataset": _set("after", "dataset", to="three"),
    "the model": _set("after", "model", to="three"),
    "the recipe": _set("after", "recipe", "seed", to=1),
    "the environment": _set("before", "environment", "torch", to="9"),
    "a missing checkpoint": _set("shards", 1, "after", "checkpoints", to=[]),
    "nothing but a list": _set("shards", to=None),
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES.keys())
def test_a_changed_certificate_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    written = copy.deepcopy(_written())
    change(written)

    with pytest.raises(Tampered):
        check(written)

"""Adapters on a base: the same bytes always, and forgotten as if they had never been there."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import tiny_bases
from sayso.community import MemberId
from sayso.errors import CannotCompare
from sayso.training.bases import FOLDER as BASES
from sayso.training.bases import starting_from
from sayso.training.checkpoints import FOLDER
from sayso.training.learner import in_this_process
from sayso.training.recipes import TINY, Recipe
from sayso.training.train import train
from sayso.training.verify import retrain_and_compare
from small_dataset import (
    PARTITION,
    bytes_of,
    new_store,
    rows,
    sealed,
    trained,
    without,
    writings,
)

_OTHERS = [f"other{number}" for number in range(10)]
_PLACES = [(0, 0), (1, 1), (1, 2)]
_KINDS = [tiny_bases.llama, tiny_bases.gpt2]
Make = Callable[[Path], Path]
_TRAIN = """
import sys
from pathlib import Path
from sayso.datasets.rows import DatasetId
from sayso.training.bases import bases_in, starting_from
from sayso.training.recipes import TINY
from sayso.training.train import train
store = Path(sys.argv[1])
train(store, DatasetId(sys.argv[2]), recipe=starting_from(TINY, bases_in(store)[0]), workers=1,
      progress=lambda told: print(told.sentence, flush=True))
"""


def _member_at(shard: int, slice_: int) -> str:
    names = (MemberId(f"somebody{number}") for number in range(500))
    wanted = (shard, slice_)
    return next(name for name in names if PARTITION.place(name, is_default=False) == wanted)


def _store(tmp_path: Path, name: str, make: Make = tiny_bases.llama) -> tuple[Path, Recipe]:
    store = new_store(tmp_path, name)
    return store, starting_from(TINY, tiny_bases.know_base(store, make))


@pytest.mark.parametrize("make", _KINDS)
@pytest.mark.parametrize("place", _PLACES, ids=str)
def test_forgetting_a_member_equals_never_having_had_them(
    tmp_path: Path, make: Make, place: tuple[int, int]
) -> None:
    leaver = _member_at(*place)
    with_them = rows([*writings(_OTHERS), *writings([leaver], each=3)])
    forgetting, recipe = _store(tmp_path, "forgetting", make)
    never, _ = _store(tmp_path, "never", make)
    before = trained(forgetting, sealed(forgetting, with_them), recipe)

    after = trained(forgetting, without(forgetting, before.dataset_id, with_them, leaver), recipe)
    oracle = trained(
        never, sealed(never, [row for row in with_them if row.member_id != leaver]), recipe
    )

    assert bytes_of(after) == bytes_of(oracle)
    was, now = bytes_of(before), bytes_of(after)
    changed = {where for where in now if now[where] != was[where]}
    assert changed == {(place[0], later) for later in range(place[1], PARTITION.slices)}


def test_going_on_from_every_checkpoint_gives_the_same_bytes(tmp_path: Path) -> None:
    store, recipe = _store(tmp_path, "store")
    dataset = sealed(store, rows(writings(_OTHERS)))
    model = trained(store, dataset, recipe)
    for chain in model.shards:
        for point in chain.checkpoints[1:]:
            for path in (store / FOLDER / point.chain_key).iterdir():
                path.unlink()
            (store / FOLDER / point.chain_key).rmdir()

    again = trained(store, dataset, recipe)

    assert again.report.slices_reused == len(model.shards)
    assert bytes_of(again) == bytes_of(model)


def test_a_training_killed_in_the_middle_goes_on_in_processes_of_its_own_to_the_same_bytes(
    tmp_path: Path,
) -> None:
    killed, recipe = _store(tmp_path, "killed")
    whole, _ = _store(tmp_path, "whole")
    made = rows(writings(_OTHERS, each=3))
    dataset = sealed(killed, made)
    process = subprocess.Popen(
        [sys.executable, "-c", _TRAIN, str(killed), dataset], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "part 2" in line:
            break
    process.kill()
    process.wait()
    process.stdout.close()

    model = train(killed, dataset, recipe=recipe, workers=1)

    assert model.report.slices_reused >= 1
    assert model.report.slices_learnt >= 1
    assert model.model_id == trained(whole, sealed(whole, made), recipe).model_id


def test_a_members_text_changes_no_byte_of_a_base_or_tokenizer(tmp_path: Path) -> None:
    shared = []
    for seed in (1, 2):
        store, recipe = _store(tmp_path, f"store{seed}")
        model = trained(store, sealed(store, rows(writings(_OTHERS[:4], seed=seed))), recipe)
        places = [store / BASES, store / "tokenizers"]
        files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
        shared.append(
            {
                "files": {path.relative_to(store): path.read_bytes() for path in files},
                "recipe": model.recipe.digest,
                "tokenizer": model.tokenizer_digest,
                "environment": model.environment.digest,
            }
        )
        assert len(files) >= 7

    assert shared[0] == shared[1]


def test_other_versions_of_what_computes_are_neither_equal_nor_different(tmp_path: Path) -> None:
    store, recipe = _store(tmp_path, "store")
    model = trained(store, sealed(store, rows(writings(_OTHERS[:3]))), recipe)
    packages = {**model.environment.packages, "peft": "0.1"}
    elsewhere = replace(model, environment=replace(model.environment, packages=packages))

    compared = retrain_and_compare(store, model, launch=in_this_process)

    assert len(compared.checkpoints) == PARTITION.shards * PARTITION.slices
    with pytest.raises(CannotCompare, match=r"packages \{'peft': '0.1'"):
        retrain_and_compare(store, elsewhere, launch=in_this_process)

"""The same rows, recipe and environment give the same bytes, whatever happens on the way."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from sayso.datasets.shards import Partition
from sayso.training.checkpoints import FOLDER
from sayso.training.environment import Mode, describe
from sayso.training.recipes import TINY
from sayso.training.train import train
from small_dataset import bytes_of, new_store, rows, sealed, trained, writings

_MEMBERS = [f"member{number}" for number in range(16)]
_SLOW = replace(TINY, epochs=30)
"""Long enough to be killed in the middle."""
_TRAIN = """
import sys
from pathlib import Path
from sayso.datasets.rows import DatasetId
from sayso.training.recipes import TINY
from sayso.training.train import train
from dataclasses import replace
train(Path(sys.argv[1]), DatasetId(sys.argv[2]), recipe=replace(TINY, epochs=30), workers=1,
      progress=lambda told: print(told.sentence, flush=True))
"""


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    models = []
    for name in ("first", "second"):
        store = new_store(tmp_path, name)
        models.append(trained(store, sealed(store, rows(writings(_MEMBERS)))))

    assert bytes_of(models[0]) == bytes_of(models[1])
    assert models[0].model_id == models[1].model_id


def test_processes_of_their_own_give_the_bytes_of_this_process(tmp_path: Path) -> None:
    here, there = new_store(tmp_path, "here"), new_store(tmp_path, "there")
    made = rows(writings(_MEMBERS))

    one = trained(here, sealed(here, made))
    two = train(there, sealed(there, made), recipe=TINY, workers=2)

    assert one.model_id == two.model_id


def test_portable_training_gives_the_same_bytes_twice_and_says_where(tmp_path: Path) -> None:
    environment = describe(Mode.PORTABLE)
    one_shard = Partition(key=b"\x01" * 32, shards=1, slices=2)
    made = rows(writings(_MEMBERS[:4]), one_shard)
    models = []
    for name in ("first", "second"):
        store = new_store(tmp_path, name)
        dataset = sealed(store, made, one_shard)
        models.append(train(store, dataset, recipe=TINY, environment=environment))

    assert models[0].model_id == models[1].model_id
    assert models[0].environment.variables["MKL_CBWR"] == "COMPATIBLE"


def test_a_training_killed_in_the_middle_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    killed, whole = new_store(tmp_path, "killed"), new_store(tmp_path, "whole")
    made = rows(writings(_MEMBERS, each=4))
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
    _wait_until_quiet(killed / FOLDER)
    kept = sorted(path.name for path in (killed / FOLDER).glob("[!.]*"))
    model = trained(killed, dataset, _SLOW)

    assert model.report.slices_reused == len(kept) >= 1
    assert model.report.slices_learnt >= 1
    assert bytes_of(model) == bytes_of(trained(whole, sealed(whole, made), _SLOW))


def test_going_on_from_every_checkpoint_gives_the_same_bytes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))
    model = trained(store, dataset)
    for chain in model.shards:
        for point in chain.checkpoints[1:]:
            for name in ("weights", "optimizer"):
                (store / FOLDER / point.chain_key / f"{name}.safetensors").unlink()
            (store / FOLDER / point.chain_key / "checkpoint.json").unlink()
            (store / FOLDER / point.chain_key).rmdir()

    again = trained(store, dataset)

    assert again.report.slices_reused == len(model.shards)
    assert bytes_of(again) == bytes_of(model)


def _wait_until_quiet(folder: Path) -> None:
    """Wait until the killed training's child has noticed and stopped writing."""
    before: list[str] = []
    for _ in range(100):
        time.sleep(0.3)
        now = sorted(str(path) for path in folder.rglob("*"))
        if now == before:
            return
        before = now

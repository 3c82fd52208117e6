import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import CannotCompare, NotFound, Tampered
from sayso.training.checkpoints import (
    FOLDER,
    Passed,
    State,
    find,
    load,
    load_weights,
    prune,
    save,
    sweep,
    thin,
)
from sayso.training.mixture import Mixture
from sayso.training.train import keep_every
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

_STATE = State(weights=b"weights", optimizer=b"moments")
_FULL = """
import resource, sys
from pathlib import Path
from sayso.errors import SaysoError
from sayso.training.checkpoints import Passed, State, save
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    save(Path(sys.argv[1]), "key", 0, State(weights=b"w" * 5000, optimizer=b""), Passed())
except SaysoError as error:
    print(error.message)
"""


def test_a_checkpoint_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = save(tmp_path, "key", 2, _STATE, Passed(rows=3, tokens=40))

    assert find(tmp_path, "key") == kept
    assert (kept.slice, kept.rows, kept.tokens) == (2, 3, 40)
    assert load(tmp_path, kept) == _STATE
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_name_that_nothing_is_kept_under_finds_nothing(tmp_path: Path) -> None:
    assert find(tmp_path, "key") is None


def test_keeping_twice_keeps_once(tmp_path: Path) -> None:
    assert save(tmp_path, "key", 0, _STATE, Passed()) == save(tmp_path, "key", 0, _STATE, Passed())


@pytest.mark.parametrize("part", ["weights", "optimizer"])
def test_a_changed_byte_is_named_and_how_to_mend_it(tmp_path: Path, part: str) -> None:
    kept = save(tmp_path, "key", 0, _STATE, Passed())
    (tmp_path / "key" / f"{part}.safetensors").write_bytes(b"other")

    with pytest.raises(Tampered, match=part) as refused:
        load(tmp_path, kept)

    assert "Delete" in refused.value.hint


def test_a_checkpoint_under_anothers_name_is_refused(tmp_path: Path) -> None:
    save(tmp_path, "key", 0, _STATE, Passed())
    (tmp_path / "key").rename(tmp_path / "another")

    with pytest.raises(Tampered, match="speaks of another checkpoint"):
        find(tmp_path, "another")


def test_weights_that_are_gone_are_not_found(tmp_path: Path) -> None:
    kept = save(tmp_path, "key", 0, _STATE, Passed())
    prune(tmp_path, keep=())

    with pytest.raises(NotFound, match="is gone"):
        load_weights(tmp_path, kept)


def test_pruning_leaves_only_what_is_in_use(tmp_path: Path) -> None:
    for name in ("old", "kept"):
        save(tmp_path, name, 0, _STATE, Passed())
    (tmp_path / ".tmp-half").mkdir()

    assert prune(tmp_path, keep={"kept"}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_sweeping_takes_what_was_left_half_written(tmp_path: Path) -> None:
    save(tmp_path, "kept", 0, _STATE, Passed())
    (tmp_path / ".tmp-half").mkdir()

    sweep(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_full_disk_is_said_in_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert "no room left to write" in told.stdout
    assert list(tmp_path.iterdir()) == []


def test_with_fewer_checkpoints_kept_forgetting_gives_the_same_bytes(tmp_path: Path) -> None:
    made = rows(writings([f"member{number}" for number in range(12)]))
    leaver = next(row.member_id for row in made if (row.shard, row.slice) == (1, 2))
    few, all_kept = new_store(tmp_path, "few"), new_store(tmp_path, "all")
    before = trained(few, sealed(few, made))
    keep_every(few, before, 3)

    after = trained(few, without(few, before.dataset_id, made, leaver))

    rest = [row for row in made if row.member_id != leaver]
    assert bytes_of(after) == bytes_of(trained(all_kept, sealed(all_kept, rest)))
    assert after.report.slices_learnt == PARTITION.slices  # not one, as with all of them kept
    assert len(list((few / FOLDER).glob("*/weights.safetensors"))) == 3


def test_until_a_thinned_shard_has_forgotten_an_earlier_checkpoint_speaks(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    model = trained(store, sealed(store, rows(writings([f"member{n}" for n in range(12)]))))
    first = Mixture(store, model, {0: 1, 1: 1}).next_logprobs("we")
    second = model.shards[0].checkpoints[1], model.shards[1].checkpoints[1]
    for point in second:
        thin(store / FOLDER, point)

    assert Mixture(store, model, {0: 2, 1: 2}).next_logprobs("we") == first
    assert Mixture(store, model).shards == (0, 1)


def test_other_bytes_of_the_same_are_never_kept_beside(tmp_path: Path) -> None:
    save(tmp_path, "a" * 64, 0, State(weights=b"one", optimizer=b""), Passed())

    with pytest.raises(CannotCompare, match="other bytes"):
        save(tmp_path, "a" * 64, 0, State(weights=b"two", optimizer=b""), Passed())

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.datasets.rows import DatasetId
from sayso.errors import CannotCompare, NotFound, SaysoError, Tampered
from sayso.training.environment import describe
from sayso.training.learner import in_this_process
from sayso.training.recipes import TINY
from sayso.training.shard import Job, Tell, text_of
from sayso.training.train import Progress, train
from small_dataset import PARTITION, bytes_of, new_store, row, rows, sealed, trained, writings

_MEMBERS = [f"member{number}" for number in range(12)]


def test_it_says_in_words_how_far_it_is(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    told: list[Progress] = []

    train(
        store,
        sealed(store, rows(writings(_MEMBERS))),
        recipe=TINY,
        progress=told.append,
        launch=in_this_process,
    )

    sentences = [each.sentence for each in told]
    assert "Group 2 of 2 is learning, part 3 of 3" in sentences
    assert sentences[-1] == "Done"
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_second_training_finds_everything_learnt(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))
    first = trained(store, dataset)

    again = trained(store, dataset)

    assert again.model_id == first.model_id
    assert (again.report.slices_learnt, again.report.slices_reused) == (0, 6)


def test_the_report_is_measured_on_rows_that_nobody_learnt(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    names = [f"person{number}" for number in range(60)]
    held = [each for each in rows(writings(names, each=1)) if each.shard < 0]
    assert held

    report = trained(store, sealed(store, rows(writings(names, each=1)))).report

    assert report.held_out_rows == len(held)
    assert report.untrained_bits is not None
    assert report.mixture_bits is not None
    assert 0 < report.mixture_bits < report.untrained_bits
    assert report.tokens > 0


def test_a_dataset_without_rows_gives_a_model_that_knows_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path)

    model = trained(store, sealed(store, []))

    assert model.report.tokens == 0
    assert model.report.mixture_bits is None
    assert all(len(chain.checkpoints) == PARTITION.slices for chain in model.shards)


def test_a_row_changed_after_sealing_stops_the_training(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))
    other = sealed(store, rows(writings(_MEMBERS, seed=2)))
    name = next((store / "datasets" / dataset).glob("shard-0000-*.parquet")).name
    (store / "datasets" / dataset / name).write_bytes(
        (store / "datasets" / other / name).read_bytes()
    )

    with pytest.raises(Tampered):
        train(store, dataset, recipe=TINY, workers=2)


def test_a_shard_whose_process_fails_says_which_and_what_to_do(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))
    broken = replace(TINY, heads=0)

    with pytest.raises(SaysoError, match=r"Learning stopped in group [12]: .*ZeroDivision") as why:
        train(store, dataset, recipe=broken, workers=1)

    assert "Run the same command again" in why.value.hint


def test_another_machines_environment_is_refused_before_anything_is_learnt(tmp_path: Path) -> None:
    elsewhere = replace(describe(), processor="another")

    with pytest.raises(CannotCompare):
        train(tmp_path, DatasetId("0" * 64), environment=elsewhere)


def test_an_unknown_dataset_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        train(new_store(tmp_path), DatasetId("0" * 64), recipe=TINY)


def test_a_training_stopped_between_shards_is_not_taken_for_whole(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))

    def only_first(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
        in_this_process(jobs[:1], workers, tell)

    with pytest.raises(SaysoError, match="Group 2 has not learnt all its parts"):
        train(store, dataset, recipe=TINY, launch=only_first)

    assert trained(store, dataset).report.slices_reused == PARTITION.slices


def test_a_model_of_an_older_recipe_is_learnt_as_it_was(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    dataset = sealed(store, rows(writings(_MEMBERS)))
    older = replace(TINY, documents_apart=False)

    first, again = trained(store, dataset, older), trained(store, dataset, older)

    assert again.report.slices_reused == first.report.slices_learnt
    assert bytes_of(first) != bytes_of(trained(store, dataset))


def test_a_title_is_read_as_the_first_line() -> None:
    plain = row(writings(["ana"])[0], 1)
    titled = replace(plain, title="A title")

    assert text_of(titled) == f"A title\n{plain.text}"
    assert text_of(plain) == plain.text

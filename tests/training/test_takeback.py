from sayso.community import DocumentId
from sayso.datasets.rows import HELD_OUT, DatasetId, RowId
from sayso.training.takeback import RemovedRow, clean_slices, redo, sentence


def _removed(shard: int, slice_: int) -> RemovedRow:
    return RemovedRow(
        dataset_id=DatasetId("d"),
        row_id=RowId(f"{shard} {slice_}"),
        document_id=DocumentId("doc"),
        withdrawal_id="w",
        shard=shard,
        slice=slice_,
    )


_FOUR_BY_FOUR = dict.fromkeys(range(4), 4)


def test_a_shard_serves_the_slices_before_the_first_removed_row() -> None:
    clean = clean_slices(_FOUR_BY_FOUR, [_removed(1, 3), _removed(1, 2), _removed(2, 0)])

    assert clean == {0: 4, 1: 2, 2: 0, 3: 4}


def test_a_removed_held_out_row_costs_nothing_because_nothing_learnt_it() -> None:
    found = redo(_FOUR_BY_FOUR, [_removed(HELD_OUT, 0)])

    assert found.first_slices == {}
    assert found.share == 0
    assert sentence(found, range(4)) == "Nothing has to be learnt again."


def test_only_the_slices_from_the_first_removed_row_on_are_learnt_again() -> None:
    found = redo(_FOUR_BY_FOUR, [_removed(1, 2), _removed(3, 3)])

    assert found.first_slices == {1: 2, 3: 3}
    assert (found.slices_again, found.slices_in_all) == (3, 16)
    assert sentence(found, range(4)) == "2 of 4 groups learn again, 3 of 16 parts (19%)."

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sayso.community import MemberId
from sayso.datasets.rows import DatasetId, Row, row_digest
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence.canonical import canonical, parse
from sayso.training.counts.counting import Counter, sum_of
from sayso.training.counts.files import path_of, prune, sweep
from sayso.training.counts.naming import order_of
from sayso.training.counts.tables import load
from sayso.training.learner import in_this_process
from sayso.training.mixture import Mixture
from sayso.training.models import TrainedModel, from_json, to_json
from sayso.training.recipes import COUNTS, TINY, Blend, Recipe, blend_of
from sayso.training.takeback import RemovedRow
from sayso.training.tokenizer import load_tokenizer
from sayso.training.train import train
from sayso.training.verify import retrain_and_compare
from small_dataset import PARTITION, Written, new_store, rows, sealed, without, writings

_MEMBERS = [f"member{number}" for number in range(14)]
_ALONE = blend_of(counts=1)
_TAUGHT = [name for name in _MEMBERS if PARTITION.place(MemberId(name), is_default=False)[0] >= 0][
    :3
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return new_store(tmp_path)


def _counted(
    store: Path, dataset: DatasetId, recipe: Recipe = COUNTS, blend: Blend = _ALONE
) -> TrainedModel:
    return train(store, dataset, recipe=recipe, blend=blend, launch=in_this_process)


def _tables(model: TrainedModel) -> dict[tuple[int, int], tuple[str, str]]:
    return {
        (chain.shard, counted.slice): (counted.name, counted.digest)
        for chain in model.shards
        for counted in chain.counts
    }


@pytest.mark.parametrize("leaver", [_MEMBERS[0], _MEMBERS[5]])
def test_forgetting_counts_the_leavers_slice_again_and_no_other(store: Path, leaver: str) -> None:
    made = rows(writings(_MEMBERS))
    known = _counted(store, sealed(store, made))

    forgotten = _counted(store, without(store, known.dataset_id, made, leaver))

    never_store = new_store(store.parent, "never")
    others = [name for name in _MEMBERS if name != leaver]
    never = _counted(never_store, sealed(never_store, rows(writings(others))))
    assert (_tables(forgotten), forgotten.summed) == (_tables(never), never.summed)
    changed = {at for at, table in _tables(known).items() if table != _tables(forgotten)[at]}
    assert changed == {PARTITION.place(MemberId(leaver), is_default=False)}
    assert forgotten.report.slices_counted == 1
    asked = Mixture(store, forgotten).next_logprobs("we met")
    assert asked == Mixture(never_store, never).next_logprobs("we met")


def test_rows_in_any_order_have_the_same_table(store: Path) -> None:
    made = rows(writings(_MEMBERS))
    model = _counted(store, sealed(store, made))
    counter = Counter(
        tokenizer=load_tokenizer(store, model.tokenizer_digest), recipe=COUNTS, blend=_ALONE
    )

    assert counter.count(made).digest == counter.count(made[::-1]).digest
    assert counter.count(made).digest != counter.count(made[1:]).digest


def test_counts_stand_beside_shards_with_the_share_that_they_were_given(store: Path) -> None:
    dataset = sealed(store, rows(writings(_MEMBERS)))
    both = _counted(store, dataset, TINY, blend_of(counts=0.25))
    shards = replace(both, blend=blend_of(counts=0), summed=None)
    counts = replace(both, shards=(), blend=_ALONE)

    told, one, other = (
        np.exp(Mixture(store, model).next_logprobs("we met")) for model in (both, shards, counts)
    )

    assert told == pytest.approx(0.75 * one + 0.25 * other, abs=1e-5)


def test_a_removed_row_is_gone_from_the_next_answer(store: Path) -> None:
    said = [Written(member=name, text=f"{name}: the harbour opens at dawn.") for name in _TAUGHT]
    made = rows([*said, *writings(_MEMBERS)])
    model = _counted(store, sealed(store, made), blend=blend_of(counts=1, people=3))
    theirs = [_removed(row) for row in made if "harbour" in row.text]
    phrase = [" harbour opens at dawn."]

    before = Mixture(store, model).score("the", phrase)[0]
    after = Mixture(store, model, removed=theirs[:1]).score("the", phrase)[0]

    assert len(theirs) == 3
    assert after < before - 10


def test_no_run_is_told_that_one_member_alone_wrote(store: Path) -> None:
    secret = " zanzibar quokka xylophone"
    texts = [Written(member=_MEMBERS[0], text=f"they said{secret}.")] * 9
    model = _counted(store, sealed(store, rows([*texts, *writings(_MEMBERS)])))
    told = _counted(store, model.dataset_id, blend=blend_of(counts=1, people=1))

    assert Mixture(store, told).score("they said", [secret])[0] > -12
    assert Mixture(store, model).score("they said", [secret])[0] < -30


def test_a_second_training_counts_nothing_and_another_dataset_shares_its_slices(
    store: Path,
) -> None:
    made = rows(writings(_MEMBERS))
    first = _counted(store, sealed(store, made))
    again = _counted(store, first.dataset_id)
    longer = _counted(store, sealed(store, [*made, *rows(writings(["somebody new"]))]))

    assert (first.report.slices_counted, again.report.slices_counted) == (6, 0)
    assert again.model_id == first.model_id
    assert longer.report.slices_counted == 1


def test_a_changed_table_is_refused_by_name(store: Path) -> None:
    model = _counted(store, sealed(store, rows(writings(_MEMBERS))))
    one, other = model.shards[0].counts[:2]
    path_of(store, one.name).write_bytes(path_of(store, other.name).read_bytes())

    with pytest.raises(Tampered, match=one.name):
        load(store, one.name, one.digest)
    with pytest.raises(Tampered, match=one.name):
        _counted(store, model.dataset_id)


def test_a_broken_sum_is_refused_and_a_missing_one_is_made_of_its_tables(store: Path) -> None:
    model = _counted(store, sealed(store, rows(writings(_MEMBERS))))
    assert model.summed is not None
    path, expected = path_of(store, model.summed.name), sum_of(store, model)

    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Tampered, match=model.summed.name):
        Mixture(store, model)

    path.unlink()
    found = sum_of(store, model)
    assert found is not None
    assert expected is not None
    assert found.digest == expected.digest
    prune(store, ())
    with pytest.raises(NotFound, match=model.shards[0].counts[0].name):
        Mixture(store, model)


def test_what_killed_counting_left_is_swept_and_the_rest_is_found(store: Path) -> None:
    model = _counted(store, sealed(store, rows(writings(_MEMBERS))))
    first = model.shards[0].counts[0]
    half = path_of(store, f".tmp-{first.name}")
    half.write_bytes(path_of(store, first.name).read_bytes()[:100])
    path_of(store, first.name).unlink()

    again = _counted(store, model.dataset_id)

    assert (again.model_id, again.report.slices_counted) == (model.model_id, 1)
    assert not half.exists()
    sweep(store)


def test_verifying_counts_again_and_names_what_differs(store: Path) -> None:
    model = _counted(store, sealed(store, rows(writings(_MEMBERS))))

    compared = retrain_and_compare(store, model)

    assert {(at[0], at[1]): at[2] for at in compared.counts} == {
        at: digest for at, (_, digest) in _tables(model).items()
    }
    chain = model.shards[0]
    forged = replace(chain, counts=(replace(chain.counts[0], digest="0" * 64), *chain.counts[1:]))
    with pytest.raises(Tampered, match="shard 0, slice 0 differ"):
        retrain_and_compare(store, replace(model, shards=(forged, *model.shards[1:])))


def test_a_model_with_counts_comes_back_from_json_as_it_was(store: Path) -> None:
    model = _counted(store, sealed(store, rows(writings(_MEMBERS))))

    written = parse(canonical(to_json(model)))

    assert isinstance(written, dict)
    assert from_json(written) == model


def test_the_report_tells_what_each_part_is_worth(store: Path) -> None:
    names = [f"person{number}" for number in range(60)]
    dataset = sealed(store, rows(writings(names, each=1)))

    report = _counted(store, dataset, TINY, blend_of(counts=0.4)).report

    assert report.shards_bits is not None
    assert report.counts_bits is not None
    assert report.mixture_bits is not None
    assert report.mixture_bits < max(report.shards_bits, report.counts_bits)


def _removed(row: Row) -> RemovedRow:
    return RemovedRow(
        dataset_id=DatasetId(""),
        row_id=row.id,
        document_id=row.document_id,
        withdrawal_id="",
        shard=row.shard,
        slice=row.slice,
    )


def _written_by(row: Row, *members: str) -> Row:
    changed = replace(row, members=tuple(map(MemberId, members)))
    return replace(changed, digest=row_digest(changed))


def test_a_text_by_several_members_is_one_contribution(store: Path) -> None:
    texts = [Written(member=name, text=f"{name}: ships sail at noon.") for name in _TAUGHT]
    alone = rows(texts)
    together = [_written_by(row, row.member_id, "everywhere") for row in alone]

    found = [
        Mixture(store, _counted(store, sealed(store, made))).score(": ships", [" sail at noon."])[0]
        for made in (alone, together)
    ]

    assert found[1] < found[0] - 5


def test_a_larger_vocabulary_has_shorter_runs() -> None:
    sizes = (4096, 7131, 65_535, 65_536)

    orders = [order_of(replace(TINY, vocabulary=size), Blend(counts=1)) for size in sizes]

    assert orders == [5, 5, 4, 3]
    with pytest.raises(BadInput, match="order 1"):
        order_of(TINY, Blend(counts=1, order=1))
    with pytest.raises(BadInput, match="share is 1"):
        blend_of(counts=1.5)
    with pytest.raises(BadInput, match="0 members"):
        blend_of(counts=0.4, people=0)

from dataclasses import asdict

import pytest

from sayso.errors import BadInput
from sayso.training.plan import chain, rate_at, seed_for
from sayso.training.recipes import SMALL, TINY, recipe, recipe_from_json


def _names(roots: list[str], shard: int = 0, recipe_digest: str = "r") -> tuple[str, ...]:
    return chain(recipe=recipe_digest, tokenizer="t", environment="e", shard=shard, roots=roots)


def test_equal_beginnings_have_equal_names_and_everything_after_a_change_has_others() -> None:
    one, other = _names(["a", "b", "c"]), _names(["a", "x", "c"])

    assert one[:2] == other[:2]
    assert not set(one[2:]) & set(other[2:])


@pytest.mark.parametrize("change", [{"shard": 1}, {"recipe_digest": "other"}])
def test_another_shard_or_recipe_shares_no_name(change: dict[str, object]) -> None:
    assert not set(_names(["a"])) & set(_names(["a"], **change))  # type: ignore[arg-type]


def test_an_empty_slice_has_a_name_of_its_own() -> None:
    names = _names(["empty", "empty"])

    assert len(set(names)) == 3


def test_the_rate_knows_the_slice_and_the_step_alone_and_warms_up_once() -> None:
    assert rate_at(SMALL, slice_=0, step=0) == SMALL.rate / SMALL.warmup_steps
    assert rate_at(SMALL, slice_=1, step=0) == SMALL.rate * SMALL.slice_decay
    assert rate_at(SMALL, slice_=1, step=500) < rate_at(SMALL, slice_=1, step=100)


def test_seeds_differ_by_place_and_fit_a_generator() -> None:
    seeds = {seed_for(SMALL, shard, slice_, 0) for shard in range(8) for slice_ in range(8)}

    assert len(seeds) == 64
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_a_recipe_is_known_by_its_name_and_named_by_its_content() -> None:
    assert recipe("tiny") is TINY
    assert recipe("small").digest != TINY.digest
    with pytest.raises(BadInput, match="no recipe 'huge'"):
        recipe("huge")


def test_a_recipe_written_before_documents_were_apart_is_still_what_it_was() -> None:
    written = asdict(TINY)
    del written["documents_apart"]

    before = recipe_from_json(written)

    assert not before.documents_apart
    assert before.digest == "8789926cce60d38655039169efb36f1fd739f8b490463d226124b5fd88fc649a"
    assert recipe_from_json(asdict(before)) == before
    assert recipe_from_json(asdict(TINY)) == TINY
    assert TINY.digest != before.digest

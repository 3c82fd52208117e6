"""P4: after forgetting, the weights are those of a training that never had the member."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import MemberId
from sayso.training.backends.gpt import GPT
from sayso.training.checkpoints import FOLDER, prune
from sayso.training.recipes import TINY
from small_dataset import (
    PARTITION,
    Written,
    bytes_of,
    new_store,
    rows,
    sealed,
    trained,
    without,
    writings,
)

_MEMBERS = [f"member{number}" for number in range(6)]


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
)
@given(
    leaver=st.sampled_from(_MEMBERS),
    documents=st.integers(1, 3),
    is_default=st.booleans(),
)
def test_forgetting_anyone_equals_never_having_known_them(
    tmp_path_factory: pytest.TempPathFactory, leaver: str, documents: int, *, is_default: bool
) -> None:
    tmp_path = tmp_path_factory.mktemp("forgetting")
    theirs = [
        Written(member=leaver, text=each.text, is_default=is_default)
        for each in writings([leaver], each=documents)
    ]
    others = writings([name for name in _MEMBERS if name != leaver])
    made = rows([*others, *theirs])
    forgetting, never = new_store(tmp_path, "forgetting"), new_store(tmp_path, "never")
    known = trained(forgetting, sealed(forgetting, made))

    forgotten = trained(forgetting, without(forgetting, known.dataset_id, made, leaver))

    oracle = trained(never, sealed(never, rows(others)))
    assert bytes_of(forgotten) == bytes_of(oracle)


def test_a_members_words_change_no_byte_that_shards_share(tmp_path: Path) -> None:
    writer = next(
        name for name in _MEMBERS if PARTITION.place(MemberId(name), is_default=False)[0] == 0
    )
    others = writings([name for name in _MEMBERS if name != writer])
    models = []
    for name in ("some words", "quite other words"):
        store = new_store(tmp_path, name)
        dataset = sealed(store, rows([*others, Written(member=writer, text=name)]))
        models.append(trained(store, dataset))

    one, other = models
    assert one.tokenizer_digest == other.tokenizer_digest
    assert one.shards[0] != other.shards[0]
    assert one.shards[1] == other.shards[1]


def test_the_first_weights_depend_on_the_recipe_alone() -> None:
    first, second = GPT(TINY).state_dict(), GPT(TINY).state_dict()

    torch.manual_seed(99)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert all(torch.equal(first[name], GPT(TINY).state_dict()[name]) for name in first)


def test_no_checkpoint_that_saw_a_forgotten_member_stays_on_the_disk(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    made = rows(writings(_MEMBERS))
    before = trained(store, sealed(store, made))
    after = trained(store, without(store, before.dataset_id, made, _MEMBERS[0]))

    prune(store / FOLDER, keep=after.chain_keys)

    left = {path.name for path in (store / FOLDER).iterdir()}
    assert left == after.chain_keys
    assert not left & (before.chain_keys - after.chain_keys)

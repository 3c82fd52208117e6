"""Adapters on a base: what is shared, what is learnt, what chance decides."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

import tiny_bases
from sayso.errors import NotFound, Tampered
from sayso.training.backends import fresh_network, learnt_networks
from sayso.training.backends.hugging_face import ask, load_model
from sayso.training.backends.lora import Lora
from sayso.training.bases import FOLDER, base_folder, starting_from
from sayso.training.checkpoints import FOLDER as CHECKPOINTS
from sayso.training.checkpoints import load_weights
from sayso.training.mixture import Mixture
from sayso.training.recipes import TINY, Recipe
from small_dataset import new_store, rows, sealed, trained, writings

_KINDS = pytest.mark.parametrize("make", [tiny_bases.llama, tiny_bases.gpt2])
Make = Callable[[Path], Path]
_END = 0
_FIRST, _SECOND, _OTHER = [45, 46, 47, 48], [49, 45, 51], [21, 22, 23, 24]


def _at(tmp_path: Path, make: Make = tiny_bases.llama) -> tuple[Path, Recipe]:
    store = new_store(tmp_path)
    return store, starting_from(TINY, tiny_bases.know_base(store, make))


def _logits(network: Lora, *documents: Sequence[int], apart: bool = True) -> Tensor:
    tokens = torch.tensor([[token for each in documents for token in (_END, *each)]])
    with torch.inference_mode():
        return network(tokens, (tokens == _END).cumsum(1) if apart else None)[0]


@_KINDS
def test_a_document_sees_nothing_of_the_one_before_it_in_its_window(
    tmp_path: Path, make: Make
) -> None:
    network = Lora(*_at(tmp_path, make))

    beside, elsewhere = _logits(network, _FIRST, _SECOND), _logits(network, _OTHER, _SECOND)

    assert torch.equal(beside[5:], elsewhere[5:])
    assert torch.allclose(beside[5:], _logits(network, _SECOND, apart=False), atol=1e-5)
    assert not torch.equal(beside[:5], elsewhere[:5])


@_KINDS
def test_an_adapter_that_has_learnt_nothing_says_what_the_base_says(
    tmp_path: Path, make: Make
) -> None:
    store, recipe = _at(tmp_path, make)
    base = load_model(base_folder(store, recipe.base))
    tokens = torch.tensor([[_END, *_FIRST]])

    with torch.inference_mode():
        assert torch.equal(ask(base, tokens, None), Lora(store, recipe)(tokens))


@_KINDS
def test_first_weights_come_of_the_recipes_seed_alone_and_no_other_chance_is_touched(
    tmp_path: Path, make: Make
) -> None:
    store, recipe = _at(tmp_path, make)
    torch.manual_seed(1)
    before = torch.random.get_rng_state()

    one = {name: weight.detach().clone() for name, weight in Lora(store, recipe).learnt().items()}
    untouched = torch.equal(torch.random.get_rng_state(), before)
    torch.manual_seed(2)
    same, other = Lora(store, recipe).learnt(), Lora(store, replace(recipe, seed=9)).learnt()

    assert untouched
    assert list(one) == sorted(one)
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert any(not torch.equal(one[name], other[name]) for name in one)


def test_shards_share_one_base_in_memory_and_each_speaks_with_its_own_adapter(
    tmp_path: Path,
) -> None:
    store, recipe = _at(tmp_path)
    model = trained(store, sealed(store, rows(writings([f"m{n}" for n in range(12)]))), recipe)
    kept = {
        chain.shard: load_weights(store / CHECKPOINTS, chain.checkpoints[-1])
        for chain in model.shards
    }

    both = learnt_networks(store, recipe, kept)
    said = [_logits(network, _FIRST) for network in both.values()]  # type: ignore[arg-type]
    alone = [
        _logits(learnt_networks(store, recipe, {shard: kept[shard]})[shard], _FIRST)  # type: ignore[arg-type]
        for shard in kept
    ]

    assert len({id(network._shared) for network in both.values()}) == 1  # type: ignore[attr-defined]  # noqa: SLF001 - the base's place in memory
    assert not torch.equal(said[0], said[1])
    assert all(torch.equal(one, other) for one, other in zip(said, alone, strict=True))


def test_adapters_that_nobody_holds_are_taken_away(tmp_path: Path) -> None:
    store, recipe = _at(tmp_path)
    held = Lora(store, recipe)
    for _ in range(5):
        Lora(store, recipe)
        gc.collect()

    Lora(store, recipe)

    assert len(held._shared.peft.peft_config) <= 3  # noqa: SLF001 - what lies in memory


def test_learning_changes_the_adapter_and_no_byte_of_the_base(tmp_path: Path) -> None:
    store, recipe = _at(tmp_path, tiny_bases.gpt2)
    files = {path: path.read_bytes() for path in (store / FOLDER).rglob("*.*")}
    keep = Lora(store, recipe)
    frozen = {
        name: weight.detach().clone()
        for name, weight in keep._shared.peft.named_parameters()  # noqa: SLF001 - all of it
        if "lora_" not in name
    }

    model = trained(store, sealed(store, rows(writings(["ana", "ben", "chi"]))), recipe)

    now = dict(keep._shared.peft.named_parameters())  # noqa: SLF001 - all of it
    assert all(torch.equal(frozen[name], now[name]) for name in frozen)
    assert all(path.read_bytes() == content for path, content in files.items())
    assert model.report.tokens > 0
    assert model.environment.packages.keys() == {"peft", "transformers"}


def test_learning_helps_and_the_mixture_measures_it(tmp_path: Path) -> None:
    store, recipe = _at(tmp_path)
    names = [f"person{number}" for number in range(60)]
    eager = replace(recipe, rate=3e-2)

    model = trained(store, sealed(store, rows(writings(names, each=2))), eager)

    assert model.report.mixture_bits is not None
    assert model.report.untrained_bits is not None
    assert 0 < model.report.mixture_bits < model.report.untrained_bits
    assert Mixture(store, model).generate("we met", most_tokens=3, seed=1) is not None


def test_a_base_that_was_altered_or_is_gone_is_refused_by_name(tmp_path: Path) -> None:
    store, recipe = _at(tmp_path)
    path = store / FOLDER / recipe.base / "model.safetensors"
    whole = path.read_bytes()

    path.write_bytes(whole[:-1] + b"!")
    with pytest.raises(Tampered, match=r"model\.safetensors is not what was kept") as why:
        fresh_network(store, recipe)
    assert "Delete" in why.value.hint

    path.unlink()
    with pytest.raises(NotFound, match=r"model\.safetensors is gone"):
        fresh_network(store, recipe)

    path.write_bytes(whole)
    (path.parent / "adapter_config.json").write_text("{}")
    with pytest.raises(Tampered, match=r"adapter_config\.json is no part of the base"):
        fresh_network(store, recipe)

    with pytest.raises(NotFound, match="no base"):
        fresh_network(store, replace(recipe, base="0" * 64))


def test_a_base_that_cannot_keep_documents_apart_says_so_and_lets_them_see_each_other(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    base = tiny_bases.know_base(store, tiny_bases.bloom)
    recipe = starting_from(TINY, base)

    model = trained(store, sealed(store, rows(writings(["ana", "ben", "chi"]))), recipe)

    assert not base.reads_apart
    assert not recipe.documents_apart
    assert model.report.tokens > 0


def test_a_base_in_memory_stays_as_it_was_checked_when_its_file_is_written_over(
    tmp_path: Path,
) -> None:
    store, recipe = _at(tmp_path)
    network = Lora(store, recipe)
    path = store / FOLDER / recipe.base / "model.safetensors"
    size = path.stat().st_size

    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(size - size // 2))

    whole = Lora(*_at(tmp_path / "other"))
    assert torch.equal(_logits(network, _FIRST), _logits(whole, _FIRST))

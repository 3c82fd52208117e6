"""The networks that learn: which one a recipe asks for, made anew or from what a shard kept."""

from collections.abc import Mapping
from pathlib import Path

from safetensors.torch import load as tensors_of

from sayso.training.backends.gpt import GPT
from sayso.training.backends.networks import Network, take
from sayso.training.bases import WEIGHTS, base_file
from sayso.training.recipes import Recipe


def fresh_network(store: Path, recipe: Recipe) -> Network:
    """Return the network before any slice: it depends on the recipe and its base alone.

    Raises:
        NotFound: the store holds no such base.
        Tampered: the base is not what its name says.
        NotHere: the base needs packages that are not installed.
    """
    if recipe.adapter is not None:
        # Its packages load slowly, and most homes have no use for them.
        from sayso.training.backends.lora import Lora  # noqa: PLC0415

        return Lora(store, recipe)
    network = GPT(recipe)
    if recipe.base:
        take(network, tensors_of(base_file(store, recipe.base, WEIGHTS)))
    return network


def learnt_networks(
    store: Path, recipe: Recipe, weights: Mapping[int, bytes]
) -> dict[int, Network]:
    """Return one network for each shard, with the weights that it kept.

    Raises:
        NotFound: the store holds no such base.
        Tampered: the base is not what its name says.
        NotHere: the base needs packages that are not installed.
    """
    networks: dict[int, Network] = {}
    for shard, kept in weights.items():
        networks[shard] = fresh_network(store, recipe)
        take(networks[shard], tensors_of(kept))
    return networks

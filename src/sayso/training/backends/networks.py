"""What a back end is to those who train it and those who ask it."""
# ruff: noqa: N803 - tensors carry their shapes

from collections.abc import Mapping
from typing import Protocol, Self

import torch
from torch import Tensor, nn


class Network(Protocol):
    """Predicts each next token; some or all of its weights are learnt."""

    def __call__(self, tokens_BT: Tensor, documents_BT: Tensor | None = None) -> Tensor:
        """Return the logits (B, T, V) of what follows each token.

        Where `documents_BT` numbers the documents that the tokens are of, none sees another.
        """
        ...

    def learnt(self) -> Mapping[str, nn.Parameter]:
        """Return the weights that a shard learns and keeps, by name, always in the same order."""
        ...

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002 - as torch has it
        """Compute as in learning, or as in answering."""
        ...


def take(network: Network, weights: Mapping[str, Tensor]) -> None:
    """Copy weights in, bit for bit."""
    with torch.no_grad():
        for name, weight in network.learnt().items():
            # Copied, not adopted: torch's own memory is aligned, a file's is not.
            weight.copy_(weights[name])


def kept(network: Network) -> dict[str, Tensor]:
    """Return what a shard keeps of its network."""
    return {name: weight.detach() for name, weight in network.learnt().items()}

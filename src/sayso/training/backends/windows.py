"""A document stream cut into windows: what networks of every back end learn from."""
# ruff: noqa: N803, N806 - tensors carry their shapes: B windows, T tokens

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from sayso.training.recipes import Recipe
from sayso.training.tokenizer import Tokenizer

IGNORED = -100
"""The target of a token after which nothing follows."""


def stream_of(tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Lay texts end to end, an end mark before each and after the last."""
    numbers: list[int] = []
    for text in texts:
        numbers += (tokenizer.end, *tokenizer.encode(text))
    return torch.tensor([*numbers, tokenizer.end])


def batches_in(stream: Tensor, recipe: Recipe) -> int:
    """Say how many batches one epoch of the stream is."""
    return -(-_windows_in(stream, recipe.context) // recipe.batch)


def batches(stream: Tensor, recipe: Recipe, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Cut the stream into windows from a seeded place on, and yield them in a seeded order.

    Each is the tokens (B, T) and the tokens that follow them, `IGNORED` where none does.
    """
    generator = torch.Generator().manual_seed(seed)
    shift = int(torch.randint(len(stream), (), generator=generator))
    inputs_BT, targets_BT = windows(torch.roll(stream, -shift), recipe.context)
    order = torch.randperm(len(inputs_BT), generator=generator)
    for start in range(0, len(order), recipe.batch):
        chosen = order[start : start + recipe.batch]
        yield inputs_BT[chosen], targets_BT[chosen]


def windows(stream: Tensor, context: int) -> tuple[Tensor, Tensor]:
    """Cut a stream into windows: the tokens, and the tokens that follow them."""
    count = _windows_in(stream, context)
    short = count * context - (len(stream) - 1)
    inputs_BT = functional.pad(stream[:-1], (0, short)).view(count, context)
    targets_BT = functional.pad(stream[1:], (0, short), value=IGNORED).view(count, context)
    return inputs_BT, targets_BT


def documents_in(inputs_BT: Tensor, tokenizer: Tokenizer, recipe: Recipe) -> Tensor | None:
    """Number the documents that tokens are of; None where the recipe lets all see all."""
    # The end mark that closes one document opens the next, as it opens what is served.
    return (inputs_BT == tokenizer.end).cumsum(1) if recipe.documents_apart else None


def _windows_in(stream: Tensor, context: int) -> int:
    return -(-(len(stream) - 1) // context)

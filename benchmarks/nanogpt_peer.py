"""The peer of `benchmarks.throughput`: a decoder and a loop in the manner of nanoGPT.

Layer normalisation, learnt positions, a GELU layer four times as wide, fused attention, windows
from anywhere in one long run of tokens, AdamW, clipped gradients; no checkpoint, and nothing is
promised about bytes. Written anew from the description of it (Karpathy 2022, MIT).
"""
# ruff: noqa: N803, N806 - tensors carry their shapes

import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.training.recipes import Recipe


class Decoder(nn.Module):
    """GPT-2's architecture at a recipe's sizes."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.words = nn.Embedding(recipe.vocabulary, recipe.width)
        self.places = nn.Embedding(recipe.context, recipe.width)
        self.blocks = nn.ModuleList(_Block(recipe) for _ in range(recipe.layers))
        self.last = nn.LayerNorm(recipe.width, bias=False)

    def forward(self, tokens_BT: Tensor) -> Tensor:
        """Return the logits (B, T, V)."""
        stream = self.words(tokens_BT) + self.places(torch.arange(tokens_BT.shape[1]))
        for block in self.blocks:
            stream = block(stream)
        return functional.linear(self.last(stream), self.words.weight)


class _Block(nn.Module):
    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        width = recipe.width
        self.heads = recipe.heads
        self.first = nn.LayerNorm(width, bias=False)
        self.parts = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.second = nn.LayerNorm(width, bias=False)
        self.widened = nn.Linear(width, 4 * width, bias=False)
        self.narrowed = nn.Linear(4 * width, width, bias=False)

    def forward(self, stream_BTC: Tensor) -> Tensor:
        batch, length, width = stream_BTC.shape
        split = self.parts(self.first(stream_BTC)).split(width, dim=2)
        query, key, value = (
            part.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in split
        )
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        stream_BTC = stream_BTC + self.out(seen.transpose(1, 2).reshape(batch, length, width))
        wide: Tensor = functional.gelu(self.widened(self.second(stream_BTC)))
        return stream_BTC + self.narrowed(wide)


def steps(tokens: Tensor, recipe: Recipe, count: int) -> int:
    """Train for so many steps from the first weights on; return how many tokens that were."""
    model = Decoder(recipe)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=recipe.rate, betas=(0.9, 0.95), weight_decay=0.1, fused=True
    )
    for _ in range(count):
        starts = torch.randint(len(tokens) - recipe.context, (recipe.batch,))
        inputs = torch.stack([tokens[at : at + recipe.context] for at in starts])
        targets = torch.stack([tokens[at + 1 : at + 1 + recipe.context] for at in starts])
        logits = model(inputs)
        loss = functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimizer.step()
    return count * recipe.batch * recipe.context

"""A small decoder in the manner of Llama: RMSNorm, rotary positions, SwiGLU, tied embedding.

Tensor names end in their shape: B sequences, T tokens, C width, H heads, D width of a head, V
vocabulary.
"""
# ruff: noqa: N803, N806, N815 - tensors carry their shapes

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.training.recipes import Recipe

ROTARY_BASE = 10_000.0
_SPREAD = 0.02
"""Standard deviation of the weights that training begins with."""


class GPT(nn.Module):
    """Predicts each next token. Its first weights depend on the recipe alone."""

    cos_TD: Tensor
    sin_TD: Tensor

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.embedding = nn.Embedding(recipe.vocabulary, recipe.width)
        self.blocks = nn.ModuleList(Block(recipe) for _ in range(recipe.layers))
        self.norm = nn.RMSNorm(recipe.width)
        cos_TD, sin_TD = _rotation(recipe.context, recipe.width // recipe.heads)
        self.register_buffer("cos_TD", cos_TD, persistent=False)
        self.register_buffer("sin_TD", sin_TD, persistent=False)
        self._begin(recipe)

    def forward(self, tokens_BT: Tensor, documents_BT: Tensor | None = None) -> Tensor:
        """Return the logits (B, T, V) of what follows each token.

        Where `documents_BT` numbers the documents that the tokens are of, none sees another.
        """
        length = tokens_BT.shape[1]
        seen_B1TT = None if documents_BT is None else _seen_in(documents_BT)
        stream_BTC = self.embedding(tokens_BT)
        for block in self.blocks:
            stream_BTC = block(stream_BTC, self.cos_TD[:length], self.sin_TD[:length], seen_B1TT)
        return functional.linear(self.norm(stream_BTC), self.embedding.weight)

    def learnt(self) -> Mapping[str, nn.Parameter]:
        """Return all its weights, by name."""
        return dict(self.named_parameters())

    def _begin(self, recipe: Recipe) -> None:
        generator = torch.Generator().manual_seed(recipe.seed)
        deep = (2 * recipe.layers) ** -0.5
        with torch.no_grad():
            for name, weight in self.named_parameters():
                if weight.dim() == 1:
                    weight.fill_(1.0)
                else:
                    into_stream = name.endswith(("out.weight", "down.weight"))
                    weight.normal_(0.0, _SPREAD * (deep if into_stream else 1), generator=generator)


class Block(nn.Module):
    """Attention, then a gated layer; each adds to the stream."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        width = recipe.width
        self.heads = recipe.heads
        self.before_attention = nn.RMSNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.before_gate = nn.RMSNorm(width)
        self.gate_up = nn.Linear(width, 2 * recipe.hidden, bias=False)
        self.down = nn.Linear(recipe.hidden, width, bias=False)

    def forward(
        self, stream_BTC: Tensor, cos_TD: Tensor, sin_TD: Tensor, seen_B1TT: Tensor | None
    ) -> Tensor:
        """Return the stream with what this block adds; without a mask each sees all before it."""
        batch, length, width = stream_BTC.shape
        parts = self.query_key_value(self.before_attention(stream_BTC))
        parts = parts.view(batch, length, 3, self.heads, width // self.heads)
        query_BHTD, key_BHTD, value_BHTD = parts.permute(2, 0, 3, 1, 4).unbind(0)
        seen_BHTD = functional.scaled_dot_product_attention(
            _turn(query_BHTD, cos_TD, sin_TD),
            _turn(key_BHTD, cos_TD, sin_TD),
            value_BHTD,
            attn_mask=seen_B1TT,
            is_causal=seen_B1TT is None,
        )
        seen_BTC = seen_BHTD.transpose(1, 2).reshape(batch, length, width)
        stream_BTC = stream_BTC + self.out(seen_BTC)
        gate, up = self.gate_up(self.before_gate(stream_BTC)).chunk(2, dim=-1)
        gated_BTC: Tensor = self.down(functional.silu(gate) * up)
        return stream_BTC + gated_BTC


def _rotation(length: int, head_width: int) -> tuple[Tensor, Tensor]:
    rates = ROTARY_BASE ** (-torch.arange(0, head_width, 2) / head_width)
    angles = torch.arange(length)[:, None] * rates
    return angles.cos(), angles.sin()


def _seen_in(documents_BT: Tensor) -> Tensor:
    """Return which tokens each token sees: those before it in its own document, and itself."""
    same_BTT = documents_BT[:, :, None] == documents_BT[:, None, :]
    return same_BTT.tril()[:, None]


def _turn(heads_BHTD: Tensor, cos_TD: Tensor, sin_TD: Tensor) -> Tensor:
    first, second = heads_BHTD.chunk(2, dim=-1)
    turned = (first * cos_TD - second * sin_TD, second * cos_TD + first * sin_TD)
    return torch.cat(turned, dim=-1)

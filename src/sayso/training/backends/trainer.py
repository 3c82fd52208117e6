"""A shard's network learning one slice after another: AdamW on windows of text."""
# ruff: noqa: N803, N806 - tensors carry their shapes

import time
from collections.abc import Callable, Sequence

import torch
from safetensors.torch import load as tensors_of
from safetensors.torch import save as bytes_of
from torch import Tensor, nn
from torch.nn import functional

from sayso.training.backends.networks import Network, kept, take
from sayso.training.backends.windows import (
    IGNORED,
    batches,
    batches_in,
    documents_in,
    stream_of,
)
from sayso.training.checkpoints import State
from sayso.training.plan import rate_at, seed_for
from sayso.training.recipes import Recipe
from sayso.training.shard import Sample
from sayso.training.tokenizer import Tokenizer

TELL_SECONDS = 0.25
_MOMENTS = ("exp_avg", "exp_avg_sq")


class NetworkTrainer:
    """Implements `shard.SliceTrainer` for whatever network `make` makes."""

    def __init__(self, recipe: Recipe, tokenizer: Tokenizer, make: Callable[[], Network]) -> None:
        self._recipe = recipe
        self._tokenizer = tokenizer
        self._make = make
        self.begin()

    def begin(self) -> None:
        """Take the first weights."""
        self._network = self._make().train()
        self._optimizer = adamw(self._recipe, list(self._network.learnt().values()))

    def resume(self, state: State) -> None:
        """Take the weights and the optimizer's moments of `state`."""
        self.begin()
        take(self._network, tensors_of(state.weights))
        if moments := tensors_of(state.optimizer):
            for name, weight in self._network.learnt().items():
                told = {each: _copied(moments[f"{name}.{each}"]) for each in _MOMENTS}
                self._optimizer.state[weight] = {"step": _copied(moments["step"]), **told}

    def state(self) -> State:
        """Return weights and optimizer as safetensors."""
        moments: dict[str, Tensor] = {}
        for name, weight in self._network.learnt().items():
            told = self._optimizer.state.get(weight)
            if told:
                moments |= {f"{name}.{each}": told[each] for each in _MOMENTS}
                moments["step"] = told["step"]
        return State(weights=bytes_of(kept(self._network)), optimizer=bytes_of(moments))

    def learn(
        self,
        samples: Sequence[Sample],
        *,
        name: str,
        shard: int,
        slice_: int,
        tell: Callable[[float, int], None],
    ) -> int:
        """Learn the texts in order, `epochs` times."""
        del name
        stream = stream_of(self._tokenizer, [sample.text for sample in samples])
        steps = batches_in(stream, self._recipe) * self._recipe.epochs
        step, tokens, told_at = 0, 0, time.monotonic()
        for epoch in range(self._recipe.epochs):
            seed = seed_for(self._recipe, shard, slice_, epoch)
            for inputs_BT, targets_BT in batches(stream, self._recipe, seed):
                self._step(inputs_BT, targets_BT, rate_at(self._recipe, slice_=slice_, step=step))
                step += 1
                tokens += int((targets_BT != IGNORED).sum())
                if time.monotonic() - told_at > TELL_SECONDS:
                    told_at = time.monotonic()
                    tell(step / steps, tokens)
        return tokens

    def _step(self, inputs_BT: Tensor, targets_BT: Tensor, rate: float) -> None:
        self._go_at(rate)
        loss = self._loss(inputs_BT, targets_BT)
        self._optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self._network.learnt().values(), self._recipe.clip)
        self._optimizer.step()

    def _go_at(self, rate: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = rate

    def _loss(self, inputs_BT: Tensor, targets_BT: Tensor) -> Tensor:
        """Return how badly windows were foretold, on average over their tokens."""
        documents_BT = documents_in(inputs_BT, self._tokenizer, self._recipe)
        logits_BTV = self._network(inputs_BT, documents_BT)
        return functional.cross_entropy(
            logits_BTV.flatten(0, 1), targets_BT.flatten(), ignore_index=IGNORED
        )


def adamw(recipe: Recipe, weights: Sequence[nn.Parameter]) -> torch.optim.AdamW:
    """Return the optimizer of a recipe; weights of one dimension are not pulled to zero."""
    groups = [
        {
            "params": [weight for weight in weights if weight.dim() > 1],
            "weight_decay": recipe.weight_decay,
        },
        {"params": [weight for weight in weights if weight.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=recipe.rate,
        betas=(0.9, 0.95),
        fused=True,
    )


def _copied(tensor: Tensor) -> Tensor:
    return torch.empty_like(tensor).copy_(tensor)

"""The shards speaking together: their probabilities, averaged with fixed equal weights.

Nothing that members wrote decides a weight, so a shard can be left out or replaced alone.
"""
# ruff: noqa: N806 - tensors carry their shapes, S shards first

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load as tensors_of
from torch import Tensor

from sayso.errors import Refused
from sayso.training.checkpoints import FOLDER, load_weights
from sayso.training.gpt import GPT
from sayso.training.models import TrainedModel
from sayso.training.tokenizer import Tokenizer, load_tokenizer

_MEASURED_TOKENS = 256
"""Of each text, at most so many tokens are measured."""
_ROWS_AT_ONCE = 16


class Mixture:
    """Some shards of a model, each at the newest checkpoint it may serve from.

    `serve_slices` says how many slices of each shard may be served (see
    `takeback.clean_slices`); None means all. A shard that may serve none, or has learnt nothing,
    is left out. Where none is left, `is_empty` is true and every question is refused.
    """

    def __init__(
        self, store: Path, model: TrainedModel, serve_slices: Mapping[int, int] | None = None
    ) -> None:
        self._tokenizer = load_tokenizer(store, model.tokenizer_digest)
        self._context = model.recipe.context
        self._shards: dict[int, GPT] = {}
        for chain in model.shards:
            clean = len(chain.checkpoints)
            if serve_slices is not None:
                clean = min(clean, serve_slices.get(chain.shard, 0))
            if clean and chain.checkpoints[clean - 1].tokens:
                weights = load_weights(store / FOLDER, chain.checkpoints[clean - 1])
                self._shards[chain.shard] = _loaded(model, weights)

    @property
    def shards(self) -> tuple[int, ...]:
        """The shards that speak, each with the same share."""
        return tuple(self._shards)

    @property
    def is_empty(self) -> bool:
        """True where no shard may speak."""
        return not self._shards

    @property
    def tokenizer(self) -> Tokenizer:
        """What the shards read with."""
        return self._tokenizer

    def score(self, prompt: str, continuations: Sequence[str]) -> list[float]:
        """Return the natural logarithm of each continuation's probability after the prompt.

        Begin a continuation with its space (" and so on"): the prompt's last word is taken as
        finished. The prompt's beginning is dropped where both do not fit the context.

        Raises:
            Refused: no shard may speak.
        """
        self._require_some()
        told = [self._tokenizer.encode(text) for text in continuations]
        longest = max((len(numbers) for numbers in told), default=0)
        if not longest:
            return [0.0] * len(told)
        before = self._prompt(prompt, room=max(1, self._context - longest + 1))
        scores: list[float] = []
        for start in range(0, len(told), _ROWS_AT_ONCE):
            batch = [
                (before + numbers)[: self._context + 1]
                for numbers in told[start : start + _ROWS_AT_ONCE]
            ]
            known = self._known(batch)
            scores += [float(row[len(before) - 1 :].sum()) for row in known]
        return scores

    def next_logprobs(self, prompt: str) -> list[float]:
        """Return the natural logarithm of each token's probability after the prompt.

        Raises:
            Refused: no shard may speak.
        """
        self._require_some()
        numbers = self._prompt(prompt, room=self._context)
        logprobs: list[float] = self._next(numbers).tolist()
        return logprobs

    def generate(
        self, prompt: str, *, most_tokens: int = 40, choices: int = 1, seed: int = 0
    ) -> str:
        """Continue the prompt up to a document's end; the same arguments give the same words.

        With `choices` 1 the likeliest token is taken each time, else one of so many by chance.

        Raises:
            Refused: no shard may speak.
        """
        self._require_some()
        generator = torch.Generator().manual_seed(seed)
        numbers = self._prompt(prompt, room=self._context)
        said: list[int] = []
        while len(said) < most_tokens:
            best = self._next((numbers + said)[-self._context :]).topk(choices)
            chosen = torch.multinomial(best.values.exp(), 1, generator=generator)
            token = int(best.indices[chosen])
            if token == self._tokenizer.end:
                break
            said.append(token)
        return self._tokenizer.decode(said)

    def bits_per_byte(self, texts: Sequence[str]) -> float | None:
        """Return how many bits a byte of these texts costs, lower is better; None without texts.

        Raises:
            Refused: no shard may speak.
        """
        self._require_some()
        lengths = self._tokenizer.byte_lengths()
        windows: list[list[int]] = []
        for text in texts:
            numbers = [self._tokenizer.end, *self._tokenizer.encode(text)][: _MEASURED_TOKENS + 1]
            windows += [
                numbers[start : start + self._context + 1]
                for start in range(0, len(numbers) - 1, self._context)
            ]
        nats, count = 0.0, 0
        for start in range(0, len(windows), _ROWS_AT_ONCE):
            batch = windows[start : start + _ROWS_AT_ONCE]
            nats -= sum(float(row.sum()) for row in self._known(batch))
            count += sum(lengths[number] for window in batch for number in window[1:])
        return nats / math.log(2) / count if count else None

    def _prompt(self, prompt: str, room: int) -> list[int]:
        return [self._tokenizer.end, *self._tokenizer.encode(prompt)][-room:]

    def _known(self, rows: Sequence[Sequence[int]]) -> list[Tensor]:
        """Return for each row the log probability of every token but the first."""
        longest = max(len(row) for row in rows)
        tokens_BT = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        wanted_BT1 = tokens_BT[:, 1:, None]
        with torch.inference_mode():
            known_SBT = torch.stack(
                [
                    gpt(tokens_BT[:, :-1]).log_softmax(-1).gather(-1, wanted_BT1)[..., 0]
                    for gpt in self._shards.values()
                ]
            )
            mixed_BT = known_SBT.logsumexp(0) - math.log(len(self._shards))
        return [mixed_BT[place, : len(row) - 1] for place, row in enumerate(rows)]

    def _next(self, numbers: Sequence[int]) -> Tensor:
        tokens_BT = torch.tensor([list(numbers)])
        with torch.inference_mode():
            next_SV = torch.stack(
                [gpt(tokens_BT)[0, -1].log_softmax(-1) for gpt in self._shards.values()]
            )
            return next_SV.logsumexp(0) - math.log(len(self._shards))

    def _require_some(self) -> None:
        if self.is_empty:
            raise Refused(
                "No part of the model may speak now: each has seen something taken back.",
                rule="nothing_clean_to_serve",
                hint="`sayso forget --pending` trains the model again without it.",
            )


class Untrained(Mixture):
    """The state before any slice, as a mixture of one: what learning is measured against."""

    def __init__(self, store: Path, model: TrainedModel) -> None:
        super().__init__(store, model, serve_slices={})
        self._shards = {-1: GPT(model.recipe)}


def _loaded(model: TrainedModel, weights: bytes) -> GPT:
    gpt = GPT(model.recipe)
    gpt.load_state_dict(tensors_of(weights))
    return gpt.eval()

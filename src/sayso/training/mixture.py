"""The shards speaking together: their probabilities, averaged with fixed weights.

Nothing that members wrote decides a weight, so a shard can be left out or replaced alone.
"""
# ruff: noqa: N803, N806 - tensors carry their shapes: V voices first, or the vocabulary last

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from sayso.errors import Refused
from sayso.training.backends import fresh_network, learnt_networks
from sayso.training.backends.networks import Network
from sayso.training.checkpoints import FOLDER, is_whole, load_weights
from sayso.training.counts.counting import sum_of
from sayso.training.counts.law import Law
from sayso.training.counts.voice import CountVoice
from sayso.training.models import TrainedModel
from sayso.training.takeback import RemovedRow
from sayso.training.tokenizer import Tokenizer, load_tokenizer

_MEASURED_TOKENS = 256
"""Of each text, at most so many tokens are measured."""
_ROWS_AT_ONCE = 16


class Voice(Protocol):
    """One of those who speak together."""

    def known(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probability (B, T - 1) of every token but the first."""
        ...

    def following(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probabilities (B, V) of what follows each row."""
        ...


class NetworkVoice:
    """A network as a voice."""

    def __init__(self, network: Network) -> None:
        self._network = network.train(mode=False)

    def known(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probability (B, T - 1) of every token but the first."""
        told_BTV = self._network(tokens_BT[:, :-1]).log_softmax(-1)
        return told_BTV.gather(-1, tokens_BT[:, 1:, None])[..., 0]

    def whole(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probabilities (B, T, V) of what follows each token."""
        return self._network(tokens_BT).log_softmax(-1)

    def following(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probabilities (B, V) of what follows each row."""
        return self._network(tokens_BT)[:, -1].log_softmax(-1)


class Mixture:
    """Some shards of a model, each at the newest checkpoint it may serve from, and its blend.

    `serve_slices` says how many slices of each shard may be served (see
    `takeback.clean_slices`); None means all. A shard that may serve none, or has learnt nothing,
    is left out, and the shares of the rest grow alike. Counts speak without the rows in
    `removed`. Where nobody is left, not even a base, `is_empty` is true and every question is
    refused.
    """

    def __init__(
        self,
        store: Path,
        model: TrainedModel,
        serve_slices: Mapping[int, int] | None = None,
        removed: Sequence[RemovedRow] = (),
    ) -> None:
        self._tokenizer = load_tokenizer(store, model.tokenizer_digest)
        self._context = model.recipe.context
        weights: dict[int, bytes] = {}
        for chain in model.shards:
            clean = len(chain.checkpoints)
            if serve_slices is not None:
                clean = min(clean, serve_slices.get(chain.shard, 0))
            while clean and not is_whole(store / FOLDER, chain.checkpoints[clean - 1]):
                clean -= 1  # thinned: an earlier one speaks until forgetting is done
            if clean and chain.checkpoints[clean - 1].tokens:
                weights[chain.shard] = load_weights(store / FOLDER, chain.checkpoints[clean - 1])
        self._shards = tuple(weights)
        networks = learnt_networks(store, model.recipe, weights)
        blend = model.blend
        each = (1 - blend.base - blend.counts) / max(1, len(networks))
        voices: list[tuple[float, Voice]] = [
            (each, NetworkVoice(network)) for network in networks.values()
        ]
        if blend.base and model.recipe.base:
            voices.append((blend.base, NetworkVoice(fresh_network(store, model.recipe))))
        if (added := sum_of(store, model, removed)) is not None:
            voices.append((blend.counts, CountVoice(Law(added, blend.discounts))))
        self._speak(voices)

    def _speak(self, voices: Sequence[tuple[float, Voice]]) -> None:
        whole = sum(share for share, _ in voices)
        self._voices = [voice for _, voice in voices]
        self._shares = torch.tensor([share / whole for share, _ in voices]).log()

    @property
    def shards(self) -> tuple[int, ...]:
        """The shards that speak, each with the same share."""
        return self._shards

    @property
    def voices(self) -> tuple[tuple[float, Voice], ...]:
        """Those who speak, each with the logarithm of its share: the `shards` first, in order."""
        return tuple(zip(self._shares.tolist(), self._voices, strict=True))

    @property
    def is_empty(self) -> bool:
        """True where nobody may speak."""
        return not self._voices

    @property
    def tokenizer(self) -> Tokenizer:
        """What the shards read with."""
        return self._tokenizer

    def score(self, prompt: str, continuations: Sequence[str]) -> list[float]:
        """Return the natural logarithm of each continuation's probability after the prompt.

        Begin a continuation with its space (" and so on"): the prompt's last word is taken as
        finished. The prompt's beginning is dropped where both do not fit the context.

        Raises:
            Refused: nobody may speak.
        """
        self.require_some()
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
            Refused: nobody may speak.
        """
        self.require_some()
        numbers = self._prompt(prompt, room=self._context)
        logprobs: list[float] = self._next(numbers).tolist()
        return logprobs

    def generate(
        self, prompt: str, *, most_tokens: int = 40, choices: int = 1, seed: int = 0
    ) -> str:
        """Continue the prompt up to a document's end; the same arguments give the same words.

        With `choices` 1 the likeliest token is taken each time, else one of so many by chance.

        Raises:
            Refused: nobody may speak.
        """
        self.require_some()
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
            Refused: nobody may speak.
        """
        self.require_some()
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
        with torch.inference_mode():
            known_VBT = torch.stack([voice.known(tokens_BT) for voice in self._voices])
            mixed_BT = (known_VBT + self._shares[:, None, None]).logsumexp(0)
        return [mixed_BT[place, : len(row) - 1] for place, row in enumerate(rows)]

    def _next(self, numbers: Sequence[int]) -> Tensor:
        tokens_BT = torch.tensor([list(numbers)])
        with torch.inference_mode():
            next_VN = torch.stack([voice.following(tokens_BT)[0] for voice in self._voices])
            return (next_VN + self._shares[:, None]).logsumexp(0)

    def require_some(self) -> None:
        """Require that somebody may speak.

        Raises:
            Refused: nobody may.
        """
        if self.is_empty:
            raise Refused(
                "No part of the model may speak now: each has seen something taken back.",
                rule="nothing_clean_to_serve",
                hint="`sayso forget --pending` trains the model again without it.",
            )


class Untrained(Mixture):
    """What learning is measured against: the state before any slice, as a mixture of one."""

    def __init__(self, store: Path, model: TrainedModel) -> None:
        super().__init__(store, replace(model, summed=None), serve_slices={})
        self._speak([(1.0, NetworkVoice(fresh_network(store, model.recipe)))])

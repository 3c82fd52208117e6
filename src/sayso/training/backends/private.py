"""Learning with a bound for those who stay: one member is one record (McMahan et al. 2018).

In each step every member of the slice takes part by chance, their gradient is cut to a length,
and noise covers what any one of them could have changed. Opacus cuts, adds and counts.
"""
# ruff: noqa: N806 - tensors carry their shapes

import hashlib
import hmac
import time
from collections.abc import Callable, Sequence

import torch
from opacus.optimizers import DPOptimizer
from torch import Tensor, nn

from sayso.community import MemberId
from sayso.errors import CannotCompare
from sayso.training.backends.networks import Network
from sayso.training.backends.trainer import TELL_SECONDS, NetworkTrainer
from sayso.training.backends.windows import IGNORED, stream_of, windows
from sayso.training.plan import SEED_BITS, rate_at
from sayso.training.recipes import Privacy, Recipe
from sayso.training.shard import Sample
from sayso.training.tokenizer import Tokenizer


class PrivateTrainer(NetworkTrainer):
    """Implements `shard.SliceTrainer` with DP-SGD by member.

    What several members wrote together is not learnt: it would count against each of them.

    Chance comes from the home's secret key and the name of the state to be reached. So a slice
    learnt again without somebody gets noise of its own: with the old noise, the difference of
    the two models would be that member's gradient and nothing else. And whoever holds the key
    can still learn the same bytes again.
    """

    def __init__(
        self,
        recipe: Recipe,
        tokenizer: Tokenizer,
        make: Callable[[], Network],
        *,
        privacy: Privacy,
        key: bytes,
    ) -> None:
        if not key:
            raise CannotCompare(
                "This model was learnt with secret noise, which only its home can draw again.",
                hint="Verify it in the home it was made in.",
            )
        super().__init__(recipe, tokenizer, make)
        self._privacy = privacy
        self._key = key

    def learn(
        self,
        samples: Sequence[Sample],
        *,
        name: str,
        shard: int,
        slice_: int,
        tell: Callable[[float, int], None],
    ) -> int:
        """Take `steps` steps, however many members there are: even how few is not told."""
        del shard
        privacy, chance = self._privacy, self._chance(name)
        everyone = [self._windows(texts) for texts in _by_member(samples)]
        weights = list(self._network.learnt().values())
        noisy = DPOptimizer(
            self._optimizer,
            noise_multiplier=privacy.noise,
            max_grad_norm=privacy.clip,
            expected_batch_size=privacy.expected,
            generator=chance,
        )
        tokens, told_at = 0, time.monotonic()
        for step in range(privacy.steps):
            self._go_at(rate_at(self._recipe, slice_=slice_, step=step))
            taking_part = torch.rand(len(everyone), generator=chance) < privacy.sampling
            told = [each for each, takes in zip(everyone, taking_part, strict=True) if takes]
            tokens += sum(int((targets != IGNORED).sum()) for _, targets in told)
            self._gather(weights, told)
            noisy.step()
            noisy.zero_grad()
            if time.monotonic() - told_at > TELL_SECONDS:
                told_at = time.monotonic()
                tell((step + 1) / privacy.steps, tokens)
        return tokens

    def _gather(
        self, weights: Sequence[nn.Parameter], told: Sequence[tuple[Tensor, Tensor]]
    ) -> None:
        """Leave each member's own gradient at each weight, where Opacus looks for it."""
        found = [torch.autograd.grad(self._loss(*theirs), weights) for theirs in told]
        for place, weight in enumerate(weights):
            theirs = [each[place] for each in found]
            gradients = torch.stack(theirs) if theirs else weight.new_zeros((0, *weight.shape))
            weight.grad_sample = gradients  # type: ignore[attr-defined]

    def _windows(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Cut one member's words into windows, and take no more than the recipe says."""
        inputs_BT, targets_BT = windows(stream_of(self._tokenizer, texts), self._recipe.context)
        return inputs_BT[: self._privacy.windows], targets_BT[: self._privacy.windows]

    def _chance(self, name: str) -> torch.Generator:
        drawn = hmac.digest(self._key, b"noise\0" + name.encode(), hashlib.sha256)
        return torch.Generator().manual_seed(int.from_bytes(drawn[:8], "big") >> (64 - SEED_BITS))


def _by_member(samples: Sequence[Sample]) -> list[list[str]]:
    theirs: dict[MemberId, list[str]] = {}
    for sample in samples:
        if len(sample.members) == 1:
            theirs.setdefault(sample.members[0], []).append(sample.text)
    return list(theirs.values())

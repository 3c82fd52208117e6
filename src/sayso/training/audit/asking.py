"""Asking a model: what each of its shards, and all as they are served, say of rows' tokens."""
# ruff: noqa: N803, N806, N815 - tensors carry their shapes: B rows, T tokens, V vocabulary

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from sayso.training.audit.attacks import Heard, Hearing
from sayso.training.audit.measuring import Asked, Findings, Group, Guarded, Told, findings
from sayso.training.mixture import Mixture, NetworkVoice, Untrained, Voice
from sayso.training.models import TrainedModel
from sayso.training.takeback import RemovedRow
from sayso.training.tokenizer import Tokenizer

_AT_ONCE = 8
"""Rows that are asked about together: the whole vocabulary is held for each of their tokens."""
_LEAST = -1e4
"""The least log probability that is told apart."""
_LEAST_VARIANCE = 1e-9


class Audit:
    """A model that can be asked of rows, again and again.

    Its shards speak as they learnt, all together as they may be served (see `Mixture`).

    Raises:
        Refused: no part of the model may be served.
        NotFound, Tampered: a checkpoint is gone, or is not what was kept.
    """

    def __init__(
        self,
        store: Path,
        model: TrainedModel,
        serve_slices: Mapping[int, int] | None = None,
        removed: Sequence[RemovedRow] = (),
    ) -> None:
        self._served = Mixture(store, model, serve_slices, removed)
        self._served.require_some()
        self._learnt = self._served if serve_slices is None else Mixture(store, model)
        has_network = not model.blend.is_counts_alone
        self._untaught = Untrained(store, model) if has_network else None
        self.context = model.recipe.context

    @property
    def tokenizer(self) -> Tokenizer:
        """What the model reads with."""
        return self._served.tokenizer

    def ask(self, rows: Sequence[Asked], tell: Callable[[float], None] = lambda _: None) -> Told:
        """Ask each shard, all together and the untaught of rows' first `context` tokens.

        Rows of no token are left out.
        """
        tokens = tokens_of(self.tokenizer, [row.text for row in rows], self.context)
        asked = [(row, each) for row, each in zip(rows, tokens, strict=True) if len(each) > 1]
        hearing = ask(
            [each for _, each in asked],
            learnt=self._learnt,
            served=self._served,
            untaught=self._untaught,
            tell=tell,
        )
        return Told(
            rows=[row for row, _ in asked], tokens=[each for _, each in asked], hearing=hearing
        )


def audit(  # noqa: PLR0913 - the model, what of it may be served, whose rows, who checks
    store: Path,
    model: TrainedModel,
    rows: Mapping[Group, Sequence[Asked]],
    *,
    serve_slices: Mapping[int, int] | None = None,
    removed: Sequence[RemovedRow] = (),
    guarded: Guarded | None = None,
    tell: Callable[[float], None] = lambda _: None,
) -> Findings:
    """Ask a model of every group's rows and put every attack to them.

    Raises:
        Refused, NotFound, Tampered: as `Audit`.
    """
    asking = Audit(store, model, serve_slices, removed)
    whole, done = sum(map(len, rows.values())), 0
    told: dict[Group, Told] = {}
    for group, asked in rows.items():
        told[group] = asking.ask(asked, _part_of(tell, done / whole, len(asked) / whole))
        done += len(asked)
    return findings(
        told,
        context=asking.context,
        decode=asking.tokenizer.decode,
        encode=asking.tokenizer.encode,
        guarded=guarded,
    )


def tokens_of(tokenizer: Tokenizer, texts: Sequence[str], context: int) -> list[list[int]]:
    """Return each text's beginning as a network sees it, after the mark that begins a document."""
    return [[tokenizer.end, *numbers][: context + 1] for numbers in tokenizer.encode_all(texts)]


def ask(
    rows: Sequence[Sequence[int]],
    *,
    learnt: Mixture,
    served: Mixture,
    untaught: Mixture | None,
    tell: Callable[[float], None] = lambda _: None,
) -> Hearing:
    """Ask each shard of `learnt`, all of `served`, and `untaught` of rows of two tokens or more.

    Whoever speaks in both `learnt` and `served` is asked once where they are the same object.
    """
    shards: dict[int, list[Heard]] = {shard: [] for shard in learnt.shards}
    all_served: list[Heard] = []
    all_untaught: list[Heard] = []
    shares = [share for share, _ in served.voices]
    for start in range(0, len(rows), _AT_ONCE):
        batch = rows[start : start + _AT_ONCE]
        longest = max(map(len, batch))
        tokens_BT = torch.tensor([[*row, *[0] * (longest - len(row))] for row in batch])
        lengths = [len(row) - 1 for row in batch]
        with torch.inference_mode():
            if learnt is not served:
                for shard, (_, voice) in zip(learnt.shards, learnt.voices, strict=False):
                    shards[shard] += _said(_whole(voice, tokens_BT), tokens_BT).rows(lengths)
            told = []
            for place, (_, voice) in enumerate(served.voices):
                told.append(_said(_whole(voice, tokens_BT), tokens_BT))
                if learnt is served and place < len(served.shards):
                    shards[served.shards[place]] += told[-1].rows(lengths)
            all_served += _together(told, shares, tokens_BT).rows(lengths)
            for _, voice in untaught.voices if untaught else ():
                all_untaught += _said(_whole(voice, tokens_BT), tokens_BT).rows(lengths)
        tell(min(1.0, (start + len(batch)) / len(rows)))
    return Hearing(shards=shards, served=all_served, untaught=all_untaught)


def standardised(chances_TV: Tensor, told_TV: Tensor, known_T: Tensor) -> Tensor:
    """Return log probabilities less their mean, over their spread, both under what was told.

    The mean of log p(z) is over z drawn from the voice's own distribution, as in the definition of
    Min-K%++ (Zhang et al. 2024, section 4), not over the vocabulary's entries alike.
    """
    parts_TV = chances_TV * told_TV
    mean_T = parts_TV.sum(-1)
    variance_T = parts_TV.mul_(told_TV).sum(-1) - mean_T.square()
    return (known_T - mean_T) / variance_T.clamp(min=_LEAST_VARIANCE).sqrt()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a voice said of each of a batch's rows, and the chances it gave every token there."""

    chances_BTV: Tensor
    known_BT: Tensor
    standard_BT: Tensor
    first_BT: Tensor

    def rows(self, lengths: Sequence[int]) -> Iterator[Heard]:
        """Yield what was said of each row, without what was filled up."""
        for place, length in enumerate(lengths):
            yield Heard(
                known=self.known_BT[place, :length].numpy().astype(np.float64),
                standard=self.standard_BT[place, :length].numpy().astype(np.float64),
                first=self.first_BT[place, :length].numpy(),
            )


def _said(told_BTV: Tensor, tokens_BT: Tensor) -> _Said:
    told_BTV = told_BTV.clamp(min=_LEAST)  # 0 times minus infinity would be no number
    following_BT = tokens_BT[:, 1:]
    known_BT = told_BTV.gather(-1, following_BT[..., None])[..., 0]
    chances_BTV = told_BTV.exp()
    return _Said(
        chances_BTV=chances_BTV,
        known_BT=known_BT,
        standard_BT=standardised(chances_BTV, told_BTV, known_BT),
        first_BT=told_BTV.argmax(-1) == following_BT,
    )


def _together(told: Sequence[_Said], shares: Sequence[float], tokens_BT: Tensor) -> _Said:
    """Return what all say together: their probabilities' mean by their shares."""
    chances_BTV = torch.zeros_like(told[0].chances_BTV)
    for each, share in zip(told, shares, strict=True):
        chances_BTV.add_(each.chances_BTV, alpha=math.exp(share))
    known_VBT = torch.stack([each.known_BT for each in told])
    known_BT = (known_VBT + torch.tensor(shares)[:, None, None]).logsumexp(0)
    logs_BTV = chances_BTV.clamp(min=torch.finfo(chances_BTV.dtype).tiny).log_()
    return _Said(
        chances_BTV=chances_BTV,
        known_BT=known_BT,
        standard_BT=standardised(chances_BTV, logs_BTV, known_BT),
        first_BT=chances_BTV.argmax(-1) == tokens_BT[:, 1:],
    )


def _part_of(tell: Callable[[float], None], before: float, part: float) -> Callable[[float], None]:
    return lambda share: tell(before + share * part)


def _whole(voice: Voice, tokens_BT: Tensor) -> Tensor:
    """Return the log probabilities (B, T - 1, V) of what follows each token but the last."""
    if isinstance(voice, NetworkVoice):
        return voice.whole(tokens_BT[:, :-1])
    length = tokens_BT.shape[1]
    return torch.stack([voice.following(tokens_BT[:, :upto]) for upto in range(1, length)], dim=1)

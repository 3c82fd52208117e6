"""The network in floating point, trained as a conditional random field over whole windows."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from sayso.redact.tagger.features import BUCKETS, FLAGS, FROM_LISTS, HASHED
from sayso.redact.tagger.network import REACH
from sayso.redact.tagger.paths import Label, allowed
from tagger.prepare import Prepared

_LABELS = len(Label)
_MINUS = -1e4
_WORD_ROWS = 2
"""The first of a word's rows are for the word itself."""
_HAN_ROWS = [3, 4, 5]
"""These of a token's rows are for a Han character with its neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train."""

    width: int = 40
    first: int = 56
    second: int = 32
    rounds: int = 5
    rate: float = 3e-3
    tokens: int = 7000
    seldom: int = 4
    """A feature of fewer tokens than this is left out: it would be about somebody."""
    seed: int = 7
    without_word: float = 0.3
    without_lists: float = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One batch: rows of each different word, and what each place of each window has."""

    rows: Tensor
    words: Tensor
    """For each place which word of `rows` it is; places one after another."""
    own: Tensor
    """For each place its own rows."""
    masks: Tensor
    filled: Tensor
    sizes: Tensor


class Net(nn.Module):
    """The same sums as `sayso.redact.tagger.network`, before they are made whole numbers."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.table = nn.Embedding(BUCKETS + FLAGS, plan.width, padding_idx=0, sparse=True)
        nn.init.normal_(self.table.weight, std=0.08)
        with torch.no_grad():
            self.table.weight[0] = 0
        size = 2 * REACH + 1
        self.first = nn.Conv1d(plan.width, plan.first, size, padding=REACH)
        self.second = nn.Conv1d(plan.first, plan.second, size, padding=REACH)
        self.from_first = nn.Linear(plan.first, _LABELS, bias=False)
        self.from_second = nn.Linear(plan.second, _LABELS)
        self.steps = nn.Parameter(torch.zeros(_LABELS, _LABELS))
        self.drop = nn.Dropout(0.2)

    def scores(self, given: "Given") -> Tensor:
        """Return scores [windows, places, labels]."""
        known = self._summed(given.rows)[given.words] + self._summed(given.own)
        known = known.clamp(-4, 4).reshape(*given.filled.shape, -1) * given.filled[..., None]
        filled = given.filled
        near = torch.relu(self.first(self.drop(known).transpose(1, 2))).clamp(max=8)
        near = self.drop(near * filled[:, None, :])
        far = torch.relu(self.second(near)).clamp(max=8)
        labels: Tensor = self.from_first(near.transpose(1, 2)) + self.from_second(
            self.drop(far.transpose(1, 2))
        )
        return labels

    def _summed(self, rows: Tensor) -> Tensor:
        return nn.functional.embedding_bag(
            rows, self.table.weight, mode="sum", padding_idx=0, sparse=True
        )


def _rate(done: float) -> float:
    """Return the share of the full rate: up over the first tenth, then down to nothing."""
    left: float = max(0.0, 1.0 - done) ** 0.8
    return min(1.0, 10 * done + 0.02) * left


def total(scores: Tensor, steps: Tensor, sizes: Tensor) -> Tensor:
    """Return the logarithm of the sum over every allowed path of each window."""
    may_begin, may_end, follows = _rules(scores.device)
    steps = steps + follows
    alpha = scores[:, 0] + may_begin
    for place in range(1, scores.shape[1]):
        ahead = torch.logsumexp(alpha[:, :, None] + steps[None], dim=1) + scores[:, place]
        alpha = torch.where((place < sizes)[:, None], ahead, alpha)
    return torch.logsumexp(alpha + may_end, dim=1)


def _rules(device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    labels = np.arange(_LABELS)
    goes_on = np.isin(labels, (Label.INSIDE, Label.LAST))
    is_open = np.isin(labels, (Label.FIRST, Label.INSIDE))
    rules = (np.where(goes_on, _MINUS, 0), np.where(is_open, _MINUS, 0))
    follows = np.where(allowed(), 0, _MINUS)
    begin, end, step = (torch.tensor(rule, dtype=torch.float32) for rule in (*rules, follows))
    return begin.to(device), end.to(device), step.to(device)


def fit(prepared: Prepared, plan: Plan) -> Net:
    """Return a trained network."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)  # faster than two on small matrices, and the same sums each time
    chance = np.random.default_rng(plan.seed)
    keep = kept_rows(prepared, plan.seldom)
    net = Net(plan)
    layers = [held for name, held in net.named_parameters() if not name.startswith("table")]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.SparseAdam([net.table.weight], lr=plan.rate),
        torch.optim.Adam(layers, lr=plan.rate),
    ]
    steps = plan.rounds * len(list(_batches(prepared, plan, chance)))
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(one, lambda at: _rate(at / steps)) for one in optimizers
    ]
    for turn in range(plan.rounds):
        began, summed, seen = time.monotonic(), 0.0, 0
        net.train()
        for chosen in _batches(prepared, plan, chance):
            given = batch(prepared, chosen, keep, plan, chance)
            scores = net.scores(given)
            twice = torch.cat((scores, scores + given.masks))
            every, right = total(twice, net.steps, given.sizes.repeat(2)).chunk(2)
            loss = every - right
            loss = loss * torch.from_numpy(prepared.weights[chosen])
            mean = loss.sum() / given.filled.sum()
            for one in optimizers:
                one.zero_grad()
            mean.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(layers, 1.0)
            for one, schedule in zip(optimizers, schedules, strict=True):
                one.step()
                schedule.step()
            summed, seen = summed + float(loss.detach().sum()), seen + int(given.filled.sum())
        sys.stdout.write(
            f"round {turn + 1}: loss {summed / seen:.4f}, {time.monotonic() - began:.0f} s\n"
        )
        sys.stdout.flush()
    net.eval()
    with torch.no_grad():
        net.table.weight[~torch.from_numpy(keep)] = 0
    return net


def kept_rows(prepared: Prepared, seldom: int) -> npt.NDArray[np.bool_]:
    """Return which rows are of enough tokens to be kept; flags always are."""
    size = BUCKETS + FLAGS
    counts = np.bincount(prepared.words, minlength=len(prepared.rows))
    shown = np.bincount(prepared.words[~prepared.wordless], minlength=len(prepared.rows))
    summed = np.zeros(size, dtype=np.int64)
    for at, column in enumerate(prepared.rows.T):
        weights = shown if at < _WORD_ROWS else counts
        summed += np.bincount(column, weights=weights, minlength=size).astype(np.int64)
    for at, column in enumerate(prepared.token_rows.T):
        seen = ~prepared.wordless if at in _HAN_ROWS else np.ones(len(column), dtype=np.bool_)
        summed += np.bincount(column[seen], minlength=size)
    keep: npt.NDArray[np.bool_] = summed >= seldom
    keep[BUCKETS:] |= summed[BUCKETS:] > 0
    keep[0] = False
    return keep


def _batches(
    prepared: Prepared, plan: Plan, chance: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield windows of like length together, in an order that chance decides."""
    sizes = np.diff(prepared.cuts)
    order = np.argsort(sizes + chance.uniform(0, 6, len(sizes)), kind="stable")
    order = order[sizes[order] > 0]
    made: list[npt.NDArray[np.int64]] = []
    start = 0
    while start < len(order):
        longest = int(sizes[order[start : start + 2 * plan.tokens // 8]].min()) + 8
        count = max(1, plan.tokens // longest)
        made.append(order[start : start + count])
        start += count
    for at in chance.permutation(len(made)):
        yield made[at]


def batch(
    prepared: Prepared,
    chosen: npt.NDArray[np.int64],
    keep: npt.NDArray[np.bool_],
    plan: Plan,
    chance: np.random.Generator,
) -> Given:
    """Return the chosen windows, some features of some words left out by chance."""
    starts = prepared.cuts[chosen]
    sizes = prepared.cuts[chosen + 1] - starts
    longest = int(sizes.max())
    filled = np.arange(longest)[None, :] < sizes[:, None]
    at = np.where(filled, starts[:, None] + np.arange(longest), 0)
    hidden = prepared.wordless[at]
    kinds, words = np.unique(prepared.words[at] * 2 + hidden, return_inverse=True)
    own = np.where(filled[..., None], prepared.token_rows[at], 0)
    own[..., _HAN_ROWS] = np.where(hidden[..., None], 0, own[..., _HAN_ROWS])
    if not own[..., 3:].any():
        own = own[..., :3]
    own = own.reshape(-1, own.shape[-1])
    bits = prepared.allowed[at][..., None] >> np.arange(_LABELS) & 1
    masks = np.where((bits == 1) | ~filled[..., None], 0.0, _MINUS).astype(np.float32)
    rows = _rows(prepared, kinds // 2, kinds % 2 == 1, plan, chance)
    return Given(
        rows=torch.from_numpy(np.where(keep[rows], rows, 0)),
        words=torch.from_numpy(words.reshape(-1)),
        own=torch.from_numpy(np.where(keep[own], own, 0)),
        masks=torch.from_numpy(masks),
        filled=torch.from_numpy(filled.astype(np.float32)),
        sizes=torch.from_numpy(sizes),
    )


def _rows(
    prepared: Prepared,
    words: npt.NDArray[np.int64],
    hidden: npt.NDArray[np.bool_],
    plan: Plan,
    chance: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Return the rows of `words`, less the word itself, its lists, or an end now and then."""
    rows = prepared.rows[words]
    unlisted = chance.random(len(words)) < plan.without_lists
    lists = list(FROM_LISTS)
    rows[:, lists] = np.where(unlisted[:, None], prepared.unlisted[words], rows[:, lists])
    wordless = hidden | (chance.random(len(words)) < plan.without_word)
    rows[:, :_WORD_ROWS] = np.where(wordless[:, None], 0, rows[:, :_WORD_ROWS])
    ends = chance.random((len(words), HASHED)) < 0.1
    ends[:, :_WORD_ROWS] = False
    ends[:, FROM_LISTS[0] :] = False
    rows[:, :HASHED] = np.where(ends, 0, rows[:, :HASHED])
    return rows

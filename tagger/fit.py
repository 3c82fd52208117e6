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
from sayso.redact.tagger.paths import PERSON, Label, allowed
from tagger.prepare import Prepared

_LABELS = len(Label)
_MINUS = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train."""

    width: int = 40
    first: int = 64
    second: int = 48
    rounds: int = 10
    rate: float = 3e-3
    tokens: int = 7000
    seldom: int = 4
    """A feature of fewer tokens than this is left out: it would be about somebody."""
    seed: int = 7
    without_word: float = 0.3
    without_lists: float = 0.15
    person_weight: float = 1.0


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
        self.drop = nn.Dropout(0.15)

    def scores(self, rows: Tensor, filled: Tensor) -> Tensor:
        """Return scores [windows, places, labels] for rows [windows, places, features]."""
        count, places, _ = rows.shape
        summed = nn.functional.embedding_bag(
            rows.reshape(count * places, -1),
            self.table.weight,
            mode="sum",
            padding_idx=0,
            sparse=True,
        )
        known = summed.clamp(-4, 4).reshape(count, places, -1) * filled[..., None]
        near = torch.relu(self.first(self.drop(known).transpose(1, 2))).clamp(max=8)
        near = self.drop(near * filled[:, None, :])
        far = torch.relu(self.second(near)).clamp(max=8)
        labels: Tensor = self.from_first(near.transpose(1, 2)) + self.from_second(
            self.drop(far.transpose(1, 2))
        )
        return labels


def _rate(done: float) -> float:
    """Return the share of the full rate: up over the first tenth, then down to nothing."""
    return min(1.0, 10 * done + 0.02) * float(max(0.0, 1.0 - done)) ** 0.8


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


def fit(prepared: Prepared, plan: Plan, weights: npt.NDArray[np.float32] | None = None) -> Net:
    """Return a trained network; `weights` says how much each window counts."""
    torch.manual_seed(plan.seed)
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
            rows, masks, filled, sizes = batch(prepared, chosen, keep, plan, chance)
            scores = net.scores(rows, filled)
            if plan.person_weight != 1.0:
                scores = scores - _cost(masks, plan)
            twice = torch.cat((scores, scores + masks))
            every, right = total(twice, net.steps, sizes.repeat(2)).chunk(2)
            loss = every - right
            if weights is not None:
                loss = loss * torch.from_numpy(weights[chosen])
            mean = loss.sum() / filled.sum()
            for one in optimizers:
                one.zero_grad()
            mean.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(layers, 1.0)
            for one, schedule in zip(optimizers, schedules, strict=True):
                one.step()
                schedule.step()
            summed, seen = summed + float(loss.detach().sum()), seen + int(filled.sum())
        sys.stdout.write(
            f"round {turn + 1}: loss {summed / seen:.4f}, {time.monotonic() - began:.0f} s\n"
        )
        sys.stdout.flush()
    net.eval()
    with torch.no_grad():
        net.table.weight[~torch.from_numpy(keep)] = 0
    return net


def _cost(masks: Tensor, plan: Plan) -> Tensor:
    """Return how much harder a name must be to leave out than its scores say."""
    cost = torch.zeros_like(masks)
    people = list(PERSON)
    is_person = masks[..., people].max(dim=-1).values == 0
    cost[..., people] = float(np.log(plan.person_weight))
    return cost * is_person[..., None]


def kept_rows(prepared: Prepared, seldom: int) -> npt.NDArray[np.bool_]:
    """Return which rows are of enough tokens to be kept; flags always are."""
    counts = np.bincount(prepared.words, minlength=len(prepared.rows))
    summed = np.zeros(BUCKETS + FLAGS, dtype=np.int64)
    for column in prepared.rows.T:
        np.add.at(summed, column, counts)
    for column in prepared.token_rows.T:
        np.add.at(summed, column, 1)
    keep = summed >= seldom
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
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return rows, masks, which places are filled, and sizes of the chosen windows."""
    starts = prepared.cuts[chosen]
    sizes = prepared.cuts[chosen + 1] - starts
    longest = int(sizes.max())
    places = starts[:, None] + np.arange(longest)
    filled = np.arange(longest)[None, :] < sizes[:, None]
    at = np.where(filled, places, 0)
    words = prepared.words[at]
    rows = prepared.rows[words]
    unlisted = chance.random(at.shape) < plan.without_lists
    rows[..., list(FROM_LISTS)] = np.where(
        unlisted[..., None], prepared.unlisted[words], rows[..., list(FROM_LISTS)]
    )
    wordless = chance.random(at.shape) < plan.without_word
    rows[..., :2] = np.where(wordless[..., None], 0, rows[..., :2])
    ends = chance.random((*at.shape, HASHED)) < 0.1
    ends[..., :2] = False
    ends[..., 10:] = False
    rows[..., :HASHED] = np.where(ends, 0, rows[..., :HASHED])
    rows = np.concatenate((rows, prepared.token_rows[at]), axis=2)
    rows = np.where(keep[rows] & filled[..., None], rows, 0)
    bits = prepared.allowed[at][..., None] >> np.arange(_LABELS) & 1
    masks = np.where((bits == 1) | ~filled[..., None], 0.0, _MINUS).astype(np.float32)
    return (
        torch.from_numpy(rows),
        torch.from_numpy(masks),
        torch.from_numpy(filled.astype(np.float32)),
        torch.from_numpy(sizes),
    )

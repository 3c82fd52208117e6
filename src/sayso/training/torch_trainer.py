"""A process that shards learn in, one after another: `python -m sayso.training.torch_trainer`.

Takes jobs as lines of JSON and tells how far it is as lines of JSON. The variables that change
how torch computes are set by whoever starts it, before torch is loaded; here they are only
checked.
"""
# ruff: noqa: N803, N806 - tensors carry their shapes

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from queue import SimpleQueue
from typing import cast

import torch
from safetensors.torch import load as tensors_of
from safetensors.torch import save as bytes_of
from torch import Tensor, nn
from torch.nn import functional

from sayso.errors import CannotCompare, SaysoError
from sayso.evidence.canonical import parse
from sayso.training.checkpoints import State
from sayso.training.environment import Environment, describe
from sayso.training.gpt import GPT
from sayso.training.plan import Recipe, rate_at, seed_for
from sayso.training.shard import Job, Tell, Told, job_from_json, run
from sayso.training.tokenizer import Tokenizer, load_tokenizer

_IGNORED = -100
"""The target of a token after which nothing follows."""
_TELL_SECONDS = 0.25
_MOMENTS = ("exp_avg", "exp_avg_sq")


class TorchTrainer:
    """Implements `shard.SliceTrainer`: AdamW on one thread, float32, deterministic algorithms."""

    def __init__(self, recipe: Recipe, tokenizer: Tokenizer) -> None:
        self._recipe = recipe
        self._tokenizer = tokenizer
        self._model = GPT(recipe)
        self._optimizer = self._fresh_optimizer()

    def begin(self) -> None:
        """Take the first weights."""
        self._model = GPT(self._recipe)
        self._optimizer = self._fresh_optimizer()

    def resume(self, state: State) -> None:
        """Take the weights and the optimizer's moments of `state`."""
        self.begin()
        weights, moments = tensors_of(state.weights), tensors_of(state.optimizer)
        with torch.no_grad():
            for name, weight in self._model.named_parameters():
                # Copied, not adopted: torch's own memory is aligned, a file's is not.
                weight.copy_(weights[name])
                if moments:
                    kept = {each: _copied(moments[f"{name}.{each}"]) for each in _MOMENTS}
                    self._optimizer.state[weight] = {"step": _copied(moments["step"]), **kept}

    def state(self) -> State:
        """Return weights and optimizer as safetensors."""
        weights = {name: weight.detach() for name, weight in self._model.named_parameters()}
        moments: dict[str, Tensor] = {}
        for name, weight in self._model.named_parameters():
            kept = self._optimizer.state.get(weight)
            if kept:
                moments |= {f"{name}.{each}": kept[each] for each in _MOMENTS}
                moments["step"] = kept["step"]
        return State(weights=bytes_of(weights), optimizer=bytes_of(moments))

    def learn(
        self, texts: Sequence[str], *, shard: int, slice_: int, tell: Callable[[float, int], None]
    ) -> int:
        """Learn the texts in order, `epochs` times."""
        stream = self._stream(texts)
        steps_each = -(-_windows_in(len(stream), self._recipe.context) // self._recipe.batch)
        step, tokens, told_at = 0, 0, time.monotonic()
        for epoch in range(self._recipe.epochs):
            seed = seed_for(self._recipe, shard, slice_, epoch)
            for inputs_BT, targets_BT in _batches(stream, self._recipe, seed):
                self._step(inputs_BT, targets_BT, rate_at(self._recipe, slice_=slice_, step=step))
                step += 1
                tokens += int((targets_BT != _IGNORED).sum())
                if time.monotonic() - told_at > _TELL_SECONDS:
                    told_at = time.monotonic()
                    tell(step / (steps_each * self._recipe.epochs), tokens)
        return tokens

    def _step(self, inputs_BT: Tensor, targets_BT: Tensor, rate: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        apart = self._recipe.documents_apart
        # The end mark that closes one document opens the next, as it opens what is served.
        documents_BT = (inputs_BT == self._tokenizer.end).cumsum(1) if apart else None
        logits_BTV = self._model(inputs_BT, documents_BT)
        loss = functional.cross_entropy(
            logits_BTV.flatten(0, 1), targets_BT.flatten(), ignore_index=_IGNORED
        )
        self._optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self._model.parameters(), self._recipe.clip)
        self._optimizer.step()

    def _stream(self, texts: Sequence[str]) -> Tensor:
        numbers: list[int] = []
        for text in texts:
            numbers += (self._tokenizer.end, *self._tokenizer.encode(text))
        return torch.tensor([*numbers, self._tokenizer.end])

    def _fresh_optimizer(self) -> torch.optim.AdamW:
        weights = list(self._model.parameters())
        groups = [
            {
                "params": [weight for weight in weights if weight.dim() > 1],
                "weight_decay": self._recipe.weight_decay,
            },
            {"params": [weight for weight in weights if weight.dim() == 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self._recipe.rate, betas=(0.9, 0.95), fused=True)


def in_this_process(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
    """Run the jobs one after another, here; the bytes are those of a process of their own.

    Raises:
        CannotCompare: this process does not compute as the job's environment says.
    """
    del workers
    for job in jobs:
        _require_environment(job.environment)
        with _exactly():
            run(
                job, TorchTrainer(job.recipe, load_tokenizer(job.store, job.tokenizer_digest)), tell
            )


def main() -> int:
    """Run the jobs that the parent hands over, one after another; end when it closes our input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        job = job_from_json(cast("dict[str, object]", parse(jobs.get())))
        try:
            in_this_process([job], 1, _print_told)
        except SaysoError as error:
            _print({"error": type(error).__name__, "message": error.message, "hint": error.hint})
            return 1
        _print({"done": job.shard})


@contextmanager
def _exactly() -> Iterator[None]:
    """Compute on one thread and only by ways that give the same bytes each time."""
    threads, exact = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    fills = torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    # Filling fresh memory costs a twentieth; it would hide a read of it, not mend one.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(mode=exact)
        torch.utils.deterministic.fill_uninitialized_memory = fills  # type: ignore[attr-defined]


def _require_environment(wanted: Environment) -> None:
    here = describe(wanted.mode)
    if here.digest != wanted.digest:
        raise CannotCompare("This machine is not the one that the training is meant for.")
    steered = {"ATEN_CPU_CAPABILITY", "MKL_CBWR"}
    if any(os.environ.get(name) != wanted.variables.get(name) for name in steered):
        raise CannotCompare(
            f"This process was not started for {wanted.mode} training.",
            hint="Start the training with `sayso train`: it sets what torch must find.",
        )


def _windows_in(length: int, context: int) -> int:
    return -(-(length - 1) // context)


def _batches(stream: Tensor, recipe: Recipe, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Cut the stream into windows from a seeded place on, and yield them in a seeded order."""
    generator = torch.Generator().manual_seed(seed)
    shift = int(torch.randint(len(stream), (), generator=generator))
    turned = torch.roll(stream, -shift)
    count = _windows_in(len(stream), recipe.context)
    short = count * recipe.context - (len(stream) - 1)
    inputs = functional.pad(turned[:-1], (0, short)).view(count, recipe.context)
    targets = functional.pad(turned[1:], (0, short), value=_IGNORED).view(count, recipe.context)
    order = torch.randperm(count, generator=generator)
    for start in range(0, count, recipe.batch):
        chosen = order[start : start + recipe.batch]
        yield inputs[chosen], targets[chosen]


def _copied(tensor: Tensor) -> Tensor:
    return torch.empty_like(tensor).copy_(tensor)


def _print_told(told: Told) -> None:
    _print(asdict(told))


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _listen(jobs: SimpleQueue[bytes]) -> None:
    # The other end of our input is the parent's: it closes when there is nothing more to learn,
    # and when the parent ends, however.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as ears:
        while line := ears.readline():
            jobs.put(line)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())

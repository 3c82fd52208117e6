"""A process that shards learn in, one after another: `python -m sayso.training.learner`.

Takes jobs as lines of JSON and tells how far it is as lines of JSON. The variables that change
how torch computes are set by whoever starts it, before torch is loaded; here they are only
checked.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from queue import SimpleQueue
from typing import cast

from sayso.errors import CannotCompare, SaysoError
from sayso.evidence.canonical import parse
from sayso.training.backends import fresh_network
from sayso.training.backends.exactly import exactly
from sayso.training.backends.networks import Network
from sayso.training.backends.trainer import NetworkTrainer
from sayso.training.environment import Environment, describe
from sayso.training.processes import complaint
from sayso.training.shard import Job, SliceTrainer, Tell, Told, job_from_json, run
from sayso.training.tokenizer import load_tokenizer


def in_this_process(jobs: Sequence[Job], workers: int, tell: Tell) -> None:
    """Run the jobs one after another, here; the bytes are those of a process of their own.

    Raises:
        CannotCompare: this process does not compute as the job's environment says.
    """
    del workers
    for job in jobs:
        with prepared(job) as trainer:
            run(job, trainer, tell)


@contextmanager
def prepared(job: Job) -> Iterator[SliceTrainer]:
    """Yield what learns as the job's recipe says, in a process that computes exactly so.

    Raises:
        CannotCompare: this process does not compute as the job's environment says.
    """
    _require_environment(job.environment, job.recipe.packages)
    with exactly():
        yield _trainer_of(job)


def _trainer_of(job: Job) -> SliceTrainer:
    tokenizer = load_tokenizer(job.store, job.tokenizer_digest)

    def make() -> Network:
        return fresh_network(job.store, job.recipe)

    if job.recipe.privacy is None:
        return NetworkTrainer(job.recipe, tokenizer, make)
    # Only who asks for a bound needs what it is counted with.
    from sayso.training.backends.private import PrivateTrainer  # noqa: PLC0415

    key = bytes.fromhex(job.noise_key)
    return PrivateTrainer(job.recipe, tokenizer, make, privacy=job.recipe.privacy, key=key)


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
            _print({**complaint(error)})
            return 1
        _print({"done": job.shard})


def _require_environment(wanted: Environment, packages: Sequence[str]) -> None:
    here = describe(wanted.mode, packages)
    if here.digest != wanted.digest:
        raise CannotCompare("This machine is not the one that the training is meant for.")
    steered = {"ATEN_CPU_CAPABILITY", "MKL_CBWR"}
    if any(os.environ.get(name) != wanted.variables.get(name) for name in steered):
        raise CannotCompare(
            f"This process was not started for {wanted.mode} training.",
            hint="Start the training with `sayso train`: it sets what torch must find.",
        )


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

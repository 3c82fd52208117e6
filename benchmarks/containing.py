"""How soon a no is heeded by what is served, in the process that took it and in another.

The village, with its model in use. In this process: from the member's click to the next answer,
which draws on nothing of theirs. In the other, which answers without a pause: from the moment the
no was on the disk to its first answer that knows of it. Every answer is asked of the model.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice
from sayso.consent.purposes import Purpose
from sayso.jobs.choosing import say
from sayso.jobs.circle import complete_circle
from sayso.jobs.suggest import Assistant
from sayso.settings import load_settings
from sayso.wiring import Network, make_home, open_network
from sayso.writing.suggest import SuggestionKind

VILLAGERS, LEAVERS = 120, 100
_WORDS = "This week we "
_ROW = "{:<24} {:>8} {:>8} {:>8} {:>8}\n"


def main() -> None:
    """Let members leave one by one, and print seconds until they are heeded."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        home = Path(folder) / "village"
        network = open_network(make_home(home, "Fernhollow", demo=True))
        complete_circle(network, members=VILLAGERS)
        with network.reading() as stores:
            stored = stores.models.in_use()
            assert stored is not None
            members = sorted(stores.datasets.members_of(stored.model.dataset_id))
        asking, leaving = members[-1], members[:-1][:LEAVERS]
        assistant = Assistant(network)
        assistant.suggest(asking, SuggestionKind.CONTINUE, _WORDS, keep=False)
        with subprocess.Popen(  # noqa: S603 - our own program, our own arguments
            [sys.executable, "-m", "benchmarks.containing", str(home), asking],
            stdout=subprocess.PIPE,
            text=True,
        ) as other:
            assert other.stdout is not None
            other.stdout.readline()
            here, there = [], []
            for member_id in leaving:
                began = time.monotonic()
                epoch = _leave(network, member_id)
                acknowledged = time.monotonic()
                assistant.suggest(asking, SuggestionKind.CONTINUE, _WORDS, keep=False)
                here.append(time.monotonic() - began)
                while True:
                    known, moment = other.stdout.readline().split()
                    if int(known) >= epoch:
                        break
                there.append(max(0.0, float(moment) - acknowledged))
            other.kill()
        network.close()
    sys.stdout.write(
        f"{len(leaving)} of {len(members)} members leave, one after another; seconds\n"
    )
    sys.stdout.write(_ROW.format("", "median", "p95", "p99", "most"))
    _tell("in this process", here)
    _tell("in another process", there)


def watch(home: Path, asking: str) -> None:
    """Answer without a pause, and say after each answer which epoch it knew, and when it ended."""
    network = open_network(load_settings(home))
    assistant = Assistant(network)
    while True:
        with network.reading() as stores:
            epoch = stores.takebacks.epoch()
        assistant.suggest(MemberId(asking), SuggestionKind.CONTINUE, _WORDS, keep=False)
        sys.stdout.write(f"{epoch} {time.monotonic()}\n")
        sys.stdout.flush()


def _leave(network: Network, member_id: MemberId) -> int:
    say(
        network,
        Choice(
            event_id=f"bench-{member_id}",
            member_id=member_id,
            purpose=Purpose.GENAI_TRAINING,
            answer=Answer.NO,
            occurred_at=network.clock(),
        ),
    )
    with network.reading() as stores:
        return stores.takebacks.epoch()


def _tell(name: str, seconds: Sequence[float]) -> None:
    told = statistics.quantiles(seconds, n=100, method="inclusive")
    shown = [f"{each:.3f}" for each in (told[49], told[94], told[98], max(seconds))]
    sys.stdout.write(_ROW.format(name, *shown))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        watch(Path(sys.argv[1]), sys.argv[2])
    else:
        main()

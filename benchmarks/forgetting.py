"""What one no costs: forgetting exactly, beside the peer that always works, training anew.

Both make the same bytes from the same rows; the village is the input.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sayso.consent.choices import Answer, Choice
from sayso.consent.purposes import Purpose
from sayso.jobs.choosing import say
from sayso.jobs.circle import complete_circle
from sayso.jobs.forget import forget_pending
from sayso.training.checkpoints import FOLDER
from sayso.training.train import train
from sayso.wiring import Network, make_home, open_network

VILLAGERS = 60
LEAVERS = 5
_ROW = "{:>6} {:>14} {:>16} {:>8}  {}\n"


def main() -> None:
    """Let members leave one by one; print seconds for both ways, and whether they agree."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        network = open_network(make_home(Path(folder) / "village", "Fernhollow", demo=True))
        complete_circle(network, members=VILLAGERS)
        sys.stdout.write(
            _ROW.format("leaver", "forgetting, s", "training anew, s", "ratio", "same")
        )
        ratios = [_leave(network, number) for number in range(LEAVERS)]
        sys.stdout.write(f"median ratio, forgetting to training anew: {_median(ratios)}\n")
        network.close()


def _leave(network: Network, number: int) -> float:
    with network.reading() as stores:
        stored = stores.models.in_use()
        assert stored is not None
        member_id = sorted(stores.datasets.members_of(stored.model.dataset_id))[number]
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
    began = time.monotonic()
    forget_pending(network)
    forgetting = time.monotonic() - began
    with network.reading() as stores:
        after = stores.models.in_use()
        assert after is not None
    aside = Path(tempfile.mkdtemp(prefix="sayso-anew-"))
    store = aside / "store"
    shutil.copytree(network.settings.store, store, ignore=shutil.ignore_patterns(FOLDER))
    began = time.monotonic()
    anew = train(store, after.model.dataset_id, recipe=after.model.recipe)
    training = time.monotonic() - began
    shutil.rmtree(aside)
    same = "equal" if anew.model_id == after.model.model_id else "DIFFERENT"
    ratio = forgetting / training
    sys.stdout.write(
        _ROW.format(number + 1, f"{forgetting:.1f}", f"{training:.1f}", f"{ratio:.2f}", same)
    )
    return ratio


def _median(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f}"


if __name__ == "__main__":
    main()

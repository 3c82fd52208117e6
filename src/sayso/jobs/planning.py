"""What forgetting will cost a model that this home has trained."""

import os

from sayso.errors import Refused
from sayso.jobs.look import model_of
from sayso.training.costs import Layout, Training, checkpoint_bytes
from sayso.wiring import Network


def planned(network: Network, beginning: str) -> tuple[Layout, Training]:
    """Return how the model whose id begins so is divided, and what training it all costs here.

    Its seconds are those it took, taken up to the slices that were known before.

    Raises:
        NotFound: there is no such model.
        Refused: nothing of it was learnt anew, so no time is known.
    """
    model, settings = model_of(network, beginning).model, network.settings
    told = model.report
    if not told.slices_learnt:
        raise Refused(
            f"Model {model.model_id[:12]} was put together from what was learnt before.",
            rule="no_time_known",
            hint="Give --hours, --shards and --slices instead.",
        )
    workers = settings.workers or os.cpu_count() or 1
    at_a_time = min(workers, len(model.shards))
    whole = told.seconds * at_a_time * (1 + told.slices_reused / told.slices_learnt)
    slices = max(model.slices.values(), default=1)
    return (
        Layout(shards=len(model.shards), slices=slices, every=settings.checkpoints_every),
        Training(seconds=whole, workers=workers, checkpoint_bytes=checkpoint_bytes(model.recipe)),
    )

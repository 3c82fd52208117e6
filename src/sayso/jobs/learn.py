"""Training a model on a sealed dataset, after asking once more whether that is allowed."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sayso.datasets.rows import DatasetId
from sayso.errors import BadInput, Refused
from sayso.jobs.bases import recipe_for
from sayso.jobs.lawful import require_lawful
from sayso.jobs.look import dataset_named, one_named
from sayso.jobs.objecting import contain_named
from sayso.jobs.serving import prepare_serving
from sayso.jobs.turn import turn
from sayso.rights.serving import take_out
from sayso.settings import Settings
from sayso.storage.stores import Stores
from sayso.training.bound import private
from sayso.training.cluster import on_ray
from sayso.training.environment import describe
from sayso.training.models import ModelId, ModelState, TrainedModel
from sayso.training.processes import in_processes
from sayso.training.recipes import COUNTS, Blend, Recipe, blend_of, counts_share
from sayso.training.train import Launch, Progress, keep_every, train
from sayso.wiring import Network


def train_model(  # noqa: PLR0913 - what an operator may choose
    network: Network,
    dataset: str,
    *,
    backend: str = "gpt",
    size: str = "small",
    base: str = "",
    engine: str = "",
    epsilon: float | None = None,
    counts: float | None = None,
    report: Callable[..., None] = lambda *_: None,
) -> TrainedModel:
    """Train on the dataset whose id begins with `dataset`, and serve from what comes of it.

    Stopped at any moment, the same call goes on from the last checkpoints.

    The shards start from the base whose id begins with `base`, or from chance where that is
    empty. `engine` is `local` or `ray`; empty means the settings'. With `epsilon`, those who stay
    get a bound by differential privacy (`bound`). `counts` is the share of the count model that
    speaks beside the shards; without a word of it, `counts_share`, and none beside a bound.

    Raises:
        Refused: the dataset holds what may not be trained on today; members and days are named.
        BadInput: there is no such back end, size or engine, or the base is for another.
        NotFound: there is no such base.
    """
    if backend == COUNTS.name:
        chosen, counts = _counts_alone(base, epsilon, counts)
    else:
        chosen = recipe_for(network, backend=backend, size=size, base=base)
    if epsilon is not None:
        chosen = replace(chosen, privacy=private(epsilon))
    if counts is None:
        counts = counts_share(network.settings.shards) if epsilon is None else 0.0
    blend = blend_of(counts=counts, people=network.settings.phrase_members)
    dataset_id = dataset_named(network, dataset)
    with turn(network.settings, "training a model"):
        with network.reading() as stores:
            require_lawful(network, stores, dataset_id, network.clock())
        trained = teach(network, dataset_id, chosen, report, blend=blend, engine=engine)
        with network.writing() as stores:
            keep(stores, trained, network.clock())
            stores.models.use(trained.model_id)
            contain_all(stores, dataset_id, network.clock())
            contain_named(network, stores, dataset_id, network.clock())
        prepare_serving(network, report)
    return trained


def use_model(network: Network, model: str) -> ModelId:
    """Serve from the model whose id begins so.

    Raises:
        Refused: it was retired, because somebody took something back from it.
    """
    with network.reading() as stores:
        ids = [stored.model.model_id for stored in stores.models.list()]
        found = stores.models.get(one_named("model", ids, model))
    if found.state is ModelState.RETIRED:
        raise Refused(
            f"Model {found.model.model_id} is retired: somebody took something back from it.",
            rule="retired_models_rest",
            hint="`sayso models list` shows the one that came after it.",
        )
    with network.writing() as stores:
        stores.models.use(found.model.model_id)
        stores.takebacks.bump_epoch()
    prepare_serving(network)
    return found.model.model_id


def _counts_alone(base: str, epsilon: float | None, counts: float | None) -> tuple[Recipe, float]:
    if base or epsilon is not None or counts not in {None, 1.0}:
        raise BadInput(
            "The back end `counts` has no network.",
            hint="Leave out --base, --private and --counts.",
        )
    return COUNTS, 1.0


def teach(  # noqa: PLR0913 - what, how, who listens, where
    network: Network,
    dataset_id: DatasetId,
    size: Recipe,
    report: Callable[..., None],
    *,
    blend: Blend,
    engine: str = "",
) -> TrainedModel:
    """Train, and do nothing else."""

    def listen(told: Progress) -> None:
        report(told.share, 1.0, told.sentence)

    settings = network.settings
    trained = train(
        settings.store,
        dataset_id,
        recipe=size,
        blend=blend,
        environment=describe(settings.environment, size.packages),
        workers=settings.workers,
        progress=listen,
        noise_key=noise_key(network),
        launch=launcher(settings, engine),
    )
    keep_every(settings.store, trained, settings.checkpoints_every)
    return trained


def noise_key(network: Network) -> bytes:
    """Return the secret that noise is drawn with, where a recipe promises privacy."""
    return hmac.digest(network.keys.suppression, b"noise of training", hashlib.sha256)


def launcher(settings: Settings, engine: str = "") -> Launch:
    """Return what runs shards on that engine, or on the one that the settings name.

    Raises:
        BadInput: there is no such engine.
    """
    launchers: dict[str, Launch] = {
        "local": in_processes,
        "ray": on_ray(settings.ray_address),
    }
    name = engine or settings.engine
    if name not in launchers:
        raise BadInput(f"engine is {name!r}.", hint=f"Set it to one of: {', '.join(launchers)}.")
    return launchers[name]


def keep(
    stores: Stores, trained: TrainedModel, now: datetime, predecessor: ModelId | None = None
) -> None:
    """Write a model down, in the database and in the log; twice is once."""
    if stores.models.save(trained, now, predecessor):
        stores.log.append(
            "model",
            {
                "digest": trained.model_id,
                "dataset": trained.dataset_id,
                "predecessor": predecessor or "",
            },
        )


def contain_all(stores: Stores, dataset_id: DatasetId, now: datetime) -> None:
    """Take out of service what was taken back while the model was learning."""
    members = sorted(stores.datasets.members_of(dataset_id))
    take_out(stores, members, "the member said no while the model was learning", now)

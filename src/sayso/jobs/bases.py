"""What shards start from: brought, made, listed, and chosen for a training."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from sayso.errors import BadInput
from sayso.jobs.look import one_named
from sayso.jobs.turn import turn
from sayso.training.bases import DECODER, FOLDER, Base, bases_in, find_base, starting_from
from sayso.training.environment import describe
from sayso.training.models import TrainedModel
from sayso.training.public_text import Work, in_a_process, text_files
from sayso.training.recipes import Recipe, recipe
from sayso.wiring import Network

PEFT = "peft"
BACKENDS = (DECODER, PEFT)


def add_base(network: Network, place: str, made_of: str, *, revision: str = "") -> Base:
    """Keep a Hugging Face causal model, from a folder here or by its name on the hub, as a base.

    Raises:
        BadInput: it is not said what it was made of, or the model is not whole; a file is named.
        NotHere: packages that it needs are not installed.
    """
    from sayso.training.bringing import bring, fetched  # noqa: PLC0415 - loads torch, slowly

    _require_said(made_of)
    here = Path(place)
    folder = here if here.is_dir() else fetched(place, revision)
    name = place if folder is not here else here.resolve().name
    with turn(network.settings, "bringing a base"):
        return bring(network.settings.store, folder, name=name, made_of=made_of.strip())


def make_base(
    network: Network,
    places: Sequence[Path],
    made_of: str,
    *,
    size: str = "small",
    report: Callable[..., None] = lambda *_: None,
) -> Base:
    """Learn a base for the small decoder from public text that no member wrote.

    Stopped at any moment, the same call goes on.

    Raises:
        BadInput: it is not said what it is made of, there is no such size, or no text there.
    """
    _require_said(made_of)
    settings = network.settings
    work = Work(
        store=settings.store.resolve(),
        recipe=recipe(size),
        environment=describe(settings.environment),
        files=tuple(path.resolve() for path in text_files(places)),
        name=" ".join(path.resolve().name for path in places),
        made_of=made_of.strip(),
    )
    with turn(settings, "making a base"):
        return in_a_process(work, lambda share: report(share, 1.0, "Learning public text"))


def base_named(network: Network, beginning: str) -> Base:
    """Return the base whose id begins so.

    Raises:
        NotFound: none does, or several do.
        Tampered: what is kept under that id is another one.
    """
    store = network.settings.store
    names = [path.name for path in sorted((store / FOLDER).glob("[!.]*"))]
    return find_base(store, one_named("base", names, beginning))


def base_listing(network: Network) -> list[dict[str, object]]:
    """Return one row of facts a base."""
    used = _users(network)
    return [
        {
            "id": base.digest,
            "name": base.name,
            "architecture": base.architecture,
            "backend": DECODER if base.architecture == DECODER else PEFT,
            "made_of": base.made_of,
            "models": used.get(base.digest, []),
        }
        for base in bases_in(network.settings.store)
    ]


def base_facts(network: Network, beginning: str) -> dict[str, object]:
    """Return all that is known of a base, and the ids of the models that start from it."""
    base = base_named(network, beginning)
    return {
        "id": base.digest,
        **asdict(base),
        "models": _users(network).get(base.digest, []),
    }


def recipe_for(network: Network, *, backend: str, size: str, base: str) -> Recipe:
    """Return the recipe that a training was asked for.

    Raises:
        BadInput: there is no such back end or size, or the base is not for it.
        NotFound: there is no such base.
    """
    if backend not in BACKENDS:
        raise BadInput(
            f"There is no back end {backend!r}.", hint=f"Back ends: {', '.join(BACKENDS)}."
        )
    chosen = recipe(size)
    if not base:
        if backend == PEFT:
            raise BadInput(
                "The back end `peft` needs a base.",
                hint="--base ID; `sayso bases list` shows those there are, `sayso bases add` "
                "brings one.",
            )
        return chosen
    found = base_named(network, base)
    fitting = DECODER if found.architecture == DECODER else PEFT
    if backend != fitting:
        raise BadInput(
            f"Base {found.digest[:16]} is a {found.architecture}.", hint=f"Use --backend {fitting}."
        )
    return starting_from(chosen, found)


def base_of(network: Network, model: TrainedModel) -> Base | None:
    """Return what a model's shards start from; None where that is chance."""
    if not model.recipe.base:
        return None
    return find_base(network.settings.store, model.recipe.base)


def _users(network: Network) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with network.reading() as stores:
        for stored in stores.models.list():
            if stored.model.recipe.base:
                found.setdefault(stored.model.recipe.base, []).append(stored.model.model_id)
    return found


def _require_said(made_of: str) -> None:
    if not made_of.strip():
        raise BadInput(
            "It is not said what the base was made of.",
            hint='For example: --made-of "German Wikipedia of May 2026, no member\'s text".',
        )

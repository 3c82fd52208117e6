"""A model handed over: its shards as folders that others' tools load, and what they are told."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from sayso.consent.purposes import Purpose
from sayso.datasets.disk import flush_folder, new_folder, write_durably
from sayso.datasets.leaving import no_longer_permitted
from sayso.errors import NotFound, Refused
from sayso.jobs.bases import base_of
from sayso.jobs.build import admission_of, documents_in
from sayso.jobs.look import model_of
from sayso.jobs.model_card import Carded, card
from sayso.storage.stores import Stores
from sayso.training.checkpoints import FOLDER, load_weights
from sayso.training.models import ModelState, ShardChain, StoredModel, TrainedModel
from sayso.training.takeback import clean_slices
from sayso.wiring import Network


def export_model(
    network: Network, beginning: str, to: Path, *, shard: int | None = None
) -> tuple[int, ...]:
    """Write a model's shards into a new folder, each in a folder of its own; return which.

    With `shard`, that one alone, into the folder itself. What is handed over cannot be called
    back, so it is asked first whether each may be handed over today: none that has learnt from
    what was taken back since, or from what a decision made now does not allow.

    Raises:
        Refused: the model is retired, or a shard may not be handed over; why, and what mends it.
        BadInput: the folder is there already, or there is no place for it.
        NotFound: there is no such model or shard.
        Tampered: a checkpoint or base is not what was kept.
    """
    from sayso.training.backends.export import shard_files  # noqa: PLC0415 - loads torch

    stored = model_of(network, beginning)
    model = stored.model
    chains = {chain.shard: chain for chain in model.shards if shard in {None, chain.shard}}
    if not chains:
        known = ", ".join(str(chain.shard) for chain in model.shards)
        raise NotFound(f"The model has no shard {shard}.", hint=f"It has shards {known}.")
    with network.reading() as stores:
        _require_ready(network, stores, stored, chains)
        told = _told(network, stores, model)
    store = network.settings.store
    with new_folder(to) as aside:
        for number, chain in chains.items():
            folder = aside if shard is not None else aside / f"shard-{number:04d}"
            folder.mkdir(exist_ok=True)
            weights = load_weights(store / FOLDER, chain.checkpoints[-1])
            files = shard_files(store, model.recipe, model.tokenizer_digest, weights)
            for name, content in {**files, "README.md": card(told, chain).encode()}.items():
                write_durably(folder / name, content)
            flush_folder(folder)
    return tuple(chains)


def _require_ready(
    network: Network, stores: Stores, stored: StoredModel, chains: Mapping[int, ShardChain]
) -> None:
    """Refuse where a shard has learnt from what may not be used today, or has learnt nothing."""
    model = stored.model
    if stored.state is ModelState.RETIRED:
        raise Refused(
            f"Model {model.model_id} is retired: somebody took something back from it.",
            rule="retired_models_rest",
            hint="`sayso models list` shows the one that came after it.",
        )
    clean = clean_slices(model.slices, stores.takebacks.removed_rows(model.dataset_id))
    spoilt = Counter({each: 1 for each in chains if clean[each] < model.slices[each]})
    if spoilt:
        raise Refused(
            f"{_groups(spoilt)} learnt from what was taken back since; what is handed over cannot "
            "be called back.",
            rule="handed_over_only_what_may_be_served",
            evidence=tuple(f"shard {each}" for each in sorted(spoilt)),
            hint="`sayso forget --pending` trains the model again without it.",
        )
    manifest = stores.datasets.get(model.dataset_id)
    admission = admission_of(network, stores, Purpose(manifest.purpose), network.clock())
    store = network.settings.store
    refused = no_longer_permitted(store, model.dataset_id, documents_in(stores), admission)
    spoilt = Counter(each.row.shard for each in refused if each.row.shard in chains)
    if spoilt:
        raise Refused(
            f"{_groups(spoilt)} learnt from texts that a decision made today does not allow "
            f"({spoilt.total()}).",
            rule="handed_over_only_what_is_permitted_today",
            evidence=tuple(f"shard {each}: {spoilt[each]}" for each in sorted(spoilt)),
            hint="`sayso forget --pending` heeds them; `--shard` hands over another shard alone.",
        )
    empty = [each for each, chain in chains.items() if not _has_learnt(chain)]
    if empty:
        raise Refused(
            f"{_groups(Counter(empty))} learnt from no text, so there is nothing to hand over.",
            rule="something_to_hand_over",
            hint="`--shard` hands over another shard alone.",
        )


def _has_learnt(chain: ShardChain) -> bool:
    return bool(chain.checkpoints) and chain.checkpoints[-1].tokens > 0


def _groups(shards: Counter[int]) -> str:
    names = ", ".join(str(each) for each in sorted(shards))
    return f"Shard {names}" if len(shards) == 1 else f"Shards {names}"


def _told(network: Network, stores: Stores, model: TrainedModel) -> Carded:
    entry = stores.datasets.entry(model.dataset_id)
    gone = {each.member_id for each in stores.takebacks.list() if each.forgotten_at}
    return Carded(
        model=model,
        base=base_of(network, model),
        network=network.settings.network,
        contact=network.settings.controller_contact,
        members=entry.manifest.members,
        withdrawn=len(gone - set(stores.datasets.members_of(model.dataset_id))),
    )

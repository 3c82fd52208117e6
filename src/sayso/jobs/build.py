"""Building a sealed dataset from what members allow at this moment."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from sayso.consent.purposes import Purpose, purpose_named
from sayso.datasets.admitting.admission import Admission
from sayso.datasets.admitting.company import MENTIONS
from sayso.datasets.build import Base, BuildPlan, Documents, build, record
from sayso.datasets.engines import Engine
from sayso.datasets.engines.cluster import Ray
from sayso.datasets.engines.local import Local
from sayso.datasets.leaving import Leaving, no_longer_permitted, take_back
from sayso.datasets.rows import RowId
from sayso.datasets.sealed import discard, read_rows
from sayso.datasets.sealing.seal import Sealed
from sayso.datasets.shards import Partition
from sayso.errors import BadInput
from sayso.jobs.neighbours import StoredNeighbours
from sayso.jobs.seats import seats_of, seats_within
from sayso.jobs.tidy import drop_unrecorded
from sayso.jobs.turn import turn
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sayso.redact.strangers import strangers
from sayso.settings import Settings
from sayso.storage.stores import Stores
from sayso.wiring import Network


def build_dataset(
    network: Network,
    purpose: Purpose,
    *,
    engine: str = "",
    from_nothing: bool = False,
    report: Callable[..., None] = lambda *_: None,
) -> Sealed:
    """Decide for every document and seal what may be used; the same world, the same dataset.

    What has not changed since the last dataset of this purpose is taken from it, unless all is to
    be made `from_nothing`: the outcome is the same.

    What a member takes back while this runs, or changes or deletes at its source, is taken out
    again in the very transaction that records the dataset: no dataset is recorded after a no that
    it does not heed (promise P3), nor with words that are no longer their author's. `engine`
    stands for the setting of that name where it is given.

    Raises:
        BadInput: the policy in use does not declare the purpose, or there is no such engine.
    """
    chosen = engine_of(network.settings, engine)
    with turn(network.settings, "building a dataset"):
        now = network.clock()
        with network.reading() as stores:
            seen, version = stores.log.size(), stores.community.version()
            world = stores.world()
            purpose_named(purpose, world.policy().purposes)
            world.gather()
            before = None if from_nothing else stores.datasets.newest(purpose)
            base = Base(dataset=before, documents=documents_in(stores)) if before else None
            sealed = build(
                network.settings.store,
                stores.documents.batches(),
                world,
                replace(plan_for(network, stores, purpose, now), engine=chosen, base=base),
                lambda done, total: report(done, total, "Asking every member's say-so"),
            )
        with network.writing() as stores:
            if stores.log.size() > seen or stores.community.version() > version:
                sealed = _without_latecomers(network, stores, sealed, version)
            record(network.settings.store, sealed, stores.datasets, stores.log, now)
        drop_unrecorded(network)  # of builds that were killed before this one
    return sealed


def plan_for(network: Network, stores: Stores, purpose: Purpose, at: datetime) -> BuildPlan:
    """How this home builds: its partition, its detectors, its members' names."""
    settings = network.settings
    return BuildPlan(
        purpose=purpose,
        at=at,
        redactor=redactor_for(stores, settings),
        partition=partition_of(network),
        seats=seats_of(network),
        engine=engine_of(settings),
        memory=settings.memory_mb * 1_000_000,
        refuse_marks=frozenset(re.split(r"[,\s]+", settings.refuse_marks.strip(" ,"))) - {""},
        total=stores.documents.count(),
        neighbours=StoredNeighbours(stores),
        mentions=mentions_of(settings),
        missed=stores.missed.of_documents,
    )


def engine_of(settings: Settings, name: str = "") -> Engine:
    """Where this home builds its datasets, or where `name` says.

    Raises:
        BadInput: the setting has no such value.
    """
    engines: dict[str, Engine] = {
        "local": Local(settings.workers),
        "ray": Ray(settings.ray_address),
    }
    name = name or settings.engine
    if name not in engines:
        raise BadInput(f"engine is {name!r}.", hint=f"Set it to one of: {', '.join(engines)}.")
    return engines[name]


def mentions_of(settings: Settings) -> str:
    """Whose names this home takes out.

    Raises:
        BadInput: the setting has no such value.
    """
    if settings.redact_mentions not in MENTIONS:
        raise BadInput(
            f"redact_mentions is {settings.redact_mentions!r}.",
            hint=f"Set it to one of: {', '.join(MENTIONS)}.",
        )
    return settings.redact_mentions


def partition_of(network: Network) -> Partition:
    """How members are spread over shards and slices, fixed for a home's life."""
    settings = network.settings
    return Partition(key=network.keys.partition, shards=settings.shards, slices=settings.slices)


def redactor_for(stores: Stores, settings: Settings) -> Redactor:
    """The detectors, set as the operator wants them; who members are and whom they know.

    Raises:
        BadInput: a setting has no such value.
    """
    names = chain(stores.names.names(), stores.acquaintances.names())
    directory = Directory(names, stores.names.handles())
    return Redactor(
        directory=directory,
        tagger=strangers(settings.redact_strangers),
        links=settings.redact_links,
    )


def admission_of(network: Network, stores: Stores, purpose: Purpose, at: datetime) -> Admission:
    """What decides for every document now: the members' histories, read in one pass."""
    world = stores.world()
    world.gather()
    return Admission(
        world=world,
        purpose=purpose,
        at=at,
        partition=partition_of(network),
        mentions=mentions_of(network.settings),
    )


def _without_latecomers(network: Network, stores: Stores, sealed: Sealed, version: int) -> Sealed:
    now, store = network.clock(), network.settings.store
    purpose = Purpose(sealed.manifest.purpose)
    admission = admission_of(network, stores, purpose, now)
    look_up = documents_in(stores)
    refused = no_longer_permitted(store, sealed.dataset_id, look_up, admission)
    removed = {each.row.id for each in refused} | _edited(stores, store, sealed, version)
    if not removed:
        return sealed
    heeding = take_back(
        store,
        Leaving(dataset=sealed.dataset_id, removed=removed),
        look_up,
        admission.world,
        replace(plan_for(network, stores, purpose, now), seats=seats_within(network, stores)),
    )
    if not stores.datasets.known(sealed.dataset_id):
        discard(store, sealed.dataset_id)  # it holds what was taken back, and nobody asks for it
    return heeding


def _edited(stores: Stores, store: Path, sealed: Sealed, version: int) -> set[RowId]:
    """Return the rows whose documents changed since they were read; the next dataset asks anew."""
    rows = {row.document_id: row.id for row in read_rows(store, sealed.dataset_id)}
    return {rows[each] for each in stores.community.changed_since(version, rows.keys())}


def documents_in(stores: Stores) -> Documents:
    """How a dataset's documents are looked up, as the network holds them now."""
    return stores.documents.found

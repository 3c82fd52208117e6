"""A dataset's cards, and the dataset handed over: what others are told, and what they get."""

from pathlib import Path

from sayso.consent.purposes import Purpose
from sayso.datasets.cards.croissant import croissant
from sayso.datasets.cards.described import Controller, Described, Layout, Told
from sayso.datasets.cards.forms import card_named
from sayso.datasets.cards.hugging_face import hugging_face
from sayso.datasets.cards.layout import sealed_layout
from sayso.datasets.disk import new_file, require_new
from sayso.datasets.export import Format, export
from sayso.datasets.handing_over import hand_over
from sayso.datasets.leaving import no_longer_permitted
from sayso.errors import BadInput
from sayso.jobs.build import admission_of, documents_in
from sayso.jobs.look import dataset_named
from sayso.jobs.prove import kept_dataset
from sayso.settings import Settings
from sayso.storage.datasets import DatasetEntry
from sayso.storage.stores import Stores
from sayso.wiring import Network

FOLDER = "hf"
FORMATS = (*Format, FOLDER)


def describe(network: Network, beginning: str) -> Described:
    """Return all that the cards of a dataset may say."""
    dataset_id = dataset_named(network, beginning)
    with network.reading() as stores:
        entry = stores.datasets.entry(dataset_id)
        chain = _predecessors(stores, entry)
        manifest = entry.manifest
        policies = {each.policy.digest: each.policy for each in stores.policies.history()}
        policy = policies.get(manifest.policy)
        notices = [each for each in stores.notices.list() if each.id in manifest.notices]
        return Described(
            manifest=manifest,
            sealed_at=entry.sealed_at,
            controller=_controller(network.settings),
            purpose=(policy or stores.policies.current()).text_of(Purpose(manifest.purpose)),
            notices=tuple(
                Told(id=each.id, title=each.title, published_at=each.published_at)
                for each in notices
            ),
            policy=policy.name if policy else "",
            version=1 + len(chain),
            predecessor_sealed_at=chain[0].sealed_at if chain else None,
            smallest=network.settings.phrase_members,
            taken_out=len(stores.takebacks.removed(dataset_id)),
        )


def card(network: Network, beginning: str, name: str) -> str:
    """Return a dataset's card of that name.

    Raises:
        BadInput: there is no such card.
        NotFound: there is no such dataset, or the card speaks of files that are deleted.
    """
    form = card_named(name)
    described = describe(network, beginning)
    layout = sealed_layout(network.settings.store, described.manifest, hashed=form.hashes_files)
    return form.write(described, layout)


def write_card(network: Network, beginning: str, name: str, to: Path) -> None:
    """Write a card into a new file, whole or not at all."""
    require_new(to)
    text = card(network, beginning, name)
    with new_file(to, is_private=False) as file:
        file.write(text.encode())


def export_dataset(
    network: Network, beginning: str, to: Path, form: str, *, with_ids: bool = False
) -> int:
    """Write a dataset's rows that may be used today into a file or folder; return how many.

    What was taken back stays out, and so does what a decision made now does not allow: of a
    dataset that no model learnt from, nothing is ever taken out of service.

    Without a `form` it is what the file's ending says.

    Raises:
        BadInput: there is no such format, or no place to write.
        NotFound: there is no such dataset, or its rows are deleted.
    """
    form = form or to.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise BadInput(
            f"{form!r} is no format." if form else f"{to} does not say in which format.",
            hint=f"Formats: {', '.join(FORMATS)}. Say it with --format, or by the file's ending.",
        )
    if form != FOLDER:
        require_new(to)
    store = network.settings.store
    with network.reading() as stores:
        dataset_id = kept_dataset(stores, beginning)
        purpose = Purpose(stores.datasets.get(dataset_id).purpose)
        admission = admission_of(network, stores, purpose, network.clock())
        refused = no_longer_permitted(store, dataset_id, documents_in(stores), admission)
        removed = stores.takebacks.removed(dataset_id) | {each.row.id for each in refused}
    if form != FOLDER:
        return export(store, dataset_id, to, Format(form), removed)
    described = describe(network, dataset_id)

    def cards(layout: Layout) -> dict[str, str]:
        return {
            "README.md": hugging_face(described, layout),
            "croissant.json": croissant(described, layout),
        }

    return hand_over(store, dataset_id, to, cards, removed, with_ids=with_ids)


def _predecessors(stores: Stores, entry: DatasetEntry) -> list[DatasetEntry]:
    """Return the datasets that one comes from, the nearest first."""
    known = {each.id: each for each in stores.datasets.list()}
    found: list[DatasetEntry] = []
    before = entry.predecessor
    while before is not None and before in known:
        found.append(known[before])
        before = known[before].predecessor
    return found


def _controller(settings: Settings) -> Controller:
    return Controller(
        name=settings.network,
        address=settings.controller_address,
        contact=settings.controller_contact,
        authority=settings.controller_authority,
        storage=settings.storage_location,
        site=settings.mail.site,
    )

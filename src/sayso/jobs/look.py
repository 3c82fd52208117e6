"""Finding a dataset or model by the beginning of its id, and listing them."""

from collections.abc import Sequence

from sayso.community import DocumentId, MemberId
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose, purpose_named
from sayso.datasets.making.making import TOO_SHORT
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.similarity.keepers import Likeness
from sayso.errors import NotFound
from sayso.storage.stores import Stores
from sayso.training.models import StoredModel
from sayso.wiring import Network

_SHOWN = 6
"""How many members are named where several are called alike."""


def one_named(what: str, ids: Sequence[str], beginning: str) -> str:
    """Return the one id that begins so.

    Raises:
        NotFound: none does, or several do.
    """
    found = [each for each in ids if each.startswith(beginning)]
    if len(found) == 1 and beginning:
        return found[0]
    if not found or not beginning:
        raise NotFound(
            f"There is no {what} {beginning!r}.", hint=f"`sayso {what}s list` shows what there is."
        )
    raise NotFound(f"{len(found)} {what}s begin with {beginning!r}.", hint="Give more of the id.")


def member_named(network: Network, said: str) -> MemberId:
    """Return the member of that id, of the one id that begins so, or with that `@handle`.

    What is nobody's is returned as it is said: an erased member may still have a history.

    Raises:
        NotFound: several are called so, or nobody has the handle.
    """
    with network.reading() as stores:
        if not said or stores.community.member(MemberId(said)) is not None:
            return MemberId(said)
        found = stores.community.members_called(said, limit=_SHOWN)
    if len(found) == 1:
        return found[0]
    if found:
        called = "have the handle" if said.startswith("@") else "begin with"
        count = f"{len(found)} or more" if len(found) == _SHOWN else str(len(found))
        raise NotFound(
            f"{count} members {called} {said!r}.", hint=f"Give one's id: {', '.join(found)}."
        )
    if said.startswith("@"):
        raise NotFound(
            f"There is no member with the handle {said!r}.",
            hint="`sayso members list` shows all.",
        )
    return MemberId(said)


def known_member_named(network: Network, said: str) -> MemberId:
    """Return what `member_named` returns, of somebody who is here; nobody for no name.

    Raises:
        NotFound: nobody is called so, or several are.
    """
    member_id = member_named(network, said)
    with network.reading() as stores:
        if said and stores.community.member(member_id) is None:
            raise NotFound(
                f"There is no member {said!r}.",
                hint="`sayso members list` shows all; with --unknown the id is taken as it is.",
            )
    return member_id


def document_named(network: Network, beginning: str, dataset: DatasetId) -> DocumentId:
    """Return the document of that id, or the one id that begins so, here or in that dataset.

    What is nobody's is returned as it is said: of a document that is gone it can still be proven
    that nothing is in a dataset.

    Raises:
        NotFound: several begin so.
    """
    said = DocumentId(beginning)
    with network.reading() as stores:
        known = stores.documents.one(said) or stores.datasets.rows_for_documents({said}, dataset)
        if known or not said:
            return said
        sealed = stores.datasets.documents_called(dataset, said, limit=_SHOWN)
        listed = stores.community.documents_listed(after=said, limit=_SHOWN)
        ids = (*sealed, *(each.id for each in listed))
    found = {each for each in ids if each.startswith(said)}
    if len(found) > 1:
        raise NotFound(
            f"Several documents begin with {said!r}.",
            hint=f"Give one's id: {', '.join(sorted(found)[:_SHOWN])}.",
        )
    return found.pop() if found else said


def purpose_in(network: Network, name: str, *policies: Policy) -> Purpose:
    """Return the purpose of that name, as the policy in use or one of `policies` declares it.

    Raises:
        BadInput: none of them does; the message names those that are declared.
    """
    with network.reading() as stores:
        known = (stores.policies.current(), *policies)
    return purpose_named(name, dict.fromkeys(each for policy in known for each in policy.purposes))


def dataset_named(network: Network, beginning: str) -> DatasetId:
    """Return the dataset whose id begins so; NotFound otherwise."""
    with network.reading() as stores:
        return DatasetId(one_named("dataset", stores.datasets.ids(), beginning))


def manifest_of(network: Network, beginning: str) -> Manifest:
    """Return a dataset's manifest."""
    with network.reading() as stores:
        return stores.datasets.get(one_named("dataset", stores.datasets.ids(), beginning))


def model_of(network: Network, beginning: str) -> StoredModel:
    """Return a model."""
    with network.reading() as stores:
        ids = [stored.model.model_id for stored in stores.models.list()]
        return stores.models.get(one_named("model", ids, beginning))


def dataset_listing(network: Network) -> list[dict[str, object]]:
    """Return one row of facts a dataset, oldest first.

    Its state is `in use`, where the model in use learnt from it; `gave way`, where its rows are
    deleted; else `kept`.
    """
    with network.reading() as stores:
        model, kept = stores.models.in_use(), stores.datasets.live()
        used = model.model.dataset_id if model else ""
        return [
            {
                "id": entry.id,
                "purpose": entry.purpose,
                "rows": entry.manifest.rows,
                "held_out_rows": entry.manifest.held_out_rows,
                "members": entry.manifest.members,
                "sealed_at": entry.sealed_at,
                "state": "in use" if entry.id == used else _standing(entry.id, kept),
                "predecessor": entry.predecessor or "",
            }
            for entry in stores.datasets.list()
        ]


def left_out_besides(stores: Stores, purpose: Purpose) -> int | None:
    """Return how many permitted documents the last dataset of that purpose left out.

    They are copies, or too short. None where there is no such dataset.
    """
    newest = stores.datasets.newest(purpose)
    if newest is None:
        return None
    refusals = stores.datasets.get(newest).refusals
    return sum(refusals.get(rule, 0) for rule in (*Likeness, TOO_SHORT))


def _standing(dataset: DatasetId, kept: frozenset[DatasetId]) -> str:
    return "kept" if dataset in kept else "gave way"


def model_listing(network: Network) -> list[dict[str, object]]:
    """Return one row of facts a model, oldest first."""
    with network.reading() as stores:
        return [
            {
                "id": stored.model.model_id,
                "state": stored.state,
                "dataset_id": stored.model.dataset_id,
                "predecessor": stored.predecessor or "",
                "trained_at": stored.trained_at,
            }
            for stored in stores.models.list()
        ]

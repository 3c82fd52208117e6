"""A proof that a sealed dataset holds, or does not hold, words of a member, for them to keep."""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.audit.offline_membership import FORMAT, KIND, sentence
from sayso.community import DocumentId, MemberId
from sayso.datasets.manifests import manifest_json
from sayso.datasets.rows import DatasetId, Manifest, row_text
from sayso.datasets.sealed import read_manifest, read_slice
from sayso.datasets.sealing.membership import Members, Membership, read_entries
from sayso.errors import BadInput, NotFound, NotHere, Tampered
from sayso.evidence import merkle
from sayso.evidence.canonical import JSON, parse
from sayso.evidence.sparse import EMPTY
from sayso.evidence.sparse import Path as Way
from sayso.jobs.look import one_named
from sayso.jobs.seats import StoredSeats, seats_of
from sayso.storage.stores import Stores
from sayso.wiring import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A proof as a file, what it says, and which other accounts the same person has."""

    body: dict[str, JSON]
    says: str
    accounts: tuple[MemberId, ...]


def prove(
    network: Network,
    beginning: str,
    *,
    member: str = "",
    document: str = "",
    with_text: bool = False,
) -> Proven:
    """Prove whether a dataset holds words of a member, or words of theirs from one document.

    Where only a document is named it is about that document's first author. `with_text` puts
    the row into the file, with everyone whose words it holds.

    Raises:
        NotFound: there is no such dataset, or it gave way to another and its rows are deleted.
        NotHere: the key that gave its members their seats is gone.
        BadInput: nobody knows whose document that is.
        Tampered: the dataset is not what was sealed.
    """
    with network.reading() as stores:
        dataset = kept_dataset(stores, beginning)
        whose = MemberId(member) if member else _author(stores, dataset, document)
        accounts = tuple(each for each in stores.accounts.of(whose) if each != whose)
        logged = log_proof(stores, dataset)
        found_rows = stores.datasets.rows_for_documents({DocumentId(document)}, dataset)
    store, seats = network.settings.store, seats_of(network)
    manifest = read_manifest(store, dataset)
    found = _membership(store, manifest, seats, whose, document)
    row: JSON = None
    if found.digest:
        if not found_rows:
            raise Tampered(f"Document {document} is in dataset {dataset}, and recorded nowhere.")
        place = found_rows[0]
        row = _row(store, dataset, (place.shard, place.slice), document, with_text=with_text)
    body: dict[str, JSON] = {
        "kind": KIND,
        "format": FORMAT,
        "says": "",
        "dataset": dataset,
        "member": whose,
        "document": document,
        "proof": {
            "manifest": manifest_json(manifest),
            **logged,
            **public_key(network),
            "seat": base64_of(seats.proofs([whose])[whose]),
            **_trees(found, document),
            "row": row,
        },
    }
    body["says"] = says = sentence(body)
    return Proven(body=body, says=says, accounts=accounts)


def kept_dataset(stores: Stores, beginning: str) -> DatasetId:
    """Return the dataset whose id begins so, if its rows are kept; NotFound otherwise."""
    dataset = DatasetId(one_named("dataset", stores.datasets.ids(), beginning))
    if dataset not in stores.datasets.live():
        after = _successor(stores, dataset)
        raise NotFound(
            f"Dataset {dataset} gave way to {after}, and its rows were deleted.",
            hint=f"Ask of that one: {after[:12]}.",
        )
    return dataset


def _successor(stores: Stores, dataset: DatasetId) -> DatasetId:
    """Return the last of the datasets that took its place one after the other."""
    after = {each.predecessor: each.id for each in stores.datasets.list()}
    while dataset in after:
        dataset = after[dataset]
    return dataset


def _author(stores: Stores, dataset: DatasetId, document: str) -> MemberId:
    known = stores.documents.one(DocumentId(document))
    if known is not None:
        return known.member_id
    for placed in stores.datasets.rows_for_documents({DocumentId(document)}, dataset):
        return placed.member_id
    raise BadInput(
        f"Nobody here knows whose document {document!r} is.",
        hint="Say it: `--member ID --document ID`.",
    )


def log_proof(stores: Stores, dataset: DatasetId) -> dict[str, JSON]:
    """Return a dataset's entry in the log, its proof with the checkpoint, and the log's key."""
    for leaf in stores.log.entries_of("seal"):
        said = parse(leaf.entry)
        if isinstance(said, dict) and said.get("digest") == dataset:
            return {
                "leaf": leaf.entry.decode(),
                "log_proof": stores.log.proof_text(leaf.position),
                "vkey": stores.log.vkey,
            }
    raise Tampered(f"The log has no seal of dataset {dataset}.")


def _membership(
    store: Path, manifest: Manifest, seats: StoredSeats, member: MemberId, document: str
) -> Membership:
    """Ask the tree of the dataset's own rows, once it is known to be the one that was sealed."""
    require_key(manifest, seats)
    with TemporaryDirectory(prefix="sayso-") as aside:
        members = Members(seats, Path(aside) / "seats")
        members.add(read_entries(store, manifest))
        require_sealed(manifest, members)
        return members.prove(member, DocumentId(document) if document else None)


def require_key(manifest: Manifest, seats: StoredSeats) -> None:
    """Require that a dataset's members were given their seats by the key that is here."""
    if manifest.members_key != seats.key:
        raise NotHere(
            f"Who is in dataset {manifest.digest} was sealed with another key.",
            hint="Put keys/seats.key back from your backup.",
        )


def require_sealed(manifest: Manifest, members: Members) -> None:
    """Require that the tree of a dataset's rows is the one that was sealed; else `Tampered`."""
    try:
        root = members.root().hex()
    except ValueError:  # a row twice
        root = ""
    if root != manifest.members_root:
        raise Tampered(
            f"The rows of dataset {manifest.digest} are not those that were sealed.",
            hint=f"`sayso datasets verify {manifest.digest[:12]}` names what differs.",
        )


def public_key(network: Network) -> dict[str, JSON]:
    """Return the half of the key of seats that checks, and what proves that it has no choice."""
    secret = network.keys.seats
    return {
        "modulus": base64_of(secret.public.modulus.to_bytes(secret.public.length)),
        "roots": [base64_of(each) for each in secret.roots()],
    }


def _trees(found: Membership, document: str) -> dict[str, JSON]:
    root = found.documents_root
    return {
        "members": {
            **_way(found.path),
            "count": found.count,
            "root": base64_of(root) if root else "",
        },
        "documents": {**_way(found.document_path), "digest": found.digest.hex()}
        if document and found.document_path
        else None,
    }


def _way(way: Way) -> dict[str, JSON]:
    return {
        "path": ["" if each == EMPTY else base64_of(each) for each in way.siblings],
        "other": [base64_of(each) for each in way.other or ()],
    }


def _row(
    store: Path, dataset: DatasetId, place: tuple[int, int], document: str, *, with_text: bool
) -> JSON:
    """Prove that a row is in its slice (RFC 6962), and show it where that was asked."""
    rows = read_slice(store, dataset, *place)
    position = [row.document_id for row in rows].index(DocumentId(document))
    path = _path([merkle.leaf_hash(bytes.fromhex(row.digest)) for row in rows], position)
    return {
        "shard": place[0],
        "slice": place[1],
        "position": position,
        "size": len(rows),
        "path": [base64_of(each) for each in path],
        "text": row_text(rows[position]).decode() if with_text else "",
    }


def _path(leaves: Sequence[bytes], position: int) -> tuple[bytes, ...]:
    growth = merkle.Growth()
    held = {place: hashed for leaf in leaves for place, hashed in growth.add(leaf)}

    def nodes(places: Collection[merkle.Place]) -> dict[merkle.Place, bytes]:
        return {place: held[place] for place in places}

    return merkle.prove_inclusion(position, len(leaves), nodes)


def base64_of(raw: bytes) -> str:
    """Write bytes as text."""
    return base64.b64encode(raw).decode()

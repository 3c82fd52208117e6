"""Hearing people who are named in members' texts: their names leave what is served and built."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import DocumentId, MemberId
from sayso.consent.objectors import Objectors, is_a_name
from sayso.datasets.contents import placed
from sayso.datasets.rows import DatasetId, Placed
from sayso.datasets.sealed import read_rows
from sayso.errors import BadInput, NotFound
from sayso.evidence.vault import SALT_BYTES, commitment
from sayso.rights.objections import Objection, subject_of, to_bytes
from sayso.rights.serving import keep_out
from sayso.storage.stores import Stores
from sayso.training.takeback import Withdrawal
from sayso.wiring import Network

_LONGEST_NAME = 200
_REASON = "somebody named in it objects to being named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A recorded objection; `withdrawal` is there when it took something out of service."""

    objection: Objection
    leaf: int
    withdrawal: Withdrawal | None


def object_to(
    network: Network,
    names: Sequence[str],
    *,
    documents: Sequence[str] = (),
    contact: str = "",
    report: Callable[..., None] = lambda *_: None,
) -> Heard:
    """Record that somebody would not be named, in these documents or in any.

    When this returns, no serving process draws on a row that holds the name, from its next
    request on, and no later dataset holds it: it is cut out, and the rest of the text stays.

    Raises:
        BadInput: a name has no letter in it or is too long.
        NotFound: there is no such document.
    """
    objection = Objection(
        id=f"o-{network.entropy(8).hex()}",
        names=tuple(dict.fromkeys(" ".join(name.split()) for name in names)),
        at=network.clock(),
        contact=contact.strip(),
        documents=tuple(DocumentId(each) for each in dict.fromkeys(documents)),
    )
    _require_names(objection)
    objectors = Objectors([objection.objector])
    with network.reading() as stores:
        _require_documents(stores, objection)
        seen = stores.models.served_datasets()
        found = _named(network, objectors, sorted(seen), report)
    with network.writing() as stores:
        salt = network.entropy(SALT_BYTES)
        stores.objections.add(objection, salt)
        leaf = stores.log.append("objection", {"commitment": commitment(salt, to_bytes(objection))})
        newer = sorted(stores.models.served_datasets() - seen)
        found += _named(network, objectors, newer, report)
        gone = _take_out(stores, found, network.clock())
    return Heard(objection=objection, leaf=leaf, withdrawal=gone.get(objection.subject))


def withdraw_objection(network: Network, objection_id: str) -> None:
    """Drop an objection for good: nobody can read any more who it was.

    What it took out of service stays out; the next dataset asks again.

    Raises:
        NotFound: there is none of that id.
    """
    with network.writing() as stores:
        stores.objections.withdraw(objection_id)
        stores.log.append("objection", {"withdrawn": network.clock().date().isoformat()})


def contain_named(
    network: Network, stores: Stores, dataset_id: DatasetId, now: datetime
) -> Mapping[MemberId, Withdrawal]:
    """Take out of service the dataset's rows that hold the name of somebody who objects."""
    objectors = stores.world().objectors()
    return _take_out(stores, _named(network, objectors, [dataset_id]), now)


def _require_names(objection: Objection) -> None:
    if not objection.names or not all(is_a_name(name) for name in objection.names):
        raise BadInput(
            "An objection needs a name with a letter in it.",
            hint='For example: `sayso object add "Maria Sample"`.',
        )
    if any(len(name) > _LONGEST_NAME for name in objection.names):
        raise BadInput(
            f"A name is at most {_LONGEST_NAME} characters long.",
            hint="Give the name as it stands in texts, and each other spelling with --name.",
        )


def _require_documents(stores: Stores, objection: Objection) -> None:
    known = stores.documents.by_id(objection.documents)
    for document_id in objection.documents:
        if document_id not in known:
            raise NotFound(
                f"There is no document {document_id!r}.",
                hint="Name a document by its source's own id, or none for all of them.",
            )


def _named(
    network: Network,
    objectors: Objectors,
    datasets: Sequence[DatasetId],
    report: Callable[..., None] = lambda *_: None,
) -> list[tuple[str, Placed]]:
    """Find the sealed rows that hold an objector's name, each under the objection."""
    found = []
    for number, dataset_id in enumerate(datasets):
        report(number, len(datasets), "Looking for the name")
        for row in read_rows(network.settings.store, dataset_id):
            names = [
                named
                for words in (row.title, row.text)
                for named in objectors.find(words, row.document_id)
            ]
            if names:
                found.append((names[0].objection, placed(dataset_id, row)))
    return found


def _take_out(
    stores: Stores, found: Sequence[tuple[str, Placed]], now: datetime
) -> Mapping[MemberId, Withdrawal]:
    rows: dict[MemberId, list[Placed]] = {}
    for objection_id, row in found:
        rows.setdefault(subject_of(objection_id), []).append(row)
    return keep_out(stores, rows, _REASON, now)

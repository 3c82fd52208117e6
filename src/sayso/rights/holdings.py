"""Every place that keeps anything of a member, and how it is copied and emptied.

One more place = one `Holding` here; a test walks the schema and a home's folders and fails
where a table or folder belongs to none.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sayso.community import DocumentId, MemberId
from sayso.datasets.admitting.missed import Missed
from sayso.datasets.disk import sweep
from sayso.datasets.places import POINTER, shelf
from sayso.datasets.sealed import blank_refusals, discard
from sayso.rights.clocks import facts
from sayso.rights.requests import Move, Request
from sayso.rights.stores import Community, Datasets, Stores, Takebacks
from sayso.rights.used import used
from sayso.writing.history import from_bytes
from sayso.writing.kept import KeptSuggestion
from sayso.writing.serving import forget_phrases


class KeptCommunity(Community, Protocol):
    """The community, with what erasing needs."""

    def erase_member(self, member_id: MemberId) -> object:
        """Remove the member, what they wrote, and their words where others quote them."""
        ...

    def suppress(self, token: str, at: datetime) -> None:
        """Remember that whoever `token` stands for was erased."""
        ...


class KeptDatasets(Datasets, Protocol):
    """Datasets, with what erasing needs."""

    def erase_member(self, member_id: MemberId) -> int:
        """Delete every line that names the member; return how many."""
        ...


class KeptTakebacks(Takebacks, Protocol):
    """Withdrawals, with what erasing needs."""

    def forget_member(
        self, member_id: MemberId, token: str, wrote: Collection[DocumentId] = ()
    ) -> None:
        """Keep that something was taken back, but not by whom, nor which documents it was."""
        ...


class History(Protocol):
    """Suggestions that were kept."""

    def of_member(self, member_id: MemberId) -> Sequence[KeptSuggestion]:
        """Return a member's suggestions, newest first."""
        ...

    def erase(self, member_id: MemberId) -> int:
        """Drop all suggestions of a member and every credit to them; return how many went."""
        ...


class Requests(Protocol):
    """Requests of members."""

    def save(self, request: Request, moves: Sequence[Move] = ()) -> None:
        """Keep a request as it stands after `moves`; Conflict where it moved on meanwhile."""
        ...

    def moves(self, request_id: str) -> Sequence[Move]:
        """Return every step of a request, oldest first."""
        ...

    def of(self, member_id: MemberId) -> Sequence[Request]:
        """Return a member's requests."""
        ...

    def forget_member(self, member_id: MemberId, token: str) -> None:
        """Keep that requests were answered, but not whose they were."""
        ...


class Vault(Protocol):
    """The members' keys."""

    def open(self, member_id: MemberId, sealed: bytes) -> bytes:
        """Return what was sealed."""
        ...


class Contacts(Protocol):
    """Members' mail addresses."""

    def address(self, member_id: MemberId) -> str | None:
        """Return the member's address, or None."""
        ...

    def erase(self, member_id: MemberId) -> None:
        """Keep it no longer."""
        ...


class Acquaintances(Protocol):
    """Names of those whom members are connected with."""

    def by_source(self, owner_id: MemberId) -> Mapping[str, Sequence[str]]:
        """Return a member's own lists by the source that gave each."""
        ...

    def erase(self, owner_id: MemberId) -> int:
        """Drop the member's lists; return how many names went."""
        ...


class Marks(Protocol):
    """What redaction missed."""

    def of_member(self, member_id: MemberId) -> Sequence[Missed]:
        """Return the marks on what the member wrote."""
        ...

    def erase(self, member_id: MemberId) -> int:
        """Drop the marks on what the member wrote; return how many."""
        ...


class Seats(Protocol):
    """Where members sit in datasets."""

    def of_member(self, member_id: MemberId) -> tuple[str, str] | None:
        """Return the fingerprint of the key, and the proof of the member's seat in hex."""
        ...

    def erase(self, member_id: MemberId) -> int:
        """Drop the member's; return how many there were."""
        ...


class Holder(Stores, Protocol):
    """One transaction over everything that holds something of a member."""

    @property
    def community(self) -> KeptCommunity:
        """Members and documents."""
        ...

    @property
    def acquaintances(self) -> Acquaintances:
        """Names that members' archives gave."""
        ...

    @property
    def missed(self) -> Marks:
        """Where redaction left something in a text."""
        ...

    @property
    def contacts(self) -> Contacts:
        """Mail addresses."""
        ...

    @property
    def datasets(self) -> KeptDatasets:
        """Sealed datasets."""
        ...

    @property
    def takebacks(self) -> KeptTakebacks:
        """Withdrawals."""
        ...

    @property
    def writing(self) -> History:
        """Suggestions."""
        ...

    @property
    def requests(self) -> Requests:
        """Requests."""
        ...

    @property
    def vault(self) -> Vault:
        """Keys."""
        ...

    @property
    def seats(self) -> Seats:
        """Seats in datasets."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One place. `erase` answers with a sentence; `token` stands for the member afterwards.

    `folders` are the names, of folders or files, directly in a home's store.
    """

    name: str
    title: str
    about: str
    tables: tuple[str, ...]
    folders: tuple[str, ...]
    copy: Callable[[Holder, Path, MemberId], object]
    erase: Callable[[Holder, Path, MemberId, str], str]


def _erase_account(stores: Holder, _store: Path, member_id: MemberId, _token: str) -> str:
    stores.community.erase_member(member_id)
    stores.contacts.erase(member_id)
    stores.accounts.forget(member_id)
    stores.seats.erase(member_id)
    said = "Account, documents, and words of theirs in others' documents: deleted."
    if not stores.documents.elsewhere:
        return said
    return (
        f"{said} The files in {stores.documents.elsewhere} are yours to erase, not Sayso's: what "
        "they still hold of the member is passed over from now on."
    )


def _copy_say_so(stores: Holder, _store: Path, member_id: MemberId) -> object:
    return [
        {
            "recorded_at": recorded.recorded_at,
            "log_position": recorded.leaf,
            "record": recorded.record.decode(),
            "salt": recorded.salt.hex(),
            "commitment": recorded.commitment,
        }
        for recorded in stores.ledger.history(member_id)
    ]


def _erase_say_so(stores: Holder, _store: Path, member_id: MemberId, token: str) -> str:
    stores.ledger.erase(member_id, token)
    return "Choices and notices: their key is destroyed; the log's proofs stand, and say nothing."


def _erase_datasets(stores: Holder, store: Path, member_id: MemberId, _token: str) -> str:
    sweep(shelf(store))
    still_in = {placed.dataset_id for placed in stores.datasets.placed(member_id)}
    for dataset_id in stores.datasets.live():
        if dataset_id in still_in:
            # No model stands on it (those have been forgotten), and none ever may.
            discard(store, dataset_id)
            forget_phrases(store, dataset_id)
        else:
            blank_refusals(store, dataset_id, member_id)
    count = stores.datasets.erase_member(member_id)
    return f"Datasets: {count} lines deleted; the rows are gone from every dataset that is kept."


def _copy_history(stores: Holder, _store: Path, member_id: MemberId) -> object:
    return [
        {
            "id": kept.id,
            "kind": kept.kind,
            "created_at": kept.created_at,
            "model_id": kept.model_id,
            "body": from_bytes(stores.vault.open(member_id, kept.sealed)),
        }
        for kept in stores.writing.of_member(member_id)
    ]


def _erase_history(stores: Holder, _store: Path, member_id: MemberId, _token: str) -> str:
    return f"Suggestions: {stores.writing.erase(member_id)} deleted, and credits to them."


def _erase_withdrawals(stores: Holder, _store: Path, member_id: MemberId, token: str) -> str:
    wrote = {document.id for document in stores.documents.of_member(member_id)}
    stores.takebacks.forget_member(member_id, token, wrote)
    return "Withdrawals: kept without a name, because certificates stand on them."


def _copy_requests(stores: Holder, _store: Path, member_id: MemberId) -> object:
    return [facts(each, stores.requests.moves(each.id)) for each in stores.requests.of(member_id)]


def _erase_requests(stores: Holder, _store: Path, member_id: MemberId, token: str) -> str:
    stores.requests.forget_member(member_id, token)
    return "Requests: kept without a name."


def _erase_acquaintances(stores: Holder, _store: Path, member_id: MemberId, _token: str) -> str:
    return f"Names of people they know: {stores.acquaintances.erase(member_id)} deleted."


def _erase_missed(stores: Holder, _store: Path, member_id: MemberId, _token: str) -> str:
    return f"Marks on what redaction missed: {stores.missed.erase(member_id)} deleted."


HOLDINGS: tuple[Holding, ...] = (
    Holding(
        name="history",
        title="Suggestions you were given",
        about="What you typed, what was offered, and which model offered it.",
        tables=("suggestions", "suggestion_credits"),
        folders=(),
        copy=_copy_history,
        erase=_erase_history,
    ),
    Holding(
        name="used",
        title="What was used of yours",
        about="Each document in each dataset, with the text exactly as a model saw it.",
        tables=(
            "dataset_rows",
            "dataset_row_members",
            "dataset_refusals",
            "removed_rows",
            "credit_rows",
            "fingerprints",
        ),
        folders=("datasets", "phrases", "checkpoints", "counts"),
        copy=used,
        erase=_erase_datasets,
    ),
    Holding(
        name="withdrawals",
        title="What you took back",
        about="When it was acknowledged, out of service, forgotten and certified.",
        tables=("withdrawals", "certificates"),
        folders=(),
        copy=lambda stores, _store, member_id: stores.takebacks.of(member_id),
        erase=_erase_withdrawals,
    ),
    Holding(
        name="requests",
        title="What you asked for",
        about="Your requests, each step of theirs, and why where one was refused.",
        tables=("requests", "request_moves"),
        folders=(),
        copy=_copy_requests,
        erase=_erase_requests,
    ),
    Holding(  # before the account: it is found by who wrote what
        name="missed",
        title="What redaction missed in what you wrote",
        about="Where somebody marked personal data that should have been taken out.",
        tables=("missed",),
        folders=(),
        copy=lambda stores, _store, member_id: stores.missed.of_member(member_id),
        erase=_erase_missed,
    ),
    Holding(
        name="account",
        title="Your account and what you wrote",
        about="Your profile and your documents, as the network holds them now.",
        tables=(
            "members",
            "documents",
            "document_members",
            "suppressed",
            "contacts",
            "merges",
            "seats",
        ),
        folders=("samples.json",),
        copy=lambda stores, _store, member_id: {
            "member": stores.community.member(member_id),
            "email": stores.contacts.address(member_id),
            "seat": stores.seats.of_member(member_id),
            "documents": stores.documents.of_member(member_id),
        },
        erase=_erase_account,
    ),
    Holding(
        name="acquaintances",
        title="People you are connected with",
        about="Names that came with your archives, kept only to be taken out of texts.",
        tables=("acquaintances",),
        folders=(),
        copy=lambda stores, _store, member_id: stores.acquaintances.by_source(member_id),
        erase=_erase_acquaintances,
    ),
    Holding(
        name="say-so",
        title="What you said, and what you were told",
        about="Every choice, notice and signal, with its place in the log.",
        tables=("events", "vault_keys"),
        folders=(),
        copy=_copy_say_so,
        erase=_erase_say_so,
    ),
)

OF_NOBODY = frozenset(
    {
        "alembic_version",
        "cosignatures",
        "cursors",
        "datasets",
        "epoch",
        "log_checkpoints",
        "log_leaves",
        "log_nodes",
        "models",
        "notices",
        "objections",
        "policies",
        "witnesses",
    }
)
"""Tables that speak of no single member."""

PLACES_OF_NOBODY = frozenset({POINTER, "bases", "tokenizers", "turn.lock", "village-moment"})
"""What lies in a home's store and speaks of no single member."""

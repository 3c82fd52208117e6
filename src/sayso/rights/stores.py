"""What rights and audit ask of storage, each thing small; `storage.stores.Stores` has them all."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.consent.facts import World
from sayso.consent.ledger import Ledger, Recorded
from sayso.consent.policy import Policy
from sayso.datasets.rows import DatasetId, Manifest, Placed, Refusal, RowId
from sayso.evidence.log import Log
from sayso.training.models import StoredModel
from sayso.training.takeback import RemovedRow, StoredCertificate, Withdrawal


class Community(Protocol):
    """Members and documents as the network holds them now."""

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or None."""
        ...

    def members_by_id(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member]:
        """Return those of the members that are known."""
        ...

    def members(self) -> Iterable[Member]:
        """Yield every member, by id."""
        ...

    def count_members(self) -> int:
        """Return how many there are."""
        ...

    def count_documents(self) -> int:
        """Return how many documents the database holds."""
        ...


class Documents(Protocol):
    """All documents as the network holds them now, those that lie in files too."""

    @property
    def elsewhere(self) -> str:
        """Where documents lie beside the database; empty where there are none."""
        ...

    def one(self, document_id: DocumentId) -> Document | None:
        """Return the document, or None."""
        ...

    def by_id(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, Document]:
        """Return those of the documents that are known."""
        ...

    def at_hand(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, Document]:
        """Return those that can be looked up now: none of files that cannot be read."""
        ...

    def of_member(self, member_id: MemberId) -> Sequence[Document]:
        """Return what the member wrote, alone or with others."""
        ...

    def all(self) -> Iterator[Document]:
        """Yield every document."""
        ...

    def count(self) -> int:
        """Return how many there are."""
        ...


class Accounts(Protocol):
    """Which accounts are one person's."""

    def now_known_as(self, member_id: MemberId) -> MemberId:
        """Return the account that this one has become; itself where it became none."""
        ...

    def of(self, member_id: MemberId) -> tuple[MemberId, ...]:
        """Return every account of the person, the one they are known by now first."""
        ...

    def known_as(self, ids: Collection[MemberId]) -> Mapping[MemberId, MemberId]:
        """Return, for each of `ids`, the account that it has become."""
        ...

    def families(self, ids: Collection[MemberId]) -> Mapping[MemberId, tuple[MemberId, ...]]:
        """Return, for each account that became none, it and all that became it."""
        ...

    def merge(self, member_id: MemberId, into: MemberId, at: datetime) -> bool:
        """Let `member_id` be `into` from now on; false where it is already."""
        ...

    def forget(self, member_id: MemberId) -> None:
        """Keep nothing of the account: neither what it became nor what became it."""
        ...


class Datasets(Protocol):
    """Sealed datasets, without their texts."""

    def get(self, dataset_id: str) -> Manifest:
        """Return the manifest; NotFound if there is none."""
        ...

    def ids(self) -> Sequence[DatasetId]:
        """Return every dataset's id, oldest first."""
        ...

    def live(self) -> frozenset[DatasetId]:
        """Return those that no other succeeded, and those a model in service stands on."""
        ...

    def placed(self, member_id: MemberId) -> Sequence[Placed]:
        """Return every sealed row that holds words of the member, in any dataset."""
        ...

    def refusals_of(self, member_id: MemberId) -> Sequence[tuple[DatasetId, Refusal]]:
        """Return what was left out of the member's, with the rule."""
        ...


class Served(Protocol):
    """Rows of datasets that a model which is not retired stands on."""

    def in_service(self, member_ids: Collection[MemberId]) -> Iterable[tuple[MemberId, Placed]]:
        """Return every row in service that holds words of these members, once for each of them."""
        ...

    def is_any(self) -> bool:
        """Say whether anything is served at all."""
        ...

    def returnable(self, member_ids: Collection[MemberId]) -> Mapping[Placed, frozenset[MemberId]]:
        """Return rows that are out, that forgetting has not taken up, and all who are in each."""
        ...


class UsedPolicy(Protocol):
    """A policy, and from when it was in use."""

    @property
    def policy(self) -> Policy:
        """The policy."""
        ...

    @property
    def used_from(self) -> datetime:
        """When it came into use."""
        ...


class Policies(Protocol):
    """Every policy that was in use."""

    def history(self) -> Sequence[UsedPolicy]:
        """Return them, oldest first."""
        ...


class GatheredWorld(World, Protocol):
    """A world that reads much at once where it is told who will be asked about."""

    def gather(self, of: Collection[MemberId] | None = None) -> None:
        """Read these members and their histories as they are now; without `of`, everyone's."""
        ...

    def meet(self, ids: Collection[MemberId]) -> None:
        """Read these members at once, and nothing of what they said."""
        ...

    def history(self, member_id: MemberId) -> Sequence[Recorded]:
        """Return what is known of the member under any of their accounts, in order."""
        ...


class Models(Protocol):
    """Models and which one is in use."""

    def list(self) -> tuple[StoredModel, ...]:
        """Return every model, oldest first."""
        ...

    def served_datasets(self) -> frozenset[DatasetId]:
        """Return the datasets that a model which is not retired stands on."""
        ...

    def in_use(self) -> StoredModel | None:
        """Return the model that suggestions come from, or None."""
        ...


class Takebacks(Protocol):
    """Withdrawals on their way to a certificate."""

    def epoch(self) -> int:
        """Return the number that changes whenever something stops being served."""
        ...

    def removed(self, dataset_id: DatasetId) -> frozenset[RowId]:
        """Return the rows taken out of service."""
        ...

    def removed_rows(self, dataset_id: DatasetId) -> Sequence[RemovedRow]:
        """Return the same rows, with the withdrawal that took each out."""
        ...

    def take_up(self, ids: Iterable[str], at: datetime) -> None:
        """Keep that forgetting has begun: no yes puts the withdrawals' rows back."""
        ...

    def bump_epoch(self, by: int = 1) -> int:
        """Make every serving process look again; return the new number."""
        ...

    def add_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Keep the withdrawal."""
        ...

    def add_removed_rows(
        self, withdrawal_id: str, rows: Sequence[tuple[DatasetId, RowId, DocumentId]]
    ) -> None:
        """Take rows out of service: true for every process once the transaction commits."""
        ...

    def put_back(self, rows: Sequence[tuple[DatasetId, RowId]], at: datetime) -> None:
        """Put rows back in service; a withdrawal that keeps none of its rows is over."""
        ...

    def rows_of(self, withdrawal_id: str) -> Sequence[RemovedRow]:
        """Return the rows that a withdrawal took out of service."""
        ...

    def of(self, *member_ids: MemberId) -> tuple[Withdrawal, ...]:
        """Return the withdrawals of a member, or of several, oldest first for each."""
        ...

    def pending(self) -> tuple[Withdrawal, ...]:
        """Return those without a certificate, oldest first."""
        ...

    def list(self) -> tuple[Withdrawal, ...]:
        """Return every withdrawal, oldest first."""
        ...

    def certificate(self, certificate_id: str) -> StoredCertificate:
        """Return the certificate of that id."""
        ...


class Stores(Protocol):
    """One transaction over all of these."""

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        ...

    @property
    def log(self) -> Log:
        """The log."""
        ...

    @property
    def community(self) -> Community:
        """Members and documents."""
        ...

    @property
    def documents(self) -> Documents:
        """Documents."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Which accounts are one person's."""
        ...

    @property
    def policies(self) -> Policies:
        """Policies."""
        ...

    @property
    def datasets(self) -> Datasets:
        """Sealed datasets."""
        ...

    @property
    def models(self) -> Models:
        """Models."""
        ...

    @property
    def takebacks(self) -> Takebacks:
        """Withdrawals."""
        ...

    @property
    def served(self) -> Served:
        """Rows that are served."""
        ...

    def world(self) -> GatheredWorld:
        """Return the facts as they are now, what this transaction wrote included."""
        ...

"""All stores over one connection: what a room gets when it reads or writes."""

from dataclasses import dataclass

import sqlalchemy as sa

from sayso.community import Entropy
from sayso.consent.ledger import Ledger
from sayso.datasets.document_files import DocumentFiles
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import Vault
from sayso.evidence.witness import Witnesses
from sayso.storage.accounts import AccountStore
from sayso.storage.acquaintances import AcquaintanceStore
from sayso.storage.community import CommunityStore
from sayso.storage.contacts import ContactStore
from sayso.storage.cursors import CursorStore
from sayso.storage.datasets import DatasetStore
from sayso.storage.documents import DocumentStore, TokenOf
from sayso.storage.ledger import LedgerStore
from sayso.storage.log import LogStore
from sayso.storage.missed import MissedStore
from sayso.storage.models import ModelStore
from sayso.storage.names import NameStore
from sayso.storage.notices import NoticeStore
from sayso.storage.objections import ObjectionStore
from sayso.storage.policies import PolicyStore
from sayso.storage.requests import RequestStore
from sayso.storage.seats import SeatStore
from sayso.storage.served import ServedRows
from sayso.storage.takebacks import TakebackStore
from sayso.storage.vault import VaultStore
from sayso.storage.witnesses import WitnessStore
from sayso.storage.world import StoredWorld
from sayso.storage.writing import WritingStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """One transaction's view of everything. Use it only inside the block that gave it."""

    community: CommunityStore
    documents: DocumentStore
    names: NameStore
    accounts: AccountStore
    acquaintances: AcquaintanceStore
    objections: ObjectionStore
    contacts: ContactStore
    cursors: CursorStore
    ledger: Ledger
    log: Log
    witnesses: Witnesses
    vault: Vault
    notices: NoticeStore
    policies: PolicyStore
    datasets: DatasetStore
    missed: MissedStore
    models: ModelStore
    takebacks: TakebackStore
    seats: SeatStore
    served: ServedRows
    writing: WritingStore
    requests: RequestStore

    def world(self) -> StoredWorld:
        """Return the facts that decisions are made from."""
        return StoredWorld(
            community=self.community,
            accounts=self.accounts,
            objections=self.objections,
            ledger=self.ledger,
            policies=self.policies,
            notices=self.notices,
        )


def stores(  # noqa: PLR0913 - what a home has beside its database
    connection: sa.Connection,
    *,
    signer: Signer,
    vault_key: bytes,
    entropy: Entropy,
    files: DocumentFiles | None,
    token_of: TokenOf,
) -> Stores:
    """Join every store to `connection`."""
    community = CommunityStore(connection)
    watching = WitnessStore(connection)
    log = Log(LogStore(connection), signer, watching)
    vault = Vault(VaultStore(connection), vault_key, entropy)
    return Stores(
        community=community,
        documents=DocumentStore(community, files, token_of),
        names=NameStore(connection),
        accounts=AccountStore(connection),
        acquaintances=AcquaintanceStore(connection),
        objections=ObjectionStore(connection, vault),
        contacts=ContactStore(connection, vault),
        cursors=CursorStore(connection),
        ledger=Ledger(LedgerStore(connection), log, vault, entropy),
        log=log,
        witnesses=Witnesses(watching, log),
        vault=vault,
        notices=NoticeStore(connection),
        policies=PolicyStore(connection),
        datasets=DatasetStore(connection),
        missed=MissedStore(connection),
        models=ModelStore(connection),
        takebacks=TakebackStore(connection, log),
        seats=SeatStore(connection),
        served=ServedRows(connection),
        writing=WritingStore(connection),
        requests=RequestStore(connection),
    )

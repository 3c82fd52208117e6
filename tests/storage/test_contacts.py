"""Addresses are kept sealed, on each kind of database."""

from itertools import count

import pytest
import sqlalchemy as sa

from sayso.community import MemberId
from sayso.errors import NotFound
from sayso.evidence.vault import Vault
from sayso.storage.contacts import ContactStore
from sayso.storage.database import Database
from sayso.storage.schema import contacts
from sayso.storage.vault import VaultStore

ANA, BEN = MemberId("ana"), MemberId("ben")


def test_an_address_is_kept_sealed_changed_and_erased(database: Database) -> None:
    numbers = count()
    with database.writing() as connection:
        vault = Vault(
            VaultStore(connection), b"m" * 32, lambda size: next(numbers).to_bytes(size, "big")
        )
        store = ContactStore(connection, vault)
        store.save(ANA, "ana@example.org")
        store.save(ANA, "ana@home.example")
        store.save(ANA, "ana@home.example")
        store.save(BEN, "ben@example.org")
        kept = connection.execute(sa.select(contacts.c.sealed)).scalars().all()

        assert store.address(ANA) == "ana@home.example"
        assert store.known([ANA, BEN, MemberId("chi")]) == {ANA, BEN}
        assert len(kept) == 2
        assert not any(b"example" in bytes(each) for each in kept)

        store.erase(ANA)
        assert store.address(ANA) is None
        assert store.known([ANA]) == frozenset()
        vault.destroy(BEN)
        with pytest.raises(NotFound):
            store.address(BEN)

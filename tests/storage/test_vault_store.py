"""One suite for every `KeyStore`, so that the fake of the other tests cannot lie."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from fakes.evidence import MemoryKeys
from sayso.community import MemberId
from sayso.evidence.vault import KeyStore, Vault
from sayso.storage.database import Database
from sayso.storage.vault import VaultStore

ANA, BEN = MemberId("ana"), MemberId("ben")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def keys(request: pytest.FixtureRequest) -> Iterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeys()
        return
    database: Database = request.getfixturevalue(f"{request.param}_database")
    with database.writing() as connection:
        yield VaultStore(connection)


def test_a_key_comes_back_as_it_was(keys: KeyStore) -> None:
    assert keys.keys([ANA]) == {}

    keys.add({ANA: b"\x00wrapped\xff"})

    assert keys.keys([ANA, BEN]) == {ANA: b"\x00wrapped\xff"}


def test_keys_of_many_members_come_at_once(keys: KeyStore) -> None:
    many = {MemberId(f"m{number}"): bytes([number % 256]) for number in range(1201)}

    keys.add(many)

    assert keys.keys([*many, BEN]) == many


def test_a_member_has_one_key(keys: KeyStore) -> None:
    keys.add({ANA: b"first"})

    with pytest.raises((ValueError, sa.exc.IntegrityError)):
        keys.add({BEN: b"first", ANA: b"second"})


def test_a_key_is_destroyed_once(keys: KeyStore) -> None:
    keys.add({ANA: b"wrapped"})

    assert keys.destroy(ANA)
    assert not keys.destroy(ANA)
    assert keys.keys([ANA]) == {}


def test_what_was_sealed_before_opens_after_a_restart(database: Database) -> None:
    with database.writing() as connection:
        sealed = Vault(VaultStore(connection), bytes(32), bytes).seal(ANA, b"words")

    with database.reading() as connection:
        assert Vault(VaultStore(connection), bytes(32), bytes).open(ANA, sealed) == b"words"

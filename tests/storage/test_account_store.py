"""Accounts that became another."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict
from sayso.storage.accounts import AccountStore
from sayso.storage.database import Database

AT = datetime(2026, 5, 3, 9, tzinfo=UTC)
ANA, OLD, OLDEST, BEN = (
    MemberId("ana"),
    MemberId("ana-old"),
    MemberId("ana-oldest"),
    MemberId("ben"),
)


@pytest.fixture
def merged(database: Database) -> sa.Engine | Database:
    with database.writing() as connection:
        accounts = AccountStore(connection)
        assert accounts.merge(OLDEST, OLD, AT)
        assert accounts.merge(OLD, ANA, AT)
    return database


def test_an_account_is_found_by_all_it_was(merged: Database) -> None:
    with merged.reading() as connection:
        accounts = AccountStore(connection)

        assert accounts.now_known_as(OLDEST) == ANA
        assert accounts.now_known_as(ANA) == ANA
        assert accounts.of(OLD) == (ANA, OLD, OLDEST)
        assert accounts.of(BEN) == (BEN,)
        assert accounts.known_as([OLD, BEN]) == {OLD: ANA, BEN: BEN}
        assert accounts.families([ANA, BEN]) == {ANA: (ANA, OLD, OLDEST), BEN: (BEN,)}
        assert accounts.all_families() == {ANA: (ANA, OLD, OLDEST)}


def test_the_same_merge_twice_is_one(merged: Database) -> None:
    with merged.writing() as connection:
        assert not AccountStore(connection).merge(OLD, ANA, AT)


def test_an_account_becomes_one_other_only(merged: Database) -> None:
    with merged.writing() as connection, pytest.raises(Conflict, match="became 'ana' before"):
        AccountStore(connection).merge(OLD, BEN, AT)


@pytest.mark.parametrize(("old", "into"), [(ANA, OLDEST), (ANA, OLD), (BEN, BEN)])
def test_accounts_do_not_become_each_other_in_a_circle(
    merged: Database, old: MemberId, into: MemberId
) -> None:
    with merged.writing() as connection, pytest.raises(BadInput):
        AccountStore(connection).merge(old, into, AT)


def test_of_a_forgotten_account_nothing_is_kept(merged: Database) -> None:
    with merged.writing() as connection:
        accounts = AccountStore(connection)
        for account in accounts.of(ANA):
            accounts.forget(account)

        assert not accounts.all_families()

"""Seats are kept once, under their key, for members alone."""

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.storage.database import Database
from sayso.storage.schema import members
from sayso.storage.seats import SeatStore

ANA, BEN, GONE = MemberId("ana"), MemberId("ben"), MemberId("gone")


def settle(connection: sa.Connection, *ids: MemberId) -> None:
    connection.execute(
        sa.insert(members),
        [
            {"id": each, "name": "", "handle": "", "standing": "active", "body": {}, "digest": ""}
            for each in ids
        ],
    )


def test_a_proof_is_kept_under_its_key_and_given_back(database: Database) -> None:
    with database.writing() as connection:
        settle(connection, ANA, BEN)
        SeatStore(connection).add("k1", {ANA: b"one", BEN: b"two"})
    with database.reading() as connection:
        seats = SeatStore(connection)
        assert seats.proofs("k1", [ANA, BEN, GONE]) == {ANA: b"one", BEN: b"two"}
        assert seats.proofs("k2", [ANA]) == {}
        assert seats.of_member(ANA) == ("k1", b"one".hex())
        assert seats.of_member(GONE) is None


def test_a_new_key_replaces_the_old_one(database: Database) -> None:
    with database.writing() as connection:
        settle(connection, ANA)
        seats = SeatStore(connection)
        seats.add("k1", {ANA: b"one"})
        seats.add("k2", {ANA: b"three"})

        assert seats.proofs("k1", [ANA]) == {}
        assert seats.proofs("k2", [ANA]) == {ANA: b"three"}


def test_nothing_is_kept_of_whom_the_network_does_not_know(database: Database) -> None:
    with database.writing() as connection:
        seats = SeatStore(connection)
        seats.add("k1", {GONE: b"one"})

        assert seats.proofs("k1", [GONE]) == {}


def test_erasing_takes_it_away(database: Database) -> None:
    with database.writing() as connection:
        settle(connection, ANA, BEN)
        seats = SeatStore(connection)
        seats.add("k1", {ANA: b"one", BEN: b"two"})

        assert seats.erase(ANA) == 1
        assert seats.erase(ANA) == 0
        assert seats.proofs("k1", [ANA, BEN]) == {BEN: b"two"}

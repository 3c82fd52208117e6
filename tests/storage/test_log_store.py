"""One suite for every `LeafStore`, so that the fake of the other tests cannot lie."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from fakes.evidence import MemoryLeaves
from sayso.errors import Tampered
from sayso.evidence.log import LeafStore, Log
from sayso.evidence.merkle import Place
from sayso.evidence.note import Signer
from sayso.storage.database import Database
from sayso.storage.log import LogStore
from sayso.storage.schema import log_checkpoints, log_leaves, log_nodes

SIGNER = Signer("example.org/log", bytes(32))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def leaves(request: pytest.FixtureRequest) -> Iterator[LeafStore]:
    if request.param == "memory":
        yield MemoryLeaves()
        return
    database: Database = request.getfixturevalue(f"{request.param}_database")
    with database.writing() as connection:
        yield LogStore(connection)


def fill(leaves: LeafStore, count: int) -> Log:
    log = Log(leaves, SIGNER)
    log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])
    return log


def test_an_empty_store_has_nothing(leaves: LeafStore) -> None:
    assert leaves.size() == 0
    assert leaves.count_nodes() == 0
    assert list(leaves.leaves(0, 10)) == []
    assert leaves.nodes([]) == {}
    assert leaves.nodes([Place(0, 0)]) == {}
    assert leaves.checkpoint(0) is None
    assert list(leaves.checkpoints()) == []


def test_the_smallest_checkpoint_over_a_leaf_is_found(leaves: LeafStore) -> None:
    for size in (3, 5, 9):
        leaves.save_checkpoint(size, f"signed at {size}")

    found = [leaves.checkpoint_over(position) for position in (0, 2, 3, 4, 8, 9)]

    assert [kept and kept[0] for kept in found] == [3, 3, 5, 5, 9, None]
    assert found[0] == (3, "signed at 3")


def test_leaves_come_back_in_order_and_as_they_were(leaves: LeafStore) -> None:
    log = fill(leaves, 1200)

    held = list(leaves.leaves(0, 1200))

    assert leaves.size() == 1200
    assert [leaf.position for leaf in held] == list(range(1200))
    assert held[7] == log.entry(7)
    assert [leaf.position for leaf in leaves.leaves(3, 5)] == [3, 4]
    assert list(leaves.leaves(5, 3)) == []


def test_every_hash_of_a_large_question_is_answered(leaves: LeafStore) -> None:
    fill(leaves, 1200)
    asked = [Place(0, position) for position in range(1200)] + [Place(1, 0), Place(1, 600)]

    held = leaves.nodes(asked)

    assert set(held) == {*asked} - {Place(1, 600)}
    assert leaves.count_nodes() == sum(1200 >> level for level in range(11))


def test_a_position_is_never_used_twice(leaves: LeafStore) -> None:
    log = fill(leaves, 2)
    again = log.entry(1)

    with pytest.raises((ValueError, sa.exc.IntegrityError)):
        leaves.add([again], [])


def test_checkpoints_come_back_smallest_first(leaves: LeafStore) -> None:
    for size in (10, 2, 9):
        leaves.save_checkpoint(size, f"note {size}\n")

    assert leaves.checkpoint(9) == "note 9\n"
    assert [size for size, _ in leaves.checkpoints()] == [2, 9, 10]


def test_a_log_grown_in_pieces_verifies(leaves: LeafStore) -> None:
    log = Log(leaves, SIGNER)
    for number in range(20):
        log.append("event", {"commitment": f"{number}"})
        log.checkpoint()
    log.append_all("seal", [{"digest": "x"}] * 700)

    checked = log.verify()

    assert (checked.size, checked.checkpoints) == (720, 20)


def test_a_reader_signs_the_same_checkpoint_and_leaves_no_trace(database: Database) -> None:
    with database.writing() as connection:
        fill(LogStore(connection), 5)

    with database.reading() as connection:
        read = Log(LogStore(connection), SIGNER).checkpoint()
        assert list(LogStore(connection).checkpoints()) == []

    with database.writing() as connection:
        assert Log(LogStore(connection), SIGNER).checkpoint() == read
        assert list(LogStore(connection).checkpoints()) == [(5, read)]


@pytest.mark.parametrize(
    "tamper",
    [
        sa.update(log_leaves).where(log_leaves.c.position == 3).values(entry=b'{"kind":"seal"}'),
        sa.update(log_leaves).where(log_leaves.c.position == 3).values(kind="model"),
        sa.delete(log_leaves).where(log_leaves.c.position == 3),
        sa.delete(log_leaves).where(log_leaves.c.position >= 3),
        sa.update(log_nodes).where(log_nodes.c.level == 1).values(hash=bytes(32)),
        sa.delete(log_nodes).where(log_nodes.c.level == 1),
        sa.update(log_checkpoints).values(text="forged"),
        sa.update(log_checkpoints).values(size=7),
    ],
    ids=str,
)
def test_any_change_made_in_the_database_is_found(database: Database, tamper: sa.Update) -> None:
    with database.writing() as connection:
        fill(LogStore(connection), 6).checkpoint()
    with database.writing() as connection:
        connection.execute(tamper)

    with database.reading() as connection, pytest.raises(Tampered):
        Log(LogStore(connection), SIGNER).verify()

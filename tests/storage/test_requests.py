"""Requests and their moves in the database, those from before moves were kept included."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import sayso.storage
from sayso.community import MemberId
from sayso.errors import Conflict, NotFound
from sayso.rights.deadlines import Regime
from sayso.rights.requests import (
    MISSED,
    Delay,
    Move,
    Request,
    RequestKind,
    RequestState,
    advance,
    extend,
    open_request,
)
from sayso.storage.database import Database
from sayso.storage.requests import RequestStore

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
ANA = MemberId("ana")
State = RequestState


def asked(request_id: str = "r-1", member: str = "ana") -> Request:
    return Request(
        id=request_id,
        member_id=MemberId(member),
        kind=RequestKind.ACCESS,
        state=State.RECEIVED,
        received_at=NOON,
        due_at=NOON + timedelta(days=28),
        regime=Regime.GDPR,
    )


def kept(database: Database, request: Request) -> tuple[Move, ...]:
    request, moves = open_request(request, [])
    with database.writing() as connection:
        RequestStore(connection).save(request, moves)
    return moves


def test_a_request_and_its_moves_read_back(database: Database) -> None:
    (first,) = kept(database, asked())
    denied, last = advance(asked(), State.DENIED, NOON, reason="justifications:ProcessUnfounded")

    with database.writing() as connection:
        RequestStore(connection).save(denied, [last])

    with database.reading() as connection:
        store = RequestStore(connection)
        assert store.list() == store.of(ANA) == (store.get("r-"),) == (denied,)
        assert store.moves("r-1") == (first, last)
        assert store.all_moves() == {"r-1": (first, last)}
        assert store.moves("r-2") == ()


def test_a_request_and_its_moves_are_kept_together_or_not_at_all(database: Database) -> None:
    request, moves = open_request(asked(), [])
    stale = replace(moves[0], before=State.VERIFIED, after=State.IN_PROGRESS)

    with pytest.raises(Conflict), database.writing() as connection:
        RequestStore(connection).save(request, [*moves, stale])

    with database.reading() as connection:
        assert not RequestStore(connection).list()
        assert not RequestStore(connection).all_moves()


def test_a_term_is_not_lengthened_by_two_at_once(database: Database) -> None:
    moves = kept(database, asked())
    longer = extend(asked(), moves, NOON, Delay.MANY)
    with database.writing() as connection:
        RequestStore(connection).save(asked(), [longer])

    with pytest.raises(Conflict), database.writing() as connection:
        RequestStore(connection).save(asked(), [longer])


def test_an_id_that_several_begin_with_names_none_of_them(database: Database) -> None:
    kept(database, asked("r-1"))
    kept(database, asked("r-12", "ben"))

    with database.reading() as connection:
        store = RequestStore(connection)
        assert store.get("r-1").member_id == ANA
        with pytest.raises(NotFound, match="more than one"):
            store.get("r-")
        with pytest.raises(NotFound, match="no request"):
            store.get("%")


def test_only_what_is_open_late_and_not_yet_entered_is_overdue(database: Database) -> None:
    for request in (asked("r-1"), asked("r-2", "ben"), asked("r-3", "chi")):
        kept(database, request)
    entered = Move(
        request_id="r-2", before=State.RECEIVED, after=State.RECEIVED, at=NOON, reason=MISSED
    )
    with database.writing() as connection:
        RequestStore(connection).save(asked("r-2", "ben"), [entered])
        ended, move = advance(asked("r-3", "chi"), State.WITHDRAWN, NOON)
        RequestStore(connection).save(ended, [move])

    with database.reading() as connection:
        store = RequestStore(connection)
        assert store.overdue(NOON + timedelta(days=28)) == ()
        assert [each.id for each in store.overdue(NOON + timedelta(days=29))] == ["r-1"]


def test_a_forgotten_members_requests_keep_their_moves_and_no_name(database: Database) -> None:
    moves = kept(database, replace(asked(), detail="A letter."))

    with database.writing() as connection:
        RequestStore(connection).forget_member(ANA, "token")

    with database.reading() as connection:
        (left,) = RequestStore(connection).list()
        assert (left.member_id, left.detail) == ("token", "")
        assert RequestStore(connection).moves("r-1") == moves


@pytest.fixture
def earlier(tmp_path: Path) -> Database:
    """A database as the first version of Sayso made it."""
    database = Database(f"sqlite:///{tmp_path / 'sayso.db'}")
    config = Config()
    folder = Path(sayso.storage.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    return database


def test_what_was_answered_before_moves_were_kept_has_the_way_it_went(earlier: Database) -> None:
    row = {
        "id": "r-1",
        "member_id": "ana",
        "kind": "access",
        "state": "fulfilled",
        "detail": "",
        **dict.fromkeys(("received_at", "due_at", "finished_at"), "2026-01-05 12:00:00.000000"),
    }
    names = ", ".join(row)
    with earlier.writing() as connection:
        marks = ", ".join(f":{each}" for each in row)
        connection.execute(sa.text(f"insert into requests ({names}) values ({marks})"), row)

    earlier.upgrade()

    with earlier.reading() as connection:
        store = RequestStore(connection)
        assert store.get("r-1").regime is Regime.GENERIC
        moves = store.moves("r-1")
    assert [move.after for move in moves] == [
        *(State.RECEIVED, State.VERIFIED, State.IN_PROGRESS, State.FULFILLED),
    ]
    assert [move.before for move in moves] == [None, *(move.after for move in moves[:-1])]
    assert {move.at for move in moves} == {datetime(2026, 1, 5, 12, tzinfo=UTC)}
    earlier.close()

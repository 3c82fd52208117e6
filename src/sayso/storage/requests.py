"""Requests of members and every step of theirs, kept until they are answered and provable after."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.errors import NotFound
from sayso.rights.deadlines import Regime
from sayso.rights.requests import (
    FINAL,
    MISSED,
    Move,
    Request,
    RequestKind,
    RequestState,
    require_next,
)
from sayso.storage.schema import request_moves, requests


class RequestStore:
    """Implements `rights.holdings.Requests` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, request: Request, moves: Sequence[Move] = ()) -> None:
        """Keep `request` as it stands after `moves`, and these after those that it has.

        Raises:
            Conflict: the request moved on since it was read; nothing is kept.
        """
        same = requests.c.id == request.id
        kept = self.moves(request.id)
        require_next(request.id, kept, moves)
        self._connection.execute(sa.delete(requests).where(same))
        self._connection.execute(
            sa.insert(requests).values(
                id=request.id,
                member_id=request.member_id,
                kind=request.kind,
                state=request.state,
                received_at=request.received_at,
                due_at=request.due_at,
                finished_at=request.finished_at,
                detail=request.detail,
                regime=request.regime,
            )
        )
        for number, move in enumerate(moves, len(kept)):
            self._connection.execute(
                sa.insert(request_moves).values(
                    request_id=request.id,
                    number=number,
                    before=move.before,
                    after=move.after,
                    at=move.at,
                    reason=move.reason,
                )
            )

    def get(self, request_id: str) -> Request:
        """Return the request of that id, or of the only one that begins so.

        Raises:
            NotFound: there is none, or several begin so.
        """
        found = self._read(requests.c.id.startswith(request_id, autoescape=True))
        exact = [each for each in found if each.id == request_id]
        if not request_id or len(exact or found) != 1:
            raise NotFound(
                f"There is {'more than one' if found else 'no'} request {request_id!r}.",
                hint="`sayso requests list` shows the requests.",
            )
        return (exact or found)[0]

    def of(self, member_id: MemberId) -> tuple[Request, ...]:
        """Return the member's requests, oldest first."""
        return self._read(requests.c.member_id == member_id)

    def list(self) -> tuple[Request, ...]:
        """Return every request, oldest first."""
        return self._read(sa.true())

    def overdue(self, now: datetime) -> tuple[Request, ...]:
        """Return the open ones whose last day, as last computed, is over and was not entered."""
        entered = sa.select(request_moves.c.request_id).where(request_moves.c.reason == MISSED)
        return self._read(
            sa.and_(
                requests.c.state.not_in(sorted(FINAL)),
                requests.c.due_at < now,
                requests.c.id.not_in(entered),
            )
        )

    def moves(self, request_id: str) -> tuple[Move, ...]:
        """Return every step of a request, oldest first."""
        return self._moves(request_moves.c.request_id == request_id).get(request_id, ())

    def all_moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Return every step of every request, by the request's id."""
        return self._moves(sa.true())

    def forget_member(self, member_id: MemberId, token: str) -> None:
        """Keep that a request was answered, and how, but not whose it was."""
        self._connection.execute(
            sa.update(requests)
            .where(requests.c.member_id == member_id)
            .values(member_id=token, detail="")
        )

    def _moves(self, condition: sa.ColumnElement[bool]) -> dict[str, tuple[Move, ...]]:
        query = sa.select(request_moves).where(condition)
        found: dict[str, tuple[Move, ...]] = {}
        order = (request_moves.c.request_id, request_moves.c.number)
        for row in self._connection.execute(query.order_by(*order)):
            move = Move(
                request_id=row.request_id,
                before=None if row.before is None else RequestState(row.before),
                after=RequestState(row.after),
                at=row.at,
                reason=row.reason,
            )
            found[move.request_id] = (*found.get(move.request_id, ()), move)
        return found

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[Request, ...]:
        found = self._connection.execute(
            sa.select(requests).where(condition).order_by(requests.c.received_at, requests.c.id)
        )
        return tuple(
            Request(
                id=row.id,
                member_id=MemberId(row.member_id),
                kind=RequestKind(row.kind),
                state=RequestState(row.state),
                received_at=row.received_at,
                due_at=row.due_at,
                finished_at=row.finished_at,
                detail=row.detail,
                regime=Regime(row.regime),
            )
            for row in found
        )

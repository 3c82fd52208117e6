"""Requests of members, kept until they are answered and provable after."""

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.rights.requests import Request, RequestKind, RequestState
from sayso.storage.schema import requests


class RequestStore:
    """Implements `rights.requests.Requests` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, request: Request) -> None:
        """Keep `request`, in place of an earlier state of the same id."""
        self._connection.execute(sa.delete(requests).where(requests.c.id == request.id))
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
            )
        )

    def of(self, member_id: MemberId) -> tuple[Request, ...]:
        """Return the member's requests, oldest first."""
        return self._read(requests.c.member_id == member_id)

    def list(self) -> tuple[Request, ...]:
        """Return every request, oldest first."""
        return self._read(sa.true())

    def forget_member(self, member_id: MemberId, token: str) -> None:
        """Keep that a request was answered, but not whose it was."""
        self._connection.execute(
            sa.update(requests)
            .where(requests.c.member_id == member_id)
            .values(member_id=token, detail="")
        )

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
            )
            for row in found
        )

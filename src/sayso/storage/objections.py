"""Objections of people who are named in texts: each sealed under a key of its own."""

import sqlalchemy as sa

from sayso.errors import NotFound
from sayso.evidence.vault import SALT_BYTES, Vault
from sayso.rights.objections import Objection, from_bytes, subject_of, to_bytes
from sayso.storage.schema import objections


class ObjectionStore:
    """Keeps objections over one connection."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, objection: Objection, salt: bytes) -> None:
        """Keep a new objection, with the salt of what the log holds of it."""
        sealed = self._vault.seal(objection.subject, salt + to_bytes(objection))
        self._connection.execute(
            sa.insert(objections).values(id=objection.id, sealed=sealed, at=objection.at)
        )

    def list(self) -> tuple[Objection, ...]:
        """Return every objection, oldest first."""
        query = sa.select(objections).order_by(objections.c.at, objections.c.id)
        return tuple(self._opened(row) for row in self._connection.execute(query))

    def get(self, objection_id: str) -> Objection:
        """Return one objection.

        Raises:
            NotFound: there is none of that id.
        """
        return self._opened(self._row(objection_id))

    def proof(self, objection_id: str) -> tuple[bytes, bytes]:
        """Return the salt and the record that the objection's leaf in the log commits to.

        Raises:
            NotFound: there is no objection of that id.
        """
        row = self._row(objection_id)
        written = self._vault.open(subject_of(row.id), bytes(row.sealed))
        return written[:SALT_BYTES], written[SALT_BYTES:]

    def withdraw(self, objection_id: str) -> None:
        """Drop an objection and destroy its key: nobody can read any more who it was.

        Raises:
            NotFound: there is none of that id.
        """
        self._vault.destroy(self.get(objection_id).subject)
        self._connection.execute(sa.delete(objections).where(objections.c.id == objection_id))

    def _row(self, objection_id: str) -> sa.Row[tuple[object, ...]]:
        query = sa.select(objections).where(objections.c.id == objection_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(
                f"There is no objection {objection_id!r}.",
                hint="`sayso object list` shows who objects.",
            )
        return row

    def _opened(self, row: sa.Row[tuple[object, ...]]) -> Objection:
        written = self._vault.open(subject_of(row.id), bytes(row.sealed))
        return from_bytes(row.id, row.at, written[SALT_BYTES:])

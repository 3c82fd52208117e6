"""Who watches the log, and what they signed."""

import sqlalchemy as sa

from sayso.evidence.witness import Cosignature, Witness
from sayso.storage.schema import cosignatures, witnesses


class WitnessStore:
    """Implements `evidence.witness.WitnessStore` and `evidence.log.Cosigned`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def list(self) -> tuple[Witness, ...]:
        """Return the witnesses, those added first first."""
        found = self._connection.execute(
            sa.select(witnesses).order_by(witnesses.c.added_at, witnesses.c.vkey)
        )
        return tuple(Witness(vkey=row.vkey, name=row.name, added_at=row.added_at) for row in found)

    def add(self, witness: Witness) -> None:
        """Keep a witness."""
        self._connection.execute(
            sa.insert(witnesses).values(
                vkey=witness.vkey, name=witness.name, added_at=witness.added_at
            )
        )

    def remove(self, vkey: str) -> None:
        """Drop a witness, and all that it signed."""
        for table in (cosignatures, witnesses):
            self._connection.execute(sa.delete(table).where(table.c.vkey == vkey))

    def save(self, cosignature: Cosignature) -> None:
        """Keep a cosignature, in place of an earlier one by the same witness at that size."""
        self._connection.execute(
            sa.delete(cosignatures).where(
                cosignatures.c.size == cosignature.size, cosignatures.c.vkey == cosignature.vkey
            )
        )
        self._connection.execute(
            sa.insert(cosignatures).values(
                size=cosignature.size,
                vkey=cosignature.vkey,
                line=cosignature.line,
                signed_at=cosignature.signed_at,
            )
        )

    def cosignatures(self, size: int) -> tuple[Cosignature, ...]:
        """Return what is kept for the checkpoint of that size, by name of witness."""
        return self._read(cosignatures.c.size == size)

    def newest(self) -> tuple[Cosignature, ...]:
        """Return each witness's cosignature of the largest size it saw, by name of witness."""
        largest = (
            sa.select(cosignatures.c.vkey, sa.func.max(cosignatures.c.size).label("size"))
            .group_by(cosignatures.c.vkey)
            .subquery()
        )
        return self._read(
            sa.exists().where(
                largest.c.vkey == cosignatures.c.vkey, largest.c.size == cosignatures.c.size
            )
        )

    def best(self, at_least: int) -> int | None:
        """Return the size, `at_least` or larger, that most witnesses cosigned, the newest such."""
        query = (
            sa.select(cosignatures.c.size)
            .where(cosignatures.c.size >= at_least)
            .group_by(cosignatures.c.size)
            .order_by(sa.func.count().desc(), cosignatures.c.size.desc())
            .limit(1)
        )
        return self._connection.scalar(query)

    def lines(self, size: int) -> tuple[str, ...]:
        """Return the lines that stand under the checkpoint of that size."""
        return tuple(each.line for each in self.cosignatures(size))

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[Cosignature, ...]:
        found = self._connection.execute(
            sa.select(cosignatures)
            .join(witnesses, witnesses.c.vkey == cosignatures.c.vkey)
            .where(condition)
            .order_by(witnesses.c.name, cosignatures.c.vkey)
        )
        return tuple(
            Cosignature(size=row.size, vkey=row.vkey, line=row.line, signed_at=row.signed_at)
            for row in found
        )

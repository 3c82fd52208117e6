"""Each member's seat in datasets: the proof that gives it, computed once."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.storage.keeping import chunks
from sayso.storage.schema import members, seats


class SeatStore:
    """Keeps `evidence.vrf` proofs over one connection, under the fingerprint of their key."""

    def __init__(self, connection: sa.Connection) -> None:
        """Work inside the transaction that `connection` is in."""
        self._connection = connection

    def proofs(self, key: str, member_ids: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return the proofs of those members who have one under that key."""
        query = sa.select(seats.c.member_id, seats.c.proof).where(seats.c.key == key)
        return {
            MemberId(member_id): bytes(proof)
            for part in chunks(sorted(set(member_ids)))
            for member_id, proof in self._connection.execute(
                query.where(seats.c.member_id.in_(part))
            )
        }

    def add(self, key: str, proofs: Mapping[MemberId, bytes]) -> None:
        """Keep the proofs of those whom the network knows; they replace those of another key.

        Of somebody who was erased meanwhile nothing is kept.
        """
        for part in chunks(sorted(proofs)):
            known = self._connection.scalars(sa.select(members.c.id).where(members.c.id.in_(part)))
            fresh = [
                {"member_id": each, "key": key, "proof": proofs[MemberId(each)]} for each in known
            ]
            self._connection.execute(sa.delete(seats).where(seats.c.member_id.in_(part)))
            if fresh:
                self._connection.execute(sa.insert(seats), fresh)

    def of_member(self, member_id: MemberId) -> tuple[str, str] | None:
        """Return the fingerprint of the key, and the proof of the member's seat in hex."""
        query = sa.select(seats.c.key, seats.c.proof).where(seats.c.member_id == member_id)
        found = self._connection.execute(query).first()
        return None if found is None else (found[0], bytes(found[1]).hex())

    def erase(self, member_id: MemberId) -> int:
        """Keep the member's proof no longer; return how many there were."""
        return self._connection.execute(
            sa.delete(seats).where(seats.c.member_id == member_id)
        ).rowcount

"""Accounts that became another: whose they are now, and which a person has."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict
from sayso.storage.keeping import chunks
from sayso.storage.schema import merges

_ANY = sa.select(merges.c.member_id).limit(1)


class AccountStore:
    """`rights.stores.Accounts` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._any: bool | None = None

    def now_known_as(self, member_id: MemberId) -> MemberId:
        """Return the account that this one has become; itself where it became none."""
        return self.known_as([member_id])[member_id]

    def known_as(self, ids: Collection[MemberId]) -> dict[MemberId, MemberId]:
        """Return, for each of `ids`, the account that it has become."""
        became: dict[MemberId, MemberId] = {}
        asked = set(ids)
        while asked:
            found = dict(self._rows(merges.c.member_id, asked))
            became |= found
            asked = set(found.values()) - became.keys()
        return {each: _end(became, each) for each in ids}

    def of(self, member_id: MemberId) -> tuple[MemberId, ...]:
        """Return every account of the person, the one they are known by now first."""
        known_as = self.now_known_as(member_id)
        return self.families([known_as])[known_as]

    def families(self, ids: Collection[MemberId]) -> dict[MemberId, tuple[MemberId, ...]]:
        """Return, for each account that became none, it and all that became it."""
        became: dict[MemberId, MemberId] = {}
        asked = set(ids)
        while asked:
            found = dict(self._rows(merges.c.into, asked))
            became |= found
            asked = set(found)
        return _families(ids, became)

    def all_families(self) -> dict[MemberId, tuple[MemberId, ...]]:
        """Return the same for every person who has more than one account."""
        became = dict(self._rows(merges.c.member_id, None))
        return _families({_end(became, old) for old in became}, became)

    def merge(self, member_id: MemberId, into: MemberId, at: datetime) -> bool:
        """Let `member_id` be `into` from now on; false where it is already.

        Raises:
            Conflict: it became another account before.
            BadInput: it would become itself, at once or in a circle.
        """
        query = sa.select(merges.c.into).where(merges.c.member_id == member_id)
        before = self._connection.scalar(query)
        if before is not None:
            if before == into:
                return False
            raise Conflict(
                f"Account {member_id!r} became {before!r} before, and cannot become {into!r} too.",
                hint=f"Merge {before!r} into {into!r}, if the two are one person.",
            )
        if self.now_known_as(into) == member_id:
            raise BadInput(
                f"Account {member_id!r} cannot become {into!r}: that one is {member_id!r} by now.",
                hint="Name the account that lives on as the one that the other is merged into.",
            )
        self._connection.execute(sa.insert(merges).values(member_id=member_id, into=into, at=at))
        self._any = True
        return True

    def forget(self, member_id: MemberId) -> None:
        """Keep nothing of the account: neither what it became nor what became it."""
        self._connection.execute(
            sa.delete(merges).where(
                sa.or_(merges.c.member_id == member_id, merges.c.into == member_id)
            )
        )

    def _rows(
        self, column: sa.Column[str], ids: Collection[MemberId] | None
    ) -> Iterator[tuple[MemberId, MemberId]]:
        if not self._are_any():
            return
        query = sa.select(merges.c.member_id, merges.c.into)
        parts = [query] if ids is None else [query.where(column.in_(part)) for part in chunks(ids)]
        for part in parts:
            for old, into in self._connection.execute(part):
                yield MemberId(old), MemberId(into)

    def _are_any(self) -> bool:
        """Most networks never merge any: one question then answers all."""
        if self._any is None:
            self._any = self._connection.execute(_ANY).first() is not None
        return self._any


def _families(
    ids: Collection[MemberId], became: Mapping[MemberId, MemberId]
) -> dict[MemberId, tuple[MemberId, ...]]:
    found = {each: [each] for each in ids}
    for old in sorted(became):
        found[_end(became, old)].append(old)
    return {each: tuple(accounts) for each, accounts in found.items()}


def _end(became: Mapping[MemberId, MemberId], member_id: MemberId) -> MemberId:
    while member_id in became:
        member_id = became[member_id]
    return member_id

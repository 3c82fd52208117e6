"""Members' mail addresses, each sealed with its member's own key."""

from collections.abc import Collection

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.evidence.vault import Vault
from sayso.storage.keeping import chunks
from sayso.storage.schema import contacts


class ContactStore:
    """Keeps addresses over one connection. Nobody reads one without the vault's key."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def save(self, member_id: MemberId, address: str) -> None:
        """Keep the member's address in place of an earlier one."""
        if self.address(member_id) == address:
            return
        self.erase(member_id)
        sealed = self._vault.seal(member_id, address.encode())
        self._connection.execute(sa.insert(contacts).values(member_id=member_id, sealed=sealed))

    def address(self, member_id: MemberId) -> str | None:
        """Return the member's address, or None where none is kept.

        Raises:
            Tampered: it was changed, or sealed for someone else.
        """
        query = sa.select(contacts.c.sealed).where(contacts.c.member_id == member_id)
        sealed = self._connection.scalar(query)
        return None if sealed is None else self._vault.open(member_id, bytes(sealed)).decode()

    def known(self, members: Collection[MemberId]) -> frozenset[MemberId]:
        """Return those of `members` whose address is kept."""
        return frozenset(
            MemberId(found)
            for chunk in chunks(members)
            for found in self._connection.execute(
                sa.select(contacts.c.member_id).where(contacts.c.member_id.in_(chunk))
            ).scalars()
        )

    def erase(self, member_id: MemberId) -> None:
        """Keep the member's address no longer."""
        self._connection.execute(sa.delete(contacts).where(contacts.c.member_id == member_id))

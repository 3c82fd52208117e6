"""Each member's wrapped key in the database."""

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.storage.schema import vault_keys


class VaultStore:
    """Implements `evidence.vault.KeyStore` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def key(self, member_id: MemberId) -> bytes | None:
        """Return the wrapped key, or None where there is none (any more)."""
        query = sa.select(vault_keys.c.wrapped).where(vault_keys.c.member_id == member_id)
        wrapped = self._connection.scalar(query)
        return None if wrapped is None else bytes(wrapped)

    def add(self, member_id: MemberId, wrapped: bytes) -> None:
        """Keep the wrapped key of a member who has none."""
        self._connection.execute(vault_keys.insert(), {"member_id": member_id, "wrapped": wrapped})

    def destroy(self, member_id: MemberId) -> bool:
        """Drop the key; say whether there was one."""
        gone = self._connection.execute(
            vault_keys.delete().where(vault_keys.c.member_id == member_id)
        )
        return gone.rowcount > 0

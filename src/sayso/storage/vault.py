"""Each member's wrapped key in the database."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from sayso.community import MemberId
from sayso.storage.keeping import chunks
from sayso.storage.schema import vault_keys

_WRAPPED = sa.select(vault_keys.c.member_id, vault_keys.c.wrapped).where(
    vault_keys.c.member_id.in_(sa.bindparam("ids", expanding=True))
)


class VaultStore:
    """Implements `evidence.vault.KeyStore` over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keys(self, member_ids: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return the wrapped keys of those members who have one (still)."""
        return {
            MemberId(member_id): bytes(wrapped)
            for part in chunks(sorted(set(member_ids)))
            for member_id, wrapped in self._connection.execute(_WRAPPED, {"ids": part})
        }

    def add(self, wrapped: Mapping[MemberId, bytes]) -> None:
        """Keep the wrapped keys of members who have none."""
        self._connection.execute(
            vault_keys.insert(),
            [{"member_id": member_id, "wrapped": key} for member_id, key in wrapped.items()],
        )

    def destroy(self, member_id: MemberId) -> bool:
        """Drop the key; say whether there was one."""
        gone = self._connection.execute(
            vault_keys.delete().where(vault_keys.c.member_id == member_id)
        )
        return gone.rowcount > 0

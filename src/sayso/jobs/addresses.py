"""Mail addresses that come with accounts: kept sealed, apart from the members they are of."""

from collections.abc import Iterable

from sayso.sources.reading import Account, Item
from sayso.storage.stores import Stores


def keep_addresses(stores: Stores, batch: Iterable[Item]) -> None:
    """Keep the addresses of those in `batch` who are members here; who was erased is not."""
    given = {
        item.member.id: item.email for item in batch if isinstance(item, Account) and item.email
    }
    for member_id in stores.community.members_by_id(set(given)):
        stores.contacts.save(member_id, given[member_id])

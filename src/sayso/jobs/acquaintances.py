"""Names of people whom members are connected with: kept only to be taken out of texts."""

from collections.abc import Iterable, Iterator

from sayso.sources.reading import Acquaintance, Item
from sayso.storage.stores import Stores

_LONGEST = 200


def keep_acquaintances(stores: Stores, batch: Iterable[Item], source: str, reading: str) -> int:
    """Keep the names in `batch` that members here gave; return how many.

    Whoever was erased is no member, and their list is not kept.
    """
    given = [item for item in batch if isinstance(item, Acquaintance)]
    if not given:
        return 0
    members = stores.community.members_by_id({each.owner_id for each in given})
    named = [each for each in _cleaned(given) if each.owner_id in members]
    stores.acquaintances.keep(source, named, reading)
    return len(named)


def _cleaned(given: Iterable[Acquaintance]) -> Iterator[Acquaintance]:
    """Yield each with its name on one line; what cannot be a name is not kept."""
    for each in given:
        name = " ".join(each.name.split())
        if name and len(name) <= _LONGEST and name.isprintable():
            yield Acquaintance(owner_id=each.owner_id, name=name)

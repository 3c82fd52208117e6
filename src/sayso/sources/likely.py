"""Documents of which the day can be: the others are skipped, whichever reader brought them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sayso.community import Document, State
from sayso.sources.fields import Unfit, require_likely
from sayso.sources.reading import Item, Skipped


def likely(items: Iterable[Item], path: Path, latest: datetime | None) -> Iterator[Item]:
    """Yield `items`, and instead of what cannot have been written then why it is left out."""
    for item in items:
        if isinstance(item, Document) and item.state is not State.DELETED:
            try:
                require_likely(item.created_at, latest)
            except Unfit as unfit:
                yield Skipped(
                    where=f"{path}: {item.id}",
                    reason=unfit.reason,
                    mend=unfit.mend,
                    document_id=item.id,
                )
                continue
        yield item

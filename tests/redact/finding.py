"""What one finder sees in a text, as words."""

from sayso.redact.directory import Directory
from sayso.redact.scan import Finder, Scan

NOBODY = Directory()


def words_found(finder: Finder, text: str) -> list[str]:
    """Return the words that `finder` takes, where one of its `needs` stands in the text."""
    if finder.needs and not any(need in text for need in finder.needs):
        return []
    hits = finder.find(Scan(text, directory=NOBODY))
    return [text[hit.start : hit.end] for hit in hits]

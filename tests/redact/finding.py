"""What one finder takes out of a text, as words."""

from functools import cache

from sayso.redact.redactor import Redactor
from sayso.redact.scan import Finder


def words_found(finder: Finder, text: str) -> list[str]:
    """Return the words that `finder` takes when it is asked as a redactor asks it."""
    return [text[found.start : found.end] for found in _alone(finder).redact(text).found]


@cache
def _alone(finder: Finder) -> Redactor:
    return Redactor((finder,))

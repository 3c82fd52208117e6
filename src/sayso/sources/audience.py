"""Who may read a document at its source, in the words that sources have for it."""

from enum import StrEnum

from sayso.community import Visibility
from sayso.sources.fields import Fields

_WORDS = {
    "everyone": Visibility.PUBLIC,
    "subscribers": Visibility.CONNECTIONS,
    "subscriber-only": Visibility.CONNECTIONS,
    "subscribers-only": Visibility.CONNECTIONS,
    "paid": Visibility.CONNECTIONS,
    "followers": Visibility.CONNECTIONS,
    "friends": Visibility.CONNECTIONS,
    "password": Visibility.UNLISTED,
    "password-protected": Visibility.UNLISTED,
    "direct": Visibility.PRIVATE,
}
"""Other words than ours. Whoever subscribes is let in by the author, as connections are; whoever
has the password has a secret, as whoever has the address of an unlisted document has."""

_FLAGS = ("sensitive", "explicit", "nsfw")
_WARNINGS = ("content_warning", "spoiler_text")
NAMES = frozenset({"visibility", *_FLAGS, *_WARNINGS})
"""Every field that is read here."""


class Explicit(StrEnum):
    """What the operator says of documents that are shown behind a warning."""

    HIDDEN = "hidden"
    SHOWN = "shown"


def audience(fields: Fields, set_for_all: Fields) -> Visibility:
    """Say who may read it: what the record says, else the operator; a file of posts is public.

    What is public behind a warning counts as unlisted, unless the operator attests that it is
    shown like everything else (`--set explicit=shown`).
    """
    where = fields if fields.has("visibility") else set_for_all
    word = where.text("visibility").strip().lower().replace("_", "-")
    seen_by = _WORDS.get(word) or where.choice(Visibility, "visibility", default=Visibility.PUBLIC)
    if seen_by is Visibility.PUBLIC and _is_explicit(fields) and not _is_shown(set_for_all):
        return Visibility.UNLISTED
    return seen_by


def _is_explicit(fields: Fields) -> bool:
    return fields.is_said(*_FLAGS) or any(fields.text(name).strip() for name in _WARNINGS)


def _is_shown(set_for_all: Fields) -> bool:
    said = set_for_all.choice(Explicit, "explicit", default=Explicit.HIDDEN)
    return said is Explicit.SHOWN

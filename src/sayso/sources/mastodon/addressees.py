"""Who a post was written for, by its `to` and `cc` (ActivityPub section 7.1, Mastodon's use)."""

from collections.abc import Mapping

from sayso.community import Visibility
from sayso.evidence.canonical import JSON

PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
"""The special collection, in the three forms that JSON-LD gives its name (ActivityPub 5.6)."""

_STRICTEST_LAST = (
    Visibility.PUBLIC,
    Visibility.UNLISTED,
    Visibility.CONNECTIONS,
    Visibility.PRIVATE,
)


def seen_by(activity: Mapping[str, JSON], note: Mapping[str, JSON], followers: str) -> Visibility:
    """Return who may read a post, by the stricter of what it and its activity say.

    Public only where `to` names the public; unlisted where `cc` does; for connections where the
    author's followers are addressed; in every other case, silence too, for nobody else.
    """
    said = [each for part in (activity, note) if (each := _said_by(part, followers)) is not None]
    return max(said, key=_STRICTEST_LAST.index, default=Visibility.PRIVATE)


def _said_by(part: Mapping[str, JSON], followers: str) -> Visibility | None:
    if part.get("to") is None and part.get("cc") is None:
        return None
    to, cc = _names(part.get("to")), _names(part.get("cc"))
    if to & PUBLIC:
        return Visibility.PUBLIC
    if cc & PUBLIC:
        return Visibility.UNLISTED
    if any(_is_followers(name, followers) for name in to | cc):
        return Visibility.CONNECTIONS
    return Visibility.PRIVATE


def _names(value: JSON) -> frozenset[str]:
    """Return addressees, which may stand alone or in a list, as addresses or as objects."""
    listed = value if isinstance(value, list) else [value]
    named = (each.get("id") if isinstance(each, Mapping) else each for each in listed)
    return frozenset(name for name in named if isinstance(name, str))


def _is_followers(name: str, followers: str) -> bool:
    return name == followers if followers else name.endswith("/followers")

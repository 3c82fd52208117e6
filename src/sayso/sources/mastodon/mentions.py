"""Whom a post points at: its links, by the `tag` list that says whose address each is."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from sayso.community import SOMEONE, MemberId
from sayso.evidence.canonical import JSON
from sayso.sources.mastodon.actor import Actor, host_of


def who_in(note: Mapping[str, JSON], actor: Actor) -> Callable[[str], MemberId]:
    """Return what turns an address or handle in the note's text into a member's id.

    A link shows a person's page, and the tag has their account's own address; the two have the
    server and the user's name in common.
    """
    tags = note.get("tag")
    listed = tags if isinstance(tags, list) else [tags]
    known = {actor.uri: actor.member_id}
    by_name: dict[tuple[str, str], MemberId] = {}
    for tag in listed:
        uri = tag.get("href") if isinstance(tag, Mapping) else None
        if not isinstance(tag, Mapping) or tag.get("type") != "Mention" or not uri:
            continue
        if isinstance(uri, str):
            known[uri] = actor.named(uri)
            user = str(tag.get("name", "")).removeprefix("@").partition("@")[0]
            by_name[host_of(uri), user.lower()] = known[uri]

    def who(said: str) -> MemberId:
        return known.get(said) or by_name.get(_user_at(said), SOMEONE)

    return who


def _user_at(address: str) -> tuple[str, str]:
    """Return the server and the user's name of a page: `https://a.example/@ben` is ben's at a."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    user, _, elsewhere = parts.path.rstrip("/").rpartition("/")[2].removeprefix("@").partition("@")
    return elsewhere.lower() or host, user.lower()

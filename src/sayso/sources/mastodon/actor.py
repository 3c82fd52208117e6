"""Whose archive it is: `actor.json` (ActivityStreams), and what it says of being found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.community import SOMEONE, Member, MemberId, Profile, Standing
from sayso.evidence.canonical import JSON
from sayso.sources.attested import attested
from sayso.sources.fields import Fields, Unfit
from sayso.sources.plain_text import from_html
from sayso.sources.reading import Account, ReadingOptions

_NOT_TO_BE_FOUND = "do-not-index"
LONGEST_ID = 512
_EMOJI = re.compile(r"(?<![A-Za-z0-9:]):[A-Za-z0-9_]{2,}:(?![A-Za-z0-9:])")
"""The code of a server's own picture, as in `:wave:`: no part of a name (Mastodon, CustomEmoji)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One account: its own address, who that is here, and how its followers are addressed."""

    uri: str
    member_id: MemberId
    account: Account
    followers: str = ""
    moved_to: str = ""

    def named(self, uri: str) -> MemberId:
        """Return the member with that address: the archive's own by their id here."""
        if uri == self.uri:
            return self.member_id
        return MemberId(uri) if uri.isprintable() and len(uri) <= LONGEST_ID else SOMEONE


def read_actor(value: JSON, options: ReadingOptions) -> Actor:
    """Return the account that `actor.json` speaks of.

    Raises:
        Unfit: it has no address, or a field is not what it should be.
    """
    if not isinstance(value, Mapping):
        raise Unfit("not an object", "Give actor.json as it was downloaded.")
    fields = Fields(value)
    uri = fields.own_id()
    member_id = options.member_id or MemberId(uri)
    name, handle = _shown(fields.text("name")), fields.identity("preferredUsername")
    is_gone = fields.is_said("suspended")
    member = Member(
        id=member_id,
        name=name or handle or member_id,
        handle=handle,
        joined_at=fields.moment("published"),
        standing=Standing.SUSPENDED if is_gone else Standing.ACTIVE,
        profile=Profile(about=from_html(fields.text("summary")).text),
    )
    spoken = {
        "name": name or handle,
        "handle": handle,
        "joined_at": member.joined_at,
        "about": member.profile.about,
        "standing": is_gone,
    }
    said = frozenset(field for field, there in spoken.items() if there)
    return Actor(
        uri=uri,
        member_id=member_id,
        account=attested(
            Account(member=member, said=said, settings=_on_being_found(value)), options
        ),
        followers=_address(fields, "followers"),
        moved_to=_address(fields, "movedTo"),
    )


def nameless(uri: str, options: ReadingOptions) -> Actor:
    """Return the account of an archive that lost its `actor.json`."""
    member_id = options.member_id or MemberId(uri)
    account = Account(member=Member(id=member_id, name=member_id), said=frozenset())
    return Actor(uri=uri, member_id=member_id, account=attested(account, options))


def host_of(uri: str) -> str:
    """Return the server of an address; empty where it names none."""
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""


def _shown(name: str) -> str:
    """Return a name on one line; a display name may hold anything, markup and pictures too."""
    return " ".join(_EMOJI.sub("", from_html(name).text).split())


def _address(fields: Fields, name: str) -> str:
    """Return an address that is given as text or as an object; empty where it is neither."""
    value = fields.raw(name)
    value = value.get("id") if isinstance(value, Mapping) else value
    return value if isinstance(value, str) and value.isprintable() else ""


def _on_being_found(value: Mapping[str, JSON]) -> tuple[tuple[str, bool], ...]:
    """Return whether its posts may be searched; what is neither yes nor no is no.

    FEP-5feb, Search indexing consent for actors. Before Mastodon 4.2 had `indexable`,
    `discoverable` was all that an account could say.
    """
    for name in ("indexable", "discoverable"):
        if value.get(name) is not None:
            return ((_NOT_TO_BE_FOUND, value[name] is True),)
    return ()

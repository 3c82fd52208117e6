"""`preferences.json`: what the forum knows of the archive's own user."""

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.community import Member, Profile, Standing
from sayso.evidence.canonical import JSON
from sayso.sources.attested import attested
from sayso.sources.discourse.forum import Forum
from sayso.sources.fields import Fields, Unfit
from sayso.sources.plain_text import from_bbcode
from sayso.sources.reading import Account, ReadingOptions

_HIDES = ("hide_profile_and_presence", "hide_profile", "profile_hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The fields that are read, each checked; nothing where there is no such file."""

    username: str = ""
    name: str = ""
    email: str = ""
    about: str = ""
    location: str = ""
    language: str = ""
    joined: str = ""
    is_suspended: bool = False


def read_preferences(value: JSON) -> Preferences:
    """Return what the file says.

    Raises:
        Unfit: a field is not what it should be.
    """
    inner = value.get("user", value) if isinstance(value, Mapping) else None
    if not isinstance(inner, Mapping):
        raise Unfit("not an object", "Give preferences.json as it was downloaded.")
    fields = Fields(inner)
    options = fields.raw("user_option")
    settings = Fields(options if isinstance(options, Mapping) else {})
    is_hidden = fields.is_said(*_HIDES) or settings.is_said(*_HIDES)
    joined = fields.moment("created_at")
    return Preferences(
        username=fields.identity("username"),
        name=fields.line("name"),
        email=fields.address("email"),
        about="" if is_hidden else from_bbcode(fields.text("bio_raw")).text,
        location="" if is_hidden else fields.line("location"),
        language=fields.identity("locale").replace("_", "-"),
        joined=joined.isoformat() if joined else "",
        is_suspended=fields.has("suspended_till"),
    )


def account(forum: Forum, known: Preferences, options: ReadingOptions) -> Account:
    """Return the archive's user as a member.

    A profile that is hidden from strangers is not kept; that says nothing of the posts.
    """
    member = Member(
        id=forum.member_id,
        name=known.name or forum.username or forum.member_id,
        handle=forum.username,
        languages=(known.language,) if known.language else (),
        standing=Standing.SUSPENDED if known.is_suspended else Standing.ACTIVE,
        joined_at=Fields({"joined": known.joined}).moment("joined"),
        profile=Profile(about=known.about, location=known.location),
    )
    spoken = {
        "name": known.name,
        "handle": forum.username,
        "languages": known.language,
        "standing": known.is_suspended,
        "joined_at": known.joined,
        "about": known.about,
        "location": known.location,
    }
    said = frozenset(name for name, there in spoken.items() if there)
    return attested(Account(member=member, said=said, email=known.email), options)

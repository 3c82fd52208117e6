"""Members from a file about members: `sayso members import`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.community import AgeBand, Member, MemberId, Position, Profile, Standing
from sayso.sources.attested import attested, check
from sayso.sources.fields import Fields, Unfit
from sayso.sources.reading import Account, ReadingOptions, Skipped, Unread
from sayso.sources.records import Record, Unknown
from sayso.sources.rows import records

OWN = (
    "name",
    "handle",
    "pseudonym",
    "region",
    "age_band",
    "languages",
    "standing",
    "joined_at",
)
PROFILE = (
    "headline",
    "role",
    "organisation",
    "industry",
    "location",
    "years",
    "skills",
    "topics",
    "positions",
    "education",
    "about",
    "looking_for",
)
_ALIASES = {
    "organisation": ("organisation", "organization", "company"),
    "languages": ("languages", "language", "lang"),
    "joined_at": ("joined_at", "joined"),
}


_NAMES = frozenset(
    {"id", "email", "merged_into", *OWN, *PROFILE}
    | {name for names in _ALIASES.values() for name in names}
)


def is_read(name: str) -> bool:
    """Whether a field of that name says anything of a member here."""
    return name in _NAMES


def read_members(path: Path, options: ReadingOptions) -> Iterator[Account | Skipped | Unread]:
    """Yield each member of a JSONL or CSV file, with what the file says of them.

    At the end, the names of fields that nothing reads.

    Raises:
        NotFound: there is no such file.
        BadInput: the file is neither, or something attested has no such value.
    """
    check(options)
    unknown = Unknown(is_read)
    for record in records(path):
        if isinstance(record, Skipped):
            yield replace(record, document_id=None)  # the id is a member's
            continue
        unknown.meet(record.fields)
        yield account(record, options)
    yield from unknown.found()


def account(record: Record, options: ReadingOptions) -> Account | Skipped:
    """Read one member; a field that does not fit skips the whole record and is named."""
    fields = Fields(record.fields)
    try:
        member_id = fields.own_id()
        member = Member(
            id=MemberId(member_id),
            name=fields.line("name", default=member_id),
            handle=fields.identity("handle").removeprefix("@"),
            pseudonym=fields.line("pseudonym"),
            region=fields.region("region"),
            age_band=fields.choice(AgeBand, "age_band", default=AgeBand.UNKNOWN),
            languages=fields.texts(*_ALIASES["languages"]),
            standing=fields.choice(Standing, "standing", default=Standing.ACTIVE),
            joined_at=fields.moment(*_ALIASES["joined_at"]),
            profile=_profile(fields),
        )
        into, email = _merged_into(fields, member_id), fields.address("email")
    except Unfit as unfit:
        return Skipped(where=record.where, reason=unfit.reason, mend=unfit.mend)
    said = {name for name in (*OWN, *PROFILE) if fields.has(*_ALIASES.get(name, (name,)))}
    return attested(
        Account(member=member, said=frozenset(said), merged_into=into, email=email), options
    )


def joined(known: Member, found: Account) -> Member:
    """Return `known` with what `found` says of them; a byline only fills what is unknown."""
    blank = Member(id=known.id, name=known.id)
    own = _settled(known, blank, found, OWN, found.member)
    profile = _settled(known.profile, blank.profile, found, PROFILE, found.member.profile)
    return replace(known, **own, profile=replace(known.profile, **profile))


def _settled(
    known: object, blank: object, found: Account, names: tuple[str, ...], new: object
) -> dict[str, Any]:
    """Return the fields to change: what is said, unless only a byline says otherwise."""
    return {
        name: getattr(new, name)
        for name in names
        if name in found.said
        and (not found.is_byline or getattr(known, name) == getattr(blank, name))
    }


def _merged_into(fields: Fields, member_id: str) -> MemberId | None:
    into = fields.identity("merged_into")
    if into == member_id:
        raise Unfit("merged into itself", "Name the other account in merged_into.")
    return MemberId(into) if into else None


def _profile(fields: Fields) -> Profile:
    return Profile(
        headline=fields.text("headline").strip(),
        role=fields.text("role").strip(),
        organisation=fields.text(*_ALIASES["organisation"]).strip(),
        industry=fields.text("industry").strip(),
        location=fields.text("location").strip(),
        years=fields.number("years"),
        skills=fields.texts("skills"),
        topics=fields.texts("topics"),
        positions=tuple(_position(part) for part in fields.parts("positions")),
        education=fields.texts("education"),
        about=fields.text("about").strip(),
        looking_for=fields.text("looking_for").strip(),
    )


def _position(fields: Fields) -> Position:
    return Position(
        title=fields.text("title").strip(),
        organisation=fields.text(*_ALIASES["organisation"]).strip(),
        since=fields.text("since").strip(),
        until=fields.text("until").strip(),
    )

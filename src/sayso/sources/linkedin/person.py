"""The member: their account and profile, from the small tables about them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from sayso.community import AgeBand, Document, Kind, Member, Position, Profile
from sayso.sources.attested import attested
from sayso.sources.fields import Fields, Unfit
from sayso.sources.linkedin.dates import NOT_SAID, Order, moment
from sayso.sources.linkedin.files import Use
from sayso.sources.linkedin.owner import WHERE_SILENT, Owner
from sayso.sources.linkedin.tables import Line, Table
from sayso.sources.linkedin.tongues import code
from sayso.sources.reading import Account, Skipped

_MOST = 1000
"""Nobody has more skills or positions; a table without an end has no end."""

_ADULT = 18
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_YES = {"yes", "true", "y", "1"}

_KNOWN = {
    Use.POSITIONS: ("title", "companyname"),
    Use.PROJECTS: ("title",),
    Use.PUBLICATIONS: ("name", "publisher"),
}
DESCRIBED = {
    Use.VOLUNTEERING: ("role", "companyname"),
    Use.ORGANIZATIONS: ("position", "name"),
    Use.HONORS: ("title", "name"),
    Use.PATENTS: ("title", "name"),
    Use.TEST_SCORES: ("name", "title"),
}
"""Tables of which what the member wrote is read, under these heads, where they have it."""

Tables = Mapping[Use, Sequence[Table]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Where a member can be reached, and the address that stands for them even if unconfirmed."""

    primary: str = ""
    confirmed: str = ""
    problem: Skipped | None = None


def mail(tables: Tables) -> Mail:
    """Return the primary address; a notice can be sent to it only if it is confirmed."""
    for line in _lines(tables, Use.EMAILS):
        said = line.said("emailaddress", "email")
        if not said or line.said("primary").casefold() not in _YES:
            continue
        if line.said("confirmed").casefold() not in _YES:
            return Mail(primary=said)
        try:
            return Mail(primary=said, confirmed=Fields({"email": said}).address("email"))
        except Unfit as unfit:
            problem = Skipped(where=line.where, reason=unfit.reason, mend=unfit.mend)
            return Mail(primary=said, problem=problem)
    return Mail()


def joined_at(tables: Tables, order: Order) -> datetime | None:
    """Return when they registered, where that is one day."""
    for line in _lines(tables, Use.REGISTRATION):
        try:
            return moment(line.said("registeredat", "registrationdate"), order)
        except Unfit:
            return None
    return None


def account(
    tables: Tables, owner: Owner, *, since: datetime | None, newest: datetime | None, email: str
) -> Account:
    """Return the member as the archive speaks of them."""
    own = next(_lines(tables, Use.PROFILE), Line(where="", cells={}))
    name, former = _names(own)
    profile = _profile(tables, own)
    tongues = dict.fromkeys(code(each) for each in _named(tables, Use.LANGUAGES))
    age_band = _age_band(_said(own, "birthdate"), newest)
    member = Member(
        id=owner.member_id,
        name=name or owner.member_id,
        age_band=age_band,
        languages=tuple(tongue for tongue in tongues if tongue),
        joined_at=since,
        profile=profile,
        former_names=former,
    )
    found = {
        "name": name,
        "age_band": age_band is not AgeBand.UNKNOWN,
        "languages": member.languages,
        "joined_at": since,
        **{field: getattr(profile, field) for field in Profile.__dataclass_fields__},
    }
    said = frozenset(field for field, value in found.items() if value)
    found_here = Account(member=member, said=said, is_byline=not own.cells, email=email)
    return attested(found_here, owner.options)


def page(tables: Tables, owner: Owner, profile: Profile, since: datetime | None) -> Document | None:
    """Return the profile as a text of theirs, where it has one and the day they joined is known."""
    parts = [profile.about]
    for use, heads in {**_KNOWN, **DESCRIBED}.items():
        parts += _described(_lines(tables, use), heads)
    text = "\n\n".join(part for part in parts if part)
    if since is None or not text:
        return None
    return replace(
        owner.document(owner.document_id("profile"), Kind.PROFILE, text, since),
        title=profile.headline,
        visibility=owner.attested_audience(WHERE_SILENT),
    )


def _names(own: Line) -> tuple[str, tuple[str, ...]]:
    """Return what they are called, and what they were called before."""
    first, last = _said(own, "firstname"), _said(own, "lastname")
    before = _said(own, "maidenname")
    name = " ".join(f"{first} {last}".split())
    former = " ".join(f"{first} {before}".split())
    return name, (former,) if before and former != name else ()


def _profile(tables: Tables, own: Line) -> Profile:
    # A table of one column: a row more is a paragraph more.
    paragraphs = [_said(each, "profilesummary", "summary") for each in _lines(tables, Use.SUMMARY)]
    summary = "\n".join(paragraphs).strip()
    positions = tuple(
        Position(
            title=_said(line, "title"),
            organisation=_said(line, "companyname"),
            since=_said(line, "startedon"),
            until=_said(line, "finishedon"),
        )
        for line in _lines(tables, Use.POSITIONS)
    )
    present = next((each for each in positions if not each.until), Position(title=""))
    return Profile(
        headline=_said(own, "headline"),
        role=present.title,
        organisation=present.organisation,
        industry=_said(own, "industry"),
        location=_said(own, "geolocation", "location"),
        skills=_named(tables, Use.SKILLS),
        positions=positions,
        education=tuple(
            dict.fromkeys(
                school
                for line in _lines(tables, Use.EDUCATION)
                if (school := _joined(_said(line, "degreename"), _said(line, "schoolname")))
            )
        ),
        about=_said(own, "summary") or summary,
    )


def _age_band(said: str, newest: datetime | None) -> AgeBand:
    """Return all that is kept of a birth date: whether they were of age at the newest date here.

    Only the year counts, to its last day; a birth date without one says nothing.
    """
    years = set(_YEAR.findall(said))
    if len(years) != 1 or newest is None:
        return AgeBand.UNKNOWN
    of_age = int(years.pop()) + _ADULT
    if newest >= datetime(of_age, 12, 31, tzinfo=UTC):
        return AgeBand.ADULT
    return AgeBand.MINOR if newest.year < of_age else AgeBand.UNKNOWN


def _described(lines: Iterable[Line], heads: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        said = _said(line, "description")
        if said:
            yield f"{_joined(*(_said(line, head) for head in heads))}\n{said}".strip()


def _named(tables: Tables, use: Use) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for line in _lines(tables, use) if (name := _said(line, "name")))
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _said(line: Line, *names: str) -> str:
    said = line.said(*names)
    return "" if said.casefold() in NOT_SAID else said


def _lines(tables: Tables, use: Use) -> Iterator[Line]:
    found = (line for table in tables.get(use, ()) for line in table.lines())
    yield from islice((line for line in found if isinstance(line, Line)), _MOST)

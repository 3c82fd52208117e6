"""The reader `linkedin`: one member's archive, file by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sayso.errors import BadInput
from sayso.sources.archives import Archive, open_archive
from sayso.sources.attested import check
from sayso.sources.fields import Unfit
from sayso.sources.kinds import FOLDER, GZIP, ZIP
from sayso.sources.linkedin import articles, people, person, posts
from sayso.sources.linkedin.dates import Order, moment
from sayso.sources.linkedin.files import UNKNOWN, UNREAD, Known, Use, known
from sayso.sources.linkedin.owner import READER, Owner, owner
from sayso.sources.linkedin.quoting import Quoting
from sayso.sources.linkedin.tables import Table, count_rows
from sayso.sources.reading import Item, ReaderEntry, ReadingOptions, Skipped

_NEEDED: dict[Use, tuple[tuple[str, ...], ...]] = {
    Use.SHARES: (("sharecommentary",), ("sharelink", "date")),
    Use.COMMENTS: (("message", "comment"), ("link", "commentlink", "date")),
    Use.GIVEN: (("text",), ("firstname", "lastname")),
    Use.RECEIVED: (("firstname", "lastname"),),
    Use.PROFILE: (("firstname",), ("lastname",)),
    Use.SUMMARY: (("profilesummary", "summary"),),
    Use.POSITIONS: (("companyname", "title"),),
    Use.EDUCATION: (("schoolname",),),
    Use.SKILLS: (("name",),),
    Use.LANGUAGES: (("name",),),
    Use.PROJECTS: (("title",),),
    Use.PUBLICATIONS: (("name",),),
    Use.VOLUNTEERING: (("role", "companyname"), ("description",)),
    Use.HONORS: (("title", "name"), ("description",)),
    Use.PATENTS: (("title", "name"), ("description",)),
    Use.ORGANIZATIONS: (("name", "position"), ("description",)),
    Use.TEST_SCORES: (("name", "title"), ("description",)),
    Use.EMAILS: (("emailaddress", "email"), ("primary",)),
    Use.REGISTRATION: (("registeredat", "registrationdate"),),
    Use.CONNECTIONS: (("firstname",), ("lastname",)),
    Use.ENDORSED: (("endorseefirstname", "endorseelastname"),),
    Use.ENDORSERS: (("endorserfirstname", "endorserlastname"),),
    Use.INVITATIONS: (("sentat",),),
}
"""Of each group one column at least has to stand in a table's header."""

_DATES: dict[Use, tuple[str, ...]] = {
    Use.SHARES: ("date",),
    Use.COMMENTS: ("date",),
    Use.GIVEN: ("creationdate",),
    Use.RECEIVED: ("creationdate",),
    Use.REGISTRATION: ("registeredat", "registrationdate"),
    Use.INVITATIONS: ("sentat",),
}
_NAMES = (Use.CONNECTIONS, Use.GIVEN, Use.RECEIVED, Use.ENDORSED, Use.ENDORSERS)
_WRITINGS = {
    Use.SHARES: posts.shares,
    Use.COMMENTS: posts.comments,
    Use.GIVEN: posts.recommendations,
}
_TAKEN = {
    Use.RECEIVED: "the names in it",
    Use.INVITATIONS: "the dates in it",
    Use.REGISTRATION: "the dates in it",
}
"""What is read of files that are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Export:
    """An archive after its first reading."""

    archive: Archive
    tables: dict[Use, list[Table]]
    pages: list[str]
    left_out: list[Skipped]


def read_linkedin(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the member, the names of those they know, then what they wrote and what was left out.

    Everything is read once before anything is yielded, so that nothing is kept of an archive that
    turns out to be broken.

    Raises:
        NotFound: there is nothing at `path`.
        BadInput: it is no archive of LinkedIn's, means harm, or does not say whose it is.
    """
    check(options)
    with open_archive(path) as archive:
        export = _sorted(archive)
        if not (export.tables or export.pages):
            raise BadInput(
                f"{path} holds nothing that LinkedIn exports.",
                hint="Give the .zip from LinkedIn, or the folder it unpacks to.",
            )
        order, newest = _dates(export)
        mail = person.mail(export.tables)
        whose = owner(path, archive.names, mail.primary, options)
        since = person.joined_at(export.tables, order)
        found = person.account(
            export.tables, whose, since=since, newest=newest, email=mail.confirmed
        )
        yield found
        named = [table for use in _NAMES for table in export.tables.get(use, ())]
        yield from people.acquaintances(named, whose.member_id)
        page = person.page(export.tables, whose, found.member.profile, since)
        yield from (page,) if page else ()
        yield from _writing(export, whose, order)
        yield from (mail.problem,) if mail.problem else ()
        yield from _broken(export)
        yield from export.left_out


LINKEDIN = ReaderEntry(
    name=READER,
    read=read_linkedin,
    about="LinkedIn's copy of a member's data: the zip, or the folder it unpacks to.",
    takes=(ZIP, GZIP, FOLDER),
    of_one_member=True,
)


def _sorted(archive: Archive) -> _Export:
    """Read every file once: habits of those that are read, and how many rows the others have."""
    export = _Export(archive=archive, tables={}, pages=[], left_out=[])
    for name in archive.names:
        what = known(name, archive.above)
        if what.use is Use.ARTICLE:
            export.pages.append(name)
        elif what.use is not Use.NOTHING:
            habit = Quoting.ESCAPED if what.use is Use.COMMENTS else Quoting.DOUBLED
            table = Table(archive, name, _NEEDED[what.use], habit)
            if table.problem and what.use in person.DESCRIBED:
                what = Known(Use.NOTHING, UNREAD)
            else:
                export.tables.setdefault(what.use, []).append(table)
        if what.reason:
            export.left_out.append(_left_out(archive, name, what))
    archive.verify(export.pages)
    uses = {*export.tables, *([Use.ARTICLE] if export.pages else [])}
    if export.tables and uses.isdisjoint({Use.SHARES, Use.COMMENTS, Use.ARTICLE}):
        export.left_out.append(
            Skipped(
                where=f"{archive.path}",
                reason="no posts, comments or articles in it",
                mend="Ask LinkedIn for the larger archive: the small one leaves them out.",
            )
        )
    return export


def _left_out(archive: Archive, name: str, what: Known) -> Skipped:
    """Say that a file is not read, why, and how many rows it has."""
    is_table = name.casefold().endswith(".csv")
    count = count_rows(archive, name) if is_table else 0
    if what.reason != UNKNOWN:
        kept = f"Only {_TAKEN[what.use]} are read." if what.use in _TAKEN else "Nothing is kept."
        mend = f"Rows: {count:,}. {kept}" if is_table else kept
        return Skipped(
            where=f"{archive.path}: {name}", reason=what.reason, mend=mend, on_purpose=True
        )
    mend = "If it holds posts or comments, give it LinkedIn's name for them."
    return Skipped(
        where=f"{archive.path}: {name}", reason=UNKNOWN, mend=mend, on_purpose=not is_table
    )


def _dates(export: _Export) -> tuple[Order, datetime | None]:
    """Learn from every date which part comes first; return the newest that is clear by itself."""
    order, unknown, newest = Order(), Order(), None
    for said in _said_dates(export):
        order.see(said)
        try:
            at = moment(said, unknown)
        except Unfit:
            continue
        newest = max(filter(None, (newest, at)), default=None)
    return order, newest


def _said_dates(export: _Export) -> Iterator[str]:
    for use, columns in _DATES.items():
        for table in export.tables.get(use, ()):
            for line in table.lines():
                if not isinstance(line, Skipped):
                    yield line.said(*columns)


def _writing(export: _Export, whose: Owner, order: Order) -> Iterator[Item]:
    writing = posts.Writing(owner=whose, order=order)
    for use, read in _WRITINGS.items():
        for table in export.tables.get(use, ()):
            yield from read(table, writing)
    for name in export.pages:
        yield articles.article(export.archive, name, whose)


def _broken(export: _Export) -> Iterator[Skipped]:
    """Yield what is broken in the tables about the member and about others."""
    for use, tables in export.tables.items():
        if use not in _WRITINGS and use not in _TAKEN:
            for table in tables:
                yield from (line for line in table.lines() if isinstance(line, Skipped))

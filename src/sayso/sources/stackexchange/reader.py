"""Stack Exchange's data dump, read file by file: history and people first, then their words."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sayso.community import DocumentId, State
from sayso.sources.archives import Archive, open_archive
from sayso.sources.attested import check
from sayso.sources.kinds import FOLDER, GZIP, SEVEN_ZIP, ZIP
from sayso.sources.lines import as_text
from sayso.sources.reading import Account, Item, ReaderEntry, ReadingOptions, Skipped
from sayso.sources.seen import Seen
from sayso.sources.stackexchange.hands import History
from sayso.sources.stackexchange.people import account, byline
from sayso.sources.stackexchange.rows import BrokenRow, Row, rows, unless_all_broken
from sayso.sources.stackexchange.site import Site, sites
from sayso.sources.stackexchange.writings import Written, comment, post


def read_stackexchange(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the people, posts and comments of a dump's folder or zip; see `ReaderEntry`.

    What is held in memory is some bytes for each person and post; the history, which is larger
    than all the rest, is kept on disk while it is needed.
    """
    check(options)
    with open_archive(path) as archive:
        found = tuple(sites(archive, options.source))
        if not path.is_dir():  # a packed file may turn out broken at its end
            archive.verify(name for site in found for name in site.files.values())
        for site in found:
            yield from _read(archive, site, options)


STACKEXCHANGE = ReaderEntry(
    name="stackexchange",
    read=read_stackexchange,
    about="A Stack Exchange data dump: the folder with Posts.xml, or a zip of it.",
    takes=(FOLDER, ZIP, GZIP, SEVEN_ZIP),
)


def _read(archive: Archive, site: Site, options: ReadingOptions) -> Iterator[Item]:
    for name in site.others:
        mend = "It holds votes, marks or counts, not what members wrote."
        yield Skipped(where=name, reason="a file that is not read", mend=mend, on_purpose=True)
    known, there = Seen(), Seen()
    with closing(History()) as history:
        if "posthistory" in site.files:
            for broken in history.learn(_rows(archive, site, "posthistory")):
                yield _skipped(broken, None)
        yield from _people(archive, site, options, known)

        def posts(row: Row) -> Written | Skipped:
            found = post(row, site, history, options)
            is_gone = isinstance(found, Written) and found.document.state is State.DELETED
            if not is_gone:
                there.first_at(row.fields.get("Id", "").strip(), 0)
            return found

        yield from _written(archive, site, "posts", (posts, site.post), (options, known))
    yield from _written(
        archive,
        site,
        "comments",
        (lambda row: comment(row, site, there, options), site.comment),
        (options, known),
    )


def _people(
    archive: Archive, site: Site, options: ReadingOptions, known: Seen
) -> Iterator[Account | Skipped]:
    for row in _rows(archive, site, "users"):
        if isinstance(row, BrokenRow):
            yield _skipped(row, None)
            continue
        found = account(row, site, options)
        if isinstance(found, Account) and known.first_at(found.member.id, 0) is not None:
            mend = "Give each account once; the first counts."
            found = Skipped(where=row.where, reason="id used twice", mend=mend)
        yield found


def _written(
    archive: Archive,
    site: Site,
    kind: str,
    by: tuple[Callable[[Row], Written | Skipped], Callable[[str], DocumentId]],
    known: tuple[ReadingOptions, Seen],
) -> Iterator[Item]:
    """Yield the documents of one file, each after those of its authors who were not named yet."""
    (written, id_of), (options, people), seen = by, known, Seen()
    for row in _rows(archive, site, kind):
        if isinstance(row, BrokenRow):
            yield _skipped(row, id_of(row.row_id) if row.row_id else None)
            continue
        found = written(row)
        if isinstance(found, Skipped):
            yield found
            continue
        if seen.first_at(found.document.id, 0) is not None:
            mend = "The same id stands before it; the first counts."
            yield Skipped(where=row.where, reason="id used twice", mend=mend)
            continue
        for author in found.authors:
            if people.first_at(site.member(author), 0) is None:
                yield byline(author, site, options)
        yield found.document


def _rows(archive: Archive, site: Site, kind: str) -> Iterator[Row | BrokenRow]:
    if kind not in site.files:
        return
    where = f"{archive.path}: {site.files[kind]}"
    with as_text(archive.open(site.files[kind]), where) as text:
        yield from unless_all_broken(where, rows(text, where, kind))


def _skipped(row: BrokenRow, document_id: DocumentId | None) -> Skipped:
    return Skipped(where=row.where, reason=row.reason, mend=row.mend, document_id=document_id)

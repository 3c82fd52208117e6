"""Discourse's archive of one user, as a zip, a folder or the bare `user_archive.csv`."""

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from sayso.errors import BadInput
from sayso.sources import json_stream
from sayso.sources.archives import Archive, open_archive
from sayso.sources.attested import check
from sayso.sources.discourse.forum import Forum, place_of, username_in
from sayso.sources.discourse.posts import Posts
from sayso.sources.discourse.preferences import Preferences, account, read_preferences
from sayso.sources.fields import Unfit
from sayso.sources.kinds import FOLDER, GZIP, OTHER, ZIP, kind_of
from sayso.sources.lines import Broken, as_text, opened
from sayso.sources.reading import Item, ReaderEntry, ReadingOptions, Skipped
from sayso.sources.records import Record
from sayso.sources.rows import rows_under

POSTS, PREFERENCES = "user_archive.csv", "preferences.json"
_TABLE = re.compile(r"user[_-]archive.*\.csv", re.IGNORECASE)
_TEXTS = {"post_raw", "post_cooked"}
_UNREAD = {
    "queued_posts.csv": ("posts waiting for moderation", "They are not out yet."),
    "drafts.csv": ("drafts", "They are not out yet."),
}
_OTHER = ("a file that is not read", "It holds marks, visits or sign-ins, not what was written.")

Rows = Iterator[Record | Skipped]


def read_discourse(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the user of an archive and what they posted; see `read` in `ReaderEntry`.

    Posts that were deleted stand among the others without a mark, and a category that only some
    may read looks like any other: docs/sources.md tells what to do about either.
    """
    check(options)
    with ExitStack() as stack:
        known, left_out = Preferences(), list[Skipped]()
        if _is_bare(path):
            text, shown = stack.enter_context(opened(path)), path
        else:
            archive = stack.enter_context(open_archive(path))
            name = _posts_in(archive)
            known, left_out = _about(archive, name)
            stream = stack.enter_context(archive.open(name))
            text, shown = stack.enter_context(as_text(stream, f"{path}, {name}")), path / name
        rows = rows_under(shown, text, lambda header: _names(shown, header))
        forum, rows = _forum(shown, known.username, options, rows)
        yield account(forum, known, options)
        yield from left_out
        posts = Posts(forum=forum, options=options)
        for row in rows:
            yield row if isinstance(row, Skipped) else posts.row(row)


DISCOURSE = ReaderEntry(
    name="discourse",
    read=read_discourse,
    about="A Discourse user's archive: its zip, its folder or user_archive.csv alone.",
    takes=(ZIP, GZIP, FOLDER, OTHER),
    of_one_member=True,
)


def _is_bare(path: Path) -> bool:
    """Whether it is the table itself, packed or not, rather than an archive with it."""
    is_table = ".csv" in {each.lower() for each in path.suffixes}
    return is_table and kind_of(path) not in {ZIP, FOLDER}


def _posts_in(archive: Archive) -> str:
    """Return the table's name: before 2020 it was named like the archive.

    Raises:
        BadInput: there is none, or it is broken.
    """
    found = [each for each in archive.names if _TABLE.fullmatch(each.rpartition("/")[2])]
    if not found:
        raise BadInput(
            f"{archive.path} holds no {POSTS}.", hint="Give the archive as Discourse made it."
        )
    if not archive.path.is_dir():  # a packed file may turn out broken at its end
        archive.verify(found[:1])
    return found[0]


def _names(path: Path, header: str | Broken) -> list[str]:
    row = next(csv.reader([header]), []) if isinstance(header, str) else []
    names = [name.strip().lower() for name in row]
    if not _TEXTS & set(names) or len(set(names)) != len(names):
        raise BadInput(
            f"{path}, line 1: this is not the header of a user's posts.",
            hint="It names columns, each once, among them post_raw or post_cooked.",
        )
    return names


def _about(archive: Archive, posts: str) -> tuple[Preferences, list[Skipped]]:
    """Return what is known of the user, and what in the archive is left out."""
    known, left_out = Preferences(), []
    for name in archive.names:
        where = f"{archive.path}, {name}"
        if name == PREFERENCES:
            try:
                with archive.open(name) as stream:
                    known = read_preferences(json_stream.document(stream, name))
            except Unfit as unfit:
                left_out.append(Skipped(where=where, reason=unfit.reason, mend=unfit.mend))
        elif name != posts:
            reason, mend = _UNREAD.get(name.rpartition("/")[2], _OTHER)
            left_out.append(Skipped(where=where, reason=reason, mend=mend, on_purpose=True))
    return known, left_out


def _forum(path: Path, username: str, options: ReadingOptions, rows: Rows) -> tuple[Forum, Rows]:
    """Return the forum that the first row with an address is from, and all rows."""
    held, base = [], ""
    for row in rows:
        held.append(row)
        place = place_of(str(row.fields.get("url", ""))) if isinstance(row, Record) else None
        base = place.forum if place else ""
        if base or len(held) == 50:
            break
    parts = reversed(path.absolute().parts)
    name = username or next(filter(None, map(username_in, parts)), "")
    if not name and options.member_id is None:
        raise BadInput(
            f"{path} does not say whose archive it is.", hint="Say whose it is: --member ID."
        )
    forum = Forum(base=base, username=name, own_id=options.member_id)
    return forum, chain(held, rows)

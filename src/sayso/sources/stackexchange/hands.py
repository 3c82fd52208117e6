"""Whose hands each post went through, from a history that may be larger than the posts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sayso.sources.fields import Unfit
from sayso.sources.stackexchange.rows import BrokenRow, Row
from sayso.sources.unnamed import unnamed_database

COMMUNITY = -1
"""The account that Stack Exchange's own programs act under, and edits of people without one."""

_TEXT = frozenset({1, 2, 4, 5, 7, 8})  # title and body: first, edited, rolled back
_TAGS = frozenset({3, 6, 9})
_FIRST_BODY = 2
_DELETED, _UNDELETED = 12, 13
_DOUBT, _MACHINES_EDIT = 0, -1
_KEPT = _TEXT | _TAGS | {_DELETED, _UNDELETED, _DOUBT}
_AT_ONCE = 10_000
_CACHE_KIB = 32 * 1024
_MACHINES = re.compile(r"replaced http://(\S+) with https://\1", re.IGNORECASE)
"""What the Community account says of the edits that a program of the site's made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who put words into one post, in the order of their first edit.

    An edit that was rolled back counts: how much of it was kept is not said.
    """

    editors: tuple[int, ...] = ()
    others: frozenset[int] = frozenset()
    """Who changed nothing but its tags."""
    has_beginning: bool = False
    """The first body is there, and so, by the order of the file, is every later edit."""
    by_somebody: bool = False
    """Someone without an account put words into it."""
    is_in_doubt: bool = False
    is_deleted: bool = False


class History:
    """Every edit of every post, in an unnamed database of its own; it holds numbers alone."""

    def __init__(self) -> None:
        self.is_there = False
        self.is_whole = True
        """Nothing of it was broken without its post being known."""
        self._database = unnamed_database(_CACHE_KIB)
        self._database.execute("create table edits (post integer, person integer, kind integer)")

    def close(self) -> None:
        """Drop the database."""
        self._database.close()

    def learn(self, found: Iterator[Row | BrokenRow]) -> Iterator[BrokenRow]:
        """Keep what a PostHistory file says, and yield what of it is broken."""
        self.is_there = True
        while part := list(islice(found, _AT_ONCE)):
            edits = [edit for each in part if (edit := self._edit(each)) is not None]
            self._database.execute("begin")
            self._database.executemany("insert into edits values (?, ?, ?)", edits)
            self._database.execute("commit")
            yield from (each for each in part if isinstance(each, BrokenRow))
        self._database.execute("create index edits_of on edits (post)")

    def of(self, post: int) -> Hands:
        """Return whose hands a post went through."""
        query = "select person, kind from edits where post = ? order by rowid"
        edits = self._database.execute(query, (post,)).fetchall() if self.is_there else []
        writing = [person for person, kind in edits if kind in _TEXT]
        said = [kind for _, kind in edits if kind in {_DELETED, _UNDELETED}]
        editors = dict.fromkeys(person for person in writing if person is not None)
        return Hands(
            editors=tuple(editors),
            others=frozenset(person for person, kind in edits if kind in _TAGS) - set(editors),
            has_beginning=any(kind == _FIRST_BODY for _, kind in edits),
            by_somebody=None in writing,
            is_in_doubt=any(kind == _DOUBT for _, kind in edits),
            is_deleted=bool(said) and said[-1] == _DELETED,
        )

    def _edit(self, each: Row | BrokenRow) -> tuple[int, int | None, int] | None:
        """Return what to keep of a row; one that cannot be read puts its post in doubt."""
        post, person, kind = _read(each)
        if post is None:
            self.is_whole = False  # it may be any post's
            return None
        return (post, person, kind) if kind in _KEPT else None


def _read(each: Row | BrokenRow) -> tuple[int | None, int | None, int]:
    """Return the post, the person and the kind of an edit, as far as they can be read."""
    if isinstance(each, BrokenRow):
        return int(each.post_id) if each.post_id else None, None, _DOUBT
    post = None
    try:
        post = number(each.fields, "PostId")
        kind, person = number(each.fields, "PostHistoryTypeId"), number(each.fields, "UserId")
    except Unfit:
        return post, None, _DOUBT
    if kind in _TEXT and person == COMMUNITY:
        is_machines = _MACHINES.fullmatch(each.fields.get("Comment", "").strip())
        return post, None, _MACHINES_EDIT if is_machines else kind
    return post, person, _DOUBT if kind is None else kind


def number(fields: Mapping[str, str], name: str) -> int | None:
    """Return a whole number, or None where there is none.

    Raises:
        Unfit: it is something else.
    """
    said = fields.get(name, "").strip()
    if not said:
        return None
    if not said.removeprefix("-").isdecimal() or not said.isascii() or len(said) > 18:
        raise Unfit(f"{name} is not a number", f"Give {name} as the dump has it, in digits.")
    return int(said)


def own_number(fields: Mapping[str, str]) -> int:
    """Return the number that a row goes by.

    Raises:
        Unfit: it has none.
    """
    own = number(fields, "Id")
    if own is None:
        raise Unfit("no id", "Give each row the Id that the dump has.")
    return own

"""Whose archive it is, and what people and posts of that forum are called here."""

import re
from dataclasses import dataclass

from sayso.community import SOMEONE, DocumentId, MemberId

_POST = re.compile(r"(https?://[^\s?#]+)/t/[^\s/]*/(\d{1,18})/(\d{1,18})/?")
_USER = re.compile(r"(https?://[^\s?#]+)?/u(?:sers)?/([^/?#\s]+)/?")
_NAME = re.compile(r"[^\s/:\x00-\x1f]{1,60}")
_IN_FILE_NAME = re.compile(r"user[_-]archive-(.+?)-\d{6}-\d{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post stands: the forum, the topic, and its number in it."""

    forum: str
    topic: int
    number: int

    @property
    def id(self) -> DocumentId:
        """The post's address without its title's words, which change with the title."""
        return DocumentId(f"{self.forum}/t/{self.topic}/{self.number}")

    @property
    def opening(self) -> DocumentId:
        """The post that began the topic."""
        return DocumentId(f"{self.forum}/t/{self.topic}/1")


def place_of(url: str) -> Place | None:
    """Return where a post's address points; None where it is no such address."""
    found = _POST.fullmatch(url.strip())
    if found is None or not found[1].isprintable() or len(url) > 400:
        return None
    return Place(forum=found[1], topic=int(found[2]), number=int(found[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A forum as the archive of one of its users shows it.

    Whoever has no name that could be a user's is someone.
    """

    base: str
    username: str
    own_id: MemberId | None = None
    """What the operator calls the archive's user."""

    @property
    def member_id(self) -> MemberId:
        """The archive's own user."""
        return self.own_id or self._named(self.username)

    def who(self, said: str) -> MemberId:
        """Return the member whom `ana`, `@ana` or the address of a user's page stands for."""
        page = _USER.fullmatch(said)
        if page and page[1] and page[1] != self.base:
            return SOMEONE
        name = page[2] if page else said.removeprefix("@")
        if not _NAME.fullmatch(name) or not name.isprintable():
            return SOMEONE
        return self.member_id if name.lower() == self.username.lower() else self._named(name)

    def _named(self, name: str) -> MemberId:
        """Return the id of a user: the forum tells capital letters from small ones nowhere."""
        prefix = f"{self.base}/u/" if self.base else "discourse:"
        return MemberId(prefix + name.lower())


def username_in(file_name: str) -> str:
    """Return whose archive a file is by its name: `user_archive-ana-240301-120000-7.zip`."""
    found = _IN_FILE_NAME.search(file_name)
    return found[1] if found and _NAME.fullmatch(found[1]) else ""

"""One site of a dump: which of its files there are, and how its ids are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sayso.community import DocumentId, MemberId
from sayso.errors import BadInput
from sayso.sources.archives import Archive

READ = ("posthistory", "users", "posts", "comments")
"""The files that are read, and the name of each one's outermost element."""

_PACKED = re.compile(r"\.(?:zip|7z|tar|tgz|tar\.gz)$")
_NOT_A_NAME = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site by the name that stands in its ids, its files by kind, and those that are not read."""

    name: str
    source: str
    files: dict[str, str]
    others: tuple[str, ...] = field(default=())

    def member(self, number: int) -> MemberId:
        """Return the id of the person with that number on this site."""
        return MemberId(f"stackexchange:{self.name}:user:{number}")

    def post(self, number: int | str) -> DocumentId:
        """Return the id of a post."""
        return DocumentId(f"stackexchange:{self.name}:post:{number}")

    def comment(self, number: int | str) -> DocumentId:
        """Return the id of a comment."""
        return DocumentId(f"stackexchange:{self.name}:comment:{number}")


def sites(archive: Archive, said: str) -> Iterator[Site]:
    """Yield each folder that holds posts as a site.

    It is called as the operator says or else as its own folder is, wherever that lies and whatever
    lies beside it, so that the next dump of the same name has the same ids. Only files that lie in
    no folder at all are called as their archive is.

    Raises:
        BadInput: no folder of it holds posts.
    """
    folders: dict[str, dict[str, str]] = {}
    for path in archive.names:
        folder = str(PurePosixPath(path).parent)
        folders.setdefault(folder, {})[PurePosixPath(path).name.lower()] = path
    with_posts = {folder: held for folder, held in folders.items() if "posts.xml" in held}
    if not with_posts:
        raise BadInput(
            f"{archive.path} holds no Posts.xml.",
            hint="Give the folder that a dump's .7z unpacks to, or a zip of it.",
        )
    for folder, held in sorted(with_posts.items()):
        inside = PurePosixPath(archive.above, folder).name
        own = inside or archive.path.resolve().name
        is_said = bool(said) and len(with_posts) == 1
        name = said if is_said else _named(own)
        yield Site(
            name=name,
            source=said if is_said else f"stackexchange:{name}",
            files={kind: held[f"{kind}.xml"] for kind in READ if f"{kind}.xml" in held},
            others=tuple(
                path for each, path in sorted(held.items()) if each.removesuffix(".xml") not in READ
            ),
        )


def _named(folder: str) -> str:
    name = _NOT_A_NAME.sub("-", _PACKED.sub("", Path(folder).name.lower())).strip("-.")
    return name or "site"

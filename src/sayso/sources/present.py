"""Which documents a whole reading brought: on disk for as long as it lasts, however many."""

import hashlib
from collections.abc import Collection, Iterable

from sayso.community import DocumentId
from sayso.sources.unnamed import unnamed_database

_AT_ONCE = 500
_CACHE_KIB = 32768
_BYTES = 16  # of BLAKE2b (RFC 7693): two of 10^12 ids are taken for one with a chance of 10^-15


class Present:
    """Marks by source and id in an unnamed database of its own; it holds digests alone."""

    def __init__(self) -> None:
        self._database = unnamed_database(_CACHE_KIB)
        self._database.execute("create table present (mark blob primary key) without rowid")

    def close(self) -> None:
        """Drop the database."""
        self._database.close()

    def add(self, source: str, ids: Iterable[DocumentId]) -> None:
        """Mark documents as present; twice is once."""
        marks = [(_mark(source, each),) for each in ids]
        self._database.execute("begin")
        self._database.executemany("insert or ignore into present values (?)", marks)
        self._database.execute("commit")

    def missing(self, source: str, ids: Collection[DocumentId]) -> list[DocumentId]:
        """Return those of `ids` that were not marked, in their order."""
        by_mark = {_mark(source, each): each for each in ids}
        marks = list(by_mark)
        for start in range(0, len(marks), _AT_ONCE):
            part = marks[start : start + _AT_ONCE]
            asked = ",".join("?" * len(part))
            query = f"select mark from present where mark in ({asked})"  # noqa: S608 - signs alone
            for (mark,) in self._database.execute(query, part):
                del by_mark[mark]
        return list(by_mark.values())


def _mark(source: str, document_id: DocumentId) -> bytes:
    said = f"{len(source)} {source}{document_id}".encode(errors="surrogatepass")
    return hashlib.blake2b(said, digest_size=_BYTES).digest()

"""A slice's counts: each window of tokens, who wrote it, and how often.

A table's digest is one of what it says, not of its file's bytes, so it is the same with every
version of what writes the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa

from sayso.community import MemberId
from sayso.evidence.canonical import JSON, canonical
from sayso.training.counts.files import changed, path_of, read, write
from sayso.training.counts.people import Authors
from sayso.training.counts.runs import Counts, Keys, Spelling
from sayso.training.shard import Sample
from sayso.training.tokenizer import Tokenizer

_TOKEN_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Windows in order, then by author; `authors` are numbers in `everyone`, which is sorted."""

    windows: Keys
    authors: Counts
    times: Counts
    everyone: tuple[Authors, ...]

    @property
    def digest(self) -> str:
        """The hex SHA-256 of all that the table says."""
        told = sha256(canonical([len(self.windows), [list(map(str, a)) for a in self.everyone]]))
        told.update(self.windows.astype("<u8").tobytes())
        told.update(self.authors.astype("<u4").tobytes())
        told.update(self.times.astype("<u4").tobytes())
        return told.hexdigest()


def person(member: MemberId) -> int:
    """Return what stands for a member in tables: 64 bits of the hash of their id.

    It hides nobody from whoever has the dataset, whose rows name them. Two members whose bits are
    the same by chance would count as one: never as more than they are.
    """
    return int.from_bytes(sha256(b"sayso counts\0" + member.encode()).digest()[:_TOKEN_BYTES])


def authors_of(members: Iterable[MemberId]) -> Authors:
    """Return what stands for all who wrote one text."""
    return tuple(sorted(set(map(person, members))))


def count(samples: Sequence[Sample], tokenizer: Tokenizer, spelling: Spelling) -> Table:
    """Count the windows of texts; in whatever order they come, the table is the same.

    Raises:
        BadInput: a token is not of the spelling's vocabulary.
    """
    return count_tokens(
        tokenizer.encode_all([sample.text for sample in samples]),
        [authors_of(sample.members) for sample in samples],
        spelling,
    )


def count_tokens(
    texts: Sequence[Sequence[int]], written: Sequence[Authors], spelling: Spelling
) -> Table:
    """Count the windows of texts that are tokens already; `written` says by whom.

    Raises:
        BadInput: a token is not of the spelling's vocabulary.
    """
    everyone = tuple(sorted(set(written)))
    number = {authors: at for at, authors in enumerate(everyone)}
    windows, of_text = spelling.windows(texts)
    authors = np.array([number[each] for each in written], dtype=np.int64)[of_text]
    order = np.lexsort((authors, windows))
    windows, authors = windows[order], authors[order]
    new = np.ones(len(windows), dtype=np.bool_)
    new[1:] = (windows[1:] != windows[:-1]) | (authors[1:] != authors[:-1])
    starts = np.flatnonzero(new)
    times = np.diff(np.append(starts, len(windows)))
    return Table(windows=windows[starts], authors=authors[starts], times=times, everyone=everyone)


def save(store: Path, name: str, table: Table) -> str:
    """Keep a slice's table; when this returns it is on the disk. Return its digest.

    Raises:
        SaysoError: the disk is full; nothing half-written is left.
    """
    digest = table.digest
    columns = pa.table(
        {
            "window": table.windows.astype(np.uint64),
            "author": table.authors.astype(np.uint32),
            "times": table.times.astype(np.uint32),
        }
    )
    everyone: list[JSON] = [list(map(str, authors)) for authors in table.everyone]
    about: dict[str, JSON] = {"name": name, "digest": digest, "everyone": everyone}
    write(path_of(store, name), columns, about)
    return digest


def load(store: Path, name: str, digest: str) -> Table:
    """Read a table and check that it says what it was kept with.

    Raises:
        NotFound: it is gone.
        Tampered: it says something else.
    """
    path = path_of(store, name)
    columns, about = read(path)
    table = Table(
        windows=columns["window"].to_numpy(),
        authors=columns["author"].to_numpy().astype(np.int64),
        times=columns["times"].to_numpy().astype(np.int64),
        everyone=tuple(tuple(map(int, authors)) for authors in about["everyone"]),
    )
    if table.digest != digest:
        raise changed(path)
    return table

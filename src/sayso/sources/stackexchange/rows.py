"""The rows of a dump's XML file, one at a time: each is read alone, so a broken one stays alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO
from xml.parsers import expat

from sayso.errors import BadInput
from sayso.sources.lines import Broken, pieces

_NAME = re.compile(r"/?[^\s/>]*")
_ID = re.compile(r'row\s+Id="(-?\d{1,18})"')
_POST_ID = re.compile(r'\sPostId="(\d{1,18})"')
_ENOUGH_BROKEN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row's attributes, and where it stands."""

    where: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that cannot be read, with the ids at its beginning where they can; or the file's end.

    Attributes that hold texts come after the ids, and no text can hold a bare quote.
    """

    where: str
    reason: str
    mend: str
    row_id: str = ""
    post_id: str = ""


def rows(text: TextIO, file: str, root: str) -> Iterator[Row | BrokenRow]:
    """Yield the rows of `<root><row .../>...</root>`, in order.

    A dump has no document type, so it has no entities of its own, names no outside file, and
    whatever has one is refused unread (CWE-611, CWE-776).

    Raises:
        BadInput: it is another kind of file, or has a document type, a comment or CDATA.
    """
    number, parts = 0, pieces(text, "<")
    is_closed = _opened(parts, file, root)
    for piece in parts:
        said, name = _named(piece, file)
        if name == f"/{root}":
            is_closed = True
        elif name == "row" or isinstance(piece, Broken):
            number += 1
            yield _row(f"{file}, row {number}", piece, said)
        elif name != "/row":
            number += 1
            yield _broken(f"{file}, row {number}", said, f"not a row but {name[:40]!r}")
    if not is_closed:
        yield _broken(f"{file}, after row {number}", "", "the file ends before its end is said")


def _opened(parts: Iterator[str | Broken], file: str, root: str) -> bool:
    """Take what stands before the first row, and say whether there is none."""
    before = next(parts, "")
    if isinstance(before, Broken) or before.strip():
        raise _of_another_kind(file, root)
    for piece in parts:
        said, name = _named(piece, file)
        if name == root and ">" in said:
            return said.rstrip().endswith("/>")
        if name != "?xml":
            break
    raise _of_another_kind(file, root)


def _named(piece: str | Broken, file: str) -> tuple[str, str]:
    """Return how a piece begins, and the name of the element."""
    said = piece.start if isinstance(piece, Broken) else piece
    name = _NAME.match(said)
    assert name is not None  # it matches nothing too
    if name[0].startswith("!"):
        raise BadInput(
            f"{file} has a document type, a comment or CDATA: a dump has none.",
            hint="Give the dump's own files. Nothing of this one was kept.",
        )
    return said, name[0].lower()


def unless_all_broken(file: str, found: Iterator[Row | BrokenRow]) -> Iterator[Row | BrokenRow]:
    """Yield what is found.

    Raises:
        BadInput: so many of the first are broken that it is no dump.
    """
    held: list[BrokenRow] = []
    for each in found:
        if isinstance(each, Row):
            yield from held
            yield each
            break
        held.append(each)
        if len(held) == _ENOUGH_BROKEN:
            raise BadInput(
                f"{held[0].where}: {held[0].mend} Nor can any of the first {len(held)} be read.",
                hint=f"{file} is not what it should be. Nothing of it was kept.",
            )
    else:
        yield from held
    yield from found


def _row(where: str, piece: str | Broken, said: str) -> Row | BrokenRow:
    if isinstance(piece, Broken):
        return _broken(where, said, piece.mend, piece.reason)
    fields: dict[str, str] = {}
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, found: fields.update(found)
    try:
        parser.Parse(f"<{_closed(piece)}", True)  # noqa: FBT003 - expat's own way to say it ends
    except expat.ExpatError as error:
        return _broken(where, said, expat.ErrorString(error.code) or "no reason given")
    except UnicodeEncodeError:
        return _broken(where, said, "save the file as UTF-8", "not Unicode")
    return Row(where=where, fields=fields)


def _closed(piece: str) -> str:
    """Return a row that is written as `<row ...></row>` as one that ends itself."""
    piece = piece.rstrip()
    return f"{piece[:-1]}/>" if piece.endswith(">") and not piece.endswith("/>") else piece


def _broken(where: str, said: str, why: str, reason: str = "not a row of XML") -> BrokenRow:
    row_id, post_id = _ID.match(said), _POST_ID.search(said)
    return BrokenRow(
        where=where,
        reason=reason,
        mend=f"{why[:1].upper()}{why[1:].rstrip('.')}; mend or drop it.",
        row_id=row_id[1] if row_id else "",
        post_id=post_id[1] if post_id else "",
    )


def _of_another_kind(file: str, root: str) -> BadInput:
    return BadInput(
        f"{file} is not a file of rows under <{root}>.",
        hint="Give the folder of a Stack Exchange dump, unpacked, with its own files.",
    )

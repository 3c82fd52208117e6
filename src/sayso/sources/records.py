"""Files of records: JSON lines, and what holds for every kind of them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sayso.community import DocumentId
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON, strict
from sayso.sources.fields import Fields, Unfit
from sayso.sources.lines import Broken, lines, opened
from sayso.sources.reading import Skipped, Unread

_ENOUGH_BROKEN = 20
"""When so many lines in a row from the start cannot be read, the file is not of this kind."""

_DEEPEST = 64
"""How many lists and objects may stand in each other; no record needs more than a few."""

_MOST_NAMES, _NAMES_SHOWN, _LONGEST_NAME = 1000, 20, 60
"""How many names of fields are looked at, and named where nothing reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line's fields, and where it stands: `number` is the line's or row's."""

    where: str
    number: int
    fields: Mapping[str, JSON]


def jsonl_records(path: Path) -> Iterator[Record | Skipped]:
    """Yield each line's object; a line that is none is skipped with its number.

    Raises:
        NotFound: there is no such file.
        BadInput: nothing in it is a JSON object on a line of its own.
    """
    hint = "Give one JSON object per line; an array becomes that with `jq -c '.[]'`."
    with opened(path) as text:
        yield from unless_all_broken(path, hint, _json_lines(path, text))


def checked(where: str, number: int, value: object) -> Record | Skipped:
    """Return `value` as a record where it is an object that can be kept as it is written."""
    if not isinstance(value, dict):
        mend = 'Give an object with named fields, like {"id": ...}.'
        return Skipped(where=where, reason="not an object", mend=mend)
    try:
        _require_writable(value)
    except Unfit as unfit:
        return Skipped(
            where=where, reason=unfit.reason, mend=unfit.mend, document_id=said_id(value)
        )
    return Record(where=where, number=number, fields=value)


def said_id(fields: Mapping[str, JSON]) -> DocumentId | None:
    """Return the id that a record gives itself, where at least that can be read."""
    try:
        _require_writable(fields.get("id", ""))
        return DocumentId(Fields(fields).own_id())
    except Unfit:
        return None


class Unknown:
    """The names of fields that nothing reads, as they come by; of so many, not more."""

    def __init__(self, is_read: Callable[[str], bool]) -> None:
        self._is_read = is_read
        self._met: set[str] = set()
        self._unread: dict[str, None] = {}

    def meet(self, names: Iterable[str]) -> None:
        """Look at the names of one record's fields."""
        for name in names:
            if name not in self._met and len(self._met) < _MOST_NAMES:
                self._met.add(name)
                if not self._is_read(name) and len(self._unread) < _NAMES_SHOWN:
                    self._unread[name[:_LONGEST_NAME]] = None

    def found(self) -> Iterator[Unread]:
        """Yield them once, at the end, if there are any."""
        if self._unread:
            yield Unread(names=tuple(self._unread))


def skipped(where: str, broken: Broken) -> Skipped:
    """Say where it is broken."""
    return Skipped(where=where, reason=broken.reason, mend=broken.mend)


def unless_all_broken(
    path: Path, hint: str, items: Iterator[Record | Skipped]
) -> Iterator[Record | Skipped]:
    """Yield `items`.

    Raises:
        BadInput: so many of the first are broken that the file is of another kind.
    """
    broken: list[Skipped] = []
    for item in items:
        if not isinstance(item, Skipped) or item.document_id is not None:
            break  # a record of this kind, whether or not it can be kept
        broken.append(item)
        if len(broken) == _ENOUGH_BROKEN:
            raise _not_of_this_kind(path, broken, hint)
    else:
        if broken:
            raise _not_of_this_kind(path, broken, hint)
        return
    yield from broken
    yield item
    yield from items


def _json_lines(path: Path, text: TextIO) -> Iterator[Record | Skipped]:
    for number, line in enumerate(lines(text), start=1):
        where = f"{path}, line {number}"
        if isinstance(line, Broken):
            yield skipped(where, line)
        elif line.strip():
            yield _parsed(where, number, line)


def _parsed(where: str, number: int, line: str) -> Record | Skipped:
    try:
        value = strict(line)
    except (ValueError, RecursionError) as error:
        if "\0" in line:
            mend = "It holds zero bytes; save the file as UTF-8."
            return Skipped(where=where, reason="not text in UTF-8", mend=mend)
        said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        if line[-1] not in "\r\n":
            said += "; the file ends in this line, perhaps in the middle of it"
        return Skipped(where=where, reason="not JSON", mend=f"{said}; mend or drop the line.")
    return checked(where, number, value)


def _require_writable(value: JSON) -> None:
    """Refuse what no store and no certificate could keep as it is written.

    Raises:
        Unfit: half a surrogate pair or a broken byte, a zero sign (PostgreSQL keeps none), or
            more lists and objects in each other than anyone means.
    """
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for each in level:
            if isinstance(each, str):
                _require_text(each)
            elif isinstance(each, Mapping):
                inner += (*each.keys(), *each.values())
            elif isinstance(each, Sequence):
                inner += each
        if not inner:
            return
        level = inner
    raise Unfit("nested too deep", f"At most {_DEEPEST} lists and objects stand in each other.")


def _require_text(text: str) -> None:
    if "\0" in text:
        raise Unfit("a zero sign in a text", "Take it out; perhaps the file is not text at all.")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        mend = "Save the file as UTF-8; it may be in an older encoding, like Windows-1252."
        raise Unfit("not Unicode", mend) from error


def _not_of_this_kind(path: Path, broken: Sequence[Skipped], hint: str) -> BadInput:
    first = broken[0]
    return BadInput(
        f"{first.where}: {first.reason}, and nor is any of its first {len(broken)} lines; "
        f"{path.name} is not what it should be.",
        hint=f"{hint} Nothing was kept.",
    )

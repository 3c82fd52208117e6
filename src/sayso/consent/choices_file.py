"""A file of members' choices, CSV or JSON lines: read row by row, what is wrong told by line."""

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, TypeVar

from sayso.community import Category, MemberId
from sayso.consent.choices import LONGEST_ID, Answer, Choice, Scope, named_id
from sayso.consent.events import derived_id
from sayso.consent.notices import utc
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.errors import BadInput
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON

_Named = TypeVar("_Named", bound=str)

NEEDED = ("member_id", "purpose", "answer")
KNOWN = (*NEEDED, "scope", "target", "event_id", "occurred_at", "notice_id")

Times: TypeAlias = Callable[[str], int]
"""Says how often it was asked about a text, this time included."""

_SAY_SO = "Write a heading or keys member_id, purpose, answer; see `sayso choices import --help`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A row that says no choice: where it stands, what is wrong, and what would mend it."""

    where: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row's texts by field, and its line."""

    line: int
    fields: Mapping[str, str]


class _Wrong(Exception):
    """One row is not a choice; never leaves this file."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def read_choices(
    path: Path,
    now: datetime,
    times: Times | None = None,
    purposes: Collection[Purpose] = tuple(PURPOSES),
) -> Iterator[Choice | Unread]:
    """Yield each row as a choice, or as what is wrong with it, in the file's order.

    A row without `occurred_at` happened `now`. A row without `event_id` gets one derived from
    what it says, so that the same file twice changes nothing. Where a row has no `occurred_at`
    either, a no counts anew in every other file, and a yes does not: an old yes that comes
    along in a longer file never undoes a no that was said since. `times` counts the rows that
    have no id of their own; without it they are counted in memory. `purposes` are those that
    the policy in use declares.

    Raises:
        BadInput: it cannot be read, or no row of it is a choice.
    """
    reading = _Reading(
        file=path.name,
        digest=_digest(path),
        times=times or _counted_in_memory(),
        now=now,
        purposes=purposes,
    )
    problem: Unread | None = None
    found = False
    for row in _rows(path):
        choice = row if isinstance(row, Unread) else _read(row, reading)
        if isinstance(choice, Choice):
            found = True
        else:
            problem = problem or choice
        yield choice
    if not found:
        where = f"{problem.where}: {problem.reason}" if problem else f"{path.name} is empty."
        raise BadInput(
            f"{path} holds no choice. {where}", hint=problem.mend if problem else _SAY_SO
        )


def count_lines(path: Path) -> int:
    """Return how many lines a file has, which is about how many rows it holds.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _counted_in_memory() -> Times:
    seen: Counter[str] = Counter()

    def times(text: str) -> int:
        seen[text] += 1
        return seen[text]

    return times


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What all rows of one file share."""

    file: str
    digest: str
    times: Times
    now: datetime
    purposes: Collection[Purpose]


def _read(row: _Row, reading: _Reading) -> Choice | Unread:
    try:
        return _choice(row, reading)
    except _Wrong as wrong:
        where = f"{reading.file}, line {row.line}"
        return Unread(where=where, reason=wrong.reason, mend=wrong.mend)


def _choice(row: _Row, reading: _Reading) -> Choice:
    said = row.fields
    for name in NEEDED:
        if not said.get(name):
            raise _Wrong(f"it has no {name}.", _SAY_SO)
    for name, value in said.items():
        if not value.isprintable() or len(value) > LONGEST_ID:
            raise _Wrong(
                f"its {name} is not one line of at most {LONGEST_ID} characters.",
                "Take out what is no character of an id, a date or a word.",
            )
    answer = _one(said["answer"].casefold(), tuple(Answer), "answer")
    target = said.get("target", "")
    scope = _one(said.get("scope") or _implied_scope(target), tuple(Scope), "scope")
    if (scope is Scope.PURPOSE) == bool(target):
        raise _Wrong(
            f"scope {scope} and target {target!r} do not fit.",
            "Name the document or category as target; for a whole purpose, name none.",
        )
    if scope is Scope.CATEGORY:
        _one(target, tuple(Category), "category")
    return Choice(
        event_id=_event_id(said, answer, reading.digest, reading.times),
        member_id=MemberId(said["member_id"]),
        purpose=_one(said["purpose"], reading.purposes, "purpose"),
        answer=answer,
        occurred_at=_moment(said.get("occurred_at", ""), reading.now),
        scope=scope,
        target=target,
        notice_id=said.get("notice_id", ""),
        mechanism="file of choices",
        is_now=not said.get("occurred_at"),
    )


def _event_id(said: Mapping[str, str], answer: Answer, digest: str, times: Times) -> str:
    given = said.get("event_id")
    if given:
        try:
            return named_id(given)
        except BadInput as error:
            raise _Wrong(error.message, error.hint) from error
    row: dict[str, JSON] = {name: value for name, value in said.items() if value}
    if answer is Answer.NO and "occurred_at" not in row:
        row["file"] = digest
    text = canonical.digest(row)
    return derived_id([text, times(text)])  # no, yes, no in one file are three acts


def _implied_scope(target: str) -> str:
    if not target:
        return Scope.PURPOSE
    return Scope.CATEGORY if target in set(Category) else Scope.DOCUMENT


def _one(text: str, known: Collection[_Named], what: str) -> _Named:
    for each in known:
        if each == text:
            return each
    raise _Wrong(f"{what} {text!r} is unknown.", "One of " + ", ".join(known) + ".")


def _moment(text: str, now: datetime) -> datetime:
    if not text:
        return now
    try:
        return utc(datetime.fromisoformat(text))
    except ValueError as error:
        raise _Wrong(
            f"occurred_at {text!r} is no date.", "Write 2026-05-03T10:00:00Z (ISO 8601)."
        ) from error


def _digest(path: Path) -> str:
    """Hash the file, and see that all of it is text, before the first row counts."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
                decoder.decode(part)
            decoder.decode(b"", final=True)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path} is not UTF-8 text: {error.reason}.",
            hint="Save it as UTF-8; nothing was recorded.",
        ) from error
    return digest.hexdigest()


def _rows(path: Path) -> Iterator[_Row | Unread]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        start = file.read(4096).lstrip()
        file.seek(0)
        rows = _json_rows if start.startswith("{") else _csv_rows
        yield from rows(file, path)


def _csv_rows(lines: Iterator[str], path: Path) -> Iterator[_Row | Unread]:
    reader = csv.DictReader(lines, strict=True)
    heading = [name.strip() for name in _heading(reader, path)]
    missing = [name for name in NEEDED if name not in heading]
    if missing:
        raise BadInput(f"{path}, line 1: there is no column {missing[0]!r}.", hint=_SAY_SO)
    doubled = [name for name in KNOWN if heading.count(name) > 1]
    if doubled:
        raise BadInput(
            f"{path}, line 1: the column {doubled[0]!r} stands there twice.",
            hint="Say each thing once: two answers in one row are no answer.",
        )
    reader.fieldnames = heading
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(
                where=f"{path.name}, line {reader.line_num}",
                reason=f"it is not CSV: {error}.",
                mend="Mend the quotes of that line.",
            )
            continue
        if None in row or None in row.values():
            yield Unread(
                where=f"{path.name}, line {reader.line_num}",
                reason=f"it has not the {len(heading)} fields of the heading.",
                mend="Give each row as many fields as the heading.",
            )
            continue
        fields = {name: value.strip() for name, value in row.items() if name in KNOWN}
        yield _Row(line=reader.line_num, fields=fields)


def _heading(reader: "csv.DictReader[str]", path: Path) -> list[str]:
    try:
        return list(reader.fieldnames or ())
    except csv.Error as error:
        raise BadInput(f"{path}, line 1: this is not CSV: {error}.", hint=_SAY_SO) from error


def _json_rows(lines: Iterator[str], path: Path) -> Iterator[_Row | Unread]:
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            value = canonical.parse(text)
        except BadInput as error:
            value = error.message
        if not isinstance(value, Mapping):
            yield Unread(
                where=f"{path.name}, line {line}",
                reason=value if isinstance(value, str) else "it is not an object.",
                mend='Write one object a line: {"member_id": "ana", "purpose": "...", ...}.',
            )
            continue
        said = {name: held for name, held in value.items() if name in KNOWN}
        nested = [name for name, held in said.items() if isinstance(held, Mapping | list)]
        if nested:
            yield Unread(
                where=f"{path.name}, line {line}",
                reason=f"its {nested[0]} is not one text.",
                mend="Write each value as a text: a row is one choice.",
            )
            continue
        yield _Row(line=line, fields={name: _text(held) for name, held in said.items()})


def _text(value: JSON) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()

"""A notice as it is written down: Markdown, with TOML between +++ lines before it."""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sayso.community import Category, Region, Visibility
from sayso.consent.faults import Faults
from sayso.consent.notices import Notice, NoticeText
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.regions import GROUPS, countries_of
from sayso.errors import BadInput

_Word = TypeVar("_Word", bound=str)
_FENCE = "+++"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_LONGEST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFile:
    """One file: a text, and what its front matter says. What it does not say is None or empty."""

    source: str
    title: str
    text: str
    language: str = ""
    region: Region | None = None
    purposes: tuple[Purpose, ...] | None = None
    categories: tuple[Category, ...] | None = None
    regions: tuple[Region, ...] | None = None
    visibilities: tuple[Visibility, ...] | None = None
    material: bool | None = None
    notice_days: int | None = None
    effective_at: datetime | None = None
    replaces: str = ""
    said: frozenset[str] = frozenset()
    """The names of the fields in its front matter."""


def read_notice(
    written: str, source: str, purposes: Collection[Purpose] = tuple(PURPOSES)
) -> NoticeFile:
    """Read one file of a notice; `purposes` are those that the policy in use declares.

    Raises:
        BadInput: fields are not what they should be, or there is no title; it names file, line
            and mend of each.
    """
    front, body, body_line = _parted(written.removeprefix("\ufeff"), source)
    fields = _Front(source, front)
    title, text = _titled(body, source, body_line)
    found = NoticeFile(
        source=source,
        title=title,
        text=text,
        said=fields.names,
        language=fields.language(),
        region=fields.region(),
        purposes=fields.words("purposes", purposes),
        categories=fields.words("categories", tuple(Category)),
        regions=fields.regions(),
        visibilities=fields.words("visibilities", tuple(Visibility)),
        material=fields.truth("material"),
        notice_days=fields.days("notice_days"),
        effective_at=fields.moment("effective_at"),
        replaces=fields.text("replaces", _ID, "a notice's id"),
    )
    fields.nothing_else()
    fields.faults.settle()
    return found


def drafted(file: NoticeFile, *, notice_id: str, otherwise: Notice) -> Notice:
    """Return the draft that a file is; what it leaves unsaid is as in `otherwise`.

    Raises:
        BadInput: the id cannot stand in an address, or a region was named where none can be.
    """
    if not _ID.fullmatch(notice_id):
        raise BadInput(
            f"{notice_id!r} is no id for a notice.",
            hint="Use letters, digits, dots and hyphens: `--id spring-2027`.",
        )
    if file.region is not None:
        raise BadInput(
            f"{file.source}: 'region' is for a further text of a notice, and this is its first.",
            hint="Say `regions` for whom the notice is for, or draft the general text first.",
        )
    return Notice(
        id=notice_id,
        title=file.title,
        text=file.text,
        purposes=otherwise.purposes if file.purposes is None else file.purposes,
        categories=otherwise.categories if file.categories is None else file.categories,
        regions=otherwise.regions if file.regions is None else file.regions,
        visibilities=otherwise.visibilities if file.visibilities is None else file.visibilities,
        material=otherwise.material if file.material is None else file.material,
        notice_days=otherwise.notice_days if file.notice_days is None else file.notice_days,
        effective_at=file.effective_at,
        replaces=file.replaces,
        language=file.language or otherwise.language,
    )


def translation(file: NoticeFile, *, language: str = "", region: str = "") -> NoticeText:
    """Return a further text of a notice.

    Raises:
        BadInput: its language is not known, or it says what only the first text may say.
    """
    only_first = file.said - {"language", "region"}
    if only_first:
        raise BadInput(
            f"{file.source}: {min(only_first)!r} stands in the notice's first text alone.",
            hint="A further text says `language` and, if it is for one country, `region`.",
        )
    spoken = language or file.language
    if not _LANGUAGE.fullmatch(spoken):
        raise BadInput(
            f"{file.source}: {spoken!r} is not a language.",
            hint='Name it as in `--language de`, or `language = "de"` between +++ lines (BCP 47).',
        )
    country = _country(region) if region else file.region
    if region and country is None:
        raise BadInput(f"{region!r} is not a country.", hint="Two letters (ISO 3166-1), like CH.")
    return NoticeText(
        language=spoken, title=file.title, text=file.text, region=country or Region("")
    )


def is_language(name: str) -> bool:
    """Whether a file's name is a language, as in `de.md`."""
    return _LANGUAGE.fullmatch(name) is not None and len(name.partition("-")[0]) <= 3


def _parted(written: str, source: str) -> tuple[str, str, int]:
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != _FENCE:
        return "", "\n".join(lines), 1
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == _FENCE:
            return "\n".join(["", *lines[1 : number - 1]]), "\n".join(lines[number:]), number + 1
    raise BadInput(
        f"{source}, line 1: +++ opens the front matter, and nothing closes it.",
        hint="Put +++ on a line of its own after the last field.",
    )


def _titled(body: str, source: str, first_line: int) -> tuple[str, str]:
    blank = len(body) - len(body.lstrip("\n \t"))
    line = first_line + body[:blank].count("\n")
    heading, _, text = body.strip().partition("\n")
    title = " ".join(heading.removeprefix("# ").split())
    if not heading.startswith("# ") or not title or not text.strip():
        raise BadInput(
            f"{source}, line {line}: a notice starts with a heading and goes on with its text.",
            hint="Begin with `# Title`, an empty line, and the text.",
        )
    if not title.isprintable():
        raise BadInput(
            f"{source}, line {line}: the title holds what cannot be printed.",
            hint="Write the title in plain letters; it is also a mail's subject.",
        )
    return title, text.strip()


def _country(name: str) -> Region | None:
    found = countries_of(name)
    return next(iter(found)) if len(found) == 1 else None


class _Front:
    """The front matter's fields; every complaint names the file, the line and the field.

    It is noted in `faults`, and the field is as if it were left out.
    """

    def __init__(self, source: str, front: str) -> None:
        self._source = source
        self._front = front
        try:
            self._left: dict[str, object] = tomllib.loads(front)
        except (ValueError, RecursionError) as error:  # TOML errors, and numbers or nests too big
            raise BadInput(
                f"{source}: the front matter is not TOML: {error}.",
                hint='Write each field as in `notice_days = 30` or `regions = ["EU"]`.',
            ) from error
        self.names = frozenset(self._left)
        self.faults = Faults()

    def text(self, field: str, shape: re.Pattern[str], noun: str) -> str:
        value = self._left.pop(field, "")
        if not isinstance(value, str) or (value and not shape.fullmatch(value)):
            self._wrong(field, noun)
            return ""
        return value

    def language(self) -> str:
        return self.text("language", _LANGUAGE, "a language, as in de or pt-BR")

    def region(self) -> Region | None:
        value = self._left.pop("region", None)
        found = _country(value) if isinstance(value, str) else None
        if value is not None and found is None:
            self._wrong("region", "a country of two letters (ISO 3166-1), like CH")
        return found

    def regions(self) -> tuple[Region, ...] | None:
        names = self._list("regions", "countries (ISO 3166-1) or " + ", ".join(GROUPS))
        if names is None:
            return None
        found: set[Region] = set()
        for name in names:
            countries = countries_of(name)
            if not countries:
                self._wrong("regions", "countries (ISO 3166-1) or " + ", ".join(GROUPS))
            found |= countries
        return tuple(sorted(found))

    def words(self, field: str, known: Collection[_Word]) -> tuple[_Word, ...] | None:
        noun = "a list of: " + ", ".join(known)
        names = self._list(field, noun)
        if names is None:
            return None
        if not names or not set(names) <= set(known):
            self._wrong(field, noun)
            return None
        which = {str(word): word for word in known}
        return tuple(dict.fromkeys(which[name] for name in names))

    def truth(self, field: str) -> bool | None:
        value = self._left.pop(field, None)
        if value is not None and not isinstance(value, bool):
            self._wrong(field, "true or false")
            return None
        return value

    def days(self, field: str) -> int | None:
        value = self._left.pop(field, None)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST_DAYS:
            self._wrong(field, f"a number of days from 0 to {_LONGEST_DAYS}")
            return None
        return value

    def moment(self, field: str) -> datetime | None:
        value = self._left.pop(field, None)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime.combine(value, time(), UTC)
        self._wrong(field, "a day, as in 2027-03-01 (without quotation marks)")
        return None

    def nothing_else(self) -> None:
        for field in self._left:
            self.faults.note(
                BadInput(
                    f"{self._source}, line {self._line(field)}: there is no field {field!r}.",
                    hint="Take it out, or mend its spelling.",
                )
            )

    def _list(self, field: str, noun: str) -> Sequence[str] | None:
        value = self._left.pop(field, None)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._wrong(field, noun)
            return None
        return value

    def _wrong(self, field: str, wanted: str) -> None:
        self.faults.note(
            BadInput(
                f"{self._source}, line {self._line(field)}: {field!r} is not {wanted}.",
                hint="Mend the field; nothing was changed.",
            )
        )

    def _line(self, field: str) -> int:
        before = re.search(rf"^\s*[\"']?{re.escape(field)}\b", self._front, re.MULTILINE)
        return self._front[: before.end()].count("\n") + 1 if before else 1

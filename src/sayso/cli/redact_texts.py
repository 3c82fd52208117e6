"""What `redact` reads: texts, JSON lines and Markdown, and what is said of them beside."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.cli.output import opened
from sayso.community import UNKNOWN_REGION
from sayso.consent.regions import region_named
from sayso.errors import BadInput, NotFound
from sayso.jobs.build import redactor_for
from sayso.redact.draft import Part
from sayso.redact.redactor import Redactor
from sayso.redact.scan import Surroundings
from sayso.redact.strangers import strangers
from sayso.settings import FILE_NAME
from sayso.sources.fields import Fields, Unfit
from sayso.sources.kinds import OTHER, kind_of
from sayso.sources.plain_text import from_markdown
from sayso.sources.reading import Skipped
from sayso.sources.records import Record, jsonl_records

_FROM_A_PIPE = "-"
_TEXTS = ("text", "body", "content")
_MARKDOWN = frozenset({".md", ".markdown"})
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One document of a file: a whole text file is one, and each line of a JSON-lines file."""

    name: str
    parts: Sequence[Part]


def tag(language: str) -> str:
    """Return a BCP 47 tag (RFC 5646 section 2.1): a name such as Deutsch is none."""
    if language and not _TAG.fullmatch(language):
        raise BadInput(
            f"--language {language} is no language tag.",
            hint="Give a code (BCP 47), like de, en or pt-BR.",
        )
    return language


def country(region: str) -> str:
    """Return an ISO 3166-1 country, or nothing for one that is unknown."""
    code = region.strip().upper()
    named = region_named(code)
    if named == UNKNOWN_REGION and code not in {"", UNKNOWN_REGION}:
        raise BadInput(
            f"--region {region} is no country's code.",
            hint="Give two letters (ISO 3166-1 alpha-2), like DE or US; leave it out if unknown.",
        )
    return "" if named == UNKNOWN_REGION else named


def redactor_of(home: Path) -> Redactor:
    """Return the home's own redactor; outside of one, what every network has."""
    if not (home / FILE_NAME).exists():
        return Redactor(tagger=strangers("balanced"))
    with opened(home) as network, network.reading() as stores:
        return redactor_for(stores, network.settings)


def documents(file: str, around: Surroundings) -> Iterator[Read]:
    """Yield what stands in a file, one document after the other.

    Raises:
        BadInput: it cannot be read, or a line has no text.
    """
    path = Path(file)
    if path.suffix != ".jsonl":
        yield Read(name=file, parts=[_part(path, _text(file), around)])
        return
    for record in jsonl_records(path):
        fields = fields_of(record)
        try:
            texts = _texts(fields)
            own = Surroundings(
                language=fields.text("language", "lang") or around.language,
                region=fields.region("region") if fields.has("region") else around.region,
            )
            name = fields.text("id", default=record.where)
        except Unfit as unfit:
            raise BadInput(f"{record.where}: {unfit.reason}.", hint=unfit.mend) from unfit
        yield Read(name=name, parts=[Part(text, around=own) for text in texts if text])


def _texts(fields: Fields) -> list[str]:
    if not fields.has("title", *_TEXTS):
        raise Unfit("no text", f"Give each line a text, as one of: {', '.join(_TEXTS)}.")
    return [fields.text("title"), fields.text(*_TEXTS)]


def fields_of(record: Record | Skipped) -> Fields:
    """Return a line's fields; a line that cannot be read stops the command."""
    if isinstance(record, Skipped):
        raise BadInput(f"{record.where}: {record.reason}.", hint=record.mend)
    return Fields(record.fields)


def _part(path: Path, text: str, around: Surroundings) -> Part:
    """Return a text file's text; of Markdown what a reader sees, and where code stands in it."""
    if path.suffix.lower() not in _MARKDOWN:
        return Part(text, around=around)
    page = from_markdown(text)
    code = tuple((each.start, each.end) for each in page.code)
    return Part(page.text, around=replace(around, code=code))


def _text(file: str) -> str:
    if file != _FROM_A_PIPE and (kind := kind_of(Path(file))) != OTHER:
        raise BadInput(
            f"{file} is {kind}, and no text.",
            hint="Give one text or JSON-lines file; `sayso import` reads archives and folders.",
        )
    try:
        given = sys.stdin.buffer.read() if file == _FROM_A_PIPE else Path(file).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file}.", hint="Check the path.") from error
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{file} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8."
        ) from error

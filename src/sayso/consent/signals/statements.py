"""A file or a header line, taken apart into what each line of it says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sayso.consent.choices import Answer
from sayso.consent.signals import (
    STANDARDS,
    aipref,
    cawg,
    content_signal,
    gpc,
    lexicon,
    noai,
    objects,
    robots,
    tdmrep,
)
from sayso.consent.signals.usage import Usage
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line and what it says. `trouble` tells why a line is not understood: it counts as no."""

    where: str
    standard: str
    value: str
    usage: Usage = field(default_factory=Usage)
    answer: Answer | None = None
    trouble: str = ""


_HEADERS: Mapping[str, str] = {
    aipref.HEADER.lower(): "aipref",
    content_signal.HEADER.lower(): "content-signal",
    tdmrep.HEADER: "tdmrep",
    noai.HEADER.lower(): "noai",
    gpc.HEADER.lower(): "gpc",
}
_METAS: Mapping[str, str] = {noai.META: "noai", tdmrep.HEADER: "tdmrep"}
_PARSE: Mapping[str, Callable[[str], Usage]] = {
    "content-signal": content_signal.parse,
    "tdmrep": tdmrep.parse,
    "noai": noai.parse,
    "gpc": lambda _: Usage(),
    "cawg-1.1": cawg.parse,
    "lexicon-ai": lexicon.parse,
    "user-intents": lexicon.parse_intents,
}


def of_header(line: str) -> Statement:
    """Return what one `Name: value` line says.

    Raises:
        BadInput: it is no header line, or no header that carries a signal.
    """
    name, colon, value = line.partition(":")
    if not colon or name.strip().lower() not in _HEADERS:
        raise BadInput(
            f"{line!r} is not a header that carries a signal.",
            hint="Give one of " + ", ".join(_HEADERS) + ", as in 'Content-Usage: train-ai=n'.",
        )
    return _statement(name.strip(), _HEADERS[name.strip().lower()], value.strip())


def of_file(name: str, text: str, path: str = robots.EVERYWHERE) -> list[Statement]:
    """Return what a file says: robots.txt, tdmrep.json, a record, a page, or header lines.

    Of a site's files only the lines that cover `path` are told, in the file's order.

    Raises:
        BadInput: it is JSON of another kind, or broken.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in {"[", "{"}:
        return list(_of_json(name, start, path))
    if start[:1] == "<":
        return list(_of_page(text))
    if any(line.lower().lstrip().startswith("user-agent") for line in text.splitlines()):
        return list(_of_robots(text, path))
    return [
        of_header(line)
        for line in text.splitlines()
        if line.partition(":")[0].strip().lower() in _HEADERS
    ]


def _of_json(name: str, text: str, path: str) -> Iterator[Statement]:
    body = objects.read(text, name)
    if isinstance(body, list):
        for number, rule in enumerate(tdmrep.parse_file(text), 1):
            if tdmrep.rule_for([rule], path) is not None:
                yield _statement(f"rule {number}, {rule.location}", "tdmrep", _value(rule.usage))
        return
    record = objects.mapping(body, name)
    yield _statement(name, _standard_of(record, name), text)


def _standard_of(record: Mapping[str, JSON], name: str) -> str:
    if record.get("$type") == lexicon.TYPE:
        return "lexicon-ai"
    if record.get("$type") == lexicon.INTENTS_TYPE:
        return "user-intents"
    if record.keys() & {"entries", cawg.LABEL, cawg.OLD_LABEL}:
        return "cawg-1.1"
    raise BadInput(
        f"{name} is JSON, but no tdmrep.json, no preference record and no CAWG assertion.",
        hint=f"A record has a $type ({lexicon.TYPE}); an assertion has entries.",
    )


def _of_page(text: str) -> Iterator[Statement]:
    page = _Page()
    try:
        page.feed(text)
    except AssertionError as error:  # how the standard library meets an unknown declaration
        raise BadInput(
            f"The page cannot be read: {error}.", hint="Give it as it was fetched, unchanged."
        ) from error
    for name, content in page.metas:
        if name in _METAS:
            yield _statement(f"meta {name}", _METAS[name], content)


def _of_robots(text: str, path: str) -> Iterator[Statement]:
    for group in robots.groups(text):
        agents = ", ".join(group.agents)
        for line in group.lines:
            standard = _HEADERS.get(line.name)
            if standard is not None and line.covers(path):
                yield _statement(f"for {agents}, {line.path}", standard, line.text)


def _value(usage: Usage) -> str:
    return tdmrep.emit(usage) or "unset"


def _statement(where: str, standard: str, value: str) -> Statement:
    draft = aipref.draft_of(value) if standard == "aipref" else ""
    name = aipref.standard(draft) if standard == "aipref" else standard
    try:
        return Statement(
            where=where,
            standard=name,
            value=value,
            usage=aipref.parse(value, draft) if standard == "aipref" else _PARSE[name](value),
            answer=STANDARDS[name](value),
        )
    except BadInput as error:
        return Statement(where=where, standard=name, value=value, trouble=error.message)


class _Page(HTMLParser):
    """Gathers the meta elements of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a meta element's name and content."""
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in said:
            self.metas.append((said["name"].strip().lower(), said.get("content", "")))

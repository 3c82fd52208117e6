"""robots.txt (RFC 9309) with the usage lines of IETF AIPREF attach-05 and Content Signals."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sayso.consent.choices import Answer
from sayso.consent.signals import aipref, content_signal, paths
from sayso.consent.signals.usage import Said, Usage, Use, combine, joined

WELL_KNOWN = "/robots.txt"
EVERYWHERE = "/"
SAYS: Said = aipref.SAYS | content_signal.SAYS

_USAGE, _SIGNAL = aipref.HEADER.lower(), content_signal.HEADER.lower()
_READ: dict[str, Callable[[str], Usage]] = {
    _USAGE: lambda text: aipref.parse(text, aipref.draft_of(text)),
    _SIGNAL: content_signal.parse,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that says something of some paths: `allow`, `disallow` or one of the two usages."""

    name: str
    path: str
    text: str = ""

    @property
    def length(self) -> int:
        """How specific its path is, in octets."""
        return len(paths.normal(self.path))

    def covers(self, path: str) -> bool:
        """Whether it speaks of `path`."""
        return paths.matches(self.path, path)


@dataclass(slots=True, kw_only=True)
class Group:
    """The lines for one set of crawlers."""

    agents: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathUsage:
    """What a site says of the paths under one pattern."""

    path: str
    usage: Usage


def groups(text: str) -> list[Group]:
    """Return the groups of a file; lines before the first one, and unknown lines, say nothing."""
    found: list[Group] = []
    naming = False
    for name, value in _pairs(text):
        if name == "user-agent":
            if not naming:
                found.append(Group())
            found[-1].agents.append(value.lower())
        elif found and (line := _line(name, value)) is not None:
            found[-1].lines.append(line)
        naming = name == "user-agent" or (naming and name not in {"allow", "disallow", *_READ})
    return found


def parse(text: str, path: str = EVERYWHERE, agent: str = "*") -> Usage:
    """Return what the file says to `agent` of the text at `path`.

    The longest path wins, identical paths are combined, and a path that may not be crawled has
    no preference (attach-05, "Content-Usage Rule Semantics").

    Raises:
        BadInput: a `Content-Signal` line that decides has neither yes nor no.
    """
    lines = _lines_for(text, agent)
    if not _is_crawlable(lines, path):
        return Usage()
    return joined(
        _READ[line.name](line.text)
        for name in _READ
        for line in _longest([line for line in lines if line.name == name], path)
    )


def emit(usages: Usage | Iterable[PathUsage]) -> str:
    """Return a file for every crawler: what the site says, by path; it names nobody.

    A path for which a standard says nothing still gets a line, so that a shorter path's no does
    not speak for it: `train-ai` without a value is unknown by vocab-07.
    """
    if isinstance(usages, Usage):
        usages = [PathUsage(path=EVERYWHERE, usage=usages)]
    lines = ["User-agent: *", "Allow: /"]
    for each in usages:
        said = aipref.emit(each.usage)
        if said or each.path != EVERYWHERE:
            lines.append(f"{aipref.HEADER}: {each.path} {said or 'train-ai'}")
        signal = content_signal.emit(each.usage)
        if signal:
            lines.append(f"{content_signal.HEADER}: {each.path} {signal}")
    return "\n".join(lines) + "\n"


def answer(text: str) -> Answer | None:
    """Return what a stored file answers to training, where the path it was fetched for is lost.

    The strictest line for any path and any crawler counts, even outside a group.

    Raises:
        BadInput: a `Content-Signal` line has neither yes nor no.
    """
    lines = [line for name, value in _pairs(text) if (line := _line(name, value)) is not None]
    said = [(line, _READ[line.name](line.text)) for line in lines if line.name in _READ]
    heard = combine(usage.of(Use.GENAI_TRAINING) for _, usage in said)
    if heard is Answer.YES:
        heard = combine(
            usage.of(Use.GENAI_TRAINING) for line, usage in said if line.path == EVERYWHERE
        )
    return heard


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").replace("\r", "\n").split("\n"):
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip(" \t").lower(), value.strip(" \t")


def _line(name: str, value: str) -> Line | None:
    if name in {"allow", "disallow"}:
        return Line(name=name, path=value) if value else None
    if name not in _READ:
        return None
    if not value.startswith("/"):
        return Line(name=name, path=EVERYWHERE, text=value)
    path, *said = value.replace("\t", " ").split(" ", 1)
    return Line(name=name, path=path, text=said[0].strip(" ") if said else "")


def _lines_for(text: str, agent: str) -> list[Line]:
    found = groups(text)
    named = [group for group in found if agent.lower() in group.agents]
    chosen = named or [group for group in found if "*" in group.agents]
    return [line for group in chosen for line in group.lines]


def _is_crawlable(lines: Iterable[Line], path: str) -> bool:
    rules = _longest([line for line in lines if line.name in {"allow", "disallow"}], path)
    return not rules or any(line.name == "allow" for line in rules)


def _longest(lines: list[Line], path: str) -> list[Line]:
    fitting = [line for line in lines if line.covers(path)]
    most = max((line.length for line in fitting), default=0)
    return [line for line in fitting if line.length == most]

"""A document while personal data is taken out of it: what was found, what it looks like now."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.redact.members.directory import Directory
from sayso.redact.numbering import numbers
from sayso.redact.resolve import Claim, resolved
from sayso.redact.scan import (
    NOTHING_KNOWN,
    PLACEHOLDER,
    Kind,
    Scan,
    Span,
    Stage,
    Surroundings,
    is_free,
    merged,
)
from sayso.redact.view import View, view

_IN_CODE = frozenset({Kind.SECRET, Kind.EMAIL, Kind.URL, Kind.IP})
"""What is looked for in words for a machine too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a document, as its title, and what is known beside it."""

    text: str
    around: Surroundings = field(default=NOTHING_KNOWN, kw_only=True)


class Draft:
    """One text: the original, the claims on it, and what it looks like with placeholders."""

    __slots__ = (
        "_shifts",
        "_turned_down",
        "around",
        "asked",
        "claims",
        "numbers",
        "placeholders",
        "plain",
        "rest",
        "scan",
        "seen",
        "shown",
        "text",
    )

    def __init__(self, part: Part) -> None:
        """Begin with nothing found."""
        self.text = self.shown = self.rest = part.text
        self.around = part.around
        self.claims: list[Claim] = []
        self.numbers: list[int] = []
        self.placeholders: list[Span] = []
        """Where ours stand in `shown`."""
        self._shifts: list[int] = []
        self.asked: list[str | None] = [None] * len(Stage)
        """What it looked like when the finders of each stage last saw it."""
        self.plain = view(part.text)
        self.seen = self.plain
        """What finders see of `shown`."""
        self.scan: Scan
        self._turned_down: set[tuple[int, str]] = set()

    def look(self, directory: Directory) -> None:
        """Make a scan of what it looks like now."""
        if self.claims:
            if self.plain.starts:
                self.seen = view(self.shown)
            elif self.plain.text is not self.text:
                self.seen = View(self._spliced(self.plain.text))
            else:
                self.seen = View(self.shown)
        self.scan = Scan(self.seen.text, self.around, directory, self.taken())
        self.scan.turned_down = self._turned_down

    def is_new_to(self, stage: Stage) -> bool:
        """Whether it looks otherwise than when the finders of the stage last saw it."""
        return self.asked[stage] != self.shown

    def taken(self) -> list[Span]:
        """Return where placeholders stand in what finders see, ours and others'."""
        if self.plain.starts or "<" in self.plain.text:
            return [match.span() for match in PLACEHOLDER.finditer(self.seen.text)]
        return self.placeholders

    def add(self, more: Iterable[Claim]) -> bool:
        """Take in claims on places of `shown`; return whether anything is new."""
        moved = [self._original(claim) for claim in more] if self.placeholders else [*more]
        if self.around.spared:
            moved = [one for one in moved if not _is_inside(one, self.around.spared)]
        if self.around.code:
            code = merged(self.around.code)
            moved = [
                one for one in moved if one.kind in _IN_CODE or is_free(code, one.start, one.end)
            ]
        if not moved:
            return False
        grown = resolved(self.text, [*self.claims, *moved])
        if grown == self.claims:
            return False
        self.claims = grown
        return True

    def show(self, row: list[int]) -> None:
        """Put a placeholder with its number for each claim."""
        pieces: list[str] = []
        spans: list[Span] = []
        shifts: list[int] = []
        text = self.text
        at = length = 0
        for claim, number in zip(self.claims, row, strict=True):
            start, stop, kind, *_ = claim
            placeholder = kind.placeholder(number)
            pieces += (text[at:start], placeholder)
            length += start - at
            end = length + len(placeholder)
            spans.append((length, end))
            length, at = end, stop
            shifts.append(at - end)
        pieces.append(text[at:])
        self.shown = "".join(pieces)
        self.rest = "<>".join(pieces[::2])
        self.numbers, self.placeholders, self._shifts = row, spans, shifts

    def _spliced(self, plain: str) -> str:
        """Return `plain`, of the original's length, with the placeholders of `shown`."""
        pieces: list[str] = []
        at = 0
        for claim, (start, end) in zip(self.claims, self.placeholders, strict=True):
            pieces += (plain[at : claim.start], self.shown[start:end])
            at = claim.end
        return "".join((*pieces, plain[at:]))

    def _original(self, claim: Claim) -> Claim:
        """Move a claim to where it stands in the original; placeholders go whole."""
        before = bisect_right(self.placeholders, claim.start, key=_end)
        within = bisect_left(self.placeholders, claim.end, key=_start)
        start = claim.start + (self._shifts[before - 1] if before else 0)
        end = claim.end + (self._shifts[within - 1] if within else 0)
        if before < len(self.placeholders) and self.placeholders[before][0] < claim.start:
            start = self.claims[before].start
        if within and claim.end < self.placeholders[within - 1][1]:
            end = self.claims[within - 1].end
        return claim._replace(start=start, end=end)


class Paper:
    """The texts of one document, which share their numbers."""

    __slots__ = ("drafts", "looks")

    def __init__(self, parts: Sequence[Part]) -> None:
        """Begin with nothing found."""
        self.drafts = [Draft(part) for part in parts]
        self.looks = 0
        """How often something was found."""

    def show(self) -> None:
        """Number all that was found anew, and put placeholders."""
        self.looks += 1
        rows = numbers(
            [draft.text for draft in self.drafts], [draft.claims for draft in self.drafts]
        )
        for draft, row in zip(self.drafts, rows, strict=True):
            draft.show(row)


def _start(span: Span | Claim) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _is_inside(claim: Claim, spans: Iterable[Span]) -> bool:
    return any(start <= claim.start and claim.end <= end for start, end in spans)

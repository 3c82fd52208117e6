"""One text while personal data is taken out of it: what was found, what it looks like now."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from sayso.redact.resolve import Claim, resolved
from sayso.redact.scan import Kind, Span, Surroundings, is_free, merged

_IN_CODE = frozenset({Kind.SECRET, Kind.EMAIL, Kind.URL, Kind.IP})
"""What is looked for in words for a machine too."""


class Draft:
    """The original text, the claims on it, and the text with placeholders for these."""

    __slots__ = ("_ends", "_shifts", "_starts", "around", "claims", "shown", "text")

    def __init__(self, text: str, around: Surroundings) -> None:
        """Begin with nothing found."""
        self.text = text
        self.around = around
        self.shown = text
        self.claims: list[Claim] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts: list[int] = []

    def add(self, more: Iterable[Claim]) -> bool:
        """Take in claims on places of `shown`; return whether anything is new."""
        moved = [self._original(claim) for claim in more]
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

    def show(self, numbers: Sequence[int]) -> None:
        """Put a placeholder with its number for each claim."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        shifts: list[int] = []
        at = length = 0
        for claim, number in zip(self.claims, numbers, strict=True):
            placeholder = claim.kind.placeholder(number)
            pieces += (self.text[at : claim.start], placeholder)
            length += claim.start - at
            starts.append(length)
            length += len(placeholder)
            ends.append(length)
            at = claim.end
            shifts.append(at - length)
        self.shown = "".join((*pieces, self.text[at:]))
        self._starts, self._ends, self._shifts = starts, ends, shifts

    def _original(self, claim: Claim) -> Claim:
        """Move a claim to where it stands in the original; placeholders go whole."""
        if not self._starts:
            return claim
        before = bisect_right(self._ends, claim.start)  # placeholders that end before it
        within = bisect_left(self._starts, claim.end)  # the last one that begins before its end
        start = claim.start + (self._shifts[before - 1] if before else 0)
        end = claim.end + (self._shifts[within - 1] if within else 0)
        if before < len(self._starts) and self._starts[before] < claim.start:
            start = self.claims[before].start
        if within and claim.end < self._ends[within - 1]:
            end = self.claims[within - 1].end
        return claim._replace(start=start, end=end)


def _is_inside(claim: Claim, spans: Iterable[Span]) -> bool:
    return any(start <= claim.start and claim.end <= end for start, end in spans)

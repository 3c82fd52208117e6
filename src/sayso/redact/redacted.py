"""A text without its personal data, and what was taken out of it."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sayso.redact.draft import Draft
from sayso.redact.scan import Kind


class Found(NamedTuple):
    """Where personal data stood in the original text, which kind, and who found it and why.

    The same value has the same number in the whole document. `finder` is the finder's kind and
    version. The words themselves are not kept.
    """

    start: int
    end: int
    kind: Kind
    number: int
    finder: str
    rule: str

    @property
    def placeholder(self) -> str:
        """What stands in the text instead."""
        return self.kind.placeholder(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text with placeholders, and what they stand for, in order and without overlaps."""

    text: str
    found: tuple[Found, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind were taken out."""
        return dict(sorted(Counter(found.kind.value for found in self.found).items()))


def redacted(draft: Draft) -> Redacted:
    """Return what the draft looks like now."""
    found = [
        Found(start, end, kind, number, finder, rule)
        for (start, end, kind, finder, rule, _), number in zip(
            draft.claims, draft.numbers, strict=True
        )
    ]
    return Redacted(text=draft.shown, found=tuple(found))

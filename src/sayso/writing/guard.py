"""What may not leave in a suggestion: another member's words at length, and personal data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.errors import BadInput
from sayso.writing.credit import GUARANTEED_WORDS, Run, Source, TextNumber, holders
from sayso.writing.words import SENTENCE_END, Word, spelled

COMMON_HOLDERS = 5
"""Words that this many members wrote are nobody's: the guard lets them pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text in code points, end exclusive."""

    start: int
    end: int


class Found(Protocol):
    """One piece of personal data that a finder saw."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...

    @property
    def placeholder(self) -> str:
        """What stands in its place: `<EMAIL_1>`."""
        ...


def require_possible(limit_words: int) -> None:
    """Refuse a copy limit that fingerprints could not keep.

    Raises:
        BadInput: the limit is too low.
    """
    if limit_words < GUARANTEED_WORDS:
        raise BadInput(
            f"copy_limit_words is {limit_words}; the least that can be kept is "
            f"{GUARANTEED_WORDS}, the run that every fingerprint table finds.",
            hint=f"Set copy_limit_words to {GUARANTEED_WORDS} or more in sayso.toml.",
        )


def foreign_runs(
    found: Sequence[Run], sources: Mapping[TextNumber, Source], *, limit_words: int
) -> tuple[Run, ...]:
    """Return the runs that are too long and not common; the requester's own are not in `found`."""
    return tuple(
        run
        for run in found
        if run.length > limit_words and len(holders(run, found, sources)) < COMMON_HOLDERS
    )


def spans(text_words: Sequence[Word], found: Iterable[Run]) -> tuple[Span, ...]:
    """Return where the runs stand in the text."""
    return tuple(
        Span(start=text_words[run.start].start, end=text_words[run.end - 1].end) for run in found
    )


def without(text: str, forbidden: Sequence[Span]) -> str:
    """Drop every sentence or line that touches a forbidden span; the rest stays as it is."""
    kept: list[str] = []
    start = 0
    for break_ in SENTENCE_END.finditer(text):
        _keep(kept, text, Span(start=start, end=break_.end()), forbidden)
        start = break_.end()
    _keep(kept, text, Span(start=start, end=len(text)), forbidden)
    return "".join(kept).strip()


def personal(text: str, found: Iterable[Found], own_facts: str) -> str:
    """Put a placeholder for each piece of personal data that is not the requester's own.

    `own_facts` is everything the requester said of themself or typed just now.
    """
    own = f" {' '.join(spelled(own_facts))} "
    clean = text
    for piece in sorted(found, key=lambda piece: -piece.start):
        said = " ".join(spelled(text[piece.start : piece.end]))
        if said and f" {said} " in own:
            continue
        clean = f"{clean[: piece.start]}{piece.placeholder}{clean[piece.end :]}"
    return clean


def _keep(kept: list[str], text: str, part: Span, forbidden: Sequence[Span]) -> None:
    if not any(span.start < part.end and part.start < span.end for span in forbidden):
        kept.append(text[part.start : part.end])

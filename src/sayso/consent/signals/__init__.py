"""Signals that say something about consent before anyone is asked: one file per standard.

Each file parses what it is sent and emits what others may read; none decides. May import
`consent`, `community` and `errors`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sayso.consent.choices import Answer
from sayso.consent.signals import aipref, gpc
from sayso.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalEntry:
    """One standard: its header field, and the answer to training that a value carries."""

    name: str
    header: str
    read: Callable[[tuple[str, ...]], Answer | None]
    citation: str


SIGNALS: tuple[SignalEntry, ...] = (
    SignalEntry(
        name="gpc",
        header=gpc.HEADER,
        read=lambda values: Answer.NO if gpc.seen(values) else None,
        citation="W3C Global Privacy Control, 2026-04-03",
    ),
    SignalEntry(
        name="aipref",
        header=aipref.HEADER,
        read=lambda values: aipref.parse(", ".join(values)).get(aipref.TRAIN_AI),
        citation="IETF draft-ietf-aipref-vocab-07 and -attach-05, 2026-08-19 (work in progress)",
    ),
)
"""One more signal: a file here, a line here, a row in its test and in the docs."""


def answer_of(standard: str, value: str) -> Answer | None:
    """Return what a stored signal answers to training generative AI; None where it is silent.

    Raises:
        BadInput: no such standard, or a value that its standard does not let pass as silence.
            Whoever decides takes that as a no.
    """
    name, _, _draft = standard.partition("-")
    for entry in SIGNALS:
        if entry.name == name:
            return entry.read((value,))
    raise BadInput(
        f"There is no signal standard {standard!r}.",
        hint="Standards: " + ", ".join(entry.name for entry in SIGNALS) + ".",
    )

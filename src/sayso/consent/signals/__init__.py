"""Signals that say something about consent before anyone is asked: one file per standard.

Each file parses what it is sent and emits what others may read; none decides. May import
`consent`, `evidence`, `community` and `errors`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sayso.consent.choices import Answer
from sayso.consent.signals import (
    aipref,
    cawg,
    content_signal,
    gpc,
    lexicon,
    noai,
    robots,
    tdmrep,
)
from sayso.consent.signals.usage import Said, Usage
from sayso.errors import BadInput

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalEntry:
    """One standard: where it stands, what it has words for, and how it is read and written.

    `answers` holds, for each name a signal is stored under (the draft is part of the name, the
    current one first), the answer to training generative AI that a raw value carries. What
    `parse` reads of what `emit` wrote is equal, as far as the standard `says` it.
    """

    name: str
    where: str
    header: str
    says: Said
    parse: Callable[[str], Usage]
    emit: Callable[[Usage], str]
    answers: Mapping[str, Callable[[str], Answer | None]]
    citation: str


SIGNALS: tuple[SignalEntry, ...] = (
    SignalEntry(
        name="gpc",
        where="request header, /.well-known/gpc.json",
        header=gpc.HEADER,
        says=frozenset(),  # it speaks of a person's data being sold or shared, of no text
        parse=lambda _: Usage(),
        emit=lambda _: "",
        answers={"gpc": gpc.answer},
        citation="W3C Global Privacy Control, 2026-04-03",
    ),
    SignalEntry(
        name="aipref",
        where="response header",
        header=aipref.HEADER,
        says=aipref.SAYS,
        parse=aipref.parse,
        emit=aipref.emit,
        answers={
            aipref.standard(draft): partial(aipref.answer, draft=draft) for draft in aipref.DRAFTS
        },
        citation="IETF draft-ietf-aipref-vocab-07 and -attach-05, 2026-08-19 (work in progress)",
    ),
    SignalEntry(
        name="robots",
        where="/robots.txt",
        header="",
        says=robots.SAYS,
        parse=robots.parse,
        emit=robots.emit,
        answers={"robots": robots.answer},
        citation="RFC 9309 section 2.2; IETF draft-ietf-aipref-attach-05 section 3",
    ),
    SignalEntry(
        name="content-signal",
        where="response header, /robots.txt",
        header=content_signal.HEADER,
        says=content_signal.SAYS,
        parse=content_signal.parse,
        emit=content_signal.emit,
        answers={"content-signal": content_signal.answer},
        citation="draft-romm-aipref-contentsignals-00, 2025-10-01; contentsignals.org",
    ),
    SignalEntry(
        name="tdmrep",
        where="/.well-known/tdmrep.json, response header, meta",
        header=tdmrep.HEADER,
        says=tdmrep.SAYS,
        parse=tdmrep.parse,
        emit=tdmrep.emit,
        answers={"tdmrep": tdmrep.answer},
        citation="W3C TDM Reservation Protocol, 2024-05-10; Directive (EU) 2019/790 Art. 4(3)",
    ),
    SignalEntry(
        name="noai",
        where="response header, meta robots",
        header=noai.HEADER,
        says=noai.SAYS,
        parse=noai.parse,
        emit=noai.emit,
        answers={"noai": noai.answer},
        citation="DeviantArt's convention, 2022-11-11: noai and noimageai",
    ),
    SignalEntry(
        name="cawg",
        where="an assertion in a file's content credentials",
        header="",
        says=cawg.SAYS,
        parse=cawg.parse,
        emit=cawg.emit,
        answers=dict.fromkeys(("cawg-1.1", "cawg-1.0", "c2pa-1.4"), cawg.answer),
        citation="CAWG Training and Data Mining Assertion 1.1, 2025-06-19",
    ),
    SignalEntry(
        name="lexicon-ai",
        where="a record in the member's own repository; /api/me/signals",
        header="",
        says=lexicon.SAYS,
        parse=lexicon.parse,
        emit=lambda usage: lexicon.emit(usage, _UNDATED),
        answers={"lexicon-ai": lexicon.answer},
        citation="community.lexicon.preference.ai, lexicon-community/lexicon#72",
    ),
    SignalEntry(
        name="user-intents",
        where="a record in the member's own repository",
        header="",
        says=lexicon.INTENTS_SAYS,
        parse=lexicon.parse_intents,
        emit=lambda usage: lexicon.emit_intents(usage, _UNDATED),
        answers={"user-intents": lexicon.answer_intents},
        citation="org.user-intents.declaration, bluesky-social/proposals 0008",
    ),
)
"""One more signal: a file here, a line here, a row in its test and a section in docs/signals.md."""

STANDARDS: Mapping[str, Callable[[str], Answer | None]] = {
    standard: answer for entry in SIGNALS for standard, answer in entry.answers.items()
}
"""Every name a stored signal may bear, with what reads it."""


def answer_of(standard: str, value: str) -> Answer | None:
    """Return what a stored signal answers to training generative AI; None where it is silent.

    Raises:
        BadInput: no such standard, or a value that its standard does not let pass as silence.
            Whoever decides takes that as a no.
    """
    if standard not in STANDARDS:
        raise BadInput(
            f"There is no signal standard {standard!r}.",
            hint="Standards: " + ", ".join(STANDARDS) + ".",
        )
    return STANDARDS[standard](value)

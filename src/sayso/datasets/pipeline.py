"""From documents to rows: may we, then cut, then redact; whatever stays out says why."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Protocol

from sayso.community import SOMEONE, Document, DocumentId
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.datasets.company import MENTIONS, NOBODY, Neighbours, Spared, spared_in
from sayso.datasets.missed import Field, Missed, standing
from sayso.datasets.rows import Refusal, Row, row_digest
from sayso.datasets.shards import Partition
from sayso.datasets.wording import (
    Span,
    members_in,
    one_form,
    prepared,
    quotes_are_clear,
    without_spans,
)
from sayso.redact.draft import Part
from sayso.redact.redactor import Redacted, Redactor
from sayso.redact.scan import Surroundings

MINIMUM_WORDS = 3
"""Fewer words than this, placeholders included, teach nothing and identify easily."""

BATCH = 64
"""Documents that go to a process at a time."""

UNCLEAR_QUOTE = "quote_out_of_range"
TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one permitted document, before redaction."""

    title: str
    text: str
    language: str
    cut: tuple[Span, ...]
    names: tuple[Span, ...] = ()
    names_in_title: tuple[Span, ...] = ()
    region: str = ""
    people: tuple[str, ...] = ()
    """Names and handles of who takes part: for this document they are known."""
    code: tuple[Span, ...] = ()
    spared: tuple[Spared, ...] = ()
    """Names that may stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that may be sealed, and how much was taken out of them, by kind."""

    title: str
    text: str
    redactions: Mapping[str, int]


class Redacting(Protocol):
    """Redacts many wordings, here or in other processes.

    One answer for each wording, in the same order and the same whoever computes it. It takes
    no more than a bounded number of batches ahead of what was asked of it.
    """

    def __call__(self, batches: Iterable[Sequence[Wording]]) -> Iterator[Sequence[Words]]:
        """Yield the answers, batch by batch."""
        ...


Marks = Callable[[Collection[DocumentId]], Mapping[DocumentId, Sequence[Missed]]]
"""Looks up what redaction missed in documents before, as somebody marked it."""


def nothing_missed(_: Collection[DocumentId]) -> Mapping[DocumentId, Sequence[Missed]]:
    """Say that nobody marked anything."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What every document of one dataset is judged by."""

    world: World
    purpose: Purpose
    at: datetime
    partition: Partition
    missed: Marks = nothing_missed
    neighbours: Neighbours = NOBODY
    mentions: str = MENTIONS[0]
    """Whose names go; one of `company.MENTIONS`."""


def admit(
    documents: Iterable[Document], admission: Admission, redacting: Redacting
) -> Iterator[Row | Refusal]:
    """Yield, for each document in order, the row made of it or the reason it was left out.

    Nothing that is not permitted is ever cut, redacted or handed to another process.
    Duplicates are still in: they are found where a whole shard is seen, in `seal`.
    """
    pending: list[list[tuple[Document, Decision]]] = []
    kept: dict[DocumentId, tuple[Spared, ...]] = {}

    def batches() -> Iterator[list[Wording]]:
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            decided = [(document, judge(document, admission)) for document in batch]
            pending.append(decided)
            permitted = [(document, said) for document, said in decided if said.permit]
            marked = admission.missed([document.id for document, _ in permitted])
            plain = [
                _wording(document, said, admission.world, marked.get(document.id, ()))
                for document, said in permitted
            ]
            wordings = _in_company(plain, [document for document, _ in permitted], admission)
            for (document, _), wording in zip(permitted, wordings, strict=True):
                kept[document.id] = wording.spared
            yield wordings

    for redacted in redacting(batches()):
        words = iter(redacted)
        for document, decision in pending.pop(0):
            if decision.permit:
                row = _row(document, decision, next(words), admission.partition)
                yield _naming(row, kept.pop(document.id, ()))
            else:
                yield _refusal(document, decision.rule, decision.reason)


def judge(document: Document, admission: Admission) -> Decision:
    """Decide; a permit whose cuts cannot be made for certain becomes a refusal."""
    decision = decide(facts_for(document, admission.purpose, admission.at, admission.world))
    if decision.permit and not quotes_are_clear(document.text, decision.cut):
        return Decision(
            permit=False,
            rule=UNCLEAR_QUOTE,
            reason="It quotes someone who objects, and where the quotation ends is not known.",
        )
    return decision


def redact_wordings(redactor: Redactor, wordings: Sequence[Wording]) -> list[Words]:
    """Cut, bring into one form, and take personal data out of titles and texts."""
    documents = redactor.redact_batch(map(_parts, wordings))
    return [_words(title, text) for title, text in documents]


def _parts(wording: Wording) -> tuple[Part, Part]:
    around = Surroundings(language=wording.language, region=wording.region, people=wording.people)
    title = one_form(without_spans(wording.title, (), wording.names_in_title))
    marked = (*wording.code, *wording.spared)
    text, places = prepared(wording.text, wording.cut, wording.names, marked)
    code, spared = places[: len(wording.code)], places[len(wording.code) :]
    within = replace(around, code=tuple(filter(None, code)), spared=tuple(filter(None, spared)))
    return Part(title, around=around), Part(text, around=within)


def _words(title: Redacted, text: Redacted) -> Words:
    counts = Counter(found.kind.value for found in (*title.found, *text.found))
    return Words(title=title.text, text=text.text, redactions=dict(sorted(counts.items())))


def _wording(
    document: Document, decision: Decision, world: World, missed: Sequence[Missed]
) -> Wording:
    author = world.member(document.member_id)
    known = [*standing(document, missed)]
    return Wording(
        region=author.region if author else "",
        people=tuple(_names(document, world)),
        code=document.code,
        title=document.title,
        text=document.text,
        language=document.language,
        cut=decision.cut,
        names=(*decision.named, *(each for each in known if each.field is Field.TEXT)),
        names_in_title=(
            *decision.named_in_title,
            *(each for each in known if each.field is Field.TITLE),
        ),
    )


def _names(document: Document, world: World) -> Iterator[str]:
    """Yield how those are called who wrote it, are quoted in it or are mentioned."""
    spoken_of = (
        *document.authors,
        *(quote.member_id for quote in document.quotes),
        *(mention.member_id for mention in document.mentions),
    )
    for member_id in dict.fromkeys(spoken_of):
        member = world.member(member_id) if member_id != SOMEONE else None
        if member:
            names = (member.name, member.handle, member.pseudonym, *member.former_names)
            yield from filter(None, names)


def _in_company(
    wordings: Sequence[Wording], documents: Sequence[Document], admission: Admission
) -> list[Wording]:
    """Add who stands near each document, and whose names may stay in it."""
    near = admission.neighbours.names(documents)
    return [
        replace(
            wording,
            people=tuple(dict.fromkeys((*wording.people, *near.get(document.id, ())))),
            spared=spared(document, admission),
        )
        for wording, document in zip(wordings, documents, strict=True)
    ]


def spared(document: Document, admission: Admission) -> tuple[Spared, ...]:
    """Return the names that may stay in the document's text."""
    if admission.mentions == MENTIONS[0]:
        return ()
    return spared_in(document, admission.purpose, admission.at, admission.world)


def _row(
    document: Document, decision: Decision, words: Words, partition: Partition
) -> Row | Refusal:
    if len(words.text.split()) < MINIMUM_WORDS:
        reason = f"Fewer than {MINIMUM_WORDS} words are left of it."
        return _refusal(document, TOO_SHORT, reason)
    shard, slice_ = partition.place(document.member_id, is_default=decision.is_default)
    row = Row(
        id=partition.row_id(document.id),
        document_id=document.id,
        member_id=document.member_id,
        members=members_in(document, decision.cut),
        kind=document.kind,
        title=words.title,
        text=words.text,
        language=document.language,
        licence=document.licence,
        source=document.source,
        created_at=document.created_at,
        rule=decision.rule,
        reason=decision.reason,
        evidence=decision.evidence,
        is_default=decision.is_default,
        redactions=dict(words.redactions),
        marks=(),
        shard=shard,
        slice=slice_,
        digest="",
    )
    return replace(row, digest=row_digest(row))


def _naming(row: Row | Refusal, names: Sequence[Spared]) -> Row | Refusal:
    """Write down whose names stayed in the row: it goes with their say-so as with their words."""
    if isinstance(row, Refusal) or not names:
        return row
    named = {each.member_id for each in names} - set(row.members)
    counts = Counter(each.reason for each in names)
    why = (f"names that stay: {count} {reason}" for reason, count in sorted(counts.items()))
    members = (*row.members, *sorted(named))
    changed = replace(row, members=members, evidence=(*row.evidence, *why))
    return replace(changed, digest=row_digest(changed))


def _refusal(document: Document, rule: str, reason: str) -> Refusal:
    return Refusal(document_id=document.id, member_id=document.member_id, rule=rule, reason=reason)

"""Who is around a document: by which names they are known there, and whose may stay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from sayso.community import SOMEONE, CreditChoice, Document, DocumentId, Member, MemberId, Quote
from sayso.consent.decide import permitted
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.redact.members.directory import Directory

MENTIONS = ("all", "others")
"""Whose names go: everybody's, or all but the author's own and those of credited members."""


class Kept(StrEnum):
    """Why a name may stay."""

    OWN = "own name"
    CREDITED = "credited by name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """A name that may stay in a text, whose it is, and why; code points, end exclusive."""

    start: int
    end: int
    member_id: MemberId
    reason: Kept


class Answering(Protocol):
    """A document, as far as it says who wrote it and what it answers."""

    @property
    def id(self) -> DocumentId:
        """Which one it is."""
        ...

    @property
    def authors(self) -> tuple[MemberId, ...]:
        """Who wrote it, the first author first."""
        ...

    @property
    def parents(self) -> tuple[DocumentId, ...]:
        """What it answers."""
        ...


class Neighbours(Protocol):
    """Knows who stands near a document without being written in it."""

    def names(self, documents: Sequence[Answering]) -> Mapping[DocumentId, tuple[str, ...]]:
        """Return, for each document, names of those its author answers to, and knows."""
        ...


class Nobody:
    """Knows no neighbours."""

    def names(self, documents: Sequence[Answering]) -> Mapping[DocumentId, tuple[str, ...]]:
        """Return nothing."""
        del documents
        return {}


NOBODY = Nobody()


def called(member: Member) -> Iterator[str]:
    """Yield every name of a member, and their handle."""
    yield from filter(None, (member.name, member.handle, member.pseudonym, *member.former_names))


def spared_in(
    document: Document, purpose: Purpose, at: datetime, world: World
) -> tuple[Spared, ...]:
    """Return the names that may stay in the document's text, in order.

    The author's own stay, and mentions of members who allow the purpose for this document and
    chose to be credited by name.
    """
    authors = frozenset(document.authors)
    found = [*_own(document, world)]
    others = [each for each in document.mentions if each.member_id not in {SOMEONE, *authors}]
    found += (
        Spared(start=each.start, end=each.end, member_id=each.member_id, reason=Kept.OWN)
        for each in document.mentions
        if each.member_id in authors
    )
    if others:
        asked = tuple(
            Quote(start=each.start, end=each.end, member_id=each.member_id) for each in others
        )
        facts = facts_for(replace(document, quotes=asked), purpose, at, world)
        found += (
            Spared(start=at.start, end=at.end, member_id=at.member_id, reason=Kept.CREDITED)
            for at, case in facts.quoted
            if case.say.credit is CreditChoice.NAME and permitted(case)
        )
    return tuple(sorted(set(found), key=lambda each: (each.start, each.end, each.member_id)))


def _own(document: Document, world: World) -> Iterator[Spared]:
    for member_id in dict.fromkeys(document.authors):
        member = world.member(member_id)
        names = tuple(called(member)) if member else ()
        for known in _directory(names, member.handle if member else "").find(document.text):
            yield Spared(start=known.start, end=known.end, member_id=member_id, reason=Kept.OWN)


@lru_cache(maxsize=1024)
def _directory(names: tuple[str, ...], handle: str) -> Directory:
    return Directory(names, [handle] if handle else [])

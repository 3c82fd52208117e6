"""Members and documents as columns of small numbers, for `consent.bulk`.

A column's name ends in the letter of its length: M members, D documents. Every code is a place
in one of the tuples below.
"""
# ruff: noqa: N815 - columns carry their lengths

from array import array
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sayso.community import (
    UNKNOWN_REGION,
    AgeBand,
    Document,
    DocumentId,
    Kind,
    MemberId,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.consent.facts import World
from sayso.consent.likeness import Likeness, Question, singled_out
from sayso.consent.notices import utc
from sayso.consent.regions import COUNTRIES, region_named
from sayso.consent.say import SILENT, Say

Bytes: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.uint32]
Moments: TypeAlias = npt.NDArray[np.int64]

REGIONS: tuple[Region, ...] = (UNKNOWN_REGION, *sorted(COUNTRIES))
AGE_BANDS, STANDINGS = tuple(AgeBand), tuple(Standing)
KINDS, VISIBILITIES, STATES = tuple(Kind), tuple(Visibility), tuple(State)

_REGION = {region: code for code, region in enumerate(REGIONS)}
_AGE_BAND = {band: code for code, band in enumerate(AGE_BANDS)}
_STANDING = {standing: code for code, standing in enumerate(STANDINGS)}
_KIND = {kind: code for code, kind in enumerate(KINDS)}
_VISIBILITY = {visibility: code for code, visibility in enumerate(VISIBILITIES)}
_STATE = {state: code for code, state in enumerate(STATES)}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberColumns:
    """M members: uint8 codes, and for each a uint32 place in `says`.

    `says` holds one history of each kind that occurs. `rows` says which row a member has, where
    documents are to be read by their authors' ids; `apart` are the documents that somebody
    answered for one by one.
    """

    region_M: Bytes
    age_band_M: Bytes
    standing_M: Bytes
    said_M: Numbers
    says: tuple[Say, ...]
    rows: Mapping[MemberId, int] = field(default_factory=dict)
    apart: frozenset[DocumentId] = frozenset()

    def __len__(self) -> int:
        """Return how many members there are."""
        return len(self.said_M)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentColumns:
    """D documents: uint8 codes, uint32 places, and int64 microseconds since 1970 (UTC).

    `author_D` is the row of the first author among the members. `by_hand` are the documents that
    do not fit into columns, each with its row; what the columns hold for such a row is not
    looked at, and its author's row may be 0 for want of a better one.
    """

    author_D: Numbers
    kind_D: Bytes
    visibility_D: Bytes
    state_D: Bytes
    created_D: Moments
    licence_D: Numbers
    signals_D: Numbers
    licences: tuple[str, ...] = ("",)
    signals: tuple[tuple[Signal, ...], ...] = ((),)
    by_hand: tuple[tuple[int, Document], ...] = ()

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.author_D)


def members_in(world: World, members: Iterable[MemberId], question: Question) -> MemberColumns:
    """Return the columns of these accounts, with what each of them said.

    A history is kept once for each kind of history; see `likeness`. Accounts that became one
    share a row.
    """
    like = Likeness(question)
    region, age_band, standing, said = array("B"), array("B"), array("B"), array("I")
    rows: dict[MemberId, int] = {}
    kinds: dict[Hashable, int] = {like(SILENT): 0}
    says = [SILENT]
    apart: set[DocumentId] = set()
    for account in members:
        member, say = world.member(account), world.say(account)
        if member is None or account in rows:
            continue
        if member.id in rows and world.say(member.id) == say:
            rows[account] = rows[member.id]
            continue
        rows[account] = len(said)
        if world.member(member.id) == member and world.say(member.id) == say:
            rows[member.id] = len(said)
        region.append(_REGION[region_named(member.region)])
        age_band.append(_AGE_BAND[member.age_band])
        standing.append(_STANDING[member.standing])
        place = 0 if say is SILENT else kinds.setdefault(like(say), len(says))
        if place == len(says):
            says.append(say)
        said.append(place)
        apart.update(singled_out(say))
    return MemberColumns(
        region_M=_bytes(region),
        age_band_M=_bytes(age_band),
        standing_M=_bytes(standing),
        said_M=_numbers(said),
        says=tuple(says),
        rows=rows,
        apart=frozenset(apart),
    )


def documents_in(documents: Iterable[Document], members: MemberColumns) -> DocumentColumns:
    """Return the columns of these documents, whose authors are rows of `members`.

    By hand go documents of several people, with quotations, answered for one by one, or of an
    author who is no row.
    """
    author, licence, signals = array("I"), array("I"), array("I")
    kind, visibility, state, created = array("B"), array("B"), array("B"), array("q")
    licences: dict[str, int] = {"": 0}
    statements: dict[tuple[Signal, ...], int] = {(): 0}
    by_hand: list[tuple[int, Document]] = []
    for number, document in enumerate(documents):
        row = members.rows.get(document.member_id)
        if row is None or document.id in members.apart or document.co_authors or document.quotes:
            by_hand.append((number, document))
        author.append(row or 0)
        kind.append(_KIND[document.kind])
        visibility.append(_VISIBILITY[document.visibility])
        state.append(_STATE[document.state])
        created.append(moment(document.created_at))
        licence.append(licences.setdefault(document.licence, len(licences)))
        signals.append(statements.setdefault(document.signals, len(statements)))
    return DocumentColumns(
        author_D=_numbers(author),
        kind_D=_bytes(kind),
        visibility_D=_bytes(visibility),
        state_D=_bytes(state),
        created_D=np.frombuffer(created, dtype=np.int64) if created else np.zeros(0, np.int64),
        licence_D=_numbers(licence),
        signals_D=_numbers(signals),
        licences=tuple(licences),
        signals=tuple(statements),
        by_hand=tuple(by_hand),
    )


def moment(at: datetime) -> int:
    """Return microseconds since 1970 (UTC)."""
    return (utc(at) - _EPOCH) // _MICROSECOND


def _bytes(codes: "array[int]") -> Bytes:
    return np.array(codes, dtype=np.uint8)


def _numbers(places: "array[int]") -> Numbers:
    return np.array(places, dtype=np.uint32)

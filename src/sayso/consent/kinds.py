"""Which kinds of members and documents occur, as far as any rule can see.

Two rows of one kind get the same answer under the policy and the notices in question.
"""
# ruff: noqa: N803, N806 - columns carry their lengths: M members, D documents, C of one chunk

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sayso.community import UNKNOWN_REGION, Document, DocumentId, Member, MemberId, Region
from sayso.consent.columns import (
    AGE_BANDS,
    KINDS,
    REGIONS,
    STANDINGS,
    STATES,
    VISIBILITIES,
    Bytes,
    DocumentColumns,
    MemberColumns,
    Numbers,
    moment,
)
from sayso.consent.licences import forbidding
from sayso.consent.likeness import Question
from sayso.consent.notices import Notice, utc
from sayso.consent.policy import Policy
from sayso.consent.say import Say

Thing = TypeVar("Thing")
Codes: TypeAlias = npt.NDArray[Any]
"""Unsigned, and as wide as the number of possible codes asks."""

_CHUNK = 1 << 18
_DENSE = 1 << 26
"""Up to so many possible codes, those that occur are marked in a table; else they are sorted."""
_EXAMPLE = MemberId("example")


def chunks(length: int) -> Iterator[slice]:
    """Cut so many rows into pieces that stay near the processor."""
    return (slice(start, start + _CHUNK) for start in range(0, length, _CHUNK))


def width_for(possible: int) -> np.dtype[Any]:
    """Return the numbers that so many codes fit into."""
    return np.dtype(np.uint32 if possible < 1 << 32 else np.uint64)


class Kinds(Generic[Thing]):
    """The kinds that occur, numbered without gaps: `kind_N` of each row, `codes` of each kind."""

    def __init__(self, code_N: Codes, possible: int, example: Callable[[int], Thing]) -> None:
        self._example = example
        self.codes: Codes
        if possible > _DENSE:
            self.codes, kind_N = np.unique(code_N, return_inverse=True)
            self.kind_N: Numbers = kind_N.astype(np.uint32)
            return
        occurs = np.zeros(possible, dtype=np.bool_)
        occurs[code_N] = True
        self.codes = np.flatnonzero(occurs)
        kind_of = np.zeros(possible, dtype=np.uint32)
        kind_of[self.codes] = np.arange(len(self.codes), dtype=np.uint32)
        self.kind_N = kind_of[code_N]

    def example(self, kind: int) -> Thing:
        """Return one that stands for all of the kind."""
        return self._example(int(self.codes[kind]))


def member_kinds(
    members: MemberColumns, policy: Policy, question: Question
) -> Kinds[tuple[Member, Say]]:
    """Return the kinds of members that occur.

    Regions are alike where the policy's rows and the notices name both or neither.
    """
    region_of, regions = _alike_regions(policy, question.notices)
    ages, standings, says = len(AGE_BANDS), len(STANDINGS), len(members.says)
    possible = len(regions) * ages * standings * says
    code_M = np.zeros(len(members), dtype=width_for(possible))
    for rows in chunks(len(members)):
        code_C = region_of[members.region_M[rows]].astype(code_M.dtype)
        code_C = code_C * ages + members.age_band_M[rows]
        code_C = code_C * standings + members.standing_M[rows]
        code_M[rows] = code_C * says + members.said_M[rows]

    def example(code: int) -> tuple[Member, Say]:
        code, said = divmod(code, says)
        code, standing = divmod(code, standings)
        region, age = divmod(code, ages)
        member = Member(
            id=_EXAMPLE,
            name="",
            region=regions[region],
            age_band=AGE_BANDS[age],
            standing=STANDINGS[standing],
        )
        return member, members.says[said]

    return Kinds(code_M, possible, example)


def _alike_regions(policy: Policy, notices: Sequence[Notice]) -> tuple[Bytes, list[Region]]:
    """Put together the regions of which the policy's rows and the notices say the same."""
    kinds: dict[Hashable, int] = {}
    regions: list[Region] = []
    codes = []
    for region in REGIONS:
        named_in = (
            region == UNKNOWN_REGION,
            *(region in row.regions for row in policy.rows),
            *(region in notice.regions for notice in notices),
        )
        code = kinds.setdefault(named_in, len(regions))
        if code == len(regions):
            regions.append(region)
        codes.append(code)
    return np.array(codes, dtype=np.uint8), regions


def document_kinds(documents: DocumentColumns, question: Question) -> Kinds[Document]:
    """Return the kinds of documents that occur."""
    at = moment(question.at)
    licence_of, licences = _alike_licences(documents.licences)
    visibilities, states, signals = len(VISIBILITIES), len(STATES), len(documents.signals)
    possible = len(KINDS) * visibilities * states * 2 * len(licences) * signals
    code_D = np.zeros(len(documents), dtype=width_for(possible))
    for rows in chunks(len(documents)):
        code_C = documents.kind_D[rows].astype(code_D.dtype)
        code_C = code_C * visibilities + documents.visibility_D[rows]
        code_C = code_C * states + documents.state_D[rows]
        code_C = code_C * 2 + (documents.created_D[rows] > at)
        code_C = code_C * len(licences) + licence_of[documents.licence_D[rows]]
        code_D[rows] = code_C * signals + documents.signals_D[rows]

    def example(code: int) -> Document:
        code, said = divmod(code, signals)
        code, licence = divmod(code, len(licences))
        code, later = divmod(code, 2)
        code, state = divmod(code, states)
        kind, visibility = divmod(code, visibilities)
        return Document(
            id=DocumentId(_EXAMPLE),
            member_id=_EXAMPLE,
            kind=KINDS[kind],
            text="",
            created_at=utc(question.at) + timedelta(days=later),
            visibility=VISIBILITIES[visibility],
            state=STATES[state],
            licence=licences[licence],
            signals=documents.signals[said],
        )

    return Kinds(code_D, possible, example)


def _alike_licences(licences: Sequence[str]) -> tuple[Bytes, list[str]]:
    """Put together the licences that the same row of the table forbids, or none."""
    kinds: dict[Hashable, int] = {}
    examples: list[str] = []
    codes = []
    for name in licences:
        code = kinds.setdefault(forbidding(name), len(examples))
        if code == len(examples):
            examples.append(name)
        codes.append(code)
    return np.array(codes, dtype=np.uint8), examples

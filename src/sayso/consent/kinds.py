"""Which kinds of members and documents occur, and by which facts one kind differs from another."""
# ruff: noqa: N803, N806 - columns carry their lengths: M members, D documents, K kinds, F facts

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sayso.community import UNKNOWN_REGION, Document, DocumentId, Member, MemberId, Region, Signal
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
    moment,
)
from sayso.consent.licences import forbidding
from sayso.consent.likeness import SAY_FACTS, Likeness, Question
from sayso.consent.notices import Notice, utc
from sayso.consent.policy import Policy
from sayso.consent.say import Say
from sayso.consent.watching import DOCUMENT_FACTS, MEMBER_FACTS

Thing = TypeVar("Thing")
Codes: TypeAlias = npt.NDArray[Any]
"""Unsigned, and as wide as the number of possible codes asks."""
Column: TypeAlias = tuple[int, Callable[[slice], Codes]]
"""How many codes a column has, and those of some rows."""
Truths: TypeAlias = npt.NDArray[np.bool_]

_CHUNK = 1 << 18
_DENSE = 1 << 26
"""Up to so many possible codes, those that occur are marked in a table; else they are sorted."""
_EXAMPLE = MemberId("example")


def chunks(length: int) -> Iterator[slice]:
    """Cut so many rows into pieces that stay near the processor."""
    return (slice(start, start + _CHUNK) for start in range(0, length, _CHUNK))


def packed(columns: Sequence[Column], length: int) -> tuple[Codes, int]:
    """Return one code for each row, made of all columns, and how many such codes there may be."""
    possible = math.prod(size for size, _ in columns)
    narrow = next(n for n in (np.uint16, np.uint32, np.uint64) if possible <= np.iinfo(n).max)
    code_N = np.zeros(length, dtype=narrow)
    for rows in chunks(length):
        code_C = code_N[rows]
        for size, column in columns:
            np.multiply(code_C, narrow(size), out=code_C)
            np.add(code_C, column(rows), out=code_C, casting="unsafe")
    return code_N, possible


def occurring(code_N: Codes, possible: int) -> tuple[Codes, Codes]:
    """Number the codes that occur, without gaps; return each row's number, and the codes."""
    if possible > _DENSE:
        codes, number_N = np.unique(code_N, return_inverse=True)
        return number_N.astype(np.uint32), codes
    occurs = np.zeros(possible, dtype=np.bool_)
    for rows in chunks(len(code_N)):
        occurs[code_N[rows]] = True
    found = np.flatnonzero(occurs)
    narrow = np.dtype(np.uint16 if len(found) <= 1 << 16 else np.uint32)
    number_of = np.zeros(possible, dtype=narrow)
    number_of[found] = np.arange(len(found), dtype=narrow)
    numbers = np.empty(len(code_N), dtype=narrow)
    for rows in chunks(len(code_N)):
        numbers[rows] = number_of[code_N[rows]]
    return numbers, found


class Facts:
    """By which facts kinds differ: a code for each fact of each kind, in `code_FK`."""

    def __init__(self, names: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._codes: list[dict[Hashable, int]] = [{} for _ in names]
        self.code_FK: Codes = np.zeros((len(names), 0), dtype=np.uint32)

    def add(self, kinds: Iterable[Sequence[Hashable]]) -> None:
        """Take in kinds, each by its facts in the order of their names."""
        coded = [
            [
                codes.setdefault(fact, len(codes))
                for codes, fact in zip(self._codes, facts, strict=True)
            ]
            for facts in kinds
        ]
        new = np.array(coded, dtype=np.uint32).reshape(-1, len(self._codes))
        self.code_FK = np.concatenate([self.code_FK, new.T], axis=1)

    def alike(self, kind: int, names: Collection[str]) -> Truths:
        """Tell which kinds are like this one in all the facts of these names."""
        alike_K = np.ones(self.code_FK.shape[1], dtype=np.bool_)
        for name in names:
            code_K = self.code_FK[self._place[name]]
            alike_K &= code_K == code_K[kind]
        return alike_K


class MemberKinds:
    """The kinds of members that occur under one policy: `kind_M` of each row.

    Regions are alike where the policy's rows and the notices name both or neither.
    """

    def __init__(self, members: MemberColumns, policy: Policy, question: Question) -> None:
        region_of, self._regions = _alike_regions(policy, question.notices)
        self._says = members.says
        columns: list[Column] = [
            (len(self._regions), lambda rows: region_of[members.region_M[rows]]),
            (len(AGE_BANDS), lambda rows: members.age_band_M[rows]),
            (len(STANDINGS), lambda rows: members.standing_M[rows]),
            (len(self._says), lambda rows: members.said_M[rows]),
        ]
        code_M, possible = packed(columns, len(members))
        self.kind_M, self._codes = occurring(code_M, possible)
        like, told = Likeness(question), Facts(SAY_FACTS)
        told.add(like(say) for say in self._says)
        *rest_K, say_K = self._parts(self._codes)
        self.facts = Facts((*MEMBER_FACTS, *(f"say.{name}" for name in SAY_FACTS)))
        self.facts.code_FK = np.stack([*rest_K, *told.code_FK[:, say_K]])

    def __len__(self) -> int:
        """Return how many kinds there are."""
        return len(self._codes)

    def example(self, kind: int) -> tuple[Member, Say]:
        """Return a member, and a history, that stand for all of the kind."""
        region, age, standing, say = self._parts(int(self._codes[kind]))
        member = Member(
            id=_EXAMPLE,
            name="",
            region=self._regions[region],
            age_band=AGE_BANDS[age],
            standing=STANDINGS[standing],
        )
        return member, self._says[say]

    def _parts(self, code: Any) -> tuple[Any, Any, Any, Any]:  # noqa: ANN401 - one, or a column
        code, say = divmod(code, len(self._says))
        code, standing = divmod(code, len(STANDINGS))
        region, age = divmod(code, len(AGE_BANDS))
        return region, age, standing, say


class DocumentKinds:
    """The kinds of documents that have occurred so far, in one batch after another."""

    def __init__(self, question: Question) -> None:
        self._at = utc(question.at)
        self._kinds: dict[Document, int] = {}
        self.examples: list[Document] = []
        self.facts = Facts(DOCUMENT_FACTS)

    def of(self, documents: DocumentColumns) -> Codes:
        """Return the kind of each document of a batch."""
        number_D, examples = self._in_batch(documents)
        kinds = [self._kinds.setdefault(each, len(self._kinds)) for each in examples]
        new = list(self._kinds)[len(self.examples) :]
        self.examples += new
        self.facts.add(self._facts_of(example) for example in new)
        narrow = np.dtype(np.uint16 if len(self._kinds) <= 1 << 16 else np.uint32)
        return np.array(kinds, dtype=narrow)[number_D]

    def _in_batch(self, documents: DocumentColumns) -> tuple[Codes, list[Document]]:
        licence_of, licences = _alike_licences(documents.licences)
        at, signals = moment(self._at), documents.signals
        columns: list[Column] = [
            (len(KINDS), lambda rows: documents.kind_D[rows]),
            (len(VISIBILITIES), lambda rows: documents.visibility_D[rows]),
            (len(STATES), lambda rows: documents.state_D[rows]),
            (2, lambda rows: documents.created_D[rows] > at),
            (len(licences), lambda rows: licence_of[documents.licence_D[rows]]),
            (len(signals), lambda rows: documents.signals_D[rows]),
        ]
        sizes = [size for size, _ in columns[1:]]
        code_D, possible = packed(columns, len(documents))
        number_D, codes = occurring(code_D, possible)
        return number_D, [self._example(int(code), sizes, licences, signals) for code in codes]

    def _example(
        self,
        code: int,
        sizes: Sequence[int],
        licences: Sequence[str],
        signals: Sequence[tuple[Signal, ...]],
    ) -> Document:
        places = []
        for size in reversed(sizes):
            code, place = divmod(code, size)
            places.append(place)
        said, licence, later, state, visibility = places
        return Document(
            id=DocumentId(_EXAMPLE),
            member_id=_EXAMPLE,
            kind=KINDS[code],
            text="",
            created_at=self._at + timedelta(days=later),
            visibility=VISIBILITIES[visibility],
            state=STATES[state],
            licence=licences[licence],
            signals=signals[said],
        )

    def _facts_of(self, example: Document) -> Sequence[Hashable]:
        return [getattr(example, name) for name in DOCUMENT_FACTS]


def _alike_regions(policy: Policy, notices: Sequence[Notice]) -> tuple[Bytes, list[Region]]:
    """Put together the regions of which the policy's rows and the notices say the same."""
    return _alike(
        REGIONS,
        lambda region: (
            region == UNKNOWN_REGION,
            *(region in row.regions for row in policy.rows),
            *(region in notice.regions for notice in notices),
        ),
    )


def _alike_licences(licences: Sequence[str]) -> tuple[Bytes, list[str]]:
    """Put together the licences that the same row of the table forbids, or none."""
    return _alike(licences, forbidding)


def _alike(
    things: Sequence[Thing], kind_of: Callable[[Thing], Hashable]
) -> tuple[Bytes, list[Thing]]:
    kinds: dict[Hashable, int] = {}
    examples: list[Thing] = []
    codes = []
    for thing in things:
        code = kinds.setdefault(kind_of(thing), len(examples))
        if code == len(examples):
            examples.append(thing)
        codes.append(code)
    return np.array(codes, dtype=np.uint8), examples

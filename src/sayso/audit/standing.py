"""The rows of one dataset as columns: what each stood on when sealed, and what it stands on now."""
# ruff: noqa: N806 - columns carry their lengths: R rows of a batch, D documents

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sayso.audit.simulate import DEFAULT, OWN_YES, Amount
from sayso.audit.what_if import Supposed, WhatIf, WhatIfs
from sayso.community import Document, DocumentId, MemberId
from sayso.consent.bulk import Truths, basis_in
from sayso.consent.columns import DocumentColumns
from sayso.consent.facts import World
from sayso.consent.notices import utc
from sayso.consent.say import Say
from sayso.datasets.rows import HELD_OUT, Row, RowId

Places: TypeAlias = npt.NDArray[np.intp]
Tokens = Callable[[Sequence[str]], Sequence[int]]

RESTS_ON, REGION, NOTICE, AGE = "what it rests on", "region", "notice", "age of the say-so"
_AGES = (
    (timedelta(days=31), "up to a month"),
    (timedelta(days=183), "up to half a year"),
    (timedelta(days=366), "up to a year"),
    (timedelta(days=731), "up to two years"),
)
_OLDER = "longer"
_NO_MORE = "taken back since, or erased"
_NO_NOTICE = "none named"
_SAID = {
    Supposed.NOTHING: "if everybody were asked again today",
    Supposed.OPT_IN: "if silence were a no from today on",
    Supposed.NOTICE: "if notice {name} were changed in what matters",
    Supposed.REGION: "if {name} asked for an opt-in",
}
_KEPT_COUNTS = 1_000_000
"""Rows whose tokens are kept for the next dataset, which shares most of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So much stands on one thing: `of` is what sort of thing, `name` which."""

    of: str
    name: str
    members: int
    documents: int
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """What would fall away, and the members of whom nothing would be left."""

    supposed: Supposed
    name: str
    lost: Amount

    @property
    def said(self) -> str:
        """Say what is supposed: "if ..."."""
        return _SAID[self.supposed].format(name=self.name)


class Counted:
    """Counts tokens of rows; a row that was counted just before is not counted again."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._known: dict[str, int] = {}

    def of(self, rows: Sequence[Row]) -> list[int]:
        """Return the tokens of each row's title and text."""
        new = [row for row in rows if row.digest not in self._known]
        found = dict(
            zip((row.digest for row in new), self._tokens([_text(row) for row in new]), strict=True)
        )
        counts = [found.get(row.digest) or self._known.get(row.digest, 0) for row in rows]
        if len(self._known) + len(found) > _KEPT_COUNTS:
            self._known.clear()
        self._known.update(found)
        return counts


class Standing:
    """Rows that were read, and what they stand on. Read batch by batch, then ask."""

    def __init__(self, world: World, what_ifs: WhatIfs, counted: Counted, now: datetime) -> None:
        self._what_ifs, self._counted, self._now = what_ifs, counted, utc(now)
        self._said = lru_cache(maxsize=65_536)(lambda member: _said_at(world.say(member)))
        self._authors: dict[MemberId, int] = {}
        self._names: dict[str, list[str]] = {of: [] for of in (RESTS_ON, REGION, NOTICE, AGE)}
        self._codes: dict[str, dict[str, int]] = {of: {} for of in self._names}
        self._of = {of: array("I") for of in self._names}
        self._author, self._tokens, self._learns = array("I"), array("q"), array("b")
        self._stands = {what: array("b") for what in what_ifs.first}
        self._falling: list[tuple[Places, DocumentColumns]] = []
        self._by_region: dict[WhatIf, Truths] | None = None

    def read(
        self,
        rows: Sequence[Row],
        documents: Mapping[DocumentId, Document],
        removed: frozenset[RowId] = frozenset(),
    ) -> None:
        """Add a batch; `documents` are those of the rows that the network still holds."""
        start = len(self._author)
        self._tokens.extend(self._counted.of(rows))
        for row in rows:
            self._author.append(self._authors.setdefault(row.member_id, len(self._authors)))
            self._learns.append(row.shard != HELD_OUT and row.id not in removed)
            for of, name in self._on(row):
                code = self._codes[of].setdefault(name, len(self._names[of]))
                if code == len(self._names[of]):
                    self._names[of].append(name)
                self._of[of].append(code)
        known = [place for place, row in enumerate(rows) if row.document_id in documents]
        self._decide(start, len(rows), known, [documents[rows[each].document_id] for each in known])

    def all_rows(self) -> Truths:
        """Return the rows of the dataset: all of them."""
        return np.ones(len(self._author), dtype=np.bool_)

    def learnt_from(self) -> Truths:
        """Return the rows that a model learnt from and still answers from."""
        return np.array(self._learns, dtype=np.bool_)

    def amount(self, these: Truths) -> Amount:
        """Return how much these rows are."""
        return self._amount(these, None)

    def lines(self, these: Truths) -> tuple[Line, ...]:
        """Return what these rows stand on, the most documents first in each sort of thing."""
        found: list[Line] = []
        for of, codes in self._of.items():
            code_R = np.array(codes, dtype=np.uint32)
            lines = [
                self._line(of, self._names[of][code], these & (code_R == code))
                for code in np.unique(code_R[these]).tolist()
            ]
            found += sorted(lines, key=lambda line: (-line.documents, line.name))
        return tuple(found)

    def falls(self, these: Truths) -> tuple[Fall, ...]:
        """Return what of these rows would fall away, first what a decision today refuses."""
        today, *others = self._stands
        stands = np.array(self._stands[today], dtype=np.bool_)
        falls = [self._fall(today, these & ~stands, these & stands)]
        for what in others:
            still = np.array(self._stands[what], dtype=np.bool_)
            falls.append(self._fall(what, these & stands & ~still, these & stands & still))
        for what, still in self._regions(stands).items():
            lost = these & stands & ~still
            if lost.any():
                falls.append(self._fall(what, lost, these & stands & still))
        return tuple(falls)

    def _decide(
        self, start: int, count: int, known: Sequence[int], documents: Sequence[Document]
    ) -> None:
        permits = self._what_ifs.permits(self._what_ifs.columns(documents))
        place_D = np.array(known, dtype=np.intp)
        for what, permit_D in permits.items():
            stands_R = np.zeros(count, dtype=np.int8)
            stands_R[place_D] = permit_D
            self._stands[what].extend(stands_R.tolist())
        today, strict, *_ = permits.values()
        falling = np.flatnonzero(today & ~strict)
        if len(falling):
            columns = self._what_ifs.columns([documents[each] for each in falling.tolist()])
            self._falling.append((place_D[falling] + start, columns))

    def _regions(self, stands: Truths) -> dict[WhatIf, Truths]:
        if self._by_region is None:
            self._by_region = {}
            columns = [columns for _, columns in self._falling]
            for what, permits in self._what_ifs.by_region(columns):
                still = stands.copy()
                for (places, _), permit_D in zip(self._falling, permits, strict=True):
                    still[places] = permit_D
                self._by_region[what] = still
        return self._by_region

    def _on(self, row: Row) -> Iterable[tuple[str, str]]:
        rests_on = DEFAULT if row.is_default else OWN_YES
        notice = next((each for each in row.evidence if each.startswith("notice ")), "")
        return (
            (RESTS_ON, f"{rests_on}, {basis_in(row.evidence)}"),
            (REGION, self._what_ifs.region_of(row.member_id)),
            (NOTICE, notice.removeprefix("notice ") or _NO_NOTICE),
            (AGE, self._age(row)),
        )

    def _age(self, row: Row) -> str:
        """Say how old the oldest word is that the row needs."""
        events = {each.removeprefix("event ") for each in row.evidence if each.startswith("event ")}
        said: dict[str, datetime] = {}
        for member in row.members:
            said |= self._said(member)
        if not events or not events <= said.keys():
            return _NO_MORE
        age = self._now - min(said[event] for event in events)
        return next((name for most, name in _AGES if age <= most), _OLDER)

    def _line(self, of: str, name: str, these: Truths) -> Line:
        amount = self.amount(these)
        return Line(
            of=of,
            name=name,
            members=amount.members,
            documents=amount.documents,
            tokens=amount.tokens,
        )

    def _fall(self, what: WhatIf, lost: Truths, left: Truths) -> Fall:
        return Fall(supposed=what.supposed, name=what.name, lost=self._amount(lost, left))

    def _amount(self, these: Truths, left: Truths | None) -> Amount:
        """Count rows, and members; with `left`, those alone who have nothing in it."""
        author_R = np.array(self._author, dtype=np.uint32)
        members = np.unique(author_R[these])
        if left is not None:
            members = np.setdiff1d(members, np.unique(author_R[left]), assume_unique=True)
        return Amount(
            members=len(members),
            documents=int(these.sum()),
            tokens=int(np.array(self._tokens, dtype=np.int64)[these].sum()),
        )


def _said_at(say: Say) -> dict[str, datetime]:
    """Return when each yes that stands was recorded, and each proof of being told."""
    found: dict[str, datetime] = {}
    for each in (say, *say.apart):
        for answered in each.answers.values():
            found |= {grant.event_id: utc(grant.recorded_at) for grant in answered.grants}
        found |= {proof.event_id: utc(proof.recorded_at) for proof in each.deliveries.values()}
    return found


def _text(row: Row) -> str:
    return f"{row.title}\n{row.text}" if row.title else row.text

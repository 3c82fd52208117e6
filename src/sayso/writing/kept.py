"""What the writing room keeps, and what it asks of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from sayso.community import MemberId
from sayso.datasets.rows import DatasetId, RowId
from sayso.writing.credit import Credit, Fingerprints

SuggestionId = NewType("SuggestionId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedText:
    """A row's text as the credit index keeps it: where its fingerprints are, and no word."""

    row_id: RowId
    digest: str
    prints: Fingerprints


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A fingerprint of ours that a row has too, at its word `word`."""

    value: int
    row_id: RowId
    word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSuggestion:
    """A suggestion in a member's history; `sealed` opens with that member's key alone."""

    id: SuggestionId
    member_id: MemberId
    kind: str
    created_at: datetime
    model_id: str
    epoch: int
    sealed: bytes


class Shelf(Protocol):
    """The credit index and the history, inside one transaction of the caller.

    Nothing that `candidates` or `credits` returns stands on a row that the transaction sees as
    removed: the commit of a withdrawal is its deletion here.
    """

    def is_indexed(self, dataset_id: DatasetId) -> bool:
        """Say whether the dataset's rows can be found."""
        ...

    def index(self, dataset_id: DatasetId, texts: Iterable[IndexedText]) -> int:
        """Make the rows findable; return how many texts were new. Twice does it once."""
        ...

    def candidates(self, dataset_id: DatasetId, values: Sequence[int]) -> tuple[Candidate, ...]:
        """Return every row, not removed, that has one of these fingerprints."""
        ...

    def save(self, kept: KeptSuggestion, credits_: Sequence[Credit]) -> None:
        """Keep a suggestion and its credits."""
        ...

    def kept(self, suggestion_id: str) -> KeptSuggestion | None:
        """Return one suggestion, or None."""
        ...

    def of_member(self, member_id: MemberId) -> tuple[KeptSuggestion, ...]:
        """Return a member's suggestions, newest first."""
        ...

    def credits(self, suggestion_id: str) -> tuple[Credit, ...]:
        """Return a suggestion's credits in order, without those to rows that were removed."""
        ...

    def delete(self, suggestion_id: str) -> bool:
        """Drop a suggestion, its prompt, output and credits; say whether it was there."""
        ...

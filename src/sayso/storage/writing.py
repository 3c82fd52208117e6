"""The credit index and each member's history of suggestions."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import DatasetId, RowId
from sayso.storage.schema import (
    credit_rows,
    fingerprints,
    models,
    removed_rows,
    suggestion_credits,
    suggestions,
    withdrawals,
)
from sayso.writing.credit import Credit, CreditTier, Numbers
from sayso.writing.kept import Candidate, IndexedText, KeptSuggestion, SuggestionId

_CHUNK = 500
_BATCH = 200_000


class WritingStore:
    """Fingerprints of sealed rows, and suggestions; rows taken back are never returned.

    A text is indexed once: datasets that hold the same row with the same digest share it.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def is_indexed(self, dataset_id: DatasetId) -> bool:
        """Say whether the dataset's rows can be found."""
        query = sa.select(credit_rows.c.number).where(credit_rows.c.dataset_id == dataset_id)
        return self._connection.execute(query.limit(1)).first() is not None

    def index(self, dataset_id: DatasetId, texts: Iterable[IndexedText]) -> int:
        """Make the rows findable; return how many texts were new. Twice does it once."""
        if self.is_indexed(dataset_id):
            return 0
        known = {
            (row.row_id, row.digest): row.number
            for row in self._connection.execute(
                sa.select(credit_rows.c.row_id, credit_rows.c.digest, credit_rows.c.number)
            )
        }
        last = self._connection.execute(sa.select(sa.func.max(credit_rows.c.number))).scalar()
        following = int(last or 0) + 1
        rows: list[dict[str, str | int]] = []
        new: list[tuple[int, IndexedText]] = []
        for text in texts:
            number = known.get((text.row_id, text.digest))
            if number is None:
                number, following = following, following + 1
                new.append((number, text))
            rows.append(
                {
                    "dataset_id": dataset_id,
                    "row_id": text.row_id,
                    "digest": text.digest,
                    "number": number,
                }
            )
        if rows:
            self._connection.execute(sa.insert(credit_rows), rows)
            self._add_prints(new)
        return len(new)

    def drop(self, dataset_id: DatasetId) -> None:
        """Take a dataset out of the index, with every fingerprint that no other needs."""
        self._connection.execute(
            sa.delete(credit_rows).where(credit_rows.c.dataset_id == dataset_id)
        )
        self._sweep()

    def purge(self) -> int:
        """Delete for good what the index still holds of removed rows; return how many rows.

        They have not been answered from since the removal was committed; this is the cleaning.
        Rows that a yes may still put back in service stay, and are not answered from either.
        """
        may_return = _is_removed().where(
            withdrawals.c.id == removed_rows.c.withdrawal_id, withdrawals.c.taken_up_at.is_(None)
        )
        gone = self._connection.execute(sa.delete(credit_rows).where(_is_removed(), ~may_return))
        self._sweep()
        return int(gone.rowcount)

    def candidates(self, dataset_id: DatasetId, values: Sequence[int]) -> tuple[Candidate, ...]:
        """Return every row, not removed, that has one of these fingerprints."""
        found: list[Candidate] = []
        for chunk in _chunks(values):
            query = (
                sa.select(fingerprints.c.hash, fingerprints.c.word, credit_rows.c.row_id)
                .join(credit_rows, credit_rows.c.number == fingerprints.c.number)
                .where(
                    fingerprints.c.hash.in_(chunk),
                    credit_rows.c.dataset_id == dataset_id,
                    ~_is_removed(),
                )
            )
            found.extend(
                Candidate(value=value, row_id=RowId(row_id), word=word)
                for value, word, row_id in self._connection.execute(query)
            )
        return tuple(found)

    def save(self, kept: KeptSuggestion, credits_: Sequence[Credit]) -> None:
        """Keep a suggestion and its credits."""
        self._connection.execute(
            sa.insert(suggestions).values(
                id=kept.id,
                member_id=kept.member_id,
                kind=kept.kind,
                created_at=kept.created_at,
                model_id=kept.model_id,
                epoch=kept.epoch,
                sealed=kept.sealed,
            )
        )
        rows = [
            {
                "suggestion_id": kept.id,
                "position": position,
                "variant": credit.variant,
                "tier": credit.tier.value,
                "member_id": credit.member_id,
                "document_id": credit.document_id,
                "start": credit.start,
                "end": credit.end,
                "words": credit.words,
            }
            for position, credit in enumerate(credits_)
        ]
        if rows:
            self._connection.execute(sa.insert(suggestion_credits), rows)

    def kept(self, suggestion_id: str) -> KeptSuggestion | None:
        """Return one suggestion, or None."""
        found = self._read(suggestions.c.id == suggestion_id)
        return found[0] if found else None

    def of_member(self, member_id: MemberId) -> tuple[KeptSuggestion, ...]:
        """Return a member's suggestions, newest first."""
        return self._read(suggestions.c.member_id == member_id)

    def credits(self, suggestion_id: str) -> tuple[Credit, ...]:
        """Return a suggestion's credits in order, without those to rows that were removed."""
        stands_on = (
            sa.select(models.c.dataset_id)
            .join(suggestions, suggestions.c.model_id == models.c.id)
            .where(suggestions.c.id == suggestion_id)
            .scalar_subquery()
        )
        removed = sa.exists().where(
            removed_rows.c.dataset_id == stands_on,
            removed_rows.c.document_id == suggestion_credits.c.document_id,
        )
        found = self._connection.execute(
            sa.select(suggestion_credits)
            .where(suggestion_credits.c.suggestion_id == suggestion_id, ~removed)
            .order_by(suggestion_credits.c.position)
        )
        return tuple(
            Credit(
                tier=CreditTier(row.tier),
                member_id=MemberId(row.member_id),
                document_id=DocumentId(row.document_id),
                variant=row.variant,
                start=row.start,
                end=row.end,
                words=row.words,
            )
            for row in found
        )

    def times_credited(self, member_id: MemberId) -> int:
        """Return how many kept suggestions credit the member."""
        query = sa.select(sa.func.count(sa.distinct(suggestion_credits.c.suggestion_id))).where(
            suggestion_credits.c.member_id == member_id
        )
        return int(self._connection.execute(query).scalar() or 0)

    def delete(self, suggestion_id: str) -> bool:
        """Drop a suggestion, its prompt, output and credits; say whether it was there."""
        self._connection.execute(
            sa.delete(suggestion_credits).where(suggestion_credits.c.suggestion_id == suggestion_id)
        )
        gone = self._connection.execute(
            sa.delete(suggestions).where(suggestions.c.id == suggestion_id)
        )
        return bool(gone.rowcount)

    def erase(self, member_id: MemberId) -> int:
        """Drop all suggestions of a member and every credit to them; return how many went."""
        self._connection.execute(
            sa.delete(suggestion_credits).where(suggestion_credits.c.member_id == member_id)
        )
        own = self.of_member(member_id)
        return sum(self.delete(kept.id) for kept in own)

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[KeptSuggestion, ...]:
        found = self._connection.execute(
            sa.select(suggestions)
            .where(condition)
            .order_by(suggestions.c.created_at.desc(), suggestions.c.id)
        )
        return tuple(
            KeptSuggestion(
                id=SuggestionId(row.id),
                member_id=MemberId(row.member_id),
                kind=row.kind,
                created_at=row.created_at,
                model_id=row.model_id,
                epoch=row.epoch,
                sealed=row.sealed,
            )
            for row in found
        )

    def _add_prints(self, new: Sequence[tuple[int, IndexedText]]) -> None:
        if not new:
            return
        values = np.concatenate([text.prints.values for _, text in new])
        places = np.concatenate([text.prints.positions for _, text in new])
        sizes = [len(text.prints.values) for _, text in new]
        numbers = np.repeat(np.array([number for number, _ in new], dtype=np.int64), sizes)
        order = np.lexsort((places, numbers, values))  # in key order a B-tree only grows
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            self._insert_prints(values[part], numbers[part], places[part])

    def _insert_prints(self, values: Numbers, numbers: Numbers, places: Numbers) -> None:
        columns = (values.tolist(), numbers.tolist(), places.tolist())
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(
                "insert into fingerprints (hash, number, word) values (?, ?, ?)",
                list(zip(*columns, strict=True)),
            )
        else:
            self._connection.exec_driver_sql(
                "insert into fingerprints (hash, number, word) "
                "select * from unnest(%s::bigint[], %s::bigint[], %s::int[])",
                columns,
            )

    def _sweep(self) -> None:
        needed = sa.select(credit_rows.c.number)
        self._connection.execute(
            sa.delete(fingerprints).where(fingerprints.c.number.not_in(needed))
        )


def _is_removed() -> sa.Exists:
    return sa.exists().where(
        removed_rows.c.dataset_id == credit_rows.c.dataset_id,
        removed_rows.c.row_id == credit_rows.c.row_id,
    )


def _chunks(values: Sequence[int]) -> Iterator[list[int]]:
    distinct = sorted(set(values))
    for start in range(0, len(distinct), _CHUNK):
        yield distinct[start : start + _CHUNK]

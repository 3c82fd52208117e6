"""The same words twice: the earliest copy stays, the others are refused with the reason."""

import hashlib
import unicodedata
from collections.abc import Iterable

from sayso.datasets.rows import Refusal, Row

RULE = "duplicate"
_REASON = "The same words are in this dataset already, from an earlier document."


def same_words(text: str) -> str:
    """Return the text in the form in which it is compared: case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_key(text: str) -> bytes:
    """Return the hash under which texts count as the same."""
    return hashlib.sha256(same_words(text).encode()).digest()


def keep_earliest(rows: Iterable[Row]) -> tuple[list[Row], list[Refusal]]:
    """Part the rows of one shard into those that stay and the later copies, refused.

    The outcome is a function of the *set* of rows: their order does not matter, and taking a
    row away can bring others back but never drops one.
    """
    kept: dict[bytes, Row] = {}
    refused: list[Refusal] = []
    for row in sorted(rows, key=lambda row: (row.created_at, row.document_id)):
        first = kept.setdefault(text_key(row.text), row)
        if first is not row:
            refused.append(
                Refusal(
                    document_id=row.document_id,
                    member_id=row.member_id,
                    rule=RULE,
                    reason=_REASON,
                    duplicate_of=first.id,
                )
            )
    return list(kept.values()), refused

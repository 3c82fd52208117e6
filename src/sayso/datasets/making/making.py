"""Rows made of permitted documents: one piece of a build, from answers to what is laid down."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.admitting.answers import Asked
from sayso.datasets.making.staging import STAGED, Piece, columned
from sayso.datasets.making.steps import Step, with_columns
from sayso.datasets.making.tokens import about
from sayso.datasets.similarity.similar import prints
from sayso.datasets.tables import refused_once, with_digests

MINIMUM_WORDS = 3
"""Fewer words than this, placeholders included, teach nothing and identify easily."""
TOO_SHORT = "too_short"

_REASON = f"Fewer than {MINIMUM_WORDS} words are left of it."
_MARKED = "It is a sort of text that this network leaves out."


def made(asked: Asked, steps: Sequence[Step]) -> Piece:
    """Return the rows made of the documents that are permitted, and all that were refused.

    Copies are still in: they are found where a whole shard is seen.
    """
    table = pa.Table.from_batches([asked.permitted])
    table = with_columns(table, {"about": about(table, steps)})
    for step in steps:
        table = step(table)
    is_short = pc.less(_count_words(table["text"]), MINIMUM_WORDS)
    rules = pc.if_else(is_short, TOO_SHORT, table["refused_by"])
    table = with_columns(table, {"refused_by": rules.combine_chunks()})
    stays = pc.equal(rules, "")
    refused = [pa.Table.from_batches([asked.refused]), _left_out(table.filter(pc.invert(stays)))]
    return Piece(rows=staged(table.filter(stays)), refused=pa.concat_tables(refused))


def staged(table: pa.Table) -> pa.Table:
    """Return rows with all that is told from them: their digests, and what copies share."""
    whole = with_digests(table)
    found = prints(table["text"].combine_chunks())
    columns = {name: table[name] for name in ("shard", "slice", "order", "token", "about")}
    columns |= {
        "key": columned(found.keys),
        "sketch": columned(found.sketches.astype("<u8").view(np.uint8)),
        "bands": columned(found.bands.astype("<u8").view(np.uint8)),
    }
    return with_columns(whole, columns).select(STAGED.names).cast(STAGED)


def name_of(asked: Asked, steps: str) -> str:
    """Name what steps of this digest make of the answers: the same name, the same piece."""
    seen = hashlib.sha256(steps.encode())
    for batch in asked:
        seen.update(batch.serialize())
    return seen.hexdigest()


def _count_words(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(texts)
    words = pc.utf8_split_whitespace(trimmed, max_splits=MINIMUM_WORDS)
    return pc.if_else(pc.equal(trimmed, ""), 0, pc.list_value_length(words))


def _left_out(table: pa.Table) -> pa.Table:
    """Refuse what its own text keeps out."""
    columns = {
        name: table[name].combine_chunks()
        for name in ("document_id", "member_id", "id", "shard", "order", "token", "about")
    }
    rules = table["refused_by"].combine_chunks()
    columns |= {"rule": rules, "reason": pc.if_else(pc.equal(rules, TOO_SHORT), _REASON, _MARKED)}
    return pa.Table.from_batches([refused_once(columns)])

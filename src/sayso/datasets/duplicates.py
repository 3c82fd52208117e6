"""The same words twice: the earliest copy stays, the others are refused with the reason."""

import hashlib
import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.tables import REFUSED

RULE = "duplicate"
_REASON = "The same words are in this dataset already, from an earlier document."
_KEY_BYTES = 32


def same_words(text: str) -> str:
    """Return the text in the form in which it is compared: case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_key(text: str) -> bytes:
    """Return the hash under which texts count as the same."""
    return hashlib.sha256(same_words(text).encode()).digest()


def text_keys(texts: pa.ChunkedArray) -> list[bytes]:
    """Return the key of each text."""
    return list(map(text_key, texts.to_pylist()))


def without_copies(table: pa.Table) -> tuple[npt.NDArray[np.bool_], pa.Table]:
    """Say which rows of one shard stay, and refuse the later copies of each (`REFUSED`).

    The outcome is a function of the *set* of rows: their order does not matter, and taking a
    row away can bring others back but never drops one.
    """
    first = first_of_each(table)
    stays = first == np.arange(len(table))
    copies = table.filter(pa.array(~stays))
    columns = {
        "document_id": copies["document_id"],
        "member_id": copies["member_id"],
        "rule": pa.array([RULE] * len(copies), pa.string()),
        "reason": pa.array([_REASON] * len(copies), pa.string()),
        "duplicate_of": table["id"].take(pa.array(first[~stays])),
        "shard": copies["shard"],
        "order": copies["order"],
    }
    refused = pa.Table.from_arrays([columns[name] for name in REFUSED.names], schema=REFUSED)
    return stays, refused.sort_by("order")


def first_of_each(table: pa.Table) -> npt.NDArray[np.int64]:
    """Return for each row the place of the earliest with the same key, which may be itself."""
    count = len(table)
    if not count:
        return np.zeros(0, dtype=np.int64)
    early = pc.sort_indices(
        table, sort_keys=[("created_at", "ascending"), ("document_id", "ascending")]
    ).to_numpy()
    keys = table["key"].combine_chunks()
    content = np.frombuffer(keys.buffers()[1], np.uint8)
    content = content[keys.offset * _KEY_BYTES : (keys.offset + count) * _KEY_BYTES]
    words = content.reshape(-1, _KEY_BYTES).view(np.uint64)[early]
    order = np.lexsort(tuple(words.T))  # stable: of equal keys the earliest comes first
    ordered = words[order]
    is_new = np.append(True, (ordered[1:] != ordered[:-1]).any(axis=1))
    firsts = order[is_new][np.cumsum(is_new) - 1]
    found = np.empty(count, dtype=np.int64)
    found[early[order]] = early[firsts]
    return found

"""Runs in the peers' own environment: signs the same texts with each peer; prints how fast.

Every peer is given texts and must give 128 hashes of runs of five words in 16 bands; words are
split at spaces for all, since datatrove's own tokenizer needs a download.
"""

import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from datasketch import MinHash
from datatrove.pipeline.dedup import minhash as trove
from rensa import RMinHash

logging.disable(logging.WARNING)

ROUNDS = 3
BANDS, ROWS, SHINGLE = 16, 8, 5


class Splitting:
    """A tokenizer that splits at spaces."""

    @staticmethod
    def word_tokenize(text: str) -> list[str]:
        """Return the words."""
        return text.split()


def runs(text: str) -> list[str]:
    """Return the runs of five words of a text in small letters."""
    words = text.lower().split()
    return [" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))]


def by_datasketch(texts: Sequence[str]) -> int:
    """Sign in bulk, as its documentation recommends for many."""
    signed = MinHash.bulk([[run.encode() for run in runs(text)] for text in texts], num_perm=128)
    return sum(len(each.hashvalues.reshape(BANDS, ROWS)) for each in signed)


def by_rensa(texts: Sequence[str]) -> int:
    """Sign into one matrix, its fastest way."""
    signed = RMinHash.digest_matrix_from_token_sets([runs(text) for text in texts], 128, 42)
    return BANDS * len(texts) if signed is not None else 0


def datatrove(*, normalised: bool) -> Callable[[Sequence[str]], int]:
    """Sign one by one, as its step does; `normalised` as it is set by default."""
    trove.load_word_tokenizer = lambda _: Splitting()
    small = trove.TextNormConfig(
        lowercase=True,
        norm_whitespace=normalised,
        remove_punctuation=normalised,
        norm_unicode_diacritics=normalised,
        norm_numbers=normalised,
        norm_weekdays=False,
        norm_monthnames=False,
    )
    config = trove.MinhashConfig(num_buckets=BANDS, hashes_per_bucket=ROWS, norm_config=small)
    step = trove.MinhashDedupSignature(tempfile.gettempdir(), config)
    return lambda texts: sum(len(step.get_signature(step.get_shingles(each))) for each in texts)


def seconds(sign: Callable[[Sequence[str]], int], texts: Sequence[str]) -> float:
    """Return the processor's seconds that the median round takes."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        if sign(texts) != BANDS * len(texts):
            sys.exit("not every text was signed")
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main() -> None:
    """Read the texts that are named, print {peer: texts a second}."""
    texts: list[str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    peers = {
        "rensa 0.5.0, one matrix": by_rensa,
        "datasketch 2.0.0, in bulk": by_datasketch,
        "datatrove 0.10.1, small letters alone": datatrove(normalised=False),
        "datatrove 0.10.1, normalised": datatrove(normalised=True),
    }
    np.seterr(over="ignore")
    print(json.dumps({name: len(texts) / seconds(sign, texts) for name, sign in peers.items()}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()

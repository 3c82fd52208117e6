"""Makes up documents by members who said yes or no: `python -m benchmarks.datasets_corpus`.

Words are as common as they are in English, German, French and Spanish, and mean nothing together.
Documents are comments, posts and articles; few members write much and many little; a tenth are
copies, some of them with other blanks or letters in pieces, a tenth have one to three other words,
and half of both are by who wrote the first. E-mail addresses are in 5 %, telephone numbers in
4 %, and the names of members in 3 %. Seven of ten members said yes. Everything is drawn anew from
fixed seeds, so the same size is the same corpus.
"""

import argparse
import json
import random
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import wordfreq

from benchmarks.directory import plain_names

SEED = 20261101
DOCUMENTS_PER_MEMBER = 20
SAID_YES = 0.7
CHUNK = 25_000
"""Documents made at a time: one file."""
FIRST = datetime(2023, 1, 1, tzinfo=UTC)
SECONDS = 80_000_000
"""From the first document to the last: two and a half years."""

_DRAWN = 1 << 18
_LANGUAGES = {"en": 0.55, "de": 0.15, "fr": 0.15, "es": 0.15}
_KINDS = ("comment", "post", "article")
_SHARES = (0.35, 0.60, 0.05)
_WORDS = ((10, 60), (70, 190), (300, 900))
_EXACT, _NEAR = 0.1, 0.1
_SAME_AUTHOR = 0.5
_NOISY = 0.4
_REMEMBERED = 5_000
"""Documents of earlier files that may be copied."""
_EMAILS, _PHONES, _NAMES = 0.05, 0.04, 0.03
_RANK = 10
"""Zipf's law from this rank on: nobody writes more than a few documents of a hundred."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text and who wrote it: a number among the members."""

    text: str
    author: int


def make(folder: Path, count: int, scale: int) -> dict[str, int]:
    """Write so many documents of `scale` times as many words, and what members said, as Parquet.

    Return how many members there are, and bytes of text.
    """
    (folder / "documents").mkdir(parents=True)
    members = max(500, count // DOCUMENTS_PER_MEMBER)
    chance = np.random.default_rng(SEED)
    names = plain_names(members, random.Random(SEED))  # noqa: S311 - the same names in every run
    _lay_consent(folder / "consent.parquet", names, chance.random(members) < SAID_YES)
    size = 0
    maker = _Maker(names, scale)
    for number, start in enumerate(range(0, count, CHUNK)):
        table = maker.table(start, min(CHUNK, count - start), SECONDS / count)
        path = folder / "documents" / f"{number:05}.parquet"
        pq.write_table(table, path, compression="zstd", row_group_size=8_192)
        size += sum(len(text.encode()) for text in table["text"].to_pylist())
    return {"documents": count, "members": members, "bytes": size}


def member_id(number: int) -> str:
    """Return the id of a member by number."""
    return f"m{number:08}"


def _lay_consent(path: Path, names: Sequence[str], said_yes: npt.NDArray[np.bool_]) -> None:
    ids = [member_id(number) for number in range(len(names))]
    columns = {"member_id": ids, "name": list(names), "yes": said_yes}
    pq.write_table(pa.table(columns), path, compression="zstd")


class _Maker:
    def __init__(self, names: Sequence[str], scale: int) -> None:
        self._names, self._scale = names, scale
        self._words = {language: _drawn_words(language) for language in _LANGUAGES}
        weights = 1 / (np.arange(len(names)) + _RANK)
        self._shares = np.cumsum(weights) / weights.sum()
        self._remembered: list[Written] = []

    def table(self, start: int, count: int, apart: float) -> pa.Table:
        chance = np.random.default_rng((SEED, start))
        kinds = chance.choice(len(_KINDS), size=count, p=_SHARES)
        written = list(self._written(chance, kinds))
        order = chance.permutation(count)
        moments = (FIRST.timestamp() + (start + np.arange(count)) * apart) * 1e6
        stamps = pa.array(moments.astype(np.int64), pa.timestamp("us", tz="UTC"))
        return pa.table(
            {
                "id": [f"d{number:09}" for number in range(start, start + count)],
                "member_id": [member_id(written[at].author) for at in order],
                "kind": [_KINDS[kinds[at]] for at in order],
                "text": [written[at].text for at in order],
                "created_at": stamps,
            }
        )

    def _written(self, chance: np.random.Generator, kinds: Numbers) -> Iterator[Written]:
        """Yield the texts: first those that are new, then copies of them and of earlier ones."""
        copies, near = (chance.binomial(len(kinds), share) for share in (_EXACT, _NEAR))
        fresh = len(kinds) - copies - near
        authors = np.searchsorted(self._shares, chance.random(len(kinds)))
        texts = self._fresh(chance, kinds[:fresh])
        first = [
            Written(text=text, author=int(author))
            for text, author in zip(texts, authors[:fresh], strict=True)
        ]
        yield from first
        sources = [*self._remembered, *first]
        popular = (len(sources) * chance.random(len(kinds)) ** 3).astype(np.int64)
        anyone = chance.integers(0, len(sources), len(kinds))
        for at in range(fresh, len(kinds)):
            is_near = at >= fresh + copies
            source = sources[popular[at] if is_near else anyone[at]]
            own = chance.random() < _SAME_AUTHOR
            changed = _nearly if is_near else _noisily
            yield Written(
                text=changed(source.text, chance), author=source.author if own else int(authors[at])
            )
        self._remembered = sources[-_REMEMBERED:]

    def _fresh(self, chance: np.random.Generator, kinds: Numbers) -> list[str]:
        low, high = np.array(_WORDS).T * self._scale
        lengths = chance.integers(low[kinds], high[kinds])
        languages = chance.choice(list(_LANGUAGES), size=len(kinds), p=list(_LANGUAGES.values()))
        texts = []
        for length, language in zip(lengths.tolist(), languages.tolist(), strict=True):
            drawn = chance.integers(0, _DRAWN, length)
            texts.append(self._personal(self._words[language][drawn].tolist(), chance))
        return texts

    def _personal(self, words: list[str], chance: np.random.Generator) -> str:
        """Join the words, with an address, a number or a name among some."""
        has_email, has_phone, has_name = chance.random(3) < (_EMAILS, _PHONES, _NAMES)
        if has_email or has_phone or has_name:
            at, number = (int(one) for one in chance.integers(0, (len(words), 1 << 20)))
            if has_email:
                words.insert(at, f"somebody.{number}@mail{number % 97}.example.org")
            if has_phone:
                words.insert(at, f"+1 202 555 01{number % 100:02}")
            if has_name:
                words.insert(at, self._names[number % len(self._names)])
        return " ".join(words)


def _drawn_words(language: str) -> npt.NDArray[Any]:
    """Return words as often as they are common, some of them with the end of a sentence."""
    chance = np.random.default_rng((SEED, len(language), ord(language[0])))
    common = wordfreq.get_frequency_dict(language, wordlist="small")
    shares = np.array(list(common.values()))
    drawn = chance.choice(len(common), size=_DRAWN, p=shares / shares.sum())
    words = np.array(list(common), dtype=object)[drawn]
    for at in np.flatnonzero(chance.random(_DRAWN) < 1 / 12):
        words[at] = f"{words[at]}. {words[at - 1].capitalize()}"
    return words


def _nearly(text: str, chance: np.random.Generator) -> str:
    words = text.split(" ")
    for at in chance.integers(0, len(words), chance.integers(1, 4)):
        words[at] = f"other{at}"
    return " ".join(words)


def _noisily(text: str, chance: np.random.Generator) -> str:
    drawn = chance.random()
    if drawn >= _NOISY:
        return text
    if drawn < _NOISY / 2:
        return text.replace(" ", "  ", 3) + " "
    return unicodedata.normalize("NFD", text)


def main() -> None:
    """Make the corpus that the arguments say; print what it holds as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--scale", type=int, default=1, help="times as many words")
    given = parser.parse_args()
    json.dump(make(given.folder, given.documents, given.scale), sys.stdout)


if __name__ == "__main__":
    main()

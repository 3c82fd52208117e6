"""Sentences that others wrote about a topic, to be kept as quotations and never spliced."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import Row
from sayso.writing.corpus import Alike, Corpus
from sayso.writing.credit import Credit, CreditTier
from sayso.writing.rarity import rarity
from sayso.writing.words import sentences, spelled

MOST_QUOTATIONS = 2
MOST_RELATED = 3
_LOOKED_AT = 20
_FEWEST_WORDS = 8
_MOST_WORDS = 30
_TELLING = -7.0
"""A word says what a text is about when it is rarer than this (log probability)."""
_ENOUGH = 0.55
"""The share of the question's weight that a sentence or text must hold to be about it."""
_ENOUGH_OF_SEVERAL = 0.35
"""The same, for a sentence that holds two or more of the question's telling words."""
_NOT_QUOTED = ("[", "]", "<", ">", "http", "@", "?", "\t", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A sentence of a sealed row, by reference: history keeps no word of another member.

    `start` and `end` are code points of the row's text; `digest` says which words stood there.
    """

    document_id: DocumentId
    member_id: MemberId
    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is looked for, for whom, and among which texts."""

    question: str
    requester: MemberId
    language: str
    allowed: NDArray[np.bool_]


def quotations(corpus: Corpus, topic: Topic) -> tuple[Quotation, ...]:
    """Return the best sentences on the topic, each of another member."""
    wanted = _telling(topic.question)
    if not wanted:
        return ()
    found: dict[MemberId, tuple[float, Quotation]] = {}
    for alike in _about(corpus, topic, wanted, _LOOKED_AT):
        row = corpus.rows[alike.text]
        if {row.member_id, *row.members} != {row.member_id}:
            continue  # whose words a sentence is must be certain
        for sentence in _quotable(row):
            score = _covered(wanted, sentence)
            best = found.get(row.member_id, (0.0, None))[0]
            if score + alike.score / 1_000 > best and _is_about(wanted, sentence, score):
                found[row.member_id] = (score + alike.score / 1_000, _reference(row, sentence))
    ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].document_id))
    said_once = {quotation.digest: quotation for _, quotation in reversed(ranked)}
    best_first = [quotation for _, quotation in ranked if said_once[quotation.digest] is quotation]
    return tuple(best_first[:MOST_QUOTATIONS])


def related(corpus: Corpus, topic: Topic) -> tuple[Credit, ...]:
    """Return texts about the same things; that they were used is not claimed."""
    wanted = _telling(topic.question)
    if not wanted:
        return ()
    return tuple(
        Credit(
            tier=CreditTier.RELATED,
            member_id=corpus.rows[alike.text].member_id,
            document_id=corpus.rows[alike.text].document_id,
        )
        for alike in _about(corpus, topic, wanted, MOST_RELATED)
        if alike.matched >= _ENOUGH
    )


def says_any(corpus: Corpus, document_id: DocumentId, quoted: Sequence[Quotation]) -> bool:
    """Say whether a text is quoted, or says the same: then "nothing is taken from it" is untrue."""
    row = corpus.of_document(document_id)
    said = [words for one in quoted if (words := words_of(corpus, one))]
    return row is not None and any(words in row.text for words in said)


def words_of(corpus: Corpus, quotation: Quotation) -> str | None:
    """Return the quoted words, if the row still holds them."""
    row = corpus.of_document(quotation.document_id)
    if row is None:
        return None
    said = row.text[quotation.start : quotation.end]
    return said if _digest(said) == quotation.digest else None


def _telling(question: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in spelled(question) if rarity((word,)) < _TELLING))


def _about(corpus: Corpus, topic: Topic, wanted: tuple[str, ...], most: int) -> Iterator[Alike]:
    allowed = topic.allowed.copy()
    allowed[list(corpus.with_words_of(topic.requester))] = False
    for alike in corpus.alike(corpus.hasher.of(wanted), allowed, most=_LOOKED_AT):
        language = corpus.rows[alike.text].language.casefold().split("-")[0]
        if language in {"", topic.language} and most > 0:
            most -= 1
            yield alike


def _quotable(row: Row) -> Iterator[str]:
    for sentence in sentences(row.text):
        whole = sentence[0].isupper() and sentence[-1] in ".!"
        plain = not any(mark in sentence for mark in _NOT_QUOTED)
        if whole and plain and _FEWEST_WORDS <= len(spelled(sentence)) <= _MOST_WORDS:
            yield sentence


def _is_about(wanted: tuple[str, ...], sentence: str, covered: float) -> bool:
    several = len(frozenset(wanted) & frozenset(spelled(sentence))) > 1
    return covered > (_ENOUGH_OF_SEVERAL if several else _ENOUGH)


def _covered(wanted: tuple[str, ...], sentence: str) -> float:
    """Return the share of the question's weight that the sentence holds."""
    held = frozenset(spelled(sentence))
    whole = sum(rarity((word,)) for word in wanted)
    return sum(rarity((word,)) for word in wanted if word in held) / whole


def _reference(row: Row, sentence: str) -> Quotation:
    start = row.text.index(sentence)
    return Quotation(
        document_id=row.document_id,
        member_id=row.member_id,
        start=start,
        end=start + len(sentence),
        digest=_digest(sentence),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

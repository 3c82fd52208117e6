"""Whose words are in a text: fingerprints, runs, and the rule that makes a run a credit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from sayso.community import CreditChoice, DocumentId, Member, MemberId
from sayso.writing.words import Hashes, Word, rolled

SHINGLE_WORDS = 4
WINDOW = 3
GUARANTEED_WORDS = SHINGLE_WORDS + WINDOW - 1
"""Two texts that share a run of this many words share a fingerprint (Schleimer et al. 2003)."""
QUOTE_WORDS = 8
MOST_HOLDERS = 3
"""A run that more members hold is a common phrase: nobody's."""
RARE = -50.0
"""A run is rare when its words' log probabilities add up to this or less (natural logarithm)."""

Numbers = NDArray[np.int64]
TextNumber = NewType("TextNumber", int)
"""Which indexed text; the position in whatever list of texts the caller keeps."""


class CreditTier(StrEnum):
    """How strong the evidence is; never blurred into one list."""

    QUOTE = "quote"
    CONTEXT = "context"
    RELATED = "related"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One member's part in a suggestion: code points `start` to `end` of one of its variants.

    A `related` credit has no place in the text. A `model` credit names no member; its `note`
    says which groups the model learnt from.
    """

    tier: CreditTier
    member_id: MemberId
    document_id: DocumentId
    variant: int = 0
    start: int = 0
    end: int = 0
    words: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The same words in a row: in the text from `start` to `end` (words), in text `held_in`."""

    start: int
    end: int
    held_in: TextNumber
    held_at: int

    @property
    def length(self) -> int:
        """How many words."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who wrote an indexed text, and where it stands.

    `sharers` wrote the same in documents that the dataset left out as copies of this one.
    """

    member_id: MemberId
    members: tuple[MemberId, ...]
    document_id: DocumentId
    created: str
    sharers: tuple[MemberId, ...] = ()

    @property
    def writers(self) -> frozenset[MemberId]:
        """Everybody who wrote this, each for themself."""
        return frozenset((self.member_id, *self.sharers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """A text's winnowed shingles: each value and the word at which it begins."""

    values: Numbers
    positions: Numbers


def fingerprints(hashes: Hashes) -> Fingerprints:
    """Winnow a text's shingles: in each window the smallest, the rightmost of equals."""
    shingles = rolled(hashes, SHINGLE_WORDS)
    if not len(shingles):
        nothing = np.zeros(0, dtype=np.int64)
        return Fingerprints(values=nothing, positions=nothing)
    if len(shingles) < WINDOW:
        chosen = np.array([len(shingles) - 1 - int(np.argmin(shingles[::-1]))])
    else:
        windows = np.lib.stride_tricks.sliding_window_view(shingles, WINDOW)
        rightmost = WINDOW - 1 - np.argmin(windows[:, ::-1], axis=1)
        chosen = np.unique(np.arange(len(windows)) + rightmost)
    return Fingerprints(
        values=shingles[chosen].view(np.int64), positions=chosen.astype(np.int64, copy=False)
    )


def runs(
    text: Hashes, diagonals: Numbers, tokens: Hashes, begins: Numbers, *, at_least: int
) -> tuple[Run, ...]:
    """Return every run of `at_least` equal words on the diagonals.

    A diagonal is the place in `tokens` where the text's word 0 would lie. `tokens` holds all
    texts with a 0 between two of them and `len(text)` zeros or more around; `begins[n]` is
    where text n begins. A run never crosses from one text into another.
    """
    if not len(diagonals) or not len(text):
        return ()
    diagonals = np.unique(diagonals)
    equal = np.zeros((len(diagonals), len(text) + 2), dtype=np.int8)
    equal[:, 1:-1] = tokens[diagonals[:, None] + np.arange(len(text))] == text
    edges = np.diff(equal, axis=1)
    lines, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = ends - starts >= at_least
    lines, starts, ends = lines[long], starts[long], ends[long]
    places = diagonals[lines] + starts
    holders = np.searchsorted(begins, places, side="right") - 1
    return tuple(
        Run(start=start, end=end, held_in=TextNumber(holder), held_at=place - int(begins[holder]))
        for start, end, holder, place in zip(
            starts.tolist(), ends.tolist(), holders.tolist(), places.tolist(), strict=True
        )
    )


def holders(run: Run, found: Sequence[Run], sources: Mapping[TextNumber, Source]) -> set[MemberId]:
    """Return the members with a run that covers this one."""
    return {
        member
        for other in found
        if other.start <= run.start and run.end <= other.end
        for member in sources[other.held_in].writers
    }


def quoted(
    text_words: Sequence[Word],
    found: Sequence[Run],
    sources: Mapping[TextNumber, Source],
    rarity: Callable[[Iterable[str]], float],
) -> tuple[Credit, ...]:
    """Return the credits that the runs earn, in the order of the text.

    A run earns one when it is `QUOTE_WORDS` long, `MOST_HOLDERS` members or fewer hold it, and
    its words are rare enough together. One member's runs inside a longer one of theirs add
    nothing. `found` must not hold runs of the requester's own texts.
    """
    ranked = sorted(found, key=lambda run: (-run.length, sources[run.held_in].created))
    taken: list[tuple[MemberId, int, int]] = []
    credits_: list[Credit] = []
    for run in ranked:
        source = sources[run.held_in]
        covered = any(
            member == source.member_id and start <= run.start and run.end <= end
            for member, start, end in taken
        )
        if covered or run.length < QUOTE_WORDS:
            continue
        if len(holders(run, found, sources)) > MOST_HOLDERS:
            continue
        if rarity(word.text for word in text_words[run.start : run.end]) > RARE:
            continue
        taken.append((source.member_id, run.start, run.end))
        credits_.append(
            Credit(
                tier=CreditTier.QUOTE,
                member_id=source.member_id,
                document_id=source.document_id,
                start=text_words[run.start].start,
                end=text_words[run.end - 1].end,
                words=run.length,
            )
        )
    return tuple(sorted(credits_, key=lambda credit: (credit.start, credit.member_id)))


def show_credit(credit: Credit, member: Member | None, choice: CreditChoice) -> str:
    """Name the credited member as they choose now; call it when showing, never when storing."""
    if credit.tier is CreditTier.MODEL:
        return credit.note
    if member is None or choice is CreditChoice.NOBODY:
        return "a member"
    if choice is CreditChoice.PSEUDONYM:
        return member.pseudonym or "a member"
    return member.name or "a member"

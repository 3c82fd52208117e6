"""What a count model should say, worked out slowly and plainly, to compare with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.training.counts.people import Authors
from sayso.training.counts.runs import Spelling
from sayso.training.counts.sums import Sum, add_up
from sayso.training.counts.tables import count_tokens

Run = tuple[int, ...]
SPELLING = Spelling(vocabulary=6, order=4, end=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of tokens, who wrote it, and the slice that it lies in."""

    tokens: Run
    authors: Authors
    slice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Naive:
    """Runs of each length: how often they count, and how often what follows them does."""

    times: Mapping[Run, int]
    after: Mapping[Run, int]


def added(texts: Sequence[Text], people: int, at_once: int = 10**6) -> Sum:
    """Count slice by slice and add up, as the product does."""
    slices = sorted({text.slice for text in texts})
    tables = [
        count_tokens(
            [text.tokens for text in texts if text.slice == slice_],
            [text.authors for text in texts if text.slice == slice_],
            SPELLING,
        )
        for slice_ in slices
    ]
    return add_up(tables, SPELLING, people, at_once=at_once)


def said(found: Sum) -> Naive:
    """Write a sum as tuples of tokens."""
    times, after = {}, {}
    for length, level in enumerate(found.levels, 1):
        for key, count, follow in zip(level.runs, level.times, level.after, strict=True):
            run = tuple(int(key) // 6**place % 6 for place in reversed(range(length)))
            times[run] = int(count)
            if length < SPELLING.order:
                after[run] = int(follow)
    return Naive(times=times, after=after)


def written_by(texts: Sequence[Text]) -> Mapping[Run, set[Authors]]:
    """Say who wrote each run."""
    found: dict[Run, set[Authors]] = defaultdict(set)
    for text in texts:
        for run in runs_of(text):
            found[run].add(text.authors)
    return found


def runs_of(text: Text) -> list[Run]:
    """Return every run of a text, as often as it is there, and its opening mark alone."""
    whole = (0, *text.tokens, 0)
    return [
        whole[start : start + length]
        for length in range(1, SPELLING.order + 1)
        for start in range(len(whole) - length + 1)
        if (start, length) != (len(whole) - 1, 1)
    ]


def enough(groups: set[Authors], people: int) -> bool:
    """Say whether so many of the groups share nobody, two and two."""
    return any(
        all(not set(one) & set(other) for one, other in combinations(some, 2))
        for some in combinations(sorted(groups), people)
    )


def naive(texts: Sequence[Text], people: int) -> Naive:
    """Work out a sum's numbers from the words of its description."""
    groups = written_by(texts)
    count: dict[Run, int] = defaultdict(int)
    before: dict[Run, set[int]] = defaultdict(set)
    around: dict[Run, set[tuple[int, int]]] = defaultdict(set)
    for text in texts:
        for run in runs_of(text):
            count[run] += 1
            if len(run) > 1:
                before[run[1:]].add(run[0])
            if len(run) > 2:
                around[run[1:-1]].add((run[0], run[-1]))
    times, after = {}, {}
    for run, who in groups.items():
        if len(run) > 1 and people > 1 and not enough(who, people):
            continue
        opens = run[0] == 0
        longest = len(run) == SPELLING.order
        times[run] = count[run] if longest or (opens and len(run) > 1) else len(before[run])
        if not longest:
            rare = len(run) == SPELLING.order - 1 or opens
            after[run] = count[run] if rare else len(around[run])
    return Naive(times=times, after=after)

"""What a signal says of the uses of a text: one table of uses and answers for all standards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.consent.choices import Answer


class Use(StrEnum):
    """What a machine may do with a text, as far apart as any of the standards keeps it."""

    MINING = "mining"
    TRAINING = "training"
    GENAI_TRAINING = "genai-training"
    OTHER_TRAINING = "other-training"
    INPUT = "input"
    OUTPUT = "output"
    EMBEDDING = "embedding"
    DATASET = "dataset"
    ARCHIVE = "archive"
    SEARCH = "search"


PART_OF: Mapping[Use, Use] = {
    Use.GENAI_TRAINING: Use.TRAINING,
    Use.OTHER_TRAINING: Use.TRAINING,
    Use.TRAINING: Use.MINING,
    Use.INPUT: Use.MINING,
    Use.OUTPUT: Use.MINING,
    Use.EMBEDDING: Use.MINING,
    Use.DATASET: Use.MINING,
    Use.ARCHIVE: Use.MINING,
    Use.SEARCH: Use.MINING,
}
"""Each use and the wider one it is a part of (IETF AIPREF vocab-01 to -04, section 4)."""

Said = frozenset[tuple[Use, Answer]]
"""The pairs of use and answer that a standard has words for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was said: yes or no for some uses. A use that is missing is unsaid, never a yes."""

    said: Mapping[Use, Answer] = field(default_factory=dict)

    def of(self, use: Use) -> Answer | None:
        """Return what was said of `use`, else of the nearest wider use; None where unsaid."""
        here: Use | None = use
        while here is not None:
            if here in self.said:
                return self.said[here]
            here = PART_OF.get(here)
        return None

    def within(self, says: Said) -> "Usage":
        """Return as much of this as a standard that `says` so much can carry."""
        return Usage(said={use: a for use, a in self.said.items() if (use, a) in says})

    def objects_to(self, *uses: Use) -> bool:
        """Whether a no was said to one of `uses` itself."""
        return any(self.said.get(use) is Answer.NO for use in uses)


def both(uses: Iterable[Use]) -> Said:
    """Return what a standard says that has a yes and a no for each of `uses`."""
    return frozenset((use, answer) for use in uses for answer in Answer)


def combine(statements: Iterable[Answer | None]) -> Answer | None:
    """Return what several statements come to: any no is no, else any yes is yes.

    The rule of IETF AIPREF vocab-07, "Combining Preferences".
    """
    heard = set(statements)
    if Answer.NO in heard:
        return Answer.NO
    return Answer.YES if Answer.YES in heard else None


def joined(usages: Iterable[Usage]) -> Usage:
    """Return what several statements about one text come to, use by use."""
    all_of_them = tuple(usages)
    uses = {use for usage in all_of_them for use in usage.said}
    sums = {use: combine(usage.said.get(use) for usage in all_of_them) for use in uses}
    return Usage(said={use: sums[use] or Answer.NO for use in Use if use in sums})


def read_labels(pairs: Iterable[tuple[str, Answer | None]], labels: Mapping[str, Use]) -> Usage:
    """Return what labelled answers say; labels that are not known are left out."""
    return joined(
        Usage(said={labels[label]: answer})
        for label, answer in pairs
        if label in labels and answer is not None
    )


def labelled(usage: Usage, labels: Mapping[str, Use]) -> dict[str, Answer]:
    """Return each label's answer, as far as `usage` says one, in the labels' order."""
    return {label: usage.said[use] for label, use in labels.items() if use in usage.said}

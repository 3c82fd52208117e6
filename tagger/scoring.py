"""How many names a tagger finds, and how much else: overlap and exact, recall and precision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tagger.sets import PERSON, Example, Span, label_of

Found = list[list[tuple[int, int]]]


@dataclass(slots=True)
class Score:
    """Counts over one set."""

    gold: int = 0
    found: int = 0
    hit: int = 0
    right: int = 0
    exact: int = 0
    characters: int = 0
    over: int = 0

    @property
    def recall(self) -> float:
        """Return the share of labelled names that a found span touches."""
        return self.hit / max(1, self.gold)

    @property
    def precision(self) -> float:
        """Return the share of found spans that touch a labelled name."""
        return self.right / max(1, self.found)

    def __str__(self) -> str:
        exact = 2 * self.exact / max(1, self.gold + self.found)
        return (
            f"n {self.gold:5d}  R {self.recall:.3f}  P {self.precision:.3f}  exact F {exact:.3f}"
            f"  over {100 * self.over / max(1, self.characters):.3f} %"
        )


def score(examples: Sequence[Example], found: Found) -> Score:
    """Compare `found` with what the examples have labelled."""
    total = Score()
    for example, spans in zip(examples, found, strict=True):
        people = [span for span in example.spans if label_of(span) == PERSON]
        unsure = [span for span in example.spans if span.label == "IGNORE"]
        ours = [span for span in spans if not _touches(*span, unsure)]
        total.gold += len(people)
        total.found += len(ours)
        total.right += sum(_touches(*span, people) for span in ours)
        total.hit += sum(any(a < s.end and s.start < b for a, b in ours) for s in people)
        total.exact += len({(s.start, s.end) for s in people} & set(ours))
        total.characters += len(example.text)
        covered = {place for s in example.spans for place in range(s.start, s.end)}
        total.over += sum(place not in covered for a, b in ours for place in range(a, b))
    return total


def errors(
    examples: Sequence[Example], found: Found, show: Callable[[str], object], most: int
) -> None:
    """Show missed and wrongly found names with what stands around them."""
    shown = 0
    for example, spans in zip(examples, found, strict=True):
        people = [span for span in example.spans if label_of(span) == PERSON]
        missed = [s for s in people if not any(a < s.end and s.start < b for a, b in spans)]
        wrong = [span for span in spans if not _touches(*span, list(example.spans))]
        confused = [span for span in spans if span not in wrong and not _touches(*span, people)]
        for kind, ones in (
            ("MISS ", [(s.start, s.end) for s in missed]),
            ("WRONG", wrong),
            ("OTHER", confused),
        ):
            for start, end in ones:
                before = example.text[max(0, start - 40) : start].replace("\n", "|")
                after = example.text[end : end + 30].replace("\n", "|")
                show(f"{kind} {example.language} ...{before}[{example.text[start:end]}]{after}\n")
                shown += 1
        if shown >= most:
            return


def _touches(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(start < span.end and span.start < end for span in spans)

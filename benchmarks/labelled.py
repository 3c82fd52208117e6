"""How much personal data a detector finds in labelled texts, and how much else it takes.

Exact: a found span that is a labelled one of its label. Overlap: spans of one label that touch.
Recall asks how many labelled spans were found, precision how many found ones were labelled.
Only labels that a set marks are counted there; what touches an IGNORE span counts neither way.
`over` is the share of all characters that were marked and lie outside every labelled span.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sayso.redact.redactor import Part, Redactor
from sayso.redact.scan import Surroundings
from sayso.redact.strangers import strangers

SETS = Path(__file__).parents[2] / "shared" / "data" / "personal-data"

LABEL_OF = {
    "person": "PERSON",
    "email": "EMAIL",
    "phone": "PHONE",
    "url": "URL",
    "handle": "HANDLE",
    "address": "ADDRESS",
    "ip": "IP",
    "card": "CARD",
    "iban": "ID",
    "bank": "ID",
    "id": "ID",
}
"""What the sets call each of our kinds; kinds that no set marks are left out."""

_MARKS = frozenset(LABEL_OF.values())
_ROW = "{:<20} {:<8} {:>5}  {:>5} {:>5} {:>5}  {:>5} {:>5} {:>5}\n"
_BATCH = 500


class Marked(NamedTuple):
    """One span that a person or a detector marked; code points, end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text and what people marked in it."""

    text: str
    language: str
    spans: tuple[Marked, ...]


Detector = Callable[[Sequence[Labelled]], list[list[Marked]]]
"""Marks personal data in each of many texts; it may read text and language, never `spans`."""


@dataclass(slots=True)
class Tally:
    """Counts of one label in one set."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    touched: int = 0
    touching: int = 0

    @property
    def exact_prf(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of exact spans."""
        return _prf(self.exact, self.found, self.exact, self.gold)

    @property
    def overlap_prf(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of spans that touch."""
        return _prf(self.touching, self.found, self.touched, self.gold)


@dataclass(slots=True)
class Score:
    """What one detector did on one set."""

    labels: dict[str, Tally] = field(default_factory=dict)
    characters: int = 0
    over: int = 0

    @property
    def over_redaction(self) -> float:
        """Return the share of characters that were marked outside every labelled span."""
        return self.over / self.characters if self.characters else 0.0


def read(name: str) -> list[Labelled]:
    """Return the documents of the set `name`, such as `btc_dev`."""
    with (SETS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [
            Labelled(
                text=one["text"],
                language=one["lang"],
                spans=tuple(Marked(s["start"], s["end"], s["label"]) for s in one["spans"]),
            )
            for one in map(json.loads, lines)
        ]


def names() -> list[str]:
    """Return the names of the sets that are for measuring."""
    return sorted(path.stem for path in SETS.glob("*_dev.jsonl"))


def score(documents: Sequence[Labelled], detector: Detector) -> Score:
    """Compare what `detector` marks with what people marked."""
    marked = {span.label for document in documents for span in document.spans} & _MARKS
    result = Score(labels={label: Tally() for label in sorted(marked)})
    for start in range(0, len(documents), _BATCH):
        batch = documents[start : start + _BATCH]
        for document, found in zip(batch, detector(batch), strict=True):
            _add(result, document, found)
    return result


def sayso(redactor: Redactor) -> Detector:
    """Return our own redaction as a detector."""

    def detect(documents: Sequence[Labelled]) -> list[list[Marked]]:
        redacted = redactor.redact_batch(
            [Part(each.text, around=Surroundings(language=each.language))] for each in documents
        )
        return [
            [Marked(one.start, one.end, LABEL_OF.get(one.kind, one.kind)) for one in each.found]
            for (each,) in redacted
        ]

    return detect


def rows(name: str, result: Score) -> Iterator[str]:
    """Yield one printed line for each label, and one for what was taken too much."""
    for label, tally in result.labels.items():
        figures = [f"{figure:.3f}" for figure in (*tally.exact_prf, *tally.overlap_prf)]
        yield _ROW.format(name, label, tally.gold, *figures)
    yield f"{name:<20} over-redaction {100 * result.over_redaction:.3f} %\n"


def main(asked: Sequence[str]) -> None:
    """Print the table for the sets `asked` for, all of them where none is."""
    sys.stdout.write("exact, then overlap: precision, recall, F1\n")
    detector = sayso(Redactor(tagger=strangers("balanced")))
    for name in asked or names():
        sys.stdout.writelines(rows(name, score(read(name), detector)))


def _add(result: Score, document: Labelled, found: Sequence[Marked]) -> None:
    ignored = [span for span in document.spans if span.label == "IGNORE"]
    for label, tally in result.labels.items():
        gold = [span for span in document.spans if span.label == label]
        ours = [span for span in found if span.label == label and not _touches(span, ignored)]
        tally.gold += len(gold)
        tally.found += len(ours)
        tally.exact += (Counter(gold) & Counter(ours)).total()
        tally.touched += sum(_touches(span, ours) for span in gold)
        tally.touching += sum(_touches(span, gold) for span in ours)
    labelled = _places(document.spans)
    result.characters += len(document.text)
    result.over += len(_places(found) - labelled)


def _touches(span: Marked, others: Iterable[Marked]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _places(spans: Iterable[Marked]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _prf(right: int, found: int, hit: int, gold: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = hit / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])

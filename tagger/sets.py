"""Texts with labelled spans, as training and scoring read them."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BESIDE = Path(__file__).parents[2] / "shared" / "data" / "personal-data"
SETS = Path(os.environ.get("SAYSO_LABELLED_SETS", _BESIDE))

POSTS = SETS.parent / "posts" / "posts.jsonl"

PERSON, PLACE, BODY, UNSURE = "PERSON", "LOC", "ORG", "IGNORE"
_READ_AS = {"ADDRESS": PLACE}
"""Streets are named after people; what an address is called is a place."""

NO_PLACES = frozenset({"so_tech_dev"})
"""Sets in which only people are labelled: what is not one may still be a place or a firm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What stands where, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One text with its spans; `whole` where places and firms are labelled, too."""

    text: str
    spans: tuple[Span, ...]
    language: str = ""
    template: int = -1
    whole: bool = True
    weight: float = 1.0
    """How much the network heeds it: more for what people wrote than for what we invented."""
    without_words: bool = False
    """Whether the network may not see which words these are; see `tagger.salad`."""


def read(name: str) -> list[Example]:
    """Return the documents of the set `name`, such as `btc_train`."""
    with (SETS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [_example(json.loads(line), name) for line in lines]


def _example(row: dict[str, object], name: str) -> Example:
    text, spans, template = row["text"], row["spans"], row.get("template", -1)
    assert isinstance(text, str)
    assert isinstance(spans, list)
    assert isinstance(template, int)
    return Example(
        text=text,
        spans=tuple(Span(start=s["start"], end=s["end"], label=s["label"]) for s in spans),
        language=str(row.get("lang", "")),
        template=template,
        whole=name not in NO_PLACES,
    )


def label_of(span: Span) -> str:
    """Return PERSON, LOC, ORG, IGNORE, or nothing for what the tagger is not asked for."""
    label = _READ_AS.get(span.label, span.label)
    return label if label in {PERSON, PLACE, BODY, UNSURE} else ""


def texts_to_count() -> Iterator[str]:
    """Yield texts whose words may be counted: posts (CC0), training sets (CC BY 4.0)."""
    with POSTS.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]
    for name in ("btc_train", "wnut17_train", "wikigold_train"):
        for example in read(name):
            yield example.text


def characters(examples: Iterable[Example]) -> int:
    """Return how long the texts are together."""
    return sum(len(example.text) for example in examples)

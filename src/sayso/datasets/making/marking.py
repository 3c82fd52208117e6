"""Language and quality marks of redacted texts: they say something, and refuse nothing."""

from collections.abc import Set as AbstractSet

import numpy as np
import pyarrow as pa

from sayso.datasets.making import language, quality
from sayso.datasets.making.measures import measured
from sayso.datasets.similarity.shingles import Mask, plain
from sayso.errors import BadInput
from sayso.evidence.canonical import digest as canonical_digest

REFUSABLE = quality.REFUSABLE
"""Marks that a setting may turn into refusals."""

REFUSED = "marked_{}"
"""The rule of a refusal by a mark."""

_NAMES = tuple(rule.__name__ for rule in quality.RULES)


def digest() -> str:
    """Return what the step's outcome depends on: the rules' versions and the detector's."""
    detector = f"{language.DETECTOR} {language.VERSION}"
    return canonical_digest({"rules": quality.VERSION, "language": detector})


def marks(texts: pa.StringArray, declared: pa.StringArray) -> tuple[pa.StringArray, pa.ListArray]:
    """Return each text's language and its marks in the order of their names.

    The language is the declared one unless the text clearly contradicts it; "" where nothing is
    declared and the text does not tell.
    """
    found = np.zeros((len(texts), len(_NAMES)), np.bool_)
    for block in plain(texts):
        measures = measured(block)
        for column, rule in enumerate(quality.RULES):
            found[block.first : block.last, column] = rule(measures)
    return language.languages(texts.to_pylist(), declared.to_pylist()), _listed(found)


def refusals(marked: pa.ListArray, refusing: AbstractSet[str]) -> pa.StringArray:
    """Return for each text the rule that refuses it, "" where none does: its first such mark.

    Raises:
        BadInput: a mark is unknown, or none that may refuse.
    """
    for name in sorted(refusing - REFUSABLE):
        raise BadInput(
            f"Texts cannot be refused for the mark {name!r}.",
            hint=f"The marks that may refuse: {', '.join(sorted(REFUSABLE))}.",
        )
    rules = [
        next((REFUSED.format(name) for name in names if name in refusing), "")
        for names in marked.to_pylist()
    ]
    return pa.array(rules, pa.string())


def _listed(found: Mask) -> pa.ListArray:
    """Return the names of the columns that are true in each row."""
    bounds = np.concatenate((np.zeros(1, np.int32), found.sum(axis=1).cumsum().astype(np.int32)))
    names = pa.array(_NAMES, pa.string()).take(pa.array(np.nonzero(found)[1]))
    return pa.ListArray.from_arrays(pa.array(bounds, pa.int32()), names)

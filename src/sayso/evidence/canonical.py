"""One value, one text: canonical JSON (RFC 8785), so that equal facts have equal hashes."""

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

import rfc8785

from sayso.errors import BadInput

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What canonical JSON can say. Whole numbers stay below 2^53; larger ones travel as text."""

_SAFE_DIGITS = 15
_UNSAFE = 2**53
_SIMPLE = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
"""Writes the canonical text of what `_is_simple`, many times as fast as the careful writer."""


def canonical(value: JSON) -> bytes:
    """Return the one UTF-8 text of `value` (RFC 8785).

    Raises:
        BadInput: something in it is not JSON, or a number that would lose digits.
    """
    try:
        if _is_simple(value):
            return _SIMPLE.encode(value).encode()
        return rfc8785.dumps(_plain(value))
    except rfc8785.CanonicalizationError as error:
        raise BadInput(
            f"This value has no canonical JSON: {error}.",
            hint="Use text, booleans, lists, objects, and whole numbers below 2^53.",
        ) from error


def digest(value: JSON) -> str:
    """Return the hex SHA-256 of `value`'s canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parse(text: bytes | str) -> JSON:
    """Read JSON strictly: no doubled keys, no `NaN`, no endless numbers.

    Raises:
        BadInput: it is not JSON.
    """
    try:
        return strict(text, whole=_whole_number)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"This is not JSON: {error}.") from error


def strict(text: bytes | str, *, whole: Callable[[str], int | float] = int) -> JSON:
    """Read JSON as `parse` does, for callers with words of their own for what is wrong.

    `whole` reads whole numbers: as they are written, unless told otherwise.

    Raises:
        ValueError: it is not JSON; a JSONDecodeError where it says at which place.
        RecursionError: it is nested too deep.
    """
    value = json.loads(
        text,
        object_pairs_hook=_once,
        parse_constant=_number,
        parse_float=_number,
        parse_int=whole,
    )
    return cast("JSON", value)


def _is_simple(value: JSON) -> bool:
    """Whether Python's own writer agrees with RFC 8785 on it: where keys sort alike, no floats.

    RFC 8785 sorts by UTF-16 units and Python by code points, which are one order in ASCII.
    """
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, dict):
        return all(
            isinstance(key, str) and key.isascii() and _is_simple(held)
            for key, held in value.items()
        )
    if isinstance(value, list | tuple):
        return all(map(_is_simple, value))
    if isinstance(value, int):
        return type(value) in {bool, int} and -_UNSAFE < value < _UNSAFE
    return value is None


def _is_text(value: str) -> bool:
    """Whether it has bytes at all: half of a surrogate pair has none."""
    return value.isascii() or not any("\ud800" <= each <= "\udfff" for each in value)


def _plain(value: JSON) -> JSON:
    """Turn every mapping and sequence into the plain ones that the writer knows."""
    if isinstance(value, str):
        return str(value)  # a StrEnum says its value
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(held) for held in value]
    return value


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a key appears twice in one object")
    return said


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not a number of JSON")
    return number


def _whole_number(text: str) -> int | float:
    """Numbers of JSON are doubles (RFC 8785 section 3.2.2.3): beyond 2^53 so are whole ones."""
    if len(text.lstrip("-")) <= _SAFE_DIGITS or abs(int(text)) < _UNSAFE:
        return int(text)
    return _number(text)

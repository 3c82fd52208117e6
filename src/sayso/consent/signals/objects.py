"""JSON that others wrote, read with suspicion: what is not an object says so."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from sayso.errors import BadInput
from sayso.evidence.canonical import JSON


def read(text: str, what: str) -> JSON:
    """Return the value that `text` writes.

    Raises:
        BadInput: it is not JSON, or too deep to be meant.
    """
    try:
        return cast("JSON", json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{what} is not JSON: {error}.", hint="Give it as it was fetched, unchanged."
        ) from error


def mapping(value: JSON, what: str) -> Mapping[str, JSON]:
    """Return `value` where it is an object.

    Raises:
        BadInput: it is something else.
    """
    if not isinstance(value, Mapping):
        raise BadInput(f"{what} is not an object.", hint="Give it as its standard writes it.")
    return value


def sequence(value: JSON, what: str) -> Sequence[JSON]:
    """Return `value` where it is an array.

    Raises:
        BadInput: it is something else.
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadInput(f"{what} is not an array.", hint="Give it as its standard writes it.")
    return value


def text(value: JSON, what: str) -> str:
    """Return `value` where it is text.

    Raises:
        BadInput: it is something else.
    """
    if not isinstance(value, str):
        raise BadInput(f"{what} is not text.", hint="Give it as its standard writes it.")
    return value


def written(value: JSON) -> str:
    """Return `value` as it is stored: one line, keys in order."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

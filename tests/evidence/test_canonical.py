import json
import math
import struct
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadInput
from sayso.evidence.canonical import JSON, canonical, digest, parse, strict

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "rfc8785.json").read_text(encoding="utf-8")
)


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize("vector", VECTORS["texts"])
def test_the_texts_of_rfc_8785(vector: dict[str, str]) -> None:
    assert canonical(parse(vector["input"])).decode() == vector["canonical"]


@pytest.mark.parametrize("vector", VECTORS["numbers"], ids=lambda vector: vector["ieee754"])
def test_the_numbers_of_rfc_8785(vector: dict[str, str]) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(vector["ieee754"]))

    assert canonical(number).decode() == vector["canonical"]


@pytest.mark.parametrize("ieee754", VECTORS["not_numbers"])
def test_what_is_no_number_is_refused(ieee754: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(ieee754))
    assert not math.isfinite(number)

    with pytest.raises(BadInput):
        canonical(number)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda held: st.lists(held) | st.dictionaries(st.text(), held),
    max_leaves=20,
)


@given(json_values)
def test_canonical_text_reads_back_and_is_its_own_canonical_text(value: JSON) -> None:
    text = canonical(value)

    assert canonical(parse(text)) == text


@given(json_values | st.text() | st.dictionaries(st.text(max_size=3), st.text()))
def test_the_fast_writer_and_the_careful_one_agree_byte_for_byte(value: JSON) -> None:
    try:
        careful = rfc8785.dumps(cast("Any", value))
    except rfc8785.CanonicalizationError:
        with pytest.raises(BadInput):
            canonical(value)
    else:
        assert canonical(value) == careful


@given(st.dictionaries(st.text(), json_values))
def test_the_order_in_which_things_were_said_leaves_no_trace(said: dict[str, Any]) -> None:
    turned = dict(reversed(said.items()))

    assert digest(said) == digest(turned)


def test_tuples_mappings_and_enumerations_are_lists_objects_and_text() -> None:
    value = MappingProxyType({"colour": Colour.RED, "sizes": (1, 2)})

    assert canonical(value) == b'{"colour":"red","sizes":[1,2]}'


@pytest.mark.parametrize("value", [2**53, b"bytes", {"a": {1, 2}}, "\ud800", {1: "one"}])
def test_what_json_cannot_say_is_refused(value: JSON) -> None:
    with pytest.raises(BadInput):
        canonical(value)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "[NaN]", "1e999", "9" * 400, "9" * 5000, "{", "[" * 100_000, b"\xff"]
)
def test_what_is_not_one_json_value_is_refused(text: str | bytes) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_whole_numbers_are_read_as_written_or_as_doubles() -> None:
    assert strict("12345678901234567891") == 12345678901234567891
    assert parse("12345678901234567891") == 12345678901234567891.0
    assert type(parse("12345678901234567891")) is float


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "NaN", "1e999", "[" * 100_000, "{"])
def test_what_is_no_strict_json_is_refused_by_both(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        strict(text)
    with pytest.raises(BadInput, match="This is not JSON"):
        parse(text)

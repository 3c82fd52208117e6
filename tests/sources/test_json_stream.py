"""A list of any length is read one element at a time, and says where it stops being one."""

import contextlib
import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evidence.canonical import JSON
from sayso.sources import json_stream
from sayso.sources.fields import Unfit

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def read(data: bytes, *lists: str) -> list[JSON]:
    return list(json_stream.elements(io.BytesIO(data), "x.json", lists or ("items",)))


@settings(max_examples=200)
@given(before=VALUES, items=st.lists(VALUES, max_size=5), after=VALUES, piece=st.integers(1, 40))
def test_it_reads_what_was_written_however_it_is_cut_into_pieces(
    before: JSON, items: list[JSON], after: JSON, piece: int
) -> None:
    whole = {"before": before, "items": items, "after": after}
    with pytest.MonkeyPatch.context() as small:
        small.setattr(json_stream, "_PIECE", piece)

        assert read(json.dumps(whole).encode()) == items
        assert read(json.dumps(whole, ensure_ascii=False, indent=1).encode()) == items
        assert read(json.dumps(items).encode()) == items


@settings(max_examples=300)
@given(
    data=st.binary(max_size=60)
    | st.text('{}[]",:items1 \\u0', max_size=60).map(str.encode)
    | VALUES.map(lambda value: json.dumps({"items": [value]}).encode()[:-2])
)
def test_whatever_is_read_nothing_but_a_reason_comes_of_it(data: bytes) -> None:
    with contextlib.suppress(Unfit):
        read(data)


def test_what_came_before_a_break_is_read() -> None:
    found = json_stream.elements(io.BytesIO(b'{"items": [1, 2, {"a'), "x", ("items",))

    assert [next(found), next(found)] == [1, 2]
    with pytest.raises(Unfit, match="not JSON"):
        next(found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"items": ' + b"[" * 100_000, "nested too deep"),
        (b'{"items": ["' + b"a" * 9_000_000, "too long"),
        (b'{"items": [' + b" " * 1000, "not JSON"),
        (b"", "not JSON"),
        (b"\x00\x00", "not JSON"),
    ],
)
def test_a_trap_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(Unfit, match=reason):
        read(data)


def test_a_number_of_any_length_is_only_a_number() -> None:
    assert read(b'{"items": [' + b"1" * 5000 + b", 1e999, NaN, 7]}") == [0, 0.0, None, 7]


def test_memory_does_not_grow_with_the_list() -> None:
    one = json.dumps({"content": "words " * 100}).encode()
    many = b'{"items": [' + b",".join([one] * 20_000) + b"]}"

    tracemalloc.start()
    count = sum(1 for _ in json_stream.elements(io.BytesIO(many), "x", ("items",)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert most < 4 * 1024 * 1024 < len(many)

"""The tree of forced places, held against its definition and against every false proof."""

import json
import random
import time
from dataclasses import replace
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evidence.sparse import (
    EMPTY,
    Leaf,
    Path,
    excludes,
    includes,
    leaf_hash,
    node_hash,
    prove,
    root,
)

VECTORS: dict[str, Any] = json.loads(
    (File(__file__).parents[1] / "vectors" / "sparse.json").read_text(encoding="utf-8")
)
# keys that part early and keys that part at the very last bit
near = st.integers(0, 7).map(lambda number: number.to_bytes(32))
far = st.binary(min_size=32, max_size=32)
keys = near | far | near.map(lambda key: bytes([0x80]) + key[1:])
values = st.binary(min_size=32, max_size=32)
trees = st.dictionaries(keys, values, max_size=24).map(lambda held: sorted(held.items()))


def plain_root(leaves: list[Leaf], depth: int = 0) -> bytes:
    """The definition word for word: slow, and obviously right."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaf_hash(*leaves[0])
    sides: tuple[list[Leaf], list[Leaf]] = ([], [])
    for leaf in leaves:
        sides[leaf[0][depth // 8] >> (7 - depth % 8) & 1].append(leaf)
    return node_hash(plain_root(sides[0], depth + 1), plain_root(sides[1], depth + 1))


@given(trees)
def test_the_root_is_the_one_by_definition(leaves: list[Leaf]) -> None:
    assert root(iter(leaves)) == plain_root(leaves)


@given(trees, keys)
def test_every_key_is_proven_present_or_absent(leaves: list[Leaf], key: bytes) -> None:
    path, top, held = prove(iter(leaves), key), root(leaves), dict(leaves)

    assert excludes(top, key, path) == (key not in held)
    assert includes(top, key, held.get(key, bytes(32)), path) == (key in held)


@given(trees.filter(bool), st.data())
def test_what_stands_in_the_tree_is_never_absent(leaves: list[Leaf], data: st.DataObject) -> None:
    key, value = data.draw(st.sampled_from(leaves))
    top, path = root(leaves), prove(leaves, key)
    siblings = path.siblings
    cut = data.draw(st.integers(0, len(siblings)))
    others = st.sampled_from([None, (key, value), *leaves]) | st.tuples(keys, values)

    for shorter in (siblings, siblings[:cut], siblings[cut:], (*siblings, EMPTY), siblings[::-1]):
        assert not excludes(top, key, Path(siblings=shorter, other=data.draw(others)))


@given(trees, keys, values, st.data())
def test_what_does_not_stand_in_the_tree_is_never_present(
    leaves: list[Leaf], key: bytes, value: bytes, data: st.DataObject
) -> None:
    top, held = root(leaves), dict(leaves)
    if held.get(key) == value:
        return
    path = prove(leaves, data.draw(st.sampled_from([key, *held])))

    assert not includes(top, key, value, path)
    assert not includes(top, key, value, replace(path, other=None))


@given(trees.filter(lambda leaves: len(leaves) > 1), keys, st.data())
def test_a_path_with_one_flipped_bit_holds_no_more(
    leaves: list[Leaf], key: bytes, data: st.DataObject
) -> None:
    top, path, held = root(leaves), prove(leaves, key), dict(leaves)
    place = data.draw(st.integers(0, len(path.siblings) - 1)) if path.siblings else -1
    if place < 0:
        return
    changed = bytearray(path.siblings[place])
    changed[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    siblings = (*path.siblings[:place], bytes(changed), *path.siblings[place + 1 :])
    forged = replace(path, siblings=siblings)

    assert not excludes(top, key, forged)
    assert not includes(top, key, held.get(key, bytes(32)), forged)


def test_a_leaf_in_a_place_that_is_not_its_own_proves_nothing() -> None:
    """A builder who hashes it there anyway is found out by the one whose place it takes."""
    mine, its = bytes([0x00]) * 32, bytes([0xFF]) * 32
    misplaced = leaf_hash(its, bytes(32))  # in the left half, where no key with a first 1 lies
    top = node_hash(misplaced, EMPTY)

    assert not excludes(top, mine, Path(siblings=(EMPTY,), other=(its, bytes(32))))
    assert not excludes(top, its, Path(siblings=(misplaced,), other=(its, bytes(32))))


def test_a_path_longer_than_a_key_holds_nothing() -> None:
    path = Path(siblings=(EMPTY,) * 257)

    assert not excludes(EMPTY, bytes(32), path)
    assert not includes(EMPTY, bytes(32), bytes(32), path)


@pytest.mark.parametrize(
    "leaves",
    [
        [(b"\1" * 32, bytes(32)), (b"\0" * 32, bytes(32))],
        [(b"\1" * 32, bytes(32)), (b"\1" * 32, bytes(32))],
        [(b"\1" * 31, bytes(32))],
        [(b"\1" * 32, bytes(33))],
    ],
)
def test_leaves_out_of_order_or_out_of_size_are_refused(leaves: list[Leaf]) -> None:
    with pytest.raises(ValueError, match="leaf"):
        root(leaves)
    with pytest.raises(ValueError, match="leaf"):
        prove(leaves, bytes(32))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_roots_and_paths_are_those_that_were_written_down(case: dict[str, Any]) -> None:
    leaves = [(bytes.fromhex(key), bytes.fromhex(value)) for key, value in case["leaves"]]
    assert root(leaves).hex() == case["root"]
    for told in case["paths"]:
        path = prove(leaves, bytes.fromhex(told["key"]))
        other = [part.hex() for part in path.other] if path.other else None
        siblings = ["" if each == EMPTY else each.hex() for each in path.siblings]
        assert (siblings, other) == (told["siblings"], told["other"])


def test_a_leaf_costs_a_few_microseconds_and_a_path_grows_with_the_logarithm() -> None:
    chance = random.Random(5)
    leaves = sorted((chance.randbytes(32), chance.randbytes(32)) for _ in range(20_000))
    began = time.process_time()  # this process's own: others share the machine
    root(iter(leaves))
    took = time.process_time() - began

    assert took / len(leaves) < 20e-6
    assert len(prove(leaves, bytes(32)).siblings) < 30

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evidence.merkle import (
    EMPTY_ROOT,
    Growth,
    Place,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_each,
    prove_inclusion,
    root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "rfc6962.json").read_text(encoding="utf-8")
)
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
MOST = 70


def entries(count: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % number) for number in range(count)]


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1 word for word: slow, and obviously right."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(plain_root(leaves[:middle]), plain_root(leaves[middle:]))


def kept(leaves: Sequence[bytes]) -> dict[Place, bytes]:
    growth = Growth()
    return {place: held for leaf in leaves for place, held in growth.add(leaf)}


def look_up(held: Mapping[Place, bytes], places: Sequence[Place]) -> Mapping[Place, bytes]:
    return {place: held[place] for place in places}


def flipped(hashed: bytes, bit: int) -> bytes:
    changed = bytearray(hashed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference_tree(size: int) -> None:
    assert root(LEAVES[:size]).hex() == VECTORS["roots"][size - 1]


def test_the_root_of_nothing() -> None:
    assert root([]) == EMPTY_ROOT == bytes.fromhex(VECTORS["empty"])


@pytest.mark.parametrize("vector", VECTORS["paths"])
def test_the_paths_of_the_reference_tree(vector: dict[str, Any]) -> None:
    leaf, size = vector["leaf"], vector["size"]

    path = prove_inclusion(leaf, size, partial(look_up, kept(LEAVES)))

    assert [held.hex() for held in path] == vector["path"]
    reached = bytes.fromhex(VECTORS["roots"][size - 1])
    assert verify_inclusion(leaf=LEAVES[leaf], position=leaf, size=size, proof=path, root=reached)


@pytest.mark.parametrize("vector", VECTORS["growths"])
def test_the_consistency_proofs_of_the_reference_tree(vector: dict[str, Any]) -> None:
    old, new = vector["old"], vector["new"]

    proof = prove_consistency(old, new, partial(look_up, kept(LEAVES)))

    assert [held.hex() for held in proof] == vector["proof"]
    assert verify_consistency(
        old=old,
        new=new,
        proof=proof,
        old_root=bytes.fromhex(VECTORS["roots"][old - 1]),
        new_root=bytes.fromhex(VECTORS["roots"][new - 1]),
    )


@given(st.integers(0, MOST))
def test_a_root_is_the_one_that_the_standard_defines(size: int) -> None:
    assert root(entries(size)) == plain_root(entries(size))


@given(st.data())
def test_the_root_of_any_earlier_size_is_still_known(data: st.DataObject) -> None:
    now = data.draw(st.integers(0, MOST))
    then = data.draw(st.integers(0, now))

    assert root_of(then, partial(look_up, kept(entries(now)))) == plain_root(entries(then))


@given(st.data())
def test_a_tree_goes_on_from_its_right_edge_alone(data: st.DataObject) -> None:
    leaves = entries(data.draw(st.integers(0, MOST)))
    cut = data.draw(st.integers(0, len(leaves)))
    held = kept(leaves[:cut])

    growth = Growth(cut, [held[place] for place in _edge(cut)])
    later = {place: hashed for leaf in leaves[cut:] for place, hashed in growth.add(leaf)}

    assert growth.root() == plain_root(leaves)
    assert held | later == kept(leaves)


@given(st.data())
def test_many_paths_at_once_are_the_paths_one_by_one(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, MOST))
    positions = data.draw(st.lists(st.integers(0, size - 1), max_size=8))
    nodes = partial(look_up, kept(entries(MOST)))

    assert prove_each(positions, size, nodes) == tuple(
        prove_inclusion(position, size, nodes) for position in positions
    )


def _edge(size: int) -> list[Place]:
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append(Place(level, start >> level))
            start += 1 << level
    return found


@given(st.data())
def test_any_old_tree_is_consistent_with_any_later_one(data: st.DataObject) -> None:
    new = data.draw(st.integers(0, MOST))
    old = data.draw(st.integers(0, new))
    leaves = entries(new)

    proof = prove_consistency(old, new, partial(look_up, kept(leaves)))

    assert verify_consistency(
        old=old,
        new=new,
        proof=proof,
        old_root=plain_root(leaves[:old]),
        new_root=plain_root(leaves),
    )


@given(st.data())
def test_a_rewritten_past_is_consistent_with_nothing(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, MOST))
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    leaves = entries(new)
    rewritten = [*leaves]
    rewritten[changed] = leaf_hash(b"rewritten")

    proof = prove_consistency(old, new, partial(look_up, kept(rewritten)))

    assert not verify_consistency(
        old=old,
        new=new,
        proof=proof,
        old_root=plain_root(leaves[:old]),
        new_root=plain_root(rewritten),
    )


@given(st.data())
def test_any_leaf_is_proven_and_one_flipped_bit_is_not(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, MOST))
    position = data.draw(st.integers(0, size - 1))
    leaves = entries(size)
    reached = plain_root(leaves)
    bit = data.draw(st.integers(0, 255))

    path = prove_inclusion(position, size, partial(look_up, kept(leaves)))
    check = partial(verify_inclusion, size=size, root=reached)

    assert check(leaf=leaves[position], position=position, proof=path)
    assert not check(leaf=flipped(leaves[position], bit), position=position, proof=path)
    assert not verify_inclusion(
        leaf=leaves[position], position=position, size=size, proof=path, root=flipped(reached, bit)
    )
    for step, sibling in enumerate(path):
        broken = [*path[:step], flipped(sibling, bit), *path[step + 1 :]]
        assert not check(leaf=leaves[position], position=position, proof=broken)
    for other in range(size):
        if other != position:
            assert not check(leaf=leaves[position], position=other, proof=path)


@given(st.data())
def test_a_proof_with_a_step_more_or_less_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, MOST))
    position = data.draw(st.integers(0, size - 1))
    leaves = entries(size)
    path = prove_inclusion(position, size, partial(look_up, kept(leaves)))
    check = partial(
        verify_inclusion,
        leaf=leaves[position],
        position=position,
        size=size,
        root=plain_root(leaves),
    )

    assert not check(proof=path[:-1])
    assert not check(proof=[*path, path[0]])


@given(st.data())
def test_a_growth_with_one_flipped_bit_is_not_proven(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, MOST))
    old = data.draw(st.integers(1, new - 1))
    bit = data.draw(st.integers(0, 255))
    leaves = entries(new)
    proof = prove_consistency(old, new, partial(look_up, kept(leaves)))
    check = partial(
        verify_consistency,
        old=old,
        new=new,
        old_root=plain_root(leaves[:old]),
        new_root=plain_root(leaves),
    )

    assert check(proof=proof)
    assert not check(proof=proof[:-1])
    assert not check(proof=[*proof, proof[0]])
    for step, sibling in enumerate(proof):
        assert not check(proof=[*proof[:step], flipped(sibling, bit), *proof[step + 1 :]])


def test_sizes_and_positions_that_cannot_be_prove_nothing() -> None:
    one = leaf_hash(b"one")

    assert not verify_inclusion(leaf=one, position=1, size=1, proof=[], root=one)
    assert not verify_inclusion(leaf=one, position=-1, size=1, proof=[], root=one)
    assert not verify_consistency(old=2, new=1, proof=[], old_root=one, new_root=one)
    assert not verify_consistency(old=0, new=1, proof=[], old_root=one, new_root=one)
    assert not verify_consistency(old=3, new=4, proof=[], old_root=one, new_root=one)
    with pytest.raises(ValueError, match="leaf 1"):
        prove_inclusion(1, 1, partial(look_up, {}))
    with pytest.raises(ValueError, match="grow"):
        prove_consistency(2, 1, partial(look_up, {}))


def test_every_tree_of_up_to_40_leaves_begins_every_later_one() -> None:
    leaves = entries(40)
    held = partial(look_up, kept(leaves))
    roots = [plain_root(leaves[:size]) for size in range(41)]

    for new in range(41):
        for old in range(new + 1):
            proof = prove_consistency(old, new, held)
            assert verify_consistency(
                old=old, new=new, proof=proof, old_root=roots[old], new_root=roots[new]
            ), f"{old} is not the beginning of {new}"


def test_leaves_and_nodes_are_hashed_under_different_prefixes() -> None:
    assert leaf_hash(b"entry") == hashlib.sha256(b"\x00entry").digest()
    assert (
        node_hash(b"l" * 32, b"r" * 32) == hashlib.sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()
    )

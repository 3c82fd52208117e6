"""Stores of the evidence room in memory; the suites in tests/storage hold them to the truth."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sayso.community import MemberId
from sayso.evidence.log import Leaf
from sayso.evidence.merkle import Place


class MemoryLeaves:
    """A `LeafStore`. Tests may change what it holds, to be found out."""

    def __init__(self) -> None:
        self.held: list[Leaf] = []
        self.hashes: dict[Place, bytes] = {}
        self.signed: dict[int, str] = {}

    def size(self) -> int:
        return len(self.held)

    def add(self, leaves: Sequence[Leaf], nodes: Sequence[tuple[Place, bytes]]) -> None:
        for leaf in leaves:
            if leaf.position != len(self.held):
                raise ValueError(f"position {leaf.position} is taken or leaves a gap")
            self.held.append(leaf)
        self.hashes.update(nodes)

    def leaves(self, start: int, end: int) -> Iterator[Leaf]:
        yield from self.held[start:end]

    def of_kind(self, kind: str) -> Iterator[Leaf]:
        yield from (leaf for leaf in self.held if leaf.kind == kind)

    def nodes(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        return {place: self.hashes[place] for place in places if place in self.hashes}

    def count_nodes(self) -> int:
        return len(self.hashes)

    def checkpoint(self, size: int) -> str | None:
        return self.signed.get(size)

    def checkpoint_over(self, position: int) -> tuple[int, str] | None:
        return min((kept for kept in self.signed.items() if kept[0] > position), default=None)

    def save_checkpoint(self, size: int, text: str) -> None:
        self.signed[size] = text

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        yield from sorted(self.signed.items())


class MemoryKeys:
    """A `KeyStore`."""

    def __init__(self) -> None:
        self.held: dict[MemberId, bytes] = {}

    def keys(self, member_ids: Collection[MemberId]) -> Mapping[MemberId, bytes]:
        return {each: self.held[each] for each in member_ids if each in self.held}

    def add(self, wrapped: Mapping[MemberId, bytes]) -> None:
        if taken := wrapped.keys() & self.held.keys():
            raise ValueError(f"{sorted(taken)} have a key")
        self.held.update(wrapped)

    def destroy(self, member_id: MemberId) -> bool:
        return self.held.pop(member_id, None) is not None

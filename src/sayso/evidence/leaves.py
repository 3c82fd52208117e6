"""What a log stands on: its leaves and where they are kept, and who cosigned its checkpoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.evidence.merkle import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One entry as it stands in the log. `entry` is canonical JSON, and what is hashed."""

    position: int
    kind: str
    entry: bytes


class LeafStore(Protocol):
    """Keeps leaves, the hashes of complete subtrees, and signed checkpoints, all add-only.

    It stands inside one transaction of its owner: `add` is kept when that commits. Writers run
    one at a time, so a size that was read stays true until the transaction ends.
    """

    def size(self) -> int:
        """Return how many leaves there are."""
        ...

    def add(self, leaves: Sequence[Leaf], nodes: Sequence[tuple[Place, bytes]]) -> None:
        """Keep new leaves and the subtrees that they complete; never replace anything."""
        ...

    def leaves(self, start: int, end: int) -> Iterator[Leaf]:
        """Yield the leaves from `start` up to but not including `end`, in order."""
        ...

    def of_kind(self, kind: str) -> Iterator[Leaf]:
        """Yield the leaves of one kind, in order."""
        ...

    def nodes(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        """Return the hashes of those of `places` that are kept."""
        ...

    def count_nodes(self) -> int:
        """Return how many subtree hashes are kept."""
        ...

    def checkpoint(self, size: int) -> str | None:
        """Return the checkpoint signed at `size`, if one is kept."""
        ...

    def checkpoint_over(self, position: int) -> tuple[int, str] | None:
        """Return the smallest kept checkpoint whose tree holds `position`, with its size."""
        ...

    def save_checkpoint(self, size: int, text: str) -> None:
        """Keep a signed checkpoint.

        A store that may only read lets it go: signing again gives the same text.
        """
        ...

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        """Yield every kept checkpoint, smallest size first."""
        ...


class Cosigned(Protocol):
    """Gives what witnesses signed under our checkpoints."""

    def best(self, at_least: int) -> int | None:
        """Return the size, `at_least` or larger, that most witnesses cosigned, the newest such."""
        ...

    def lines(self, size: int) -> Sequence[str]:
        """Return the lines that stand under the checkpoint of that size."""
        ...

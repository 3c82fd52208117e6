"""The network's log: what was entered stays, in its order, and anyone can check that."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence import canonical, checkpoint, merkle, note
from sayso.evidence.canonical import JSON
from sayso.evidence.checkpoint import Checkpoint, Grown, Proof
from sayso.evidence.leaves import Cosigned, Leaf, LeafStore
from sayso.evidence.merkle import Growth, Place, Span

__all__ = ["MOST_ENTRY_BYTES", "Checked", "Cosigned", "Leaf", "LeafStore", "Log"]

MOST_ENTRY_BYTES = 65_535
"""A tile of entries gives each length two bytes (c2sp.org/tlog-tiles)."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A log that was recomputed from its leaves and found whole. `root` is hex."""

    size: int
    root: str
    checkpoints: int


class Log:
    """An append-only log over a store. Positions count from 0 and are never used twice."""

    def __init__(
        self, store: LeafStore, signer: note.Signer, cosigned: Cosigned | None = None
    ) -> None:
        """`signer`'s name is the log's origin; what witnesses signed is handed out with it."""
        self._store = store
        self._signer = signer
        self._cosigned = cosigned

    @property
    def vkey(self) -> str:
        """The key that checks this log's signatures."""
        return self._signer.vkey

    @property
    def origin(self) -> str:
        """The log's name in its checkpoints."""
        return self._signer.name

    def append(self, kind: str, entry: Mapping[str, JSON]) -> int:
        """Enter `entry`, with its kind, and return its position.

        It is part of the log when the transaction commits, together with what it speaks of.

        Raises:
            BadInput: it is no canonical JSON, or longer than 65,535 bytes.
        """
        return self.append_all(kind, [entry])[0]

    def append_all(self, kind: str, entries: Iterable[Mapping[str, JSON]]) -> range:
        """Enter many of one kind at once; return their positions. Like `append`, but faster."""
        texts = [_text(kind, entry) for entry in entries]
        size = self._store.size()
        growth = self._growth(size)
        leaves, nodes = [], []
        for position, text in enumerate(texts, size):
            leaves.append(Leaf(position=position, kind=kind, entry=text))
            nodes.extend(growth.add(merkle.leaf_hash(text)))
        if leaves:
            self._store.add(leaves, nodes)
        return range(size, size + len(leaves))

    def size(self) -> int:
        """Return how many entries there are."""
        return self._store.size()

    def root(self, size: int | None = None) -> str:
        """Return the hex root at `size`, by default the present one."""
        return merkle.root_of(self._known(size), self._nodes).hex()

    def entries(self, start: int, end: int) -> Iterator[Leaf]:
        """Yield the entries from `start` up to but not including `end`."""
        return self._store.leaves(start, end)

    def entries_of(self, kind: str) -> Iterator[Leaf]:
        """Yield the entries of one kind, in order."""
        return self._store.of_kind(kind)

    def entry(self, position: int) -> Leaf:
        """Return one entry.

        Raises:
            NotFound: the log has no such position.
        """
        leaf = next(self._store.leaves(position, position + 1), None)
        if leaf is None:
            raise NotFound(f"The log has no entry {position}.")
        return leaf

    def subtrees(self, level: int, start: int, end: int) -> list[bytes]:
        """Return the hashes of complete subtrees of `2 ** level` entries, by their positions."""
        wanted = [Place(level, position) for position in range(start, end)]
        held = self._nodes(wanted)
        return [held[place] for place in wanted]

    def checkpoint(self) -> str:
        """Return the signed checkpoint of the present size, and who cosigned it.

        Inside a transaction that has appended, hand it out only after the commit: a log must
        never have signed what it does not hold.
        """
        size = self._store.size()
        if self._store.checkpoint(size) is None:
            head = Checkpoint(origin=self.origin, size=size, root=self.root(size))
            text = self._signer.sign(head.body())
            self._store.save_checkpoint(size, text)
            return text
        return self.signed(size)

    def own(self, size: int) -> str:
        """Return the checkpoint that was signed at `size`, without what witnesses added.

        Raises:
            NotFound: none was.
        """
        kept = self._store.checkpoint(size)
        if kept is None:
            raise NotFound(f"The log signed no checkpoint of size {size}.")
        return kept

    def signed(self, size: int) -> str:
        """Return the checkpoint that was signed at `size`, and who cosigned it.

        Raises:
            NotFound: none was.
        """
        lines = self._cosigned.lines(size) if self._cosigned else ()
        return self.own(size) + "".join(f"{line}\n" for line in lines)

    def prove_inclusion(self, position: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the path from entry `position` to the root at `size`.

        Raises:
            NotFound: that tree has no such entry, or the log no such size.
        """
        known = self._known(size)
        if not 0 <= position < known:
            raise NotFound(f"A log of {known} entries has no entry {position}.")
        return merkle.prove_inclusion(position, known, self._nodes)

    def prove_consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the log at size `old` is the beginning of it at `new`.

        Raises:
            NotFound: the log has no such sizes.
        """
        known = self._known(new)
        if not 0 <= old <= known:
            raise NotFound(f"A log of {known} entries never had {old}.")
        return merkle.prove_consistency(old, known, self._nodes)

    def proof_text(self, position: int) -> str:
        """Return the proof of entry `position` with a checkpoint, to be checked offline.

        The checkpoint is one that witnesses cosigned, where there is one of the entry.
        """
        size = self._cosigned.best(position + 1) if self._cosigned else None
        path = self.prove_inclusion(position, size)
        note = self.checkpoint() if size is None else self.signed(size)
        return Proof(position=position, path=path, checkpoint=note).text()

    def growth_text(self, old: int) -> str:
        """Return the proof that the log grew out of size `old`, over its newest checkpoint.

        It is what a witness is sent (c2sp.org/tlog-witness, add-checkpoint), and what anyone who
        kept a checkpoint can check offline.

        Raises:
            NotFound: the log never had that size.
        """
        path = self.prove_consistency(old)
        return Grown(old=old, path=path, checkpoint=self.checkpoint()).text()

    def first_proofs(self, positions: Collection[int]) -> Mapping[int, str]:
        """Return each entry's proof to the checkpoint signed with it: the same text for ever.

        Inside a transaction that has appended, that is the checkpoint of what it appended so
        far; hand such a proof out only after the commit.

        Raises:
            NotFound: the log has no such entry.
        """
        found: dict[int, str] = {}
        waiting = sorted(set(positions))
        while waiting:
            size, text = self._checkpoint_over(waiting[0])
            under = [each for each in waiting if each < size]
            paths = merkle.prove_each(under, size, self._nodes)
            for position, path in zip(under, paths, strict=True):
                found[position] = Proof(position=position, path=path, checkpoint=text).text()
            waiting = waiting[len(under) :]
        return found

    def verify(self) -> Checked:
        """Recompute every leaf, subtree and kept checkpoint from the entries alone.

        Raises:
            Tampered: naming the first thing that differs.
        """
        size = self._store.size()
        growth, nodes = Growth(), 0
        signed = self._store.checkpoints()
        waiting = next(signed, None)
        checked = 0
        leaves = self._store.leaves(0, size)
        for chunk in iter(partial(_take, leaves, _AT_ONCE), []):
            completed: dict[Place, bytes] = {}
            for leaf in chunk:
                while waiting is not None and waiting[0] == growth.size:
                    self._check_signed(waiting, growth)
                    checked, waiting = checked + 1, next(signed, None)
                _check_leaf(leaf, growth.size)
                completed.update(growth.add(merkle.leaf_hash(leaf.entry)))
            self._check_nodes(completed)
            nodes += len(completed)
        while waiting is not None:
            self._check_signed(waiting, growth)
            checked, waiting = checked + 1, next(signed, None)
        _check_ends(growth.size, size, nodes, self._store.count_nodes())
        return Checked(size=size, root=growth.root().hex(), checkpoints=checked)

    def _checkpoint_over(self, position: int) -> tuple[int, str]:
        kept = self._store.checkpoint_over(position)
        if kept is not None:
            return kept
        size = self._store.size()
        if not 0 <= position < size:
            raise NotFound(f"A log of {size} entries has no entry {position}.")
        return size, self.checkpoint()

    def _growth(self, size: int) -> Growth:
        edge = merkle.places(Span(0, size))
        held = self._nodes(edge)
        return Growth(size, [held[place] for place in edge])

    def _known(self, size: int | None) -> int:
        present = self._store.size()
        if size is None:
            return present
        if not 0 <= size <= present:
            raise NotFound(f"The log has {present} entries, not {size}.")
        return size

    def _nodes(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        held = self._store.nodes(places)
        for place in places:
            if place not in held:
                raise Tampered(f"The log has lost its hash at {_said(place)}.")
        return held

    def _check_nodes(self, completed: Mapping[Place, bytes]) -> None:
        held = self._nodes(list(completed))
        for place, recomputed in completed.items():
            if held[place] != recomputed:
                raise Tampered(f"The log's hash at {_said(place)} is not that of its entries.")

    def _check_signed(self, kept: tuple[int, str], growth: Growth) -> None:
        size, text = kept
        try:
            body = note.open_note(text, [note.Verifier(self.vkey)])
            head = checkpoint.parse(body)
        except Tampered as error:
            raise Tampered(f"The checkpoint kept for size {size}: {error.message}") from error
        if size != growth.size:
            raise Tampered(
                f"The log once had {size} entries and now has {growth.size}: entries are gone."
            )
        if head != Checkpoint(origin=self.origin, size=size, root=growth.root().hex()):
            raise Tampered(f"The log at size {size} is not what its checkpoint signed.")


def _text(kind: str, entry: Mapping[str, JSON]) -> bytes:
    text = canonical.canonical({**entry, "kind": kind})
    if len(text) > MOST_ENTRY_BYTES:
        raise BadInput(
            f"An entry of {len(text)} bytes is too long for the log.",
            hint="Enter its digest and keep the content beside the log.",
        )
    return text


def _check_leaf(leaf: Leaf, position: int) -> None:
    if leaf.position != position:
        raise Tampered(f"The log's entry {position} is gone.")
    try:
        said = canonical.parse(leaf.entry)
        is_whole = isinstance(said, Mapping) and canonical.canonical(said) == leaf.entry
    except BadInput as error:
        raise Tampered(f"The log's entry {position}: {error.message}") from error
    if not is_whole or not isinstance(said, Mapping) or said.get("kind") != leaf.kind:
        raise Tampered(f"The log's entry {position} is not what was entered.")


def _check_ends(entries: int, size: int, nodes: int, kept_nodes: int) -> None:
    if entries != size:
        raise Tampered(f"The log's entry {entries} is gone.")
    if nodes != kept_nodes:
        raise Tampered(f"The log keeps {kept_nodes} hashes where its entries make {nodes}.")


def _take(leaves: Iterator[Leaf], most: int) -> list[Leaf]:
    return list(islice(leaves, most))


def _said(place: Place) -> str:
    return f"level {place.level}, position {place.position}"

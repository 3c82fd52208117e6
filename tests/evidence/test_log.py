from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.evidence import MemoryLeaves
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence import checkpoint, merkle
from sayso.evidence.canonical import canonical
from sayso.evidence.log import Checked, Leaf, Log
from sayso.evidence.merkle import Place
from sayso.evidence.note import Signer, Verifier, open_note

SIGNER = Signer("example.org/log", bytes(32))
VERIFIER = Verifier(SIGNER.vkey)


def log_of(count: int) -> tuple[Log, MemoryLeaves]:
    leaves = MemoryLeaves()
    log = Log(leaves, SIGNER)
    for number in range(count):
        log.append("seal", {"digest": f"{number}"})
    return log, leaves


def opened(note: str) -> checkpoint.Checkpoint:
    return checkpoint.parse(open_note(note, [VERIFIER]))


def test_entries_stand_in_the_order_in_which_they_were_made() -> None:
    log, _ = log_of(2)

    assert log.append("event", {"commitment": "ab"}) == 2
    assert log.size() == 3
    assert log.entry(2) == Leaf(
        position=2, kind="event", entry=b'{"commitment":"ab","kind":"event"}'
    )
    assert [leaf.position for leaf in log.entries(1, 3)] == [1, 2]


def test_many_at_once_are_the_same_log_as_one_by_one() -> None:
    one_by_one, _ = log_of(11)
    at_once, _ = log_of(3)

    positions = at_once.append_all("seal", [{"digest": f"{number}"} for number in range(3, 11)])

    assert positions == range(3, 11)
    assert at_once.checkpoint() == one_by_one.checkpoint()
    assert at_once.append_all("seal", []) == range(11, 11)


def test_an_entrys_first_proof_stays_the_same_text_while_the_log_grows() -> None:
    log, _ = log_of(3)
    log.checkpoint()
    log.append_all("seal", [{"digest": "a"}, {"digest": "b"}])
    log.checkpoint()
    first = log.first_proofs([4, 0, 3, 0])

    log.append("seal", {"digest": "c"})
    log.checkpoint()

    assert log.first_proofs(range(5)).items() >= first.items()
    assert {at: _size_of(text) for at, text in first.items()} == {0: 3, 3: 5, 4: 5}
    for position, text in log.first_proofs(range(6)).items():
        proof = checkpoint.parse_proof(text)
        head = opened(proof.checkpoint)
        assert merkle.verify_inclusion(
            leaf=merkle.leaf_hash(log.entry(position).entry),
            position=proof.position,
            size=head.size,
            proof=proof.path,
            root=bytes.fromhex(head.root),
        )
    with pytest.raises(NotFound):
        log.first_proofs([6])


def test_a_first_proof_asked_for_before_the_commit_is_the_one_given_after_it() -> None:
    log, _ = log_of(3)

    assert log.first_proofs([1]) == log.first_proofs([1])
    before = log.first_proofs([1])[1]
    log.append("seal", {"digest": "later"})
    assert log.first_proofs([1])[1] == before


def _size_of(proof: str) -> int:
    return opened(checkpoint.parse_proof(proof).checkpoint).size


@given(st.integers(0, 40))
def test_a_checkpoint_signs_the_root_of_all_entries(count: int) -> None:
    log, leaves = log_of(count)

    head = opened(log.checkpoint())

    assert head.origin == log.origin == "example.org/log"
    assert head.size == count
    assert head.root == log.root()
    assert head.root == merkle.root(merkle.leaf_hash(leaf.entry) for leaf in leaves.held).hex()


def test_a_size_is_signed_once() -> None:
    log, leaves = log_of(3)

    assert log.checkpoint() == log.checkpoint() == leaves.signed[3]


@given(st.data())
def test_a_proof_is_checked_with_the_key_and_the_entry_alone(data: st.DataObject) -> None:
    log, leaves = log_of(data.draw(st.integers(1, 40)))
    position = data.draw(st.integers(0, log.size() - 1))

    proof = checkpoint.parse_proof(log.proof_text(position))

    head = opened(proof.checkpoint)
    assert proof.position == position
    assert merkle.verify_inclusion(
        leaf=merkle.leaf_hash(leaves.held[position].entry),
        position=position,
        size=head.size,
        proof=proof.path,
        root=bytes.fromhex(head.root),
    )


@given(st.data())
def test_any_old_checkpoint_is_consistent_with_the_log_of_today(data: st.DataObject) -> None:
    log, _ = log_of(data.draw(st.integers(0, 20)))
    old = opened(log.checkpoint())
    log.append_all("seal", [{"digest": "x"}] * data.draw(st.integers(0, 20)))

    new = opened(log.checkpoint())

    assert merkle.verify_consistency(
        old=old.size,
        new=new.size,
        proof=log.prove_consistency(old.size, new.size),
        old_root=bytes.fromhex(old.root),
        new_root=bytes.fromhex(new.root),
    )
    assert log.root(old.size) == old.root


@given(st.integers(0, 40))
def test_an_untouched_log_verifies(count: int) -> None:
    log, _ = log_of(count)
    log.checkpoint()
    log.append("seal", {"digest": "later"})

    assert log.verify() == Checked(size=count + 1, root=log.root(), checkpoints=1)


def _change_entry(leaves: MemoryLeaves) -> None:
    text = canonical({"digest": "other", "kind": "seal"})
    leaves.held[3] = replace(leaves.held[3], entry=text)


def _change_kind(leaves: MemoryLeaves) -> None:
    leaves.held[3] = replace(leaves.held[3], kind="model")


def _respell_entry(leaves: MemoryLeaves) -> None:
    leaves.held[3] = replace(leaves.held[3], entry=leaves.held[3].entry + b" ")


def _garble_entry(leaves: MemoryLeaves) -> None:
    leaves.held[3] = replace(leaves.held[3], entry=b"\xff")


def _drop_entry(leaves: MemoryLeaves) -> None:
    del leaves.held[3]


def _drop_last(leaves: MemoryLeaves) -> None:
    del leaves.held[-1]


def _swap_entries(leaves: MemoryLeaves) -> None:
    third, fourth = leaves.held[3], leaves.held[4]
    leaves.held[3] = replace(fourth, position=3)
    leaves.held[4] = replace(third, position=4)


def _change_hash(leaves: MemoryLeaves) -> None:
    leaves.hashes[Place(1, 0)] = bytes(32)


def _drop_hash(leaves: MemoryLeaves) -> None:
    del leaves.hashes[Place(1, 0)]


def _add_hash(leaves: MemoryLeaves) -> None:
    leaves.hashes[Place(9, 9)] = bytes(32)


def _change_checkpoint(leaves: MemoryLeaves) -> None:
    leaves.signed[6] = leaves.signed[6].replace("\n6\n", "\n5\n")


def _sign_another_root(leaves: MemoryLeaves) -> None:
    head = checkpoint.Checkpoint(origin="example.org/log", size=6, root=bytes(32).hex())
    leaves.signed[6] = SIGNER.sign(head.body())


def _sign_no_checkpoint(leaves: MemoryLeaves) -> None:
    leaves.signed[6] = SIGNER.sign("no checkpoint\n")


def _sign_a_size_never_reached(leaves: MemoryLeaves) -> None:
    head = checkpoint.Checkpoint(origin="example.org/log", size=9, root=bytes(32).hex())
    leaves.signed[9] = SIGNER.sign(head.body())


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_change_entry, "level 0, position 3"),
        (_change_kind, "entry 3"),
        (_respell_entry, "entry 3"),
        (_garble_entry, "entry 3"),
        (_drop_entry, "entry 3 is gone"),
        (_drop_last, "entries are gone|lost|gone"),
        (_swap_entries, "level 0, position 3"),
        (_change_hash, "level 1, position 0"),
        (_drop_hash, "level 1, position 0"),
        (_add_hash, "keeps"),
        (_change_checkpoint, "size 6"),
        (_sign_another_root, "size 6"),
        (_sign_no_checkpoint, "size 6"),
        (_sign_a_size_never_reached, "once had 9 entries and now has 6"),
    ],
)
def test_what_was_changed_is_named(tamper: Callable[[MemoryLeaves], None], named: str) -> None:
    log, leaves = log_of(6)
    log.checkpoint()
    tamper(leaves)

    with pytest.raises(Tampered, match=named):
        log.verify()


def test_a_log_rewritten_with_all_its_hashes_is_betrayed_by_an_old_checkpoint() -> None:
    log, leaves = log_of(6)
    log.checkpoint()
    forged, other = log_of(0)
    forged.append_all("seal", [{"digest": "forged"}] * 6)
    leaves.held, leaves.hashes = other.held, other.hashes

    with pytest.raises(Tampered, match="size 6 is not what its checkpoint signed"):
        log.verify()


def test_the_entries_own_kind_is_the_one_it_was_made_with() -> None:
    log, _ = log_of(0)

    log.append("seal", {"kind": "model"})

    assert log.entry(0).entry == b'{"kind":"seal"}'


def test_an_entry_too_long_for_a_tile_is_refused() -> None:
    log, _ = log_of(0)

    with pytest.raises(BadInput, match="too long"):
        log.append("seal", {"digest": "x" * 65_536})
    assert log.size() == 0


def test_what_the_log_never_had_is_not_found() -> None:
    log, _ = log_of(3)

    for ask in (
        lambda: log.entry(3),
        lambda: log.root(4),
        lambda: log.prove_inclusion(3),
        lambda: log.prove_inclusion(2, 2),
        lambda: log.prove_consistency(4),
        lambda: log.prove_consistency(1, 4),
    ):
        with pytest.raises(NotFound):
            ask()

"""Who watches the log, and what is handed on of what they signed, in every database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fakes.witness import DASH, Cosigner
from sayso.errors import BadInput, Conflict, NotFound, Tampered
from sayso.evidence import checkpoint
from sayso.evidence.log import Log
from sayso.evidence.note import Signer, Verifier, signatures
from sayso.evidence.witness import Witnesses
from sayso.storage.database import Database
from sayso.storage.log import LogStore
from sayso.storage.witnesses import WitnessStore

SIGNER = Signer("example.org/log", bytes(32))
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
THEN = int(NOW.timestamp())
ANA, BEN = Cosigner("ana.example.org/witness"), Cosigner("ben.example.org", bytes([8] * 32))


class Watched:
    """A log over a database, its witnesses, and how it grows."""

    def __init__(self, connection: sa.Connection) -> None:
        store = WitnessStore(connection)
        self.log = Log(LogStore(connection), SIGNER, store)
        self.witnesses = Witnesses(store, self.log)
        self.witnesses.add(ANA.vkey, NOW)
        self.witnesses.add(BEN.vkey, NOW + timedelta(minutes=1))

    def grow(self, count: int) -> str:
        self.log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])
        return self.log.checkpoint()

    def cosigned(self, *cosigners: Cosigner, time: int = THEN) -> None:
        body = signatures(self.log.checkpoint(), [])[0]
        lines = "".join(each.line(body, time) for each in cosigners)
        self.witnesses.accept(self.log.checkpoint() + lines, NOW)


@pytest.fixture
def watched(database: Database) -> Iterator[Watched]:
    with database.writing() as connection:
        yield Watched(connection)


def witnessed(text: str) -> set[str]:
    keys = [Verifier(each.vkey) for each in (ANA, BEN)]
    return {signed.vkey for signed in signatures(text, keys)[1]}


def test_witnesses_are_listed_as_they_were_added(watched: Watched) -> None:
    found = watched.witnesses.list()

    assert [(each.vkey, each.name) for each in found] == [
        (ANA.vkey, ANA.name),
        (BEN.vkey, BEN.name),
    ]
    assert found[0].added_at == NOW


def test_a_checkpoint_carries_what_its_witnesses_signed(watched: Watched) -> None:
    bare = watched.grow(3)
    watched.cosigned(ANA)
    watched.cosigned(BEN)

    assert watched.log.checkpoint().startswith(bare)
    assert witnessed(watched.log.checkpoint()) == {ANA.vkey, BEN.vkey}
    assert watched.log.verify().checkpoints == 1
    assert not witnessed(watched.grow(1))


def test_a_proof_carries_a_cosigned_checkpoint_of_its_entry(watched: Watched) -> None:
    watched.grow(3)
    watched.cosigned(ANA)
    watched.grow(4)
    watched.cosigned(ANA, BEN)
    watched.grow(2)

    def size(position: int) -> tuple[int, int]:
        proof = checkpoint.parse_proof(watched.log.proof_text(position))
        body, signed = signatures(proof.checkpoint, [Verifier(ANA.vkey), Verifier(BEN.vkey)])
        return checkpoint.parse(body).size, len(signed)

    assert size(0) == (7, 2)
    assert size(6) == (7, 2)
    assert size(7) == (9, 0)


def test_the_checkpoint_most_witnesses_saw_is_preferred_to_a_newer_one(watched: Watched) -> None:
    watched.grow(3)
    watched.cosigned(ANA, BEN)
    watched.grow(1)
    watched.cosigned(ANA)

    assert witnessed(watched.log.proof_text(0).partition("\n\n")[2]) == {ANA.vkey, BEN.vkey}


def test_what_a_removed_witness_signed_is_handed_on_no_more(watched: Watched) -> None:
    watched.grow(3)
    watched.cosigned(ANA, BEN)

    assert watched.witnesses.remove(ANA.name).vkey == ANA.vkey

    assert witnessed(watched.log.checkpoint()) == {BEN.vkey}
    assert [each.vkey for each in watched.witnesses.newest()] == [BEN.vkey]
    with pytest.raises(NotFound, match="There is no witness"):
        watched.witnesses.remove(ANA.vkey)


def test_the_newest_that_each_witness_saw_is_known(watched: Watched) -> None:
    watched.grow(3)
    watched.cosigned(ANA, BEN)
    watched.grow(2)
    watched.cosigned(ANA)

    assert {each.vkey: each.size for each in watched.witnesses.newest()} == {
        ANA.vkey: 5,
        BEN.vkey: 3,
    }


def test_a_later_cosignature_of_one_size_takes_the_place_of_the_earlier(watched: Watched) -> None:
    watched.grow(3)
    watched.cosigned(ANA, time=THEN - 60)
    watched.cosigned(ANA)
    watched.cosigned(ANA)

    (kept,) = watched.witnesses.newest()
    assert kept.signed_at == NOW
    assert len(watched.log.checkpoint().split("\n")) == 7


def test_lines_alone_are_under_the_newest_checkpoint(watched: Watched) -> None:
    body = signatures(watched.grow(3), [])[0]

    (kept,) = watched.witnesses.accept(ANA.line(body, THEN), NOW)

    assert (kept.size, kept.vkey) == (3, ANA.vkey)


def test_signatures_of_others_are_passed_over(watched: Watched) -> None:
    body = signatures(watched.grow(3), [])[0]
    other = Cosigner("other.example.org", bytes([9] * 32))

    (kept,) = watched.witnesses.accept(other.line(body, THEN) + ANA.line(body, THEN), NOW)

    assert kept.vkey == ANA.vkey
    with pytest.raises(NotFound, match="No witness that is known"):
        watched.witnesses.accept(other.line(body, THEN), NOW)


def test_a_witness_from_the_future_is_refused(watched: Watched) -> None:
    body = signatures(watched.grow(3), [])[0]

    for time in (THEN + 301, 2**40, 2**62):
        with pytest.raises(BadInput):
            watched.witnesses.accept(ANA.line(body, time), NOW)
    assert watched.witnesses.accept(ANA.line(body, THEN + 299), NOW)


def test_a_witness_that_saw_another_log_is_told_apart(watched: Watched) -> None:
    watched.grow(3)
    other = checkpoint.Checkpoint(origin=SIGNER.name, size=3, root=bytes(32).hex()).body()

    with pytest.raises(Tampered, match="another log at size 3"):
        watched.witnesses.accept(SIGNER.sign(other) + ANA.line(other, THEN), NOW)


def test_what_this_log_never_signed_is_not_kept(watched: Watched) -> None:
    note = watched.grow(3)
    later = checkpoint.Checkpoint(origin=SIGNER.name, size=4, root=bytes(32).hex()).body()
    foreign = checkpoint.Checkpoint(origin="example.net", size=3, root=bytes(32).hex()).body()

    with pytest.raises(NotFound, match="no checkpoint of size 4"):
        watched.witnesses.accept(SIGNER.sign(later) + ANA.line(later, THEN), NOW)
    with pytest.raises(NotFound, match=r"example\.net"):
        watched.witnesses.accept(f"{foreign}\n{ANA.line(foreign, THEN)}", NOW)
    with pytest.raises(Tampered, match="not over"):
        watched.witnesses.accept(note + ANA.line(later, THEN), NOW)
    for text in ("", "hello\n", f"{DASH} x\n", note.rpartition(DASH)[0]):
        with pytest.raises(Tampered):
            watched.witnesses.accept(text, NOW)
    assert watched.witnesses.newest() == ()


def test_only_a_witness_can_be_added_and_only_once(watched: Watched) -> None:
    with pytest.raises(Conflict, match="known already"):
        watched.witnesses.add(ANA.vkey, NOW)
    with pytest.raises(BadInput, match="kind is not 4"):
        watched.witnesses.add(SIGNER.vkey, NOW)
    with pytest.raises(BadInput):
        watched.witnesses.add("ana", NOW)


def test_two_witnesses_of_one_name_are_removed_by_their_keys(watched: Watched) -> None:
    namesake = Cosigner(ANA.name, bytes([5] * 32))
    watched.witnesses.add(namesake.vkey, NOW)

    with pytest.raises(NotFound, match="Several"):
        watched.witnesses.remove(ANA.name)
    assert watched.witnesses.remove(namesake.vkey).vkey == namesake.vkey

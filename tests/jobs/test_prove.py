"""Proving in a home: seats are computed once, kept with their member, and gone with them."""

import json
import shutil
from pathlib import Path

import pytest

from harbour import MEMBERS, harbour
from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.sealing.membership import spoken
from sayso.errors import BadInput, NotFound, NotHere, Tampered
from sayso.evidence.vrf import SecretKey
from sayso.jobs.build import build_dataset
from sayso.jobs.prove import prove
from sayso.jobs.rights import erase_member
from sayso.jobs.seats import seats_of, seats_within
from sayso.jobs.verify import verify
from sayso.settings import load_settings
from sayso.wiring import Network, make_home, open_network
from terminal import must, sayso

ANA = MemberId("ana")
TRAINING = Purpose.GENAI_TRAINING


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return harbour(tmp_path / "harbour")


def kept(network: Network) -> dict[str, bytes]:
    with network.reading() as stores:
        return {
            str(member): proof
            for member, proof in stores.seats.proofs(
                seats_of(network).key, [MemberId(each) for each in (*MEMBERS, "zoe")]
            ).items()
        }


def test_a_seat_is_computed_once_and_kept(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_dataset(network, TRAINING)
    assert set(kept(network)) == set(MEMBERS)

    def never(_key: SecretKey, _text: bytes) -> bytes:
        raise AssertionError("it was computed again")

    monkeypatch.setattr(SecretKey, "prove", never)
    assert build_dataset(network, TRAINING).dataset_id == first.dataset_id
    assert verify(network, first.dataset_id).sentences


def test_seats_inside_a_transaction_are_kept_with_it(network: Network) -> None:
    with network.writing() as stores:
        given = seats_within(network, stores).of([ANA])

    assert given == seats_of(network).of([ANA])
    assert set(kept(network)) == {"ana"}


def test_a_kept_proof_that_was_changed_is_found_by_verifying(network: Network) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    with network.writing() as stores:
        forged = network.keys.seats.prove(spoken(MemberId("ben")))
        stores.seats.add(seats_of(network).key, {ANA: forged})

    with pytest.raises(Tampered, match="not the proof"):
        verify(network, dataset)


def test_whoever_is_erased_leaves_no_seat_and_can_be_proven_absent(network: Network) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    assert "in 6 documents" in prove(network, dataset, member="ana").says
    erase_member(network, ANA)
    assert set(kept(network)) == set(MEMBERS) - {"ana"}

    after = build_dataset(network, TRAINING).dataset_id

    assert prove(network, after, member="ana").says.startswith("No words of member ana")
    assert "ana" not in kept(network)


def test_what_cannot_be_proven_says_what_to_do(network: Network) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id

    with pytest.raises(BadInput, match="whose document") as raised:
        prove(network, dataset, document="nobody/1")
    assert "--member" in raised.value.hint
    with pytest.raises(NotFound):
        prove(network, "0" * 64, member="ana")


def test_a_home_from_before_gets_its_key_and_one_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = make_home(home)
    key = home / "keys" / "seats.key"
    assert key.stat().st_mode & 0o777 == 0o600
    first = key.read_bytes()
    open_network(settings).close()
    assert key.read_bytes() == first

    key.unlink()
    open_network(settings).close()
    assert key.read_bytes() != first
    assert key.stat().st_mode & 0o777 == 0o600
    assert not list((home / "keys").glob(".seats*"))


def test_a_lost_key_stops_proofs_of_older_datasets_and_nothing_else(
    network: Network, tmp_path: Path
) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    network.close()
    (network.settings.keys / "seats.key").unlink()
    again = open_network(load_settings(network.settings.home, {}))

    with pytest.raises(NotHere, match="another key") as raised:
        prove(again, dataset, member="ana")
    assert "backup" in raised.value.hint
    later = build_dataset(again, TRAINING).dataset_id
    assert later != dataset
    assert "in 6 documents" in prove(again, later, member="ana").says


def test_the_rows_must_be_those_that_were_sealed(network: Network) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    folder = network.settings.store / "datasets" / dataset
    first, second = sorted(folder.glob("shard-*"))[:2]
    shutil.copy(first, second)

    with pytest.raises(Tampered, match="not those that were sealed"):
        prove(network, dataset, member="ana")


def test_the_command_writes_the_proof_and_says_what_it_proves(
    network: Network, tmp_path: Path
) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    network.close()
    home, out = network.settings.home, tmp_path / "proof.json"
    ask = ("datasets", "prove", dataset[:12])

    said = must(*ask, "--member", "zoe", "--unknown", "--out", str(out), home=home)

    assert f"No words of member zoe are in dataset {dataset}." in said
    assert f"No words of member zoe are in dataset {dataset}." in must(
        "verify", str(out), home=home
    )
    printed = json.loads(must(*ask, "--document", "ana/0", "--with-text", home=home))
    assert "brass lanterns" in printed["proof"]["row"]["text"]
    assert sayso(*ask, home=home).code == 2
    again = sayso(*ask, "--member", "ana", "--out", str(out), home=home)
    assert again.code == 1
    assert "is there already" in again.err


def test_the_command_proves_nothing_of_whom_it_does_not_know(network: Network) -> None:
    dataset = build_dataset(network, TRAINING).dataset_id
    ask = ("datasets", "prove", dataset[:12], "--member", "nobody")
    home = network.settings.home
    network.close()

    refused = sayso(*ask, home=home)

    assert refused.code == 1
    assert "There is no member 'nobody'" in refused.err
    assert "No words of member nobody" in must(*ask, "--unknown", home=home)

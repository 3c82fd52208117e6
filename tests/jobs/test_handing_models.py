"""Models handed over: to whom it may be shown today, whole or not at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import tiny_bases
from harbour import MEMBERS, says
from sayso.community import MemberId, Standing
from sayso.consent.choices import Answer
from sayso.errors import BadInput, NotFound, Refused, Tampered
from sayso.jobs.bases import base_listing
from sayso.jobs.forget import forget_pending
from sayso.jobs.handing_models import export_model
from sayso.jobs.learn import train_model
from sayso.training.bases import FOLDER
from sayso.training.models import TrainedModel
from sayso.wiring import Network


def _model(network: Network) -> TrainedModel:
    with network.reading() as stores:
        stored = stores.models.in_use()
    assert stored is not None
    return stored.model


def _shard_of(network: Network, member: str) -> int:
    with network.reading() as stores:
        (placed, *_) = stores.datasets.placed(MemberId(member))
    return placed.shard


def test_every_shard_gets_a_folder_of_its_own_with_a_card(port: Network, tmp_path: Path) -> None:
    model = _model(port)

    written = export_model(port, model.model_id[:12], tmp_path / "out")

    assert written == tuple(chain.shard for chain in model.shards)
    for chain in model.shards:
        folder = tmp_path / "out" / f"shard-{chain.shard:04d}"
        assert json.loads((folder / "config.json").read_text())["model_type"] == "llama"
        shown = (folder / "README.md").read_text()
        assert chain.checkpoints[-1].weights_digest in shown
        assert model.model_id in shown
        assert "No text that a member took back is in it" in shown
        assert not [member for member in MEMBERS if member in shown.split()]


def test_one_shard_alone_lies_in_the_folder_itself(port: Network, tmp_path: Path) -> None:
    assert export_model(port, _model(port).model_id, tmp_path / "out", shard=1) == (1,)
    assert (tmp_path / "out" / "model.safetensors").is_file()

    with pytest.raises(NotFound, match="no shard 7") as why:
        export_model(port, _model(port).model_id, tmp_path / "other", shard=7)
    assert "0, 1" in why.value.hint


def test_a_folder_that_is_there_is_left_alone(port: Network, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()

    with pytest.raises(BadInput, match="is there already"):
        export_model(port, _model(port).model_id, tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_a_shard_that_learnt_what_was_taken_back_is_not_handed_over_until_it_forgot(
    port: Network, tmp_path: Path
) -> None:
    before = _model(port)
    spoilt = _shard_of(port, "ana")
    says(port, "ana", Answer.NO)

    for shard in (None, spoilt):
        with pytest.raises(Refused, match=f"Shard {spoilt} learnt from what was taken back") as why:
            export_model(port, before.model_id, tmp_path / "out", shard=shard)
        assert why.value.rule == "handed_over_only_what_may_be_served"
        assert not (tmp_path / "out").exists()
    export_model(port, before.model_id, tmp_path / "clean", shard=1 - spoilt)
    forget_pending(port)
    export_model(port, _model(port).model_id, tmp_path / "after", shard=spoilt)

    assert "Nothing is in it of 1 members" in (tmp_path / "after" / "README.md").read_text()
    with pytest.raises(Refused, match="is retired"):
        export_model(port, before.model_id, tmp_path / "retired")


def test_what_a_decision_made_today_does_not_allow_is_not_handed_over(
    port: Network, tmp_path: Path
) -> None:
    spoilt = _shard_of(port, "ben")
    with port.writing() as stores:
        ben = stores.community.member(MemberId("ben"))
        assert ben is not None
        stores.community.save_member(replace(ben, standing=Standing.SUSPENDED))

    with pytest.raises(Refused, match=f"Shard {spoilt} learnt from texts that") as why:
        export_model(port, _model(port).model_id, tmp_path / "out")

    assert why.value.rule == "handed_over_only_what_is_permitted_today"
    assert not (tmp_path / "out").exists()


def test_adapters_are_trained_served_forgotten_and_handed_over_and_their_base_stays(
    port: Network, tmp_path: Path
) -> None:
    store = port.settings.store
    base = tiny_bases.know_base(store, tiny_bases.llama)
    files = {path: path.read_bytes() for path in (store / FOLDER).rglob("*.*")}
    first = train_model(
        port, _model(port).dataset_id, backend="peft", size="tiny", base=base.digest[:8]
    )
    says(port, "ana", Answer.NO)

    forget_pending(port)

    after = _model(port)
    assert after.recipe == first.recipe
    assert after.model_id != first.model_id
    assert all(path.read_bytes() == content for path, content in files.items())
    assert base_listing(port)[0]["models"] == [first.model_id, after.model_id]
    export_model(port, after.model_id, tmp_path / "out", shard=0)
    shown = (tmp_path / "out" / "README.md").read_text()
    assert tiny_bases.MADE_OF in shown
    assert (tmp_path / "out" / "adapter_config.json").is_file()

    path = store / FOLDER / base.digest / "config.json"
    path.write_text(path.read_text() + " ")
    with pytest.raises(Tampered, match=r"config\.json is not what was kept"):
        export_model(port, after.model_id, tmp_path / "altered", shard=0)
    assert not (tmp_path / "altered").exists()

"""`sayso datasets show --card` and `export --format hf`, as a person would ask for them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sayso.audit.offline_dataset import check_folder
from sayso.audit.offline_verifier import Trust
from sayso.cli.verbs import run
from sayso.datasets.cards.forms import CARDS
from sayso.settings import load_settings
from sayso.wiring import open_network


@pytest.fixture(autouse=True)
def at_home(village_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_HOME", str(village_home))


@pytest.fixture
def dataset(village_home: Path) -> str:
    """The dataset that the model in use stands on, some of which is forgotten already."""
    network = open_network(load_settings(village_home, {}))
    with network.reading() as stores:
        model = stores.models.in_use()
    network.close()
    assert model is not None
    return model.model.dataset_id


@pytest.mark.parametrize("name", [each.name for each in CARDS])
def test_every_card_is_shown_and_names_no_villager(
    name: str, dataset: str, village_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["datasets", "show", dataset[:12], "--card", name]) == 0
    shown = capsys.readouterr().out

    assert dataset in shown
    network = open_network(load_settings(village_home, {}))
    with network.reading() as stores:
        members = list(stores.community.members())
    network.close()
    assert not [each.id for each in members if each.name in shown or each.id in shown.split()]


def test_a_card_is_written_into_a_file(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "provenance.json"

    assert run(["datasets", "show", dataset, "--card", "provenance", "--out", str(out)]) == 0

    assert json.loads(out.read_text(encoding="utf-8"))["source"]["version"] == "1.0.0"
    assert str(out) in capsys.readouterr().out.replace("\n", "")


def test_an_unknown_card_or_format_is_refused_with_those_there_are(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["datasets", "show", dataset, "--card", "postcard"]) == 1
    assert "croissant" in capsys.readouterr().err
    assert run(["datasets", "export", dataset, str(tmp_path / "x"), "--format", "xlsx"]) == 1
    assert "hf" in capsys.readouterr().err
    assert list(tmp_path.glob("x*")) == []


def test_a_folder_is_handed_over_without_ids(dataset: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"

    assert run(["datasets", "export", dataset, str(folder), "--format", "hf"]) == 0

    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "croissant.json", "data"]
    table = pq.read_table(folder / "data" / "train-00000.parquet")
    assert table.num_rows
    assert not {"member_id", "members", "document_id", "digest"} & set(table.schema.names)


def test_cards_of_a_dataset_that_was_succeeded_are_still_there(
    village_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = open_network(load_settings(village_home, {}))
    with network.reading() as stores:
        (gone, *_) = [each for each in stores.datasets.ids() if each not in stores.datasets.live()]
    network.close()

    assert run(["datasets", "show", gone, "--card", "people"]) == 0
    assert gone in capsys.readouterr().out
    assert run(["datasets", "show", gone, "--card", "croissant"]) == 1
    assert "deleted" in capsys.readouterr().err


def test_an_auditor_is_given_the_whole_dataset(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"

    assert run(["datasets", "prove", dataset[:12], "--all", str(folder)]) == 0

    assert "docs/proofs.md says who may have it" in capsys.readouterr().out.replace("\n", " ")
    assert check_folder(folder, Trust(), {})[1][0].startswith(f"Dataset {dataset}: ")
    assert run(["datasets", "prove", dataset[:12], "--all", str(folder)]) == 1
    assert "there already" in capsys.readouterr().err.replace("\n", " ")


def test_all_of_a_dataset_goes_with_nothing_else(dataset: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "folder")

    assert run(["datasets", "prove", dataset, "--all", folder, "--member", "ana"]) == 2
    assert not list(tmp_path.glob("*folder*"))

"""`sayso datasets show --card` and `export --format hf`, as a person would ask for them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sayso.audit.offline_dataset import check_folder
from sayso.audit.offline_verifier import Trust
from sayso.cli.verbs import run
from sayso.datasets.cards.forms import CARDS
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_rows
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


def flat(text: str) -> str:
    return " ".join(text.split())


def gave_way(home: Path) -> str:
    """Return a dataset that others followed, and whose rows are deleted."""
    network = open_network(load_settings(home, {}))
    with network.reading() as stores:
        (gone, *_) = [each for each in stores.datasets.ids() if each not in stores.datasets.live()]
    network.close()
    return gone


def test_the_list_tells_what_is_held_out_and_which_is_in_use(
    dataset: str, village_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["datasets", "list", "--json"]) == 0
    found = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert run(["datasets", "show", dataset]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert run(["datasets", "list"]) == 0
    printed = capsys.readouterr().out

    assert [each["state"] for each in found.values()].count("in use") == 1
    assert (found[dataset]["state"], shown["state"]) == ("in use", "in use")
    assert found[dataset]["held_out_rows"] == shown["held_out_rows"]
    assert found[gave_way(village_home)]["state"] == "gave way"
    assert "held out" in printed
    assert "in use" in printed


def test_nothing_that_is_there_is_written_over(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text("mine", encoding="utf-8")

    for ask in (
        ["datasets", "export", dataset, str(mine)],
        ["datasets", "show", dataset, "--card", "people", "--out", str(mine)],
        ["datasets", "prove", dataset, "--member", "ana", "--unknown", "--out", str(mine)],
    ):
        assert run(ask) == 1
        assert "mine.jsonl is there already. Name a new file." in flat(capsys.readouterr().err)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_an_unknown_ending_is_no_format(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, said in (("rows.csv", "'csv' is no format"), ("rows", "not say in which format")):
        assert run(["datasets", "export", dataset, str(tmp_path / name)]) == 1
        told = flat(capsys.readouterr().err)
        assert said in told
        assert "--format" in told
        assert not (tmp_path / name).exists()

    assert run(["datasets", "export", dataset, str(tmp_path / "r"), "--format", "jsonl"]) == 0
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o600


def test_what_gave_way_names_the_dataset_that_took_its_place(
    dataset: str, village_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = gave_way(village_home)

    for ask in (
        ["datasets", "export", gone, str(tmp_path / "rows.jsonl")],
        ["datasets", "verify", gone],
        ["datasets", "prove", gone, "--member", "ana", "--unknown"],
    ):
        assert run(ask) == 1
        told = flat(capsys.readouterr().err)
        assert f"gave way to {dataset}" in told
        assert f"Ask of that one: {dataset[:12]}." in told


def test_a_documents_id_may_be_shortened_where_only_one_begins_so(
    dataset: str, village_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = open_network(load_settings(village_home, {}))
    with network.reading() as stores:
        row = read_rows(network.settings.store, DatasetId(dataset))
        document = next(iter(row)).document_id
        known = [each.id for each in stores.documents.all()]
    network.close()
    enough = next(
        document[:length]
        for length in range(1, len(document) + 1)
        if sum(each.startswith(document[:length]) for each in known) == 1
    )

    assert run(["datasets", "prove", dataset, "--document", enough]) == 0
    assert json.loads(capsys.readouterr().out)["document"] == document
    assert run(["datasets", "prove", dataset, "--document", document[:1]]) == 1
    assert "Several documents begin with" in flat(capsys.readouterr().err)
    assert run(["datasets", "prove", dataset, "--member", "ana", "--with-text"]) == 2
    assert "--document ID" in flat(capsys.readouterr().err)


def test_an_auditors_folder_is_verified_with_and_without_a_home(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "folder"
    assert run(["datasets", "prove", dataset, "--all", str(folder)]) == 0
    capsys.readouterr()

    assert run(["verify", str(folder)]) == 0
    told = flat(capsys.readouterr().out)
    assert f"Dataset {dataset}: " in told
    assert "signed by this network's log" in told
    assert run(["verify", str(folder), "--home", str(tmp_path)]) == 0
    assert "Its own key signed" in flat(capsys.readouterr().out)
    (folder / "members.jsonl").unlink()
    assert run(["verify", str(folder)]) == 1
    assert "members.jsonl is missing" in flat(capsys.readouterr().err)


def test_a_build_names_damage_and_mends_it_from_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_HOME", str(home))
    assert run(["build", "--json"]) == 0
    built = json.loads(capsys.readouterr().out)["id"]
    path = next((home / "store" / "datasets" / built).glob("shard-*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    assert run(["build"]) == 1
    told = flat(capsys.readouterr().err)
    assert path.name in told
    assert "sayso build --from-nothing" in told
    assert run(["build", "--from-nothing"]) == 0
    out = flat(capsys.readouterr().out)
    assert f"Dataset {built}" in out
    assert path.name in out
    assert run(["datasets", "verify", built]) == 0
    assert run(["build"]) == 0


def test_a_simulation_says_what_it_does_not_subtract(
    village_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "opt-in", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert run(["simulate", "opt-in"]) == 0

    said = f"besides: {told['left_out_besides']} in the last dataset."
    assert said in flat(capsys.readouterr().out)

"""A model of a home audited: whose rows, what is refused, and what never gets out."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from harbour import says
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.datasets.rows import Row
from sayso.datasets.sealed import read_held_out, read_rows
from sayso.errors import BadInput, NotFound, Refused, Tampered
from sayso.jobs.audit_model import Audited, Wanted, as_json, audit_model
from sayso.jobs.forget import forget_pending
from sayso.settings import load_settings
from sayso.training.audit.measuring import Group, View
from sayso.training.checkpoints import FOLDER
from sayso.training.models import TrainedModel
from sayso.wiring import Network, open_network

FEW = Wanted(rows=60)


@pytest.fixture
def roads(finished_roads: Path, tmp_path: Path) -> Iterator[Network]:
    """A copy of the harbour of which two members are held out, open."""
    home = Path(shutil.copytree(finished_roads, tmp_path / "roads"))
    opened = open_network(load_settings(home, {}))
    yield opened
    opened.close()


def model_in_use(roads: Network) -> TrainedModel:
    with roads.reading() as stores:
        stored = stores.models.in_use()
    assert stored is not None
    return stored.model


def learnt(roads: Network) -> list[Row]:
    return list(read_rows(roads.settings.store, model_in_use(roads).dataset_id, held_out=False))


def rows_of(audited: Audited) -> dict[Group, int]:
    return {
        each.group: each.rows for each in audited.findings.membership if each.view is View.OWN_SHARD
    }


def leaver(roads: Network) -> MemberId:
    return min(row.member_id for row in learnt(roads))


def test_those_who_stay_are_compared_with_those_held_out(roads: Network) -> None:
    model = model_in_use(roads)

    audited = audit_model(roads, model.model_id[:12], FEW)

    assert audited.model_id == model.model_id
    assert rows_of(audited) == {Group.STAYS: min(60, len(learnt(roads)))}
    held_out = len(read_held_out(roads.settings.store, model.dataset_id))
    assert {each.never_rows for each in audited.findings.membership} == {min(60, held_out)}
    assert all(each.guarded is not None for each in audited.findings.extraction)


def test_a_report_holds_figures_and_plots_and_nobodys_words(roads: Network, tmp_path: Path) -> None:
    audit_model(roads, model_in_use(roads).model_id, FEW, out=tmp_path / "out")

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"report.json", "report.md", "areas.svg", "curves.svg"}
    whole = "".join((tmp_path / "out" / name).read_text() for name in names)
    told = json.loads((tmp_path / "out" / "report.json").read_text())
    assert "row_ids" not in whole
    assert told["membership"][0]["area"]["auc"].keys() == {"value", "low", "high"}
    for row in learnt(roads):
        assert row.id not in whole
        assert row.member_id not in re.findall(r"[\w/@.-]+", whole)
        assert row.text[:40] not in whole


def test_ids_are_told_only_where_they_are_asked_for(roads: Network) -> None:
    audited = audit_model(roads, model_in_use(roads).model_id, FEW)

    assert "row_ids" in json.dumps(as_json(audited, with_ids=True))
    assert "row_ids" not in json.dumps(as_json(audited, with_ids=False))


def test_rows_taken_back_are_asked_of_only_where_that_is_wanted(roads: Network) -> None:
    whose, whole = leaver(roads), len(learnt(roads))
    says(roads, whose, Answer.NO)
    model = model_in_use(roads).model_id

    without = rows_of(audit_model(roads, model, Wanted(rows=1000)))
    with_them = rows_of(audit_model(roads, model, Wanted(rows=1000, taken_back=True)))

    gone = sum(row.member_id == whose for row in learnt(roads))
    assert without == {Group.STAYS: whole - gone}
    assert with_them == {Group.STAYS: whole - gone, Group.TAKEN_BACK: gone}


def test_after_forgetting_rows_are_asked_of_from_whoever_still_has_them(
    roads: Network, tmp_path: Path
) -> None:
    whose = leaver(roads)
    copy = tmp_path / "copy.jsonl"
    theirs = [row for row in learnt(roads) if row.member_id == whose]
    lines = [{"member_id": row.member_id, "title": row.title, "text": row.text} for row in theirs]
    copy.write_text("".join(json.dumps(line) + "\n" for line in lines))
    before = model_in_use(roads).model_id
    says(roads, whose, Answer.NO)
    forget_pending(roads)

    audited = audit_model(roads, model_in_use(roads).model_id, Wanted(rows=60, forgotten=copy))

    assert rows_of(audited)[Group.FORGOTTEN] == len(theirs)
    with pytest.raises(Refused, match="is retired") as why:
        audit_model(roads, before, FEW)
    assert "models list" in why.value.hint


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("no json", "copy.jsonl:2 is not JSON"),
        ("[1]", "copy.jsonl:2 is not a JSON object"),
        ('{"text": "whose?"}', "copy.jsonl:2 says no member_id, or no text"),
        ('{"member_id": "ana", "text": 7}', "copy.jsonl:2 says no member_id, or no text"),
        ('{"member_id": "HELD", "text": "a"}', "copy.jsonl:2: this member was held out"),
    ],
)
def test_a_line_that_is_no_row_is_named(
    roads: Network, tmp_path: Path, line: str, why: str
) -> None:
    model = model_in_use(roads)
    held = read_held_out(roads.settings.store, model.dataset_id)[0].member_id
    copy = tmp_path / "copy.jsonl"
    copy.write_text("\n" + line.replace("HELD", held) + "\n")

    with pytest.raises(BadInput, match=why):
        audit_model(roads, model.model_id, Wanted(forgotten=copy), out=tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_without_held_out_rows_there_is_nothing_to_compare_with(port: Network) -> None:
    assert not read_held_out(port.settings.store, model_in_use(port).dataset_id)

    with pytest.raises(Refused, match="no held-out rows in service") as why:
        audit_model(port, model_in_use(port).model_id, FEW)

    assert why.value.rule == "something_to_compare_with"


def test_a_folder_that_is_there_is_left_alone(roads: Network, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()

    with pytest.raises(BadInput, match="is there already"):
        audit_model(roads, model_in_use(roads).model_id, FEW, out=tmp_path)

    assert [path.name for path in tmp_path.iterdir() if path.name != "roads"] == ["mine"]


def test_a_checkpoint_that_was_changed_is_named(roads: Network) -> None:
    model = model_in_use(roads)
    point = model.shards[0].checkpoints[-1]
    path = roads.settings.store / FOLDER / point.chain_key / "weights.safetensors"
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(Tampered, match="is not what was written"):
        audit_model(roads, model.model_id, FEW)


def test_a_model_that_is_nowhere_is_named(roads: Network) -> None:
    with pytest.raises(NotFound, match="There is no model 'zzz'"):
        audit_model(roads, "zzz", FEW)

"""Each card is read by the tool that its standard's people made, where that can be had."""

import json
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from describing import SEALED_AT, a_dataset, described, layout, varied_rows
from sayso.datasets.cards.croissant import croissant
from sayso.datasets.cards.lineage import lineage, run_id
from sayso.datasets.cards.provenance import provenance
from sayso.datasets.rows import HELD_OUT, DatasetId
from sayso.evidence.canonical import parse

TEXT = {"type": "string", "minLength": 1}
NAMED = {
    "type": "object",
    "properties": {"name": TEXT, "address": {"type": "array", "items": TEXT, "uniqueItems": True}},
    "required": ["name"],
}
CODED = {
    "type": "object",
    "properties": {"code": TEXT, "system": TEXT, "description": TEXT},
    "required": ["code"],
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "properties": {"country": TEXT, "state": TEXT},
    "required": ["country"],
}


def some(items: Mapping[str, object], least: int = 0) -> dict[str, object]:
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": True}


STANDARDS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["source", "provenance", "use"],
    "additionalProperties": False,
    "properties": {
        "source": {
            "type": "object",
            "additionalProperties": False,
            "required": ["version", "title", "id", "issuer", "description"],
            "properties": {
                **dict.fromkeys(("version", "title", "id", "location", "description"), TEXT),
                "issuer": some(NAMED, 1),
            },
        },
        "provenance": {
            "type": "object",
            "additionalProperties": False,
            "required": ["origin-geography", "date", "generation-method"],
            "properties": {
                **dict.fromkeys(("source", "date", "previous-date"), TEXT),
                "origin": some(NAMED),
                "origin-geography": some(PLACE, 1),
                "generation-period": {
                    "type": "object",
                    "properties": {"start": TEXT, "end": TEXT},
                    "additionalProperties": False,
                },
                "generation-method": some(CODED, 1),
                "format": some(TEXT),
            },
        },
        "use": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "classification": some({"type": "object"}),
                **dict.fromkeys(("consents", "copyright", "patent", "trademark"), some(TEXT)),
                "privacy-indicators": some(
                    {
                        "type": "object",
                        "properties": {"tool": CODED, "parameters": TEXT, "result": TEXT},
                        "required": ["tool"],
                        "additionalProperties": False,
                    }
                ),
                **dict.fromkeys(("processing-included", "processing-excluded"), some(PLACE)),
                **dict.fromkeys(("storage-allowed", "storage-forbidden"), some(PLACE)),
                "license": TEXT,
                "intended-purpose": some({**CODED, "required": ["code", "description"]}),
            },
        },
    },
}
"""What data-standard-1.0.0.schema.json asks for, in our words, and stricter: no other fields."""


def tool(name: str) -> ModuleType:
    """Import a tool, or leave the test with one line."""
    found: ModuleType = pytest.importorskip(
        name, reason=f"{name} is not installed: its reading is not checked"
    )
    return found


@contextmanager
def deaf() -> Iterator[None]:
    """Let a tool warn of what its own libraries have deprecated."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tools")


@pytest.fixture(scope="module")
def dataset(store: Path) -> DatasetId:
    return a_dataset(store)


def test_mlcroissant_validates_the_card_and_loads_every_sealed_row(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    with deaf():
        mlcroissant = tool("mlcroissant")
        folder = store / "datasets" / dataset
        for path in folder.glob("*.parquet"):
            (tmp_path / path.name).symlink_to(path)
        card = tmp_path / "croissant.json"
        card.write_text(croissant(described(store, dataset), layout(store, dataset)))

        read = mlcroissant.Dataset(str(card))
        train = list(read.records("train"))
        held_out = list(read.records("held_out"))

    issues = read.metadata.ctx.issues
    assert not issues.errors
    assert not issues.warnings
    assert read.metadata.ctx.is_v1_1()
    rows = {row.text for row in varied_rows() if row.shard != HELD_OUT}
    assert {record["train/text"].decode() for record in train} == rows
    assert len(train) + len(held_out) == 48
    assert held_out


def test_the_responsible_ai_properties_are_understood(
    store: Path, dataset: DatasetId, tmp_path: Path
) -> None:
    with deaf():
        mlcroissant = tool("mlcroissant")
        card = tmp_path / "croissant.json"
        card.write_text(croissant(described(store, dataset), layout(store, dataset)))

        said = mlcroissant.Dataset(str(card)).metadata

    assert "no say-so, no row" in said.data_collection
    assert said.data_collection_type == ["User-generated content data"]
    assert any("email: 48" in each for each in said.personal_sensitive_information)
    assert len(said.data_limitations) >= 4
    assert len(said.data_use_cases) == 2
    assert "successor" in str(said.data_release_maintenance_plan)
    assert said.data_preprocessing_protocol


def test_every_file_with_rows_is_listed_with_its_hash(store: Path, dataset: DatasetId) -> None:
    card = json.loads(croissant(described(store, dataset), layout(store, dataset)))
    listed = {each["@id"]: each["sha256"] for each in card["distribution"] if "sha256" in each}

    assert listed.keys() == {path.name for path in sealed_files(store, dataset)}
    assert all(len(digest) == 64 for digest in listed.values())
    assert "refusals.parquet" not in listed


def sealed_files(store: Path, dataset: DatasetId) -> list[Path]:
    files = (store / "datasets" / dataset).glob("*.parquet")
    return [path for path in files if path.name != "refusals.parquet"]


def test_the_provenance_card_is_what_its_schema_asks_for(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    card = json.loads(provenance(about, layout(store, dataset)))

    jsonschema.Draft202012Validator(STANDARDS).validate(card)
    assert card["use"]["consents"] == ["notice n1: How your posts are used"]
    assert card["provenance"]["origin-geography"] == [{"country": "to be attested by Harbour"}]
    succeeding = replace(
        about,
        manifest=replace(about.manifest, predecessor="a" * 64),
        predecessor_sealed_at=SEALED_AT,
    )
    after = json.loads(provenance(succeeding, layout(store, dataset)))
    jsonschema.Draft202012Validator(STANDARDS).validate(after)
    assert after["provenance"]["source"] == f"urn:sayso:dataset:{'a' * 64}"
    assert after["provenance"]["previous-date"] == "2026-11-20"


def test_the_schema_here_would_refuse_a_card_without_an_issuer(
    store: Path, dataset: DatasetId
) -> None:
    card = json.loads(provenance(described(store, dataset), layout(store, dataset)))
    del card["source"]["issuer"]

    assert not jsonschema.Draft202012Validator(STANDARDS).is_valid(card)


FACETS = {
    "schema": ("schema_dataset", "SchemaDatasetFacet"),
    "version": ("dataset_version_dataset", "DatasetVersionDatasetFacet"),
    "ownership": ("ownership_dataset", "OwnershipDatasetFacet"),
    "dataQualityMetrics": ("data_quality_metrics_dataset", "DataQualityMetricsDatasetFacet"),
    "inputStatistics": ("input_statistics_input_dataset", "InputStatisticsInputDatasetFacet"),
    "outputStatistics": ("output_statistics_output_dataset", "OutputStatisticsOutputDatasetFacet"),
    "jobType": ("job_type_job", "JobTypeJobFacet"),
    "parent": ("parent_run", "ParentRunFacet"),
}


def facets(written: Mapping[str, Any], of: str) -> dict[str, Any]:
    """Make each facet with OpenLineage's own class, which knows its fields and its version."""
    made = {}
    serde = tool("openlineage.client.serde").Serde
    for name, facet in written.items():
        where = FACETS.get(name, (f"documentation_{of}", f"Documentation{of.title()}Facet"))
        kind = getattr(import_module(f"openlineage.client.generated.{where[0]}"), where[1])
        said = {key: value for key, value in facet.items() if not key.startswith("_")}
        made[name] = kind(**said)
        assert serde.to_dict(made[name])["_schemaURL"] == facet["_schemaURL"]
        assert facet["_producer"]
    return made


def test_openlineage_takes_both_events_of_a_build(store: Path, dataset: DatasetId) -> None:
    model = tool("openlineage.client.event_v2")
    serde = tool("openlineage.client.serde").Serde
    about = described(store, dataset)
    succeeding = replace(about, manifest=replace(about.manifest, predecessor="a" * 64))
    lines = lineage(succeeding, layout(store, dataset)).splitlines()
    events = [json.loads(line) for line in lines]

    for event in events:
        made = model.RunEvent(
            eventType=model.RunState(event["eventType"]),
            eventTime=event["eventTime"],
            producer=event["producer"],
            run=model.Run(event["run"]["runId"], facets(event["run"]["facets"], "run")),
            job=model.Job(
                event["job"]["namespace"],
                event["job"]["name"],
                facets(event["job"]["facets"], "job"),
            ),
            inputs=[
                model.InputDataset(
                    each["namespace"],
                    each["name"],
                    facets(each.get("inputFacets", {}), "dataset"),
                    facets=facets(each["facets"], "dataset"),
                )
                for each in event["inputs"]
            ],
            outputs=[
                model.OutputDataset(
                    each["namespace"],
                    each["name"],
                    facets(each["outputFacets"], "dataset"),
                    facets=facets(each["facets"], "dataset"),
                )
                for each in event["outputs"]
            ],
        )
        assert made.schemaURL == event["schemaURL"]
        assert serde.to_dict(made)["run"]["runId"] == event["run"]["runId"]
    assert [event["eventType"] for event in events] == ["START", "COMPLETE"]


def test_a_lineage_is_made_of_the_dataset_alone(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    start, done = (json.loads(line) for line in lineage(about, layout(store, dataset)).splitlines())

    assert start["run"]["runId"] == done["run"]["runId"] == run_id(dataset)
    assert run_id(dataset) != run_id("0" * 64)
    assert start["run"]["facets"] == {}
    assert start["outputs"] == []
    (made,) = done["outputs"]
    assert made["name"] == f"datasets/{dataset}"
    assert made["outputFacets"]["outputStatistics"]["rowCount"] == 48
    assert [each["name"] for each in start["inputs"]] == ["documents"]


def test_a_lineage_counts_nothing_that_few_wrote(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset, smallest=100)
    done = lineage(about, layout(store, dataset)).splitlines()[1]

    assert "rowCount" not in done
    assert "bytes" not in parse_output(done)


def parse_output(line: str) -> Mapping[str, Any]:
    event = parse(line)
    assert isinstance(event, Mapping)
    outputs: Any = event["outputs"]
    metrics: Mapping[str, Any] = outputs[0]["facets"]["dataQualityMetrics"]
    return metrics

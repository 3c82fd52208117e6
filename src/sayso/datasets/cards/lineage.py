"""A build as OpenLineage run events (2-0-2), one JSON object a line: START, then COMPLETE.

Both carry the moment whose say-so the dataset holds; how long the build took is kept nowhere.
Ids follow from the dataset's: the same dataset gives the same events.
"""

import json
import uuid

from sayso.datasets.cards import statements
from sayso.datasets.cards.columns import columns_of
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.figures import totals
from sayso.evidence.canonical import JSON

PRODUCER = "urn:sayso:build"
_SPEC = "https://openlineage.io/spec"
_EVENT = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
_FACETS = {
    "DatasetVersionDatasetFacet": "1-0-1",
    "DataQualityMetricsDatasetFacet": "1-0-1",
    "DocumentationDatasetFacet": "1-1-0",
    "DocumentationJobFacet": "1-1-0",
    "InputStatisticsInputDatasetFacet": "1-0-0",
    "JobTypeJobFacet": "2-0-4",
    "OutputStatisticsOutputDatasetFacet": "1-0-2",
    "OwnershipDatasetFacet": "1-0-1",
    "ParentRunFacet": "1-2-0",
    "SchemaDatasetFacet": "1-2-0",
}
"""Each facet that is written, and its version."""
_EVERY_COLUMN = ("id", "text")
"""Columns of which the manifest knows that no row lacks them."""


def lineage(described: Described, layout: Layout) -> str:
    """Return the run's two events, one a line, as OpenLineage's file transport writes them."""
    events = [_event(described, layout, kind) for kind in ("START", "COMPLETE")]
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def run_id(dataset_id: str) -> str:
    """Return the id of the run that built a dataset (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sayso:dataset:{dataset_id}"))


def _event(described: Described, layout: Layout, kind: str) -> dict[str, JSON]:
    is_done = kind == "COMPLETE"
    return {
        "eventType": kind,
        "eventTime": described.sealed_at.isoformat(),
        "producer": PRODUCER,
        "schemaURL": _EVENT,
        "run": {"runId": run_id(described.manifest.digest), "facets": _parent(described)},
        "job": _job(described),
        "inputs": _inputs(described, layout),
        "outputs": [_output(described, layout)] if is_done else [],
    }


def _parent(described: Described) -> dict[str, JSON]:
    """Name the run that this one carries on; a dataset without predecessor has none."""
    before = described.manifest.predecessor
    if not before:
        return {}
    job: JSON = {"namespace": _namespace(described), "name": _job_name(described)}
    return {"parent": _facet("ParentRunFacet", run={"runId": run_id(before)}, job=job)}


def _job(described: Described) -> dict[str, JSON]:
    said = f"Decide, redact and seal what may be used for {described.purpose.title}."
    return {
        "namespace": _namespace(described),
        "name": _job_name(described),
        "facets": {
            "documentation": _facet("DocumentationJobFacet", description=said),
            "jobType": _facet(
                "JobTypeJobFacet", processingType="BATCH", integration="SAYSO", jobType="JOB"
            ),
        },
    }


def _inputs(described: Described, layout: Layout) -> list[JSON]:
    manifest = described.manifest
    read, *_ = totals(manifest, described.smallest)
    told = "What members wrote, as the network held it at that moment."
    documents: dict[str, JSON] = {
        "namespace": _namespace(described),
        "name": "documents",
        "facets": {"documentation": _facet("DocumentationDatasetFacet", description=told)},
        "inputFacets": {}
        if read is None
        else {"inputStatistics": _facet("InputStatisticsInputDatasetFacet", rowCount=read)},
    }
    if not manifest.predecessor:
        return [documents]
    before: dict[str, JSON] = {
        "namespace": _namespace(described),
        "name": f"datasets/{manifest.predecessor}",
        "facets": {
            "schema": _schema(layout),
            "version": _facet("DatasetVersionDatasetFacet", datasetVersion=manifest.predecessor),
        },
    }
    return [documents, before]


def _output(described: Described, layout: Layout) -> dict[str, JSON]:
    manifest = described.manifest
    _, rows, _ = totals(manifest, described.smallest)
    counted: dict[str, JSON] = {} if rows is None else {"rowCount": rows}
    columns: JSON = {
        name: {"nullCount": 0, **({} if rows is None else {"count": rows})}
        for name in _EVERY_COLUMN
    }
    return {
        "namespace": _namespace(described),
        "name": f"datasets/{manifest.digest}",
        "facets": {
            "schema": _schema(layout),
            "version": _facet("DatasetVersionDatasetFacet", datasetVersion=manifest.digest),
            "documentation": _facet(
                "DocumentationDatasetFacet", description=statements.summary(described)
            ),
            "ownership": _facet(
                "OwnershipDatasetFacet",
                owners=[{"name": described.controller.name, "type": "CONTROLLER"}],
            ),
            "dataQualityMetrics": _facet(
                "DataQualityMetricsDatasetFacet",
                **(counted and {**counted, "bytes": manifest.text_bytes}),
                columnMetrics=columns,
            ),
        },
        "outputFacets": {
            "outputStatistics": _facet(
                "OutputStatisticsOutputDatasetFacet", **counted, fileCount=len(layout.files)
            )
        },
    }


def _schema(layout: Layout) -> JSON:
    return _facet(
        "SchemaDatasetFacet",
        fields=[
            {"name": each.name, "type": each.arrow, "description": each.said}
            for each in columns_of(layout.schema)
        ],
    )


def _facet(name: str, **said: JSON) -> JSON:
    where = f"{_SPEC}/facets/{_FACETS[name]}/{name}.json#/$defs/{name}"
    return {"_producer": PRODUCER, "_schemaURL": where, **said}


def _namespace(described: Described) -> str:
    return f"sayso://{described.controller.name}"


def _job_name(described: Described) -> str:
    return f"build.{described.manifest.purpose}"

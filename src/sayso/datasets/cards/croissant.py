"""The card in Croissant 1.1 (JSON-LD, MLCommons 2025-12-10) with the RAI vocabulary 1.0."""

import json
from collections.abc import Mapping, Sequence

from sayso.datasets.cards import statements
from sayso.datasets.cards.columns import Column, Holds, columns_of
from sayso.datasets.cards.described import Described, File, Layout, Split, urn
from sayso.datasets.cards.figures import NOT_STATED, OTHERS, figures
from sayso.evidence.canonical import JSON

CONFORMS_TO = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")
PARQUET = ("application/vnd.apache.parquet", "application/x-parquet")
"""The registered media type, and the one that loaders of Croissant know."""

_TERMS = (
    *("annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty"),
    *("excludes", "extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path"),
    *("readLines", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("sdVersion", "separator", "source", "subField", "transform", "unArchive", "value"),
)
_CONTEXT: Mapping[str, JSON] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "ai": "https://w3id.org/dpv/ai#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""The context of the standard's appendix 1, and the vocabularies of DPV, ODRL and PROV."""

_TYPES = {
    Holds.TEXT: "sc:Text",
    Holds.DAY: "sc:Date",
    Holds.MOMENT: "sc:DateTime",
    Holds.TRUTH: "sc:Boolean",
    Holds.NUMBER: "sc:Integer",
}
_AUTHORS = "members"


def croissant(described: Described, layout: Layout) -> str:
    """Return the card as JSON-LD, to lie in the folder that the files' names begin at."""
    card: dict[str, JSON] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        **_of_the_dataset(described),
        **_responsibly(described),
        **_lineage(described),
        "usageInfo": _offer(described),
        "distribution": [
            *(_file(each) for each in layout.files),
            *(_file_set(each) for each in layout.splits),
        ],
        "recordSet": [_record_set(each, columns_of(layout.schema)) for each in layout.splits],
    }
    return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


def _of_the_dataset(described: Described) -> dict[str, JSON]:
    manifest, controller = described.manifest, described.controller
    who: dict[str, JSON] = {"@type": "sc:Organization", "name": controller.name}
    if controller.site:
        who["url"] = controller.site
    return {
        "conformsTo": CONFORMS_TO,
        "name": described.name,
        "identifier": manifest.digest,
        "description": statements.summary(described),
        "url": controller.site or described.urn,
        "license": statements.attested_by(described),
        "version": f"{described.version}.0.0",
        "datePublished": described.day.isoformat(),
        "creator": who,
        "publisher": who,
        "inLanguage": _names(described, "languages"),
        "isLiveDataset": False,
        "citeAs": f"{controller.name}: dataset {manifest.digest}, sealed {described.day}.",
        "keywords": ["sayso", manifest.purpose, *_names(described, "kinds")],
    }


def _responsibly(described: Described) -> dict[str, JSON]:
    manifest = described.manifest
    years = sorted(_names(described, "years"))
    licences = _names(described, "licences")
    redacted = figures(manifest, "redactions", described.smallest)
    taken_out = "; ".join(f"{each.name}: {each.text}" for each in redacted) or "none found"
    refused = figures(manifest, "refusals", described.smallest)
    return {
        "rai:dataCollection": f"{statements.COLLECTION} {statements.say_so(described)}",
        "rai:dataCollectionType": ["User-generated content data"],
        "rai:dataCollectionRawData": "Sources: " + _listed(_names(described, "sources")) + ".",
        **(
            {"rai:dataCollectionTimeframe": [f"{years[0]}-01-01", f"{years[-1]}-12-31"]}
            if years
            else {}
        ),
        "rai:dataCollectionMissingData": "Left out, by rule: "
        + ("; ".join(f"{each.name}: {each.text}" for each in refused) or "nothing")
        + ".",
        "rai:dataPreprocessingProtocol": statements.PREPARATION,
        "rai:dataAnnotationProtocol": statements.ANNOTATION,
        "rai:machineAnnotationTools": [f"Sayso's detectors {manifest.detectors}"],
        "rai:personalSensitiveInformation": [
            f"Personal data taken out, by kind and how often: {taken_out}.",
            statements.LIMITATIONS[0],
        ],
        "rai:dataUseCases": [*statements.USES, f"Not for: {statements.NOT_FOR}"],
        "rai:dataLimitations": [
            *statements.LIMITATIONS,
            f"Licences of the texts: {_listed(licences)}.",
        ],
        "rai:dataBiases": [statements.LIMITATIONS[1]],
        "rai:dataSocialImpact": statements.attested_by(described),
        "rai:dataReleaseMaintenancePlan": statements.MAINTENANCE,
    }


def _lineage(described: Described) -> dict[str, JSON]:
    built: dict[str, JSON] = {
        "@type": "prov:Activity",
        "prov:label": "sayso build",
        "prov:endedAtTime": described.sealed_at.isoformat(),
    }
    agent: JSON = {"@type": "prov:Agent", "prov:label": described.controller.name}
    lineage: dict[str, JSON] = {"prov:wasGeneratedBy": built, "prov:wasAttributedTo": agent}
    if described.manifest.predecessor:
        lineage["prov:wasDerivedFrom"] = {"@id": urn(described.manifest.predecessor)}
    return lineage


def _offer(described: Described) -> JSON:
    """Say what the members allowed, in ODRL, as section "Data Use Conditions" advises."""
    purpose = described.purpose
    return {
        "@type": ["CreativeWork", "odrl:Offer"],
        "name": f"What the members allowed: {purpose.title}",
        "odrl:permission": {
            "@type": "odrl:Permission",
            "odrl:action": {"@id": purpose.processing, "name": described.manifest.purpose},
            "odrl:constraint": [
                {
                    "@type": "odrl:Constraint",
                    "name": "For this purpose alone",
                    "odrl:leftOperand": {"@id": "odrl:purpose"},
                    "odrl:operator": {"@id": "odrl:eq"},
                    "odrl:rightOperand": {"@id": purpose.dpv},
                }
            ],
        },
    }


def _file(file: File) -> JSON:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.size_bytes} B",
        "encodingFormat": PARQUET,
        "sha256": file.sha256,
    }


def _file_set(split: Split) -> JSON:
    return {
        "@type": "cr:FileSet",
        "@id": _files_of(split),
        "name": _files_of(split),
        "description": f"The files of the split {split.name}.",
        "encodingFormat": PARQUET,
        "includes": split.pattern,
    }


def _record_set(split: Split, columns: Sequence[Column]) -> JSON:
    return {
        "@type": "cr:RecordSet",
        "@id": split.name,
        "name": split.name,
        "description": split.said,
        "key": {"@id": f"{split.name}/id"},
        "field": [_field(split, each) for each in columns],
    }


def _field(split: Split, column: Column) -> JSON:
    field: dict[str, JSON] = {
        "@type": "cr:Field",
        "@id": f"{split.name}/{column.name}",
        "name": column.name,
        "description": column.said,
        "dataType": _TYPES[column.holds],
        "source": {"fileSet": {"@id": _files_of(split)}, "extract": {"column": column.name}},
    }
    if column.is_list:
        field |= {"isArray": True, "arrayShape": "-1"}
    if column.name == _AUTHORS:
        field["equivalentProperty"] = "prov:wasAttributedTo"
    return field


def _files_of(split: Split) -> str:
    return f"{split.name}-files"


def _names(described: Described, counts: str) -> list[str]:
    found = figures(described.manifest, counts, described.smallest)
    return [each.name for each in found if each.name not in {NOT_STATED, OTHERS}]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or NOT_STATED

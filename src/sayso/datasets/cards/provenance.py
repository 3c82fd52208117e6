"""The card in the Data Provenance Standards 1.0.0 of the Data & Trust Alliance, as JSON."""

import json

from sayso.consent.purposes import Purpose
from sayso.datasets.cards import statements
from sayso.datasets.cards.described import Described, Layout, urn
from sayso.datasets.cards.figures import NOT_STATED, OTHERS, figures
from sayso.evidence.canonical import JSON

VERSION = "1.0.0"
_SYSTEM = "https://dataandtrustalliance.org/DPS/CodeSystem"
_USES = {Purpose.GENAI_TRAINING: ("ai-pre-training", "AI Pre-Training")}
"""Purposes for which the standard has a code; others are told under their own name."""


def provenance(described: Described, layout: Layout) -> str:
    """Return source, provenance and use, as `data-standard-1.0.0.schema.json` asks for them."""
    del layout
    card = {
        "source": _source(described),
        "provenance": _provenance(described),
        "use": _use(described),
    }
    return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


def _source(described: Described) -> dict[str, JSON]:
    controller = described.controller
    issuer: dict[str, JSON] = {"name": controller.name}
    if controller.address:
        issuer["address"] = [controller.address]
    return {
        "version": VERSION,
        "title": f"{controller.name}, dataset {described.manifest.digest[:12]}",
        "id": described.urn,
        "issuer": [issuer],
        "description": f"{statements.summary(described)} {statements.say_so(described)}",
    }


def _provenance(described: Described) -> dict[str, JSON]:
    manifest = described.manifest
    years = sorted(_names(described, "years"))
    found: dict[str, JSON] = {
        "origin-geography": [{"country": statements.attested_by(described)}],
        "date": described.day.isoformat(),
        "generation-method": [
            {
                "code": "user-generated-content-social-media",
                "system": f"{_SYSTEM}/Method",
                "description": statements.COLLECTION,
            }
        ],
        "format": ["text", "application/vnd.apache.parquet"],
    }
    if years:
        found["generation-period"] = {"start": years[0], "end": years[-1]}
    if manifest.predecessor:
        found["source"] = urn(manifest.predecessor)
    if described.predecessor_sealed_at is not None:
        found["previous-date"] = described.predecessor_sealed_at.date().isoformat()
    return found


def _use(described: Described) -> dict[str, JSON]:
    manifest = described.manifest
    redacted = figures(manifest, "redactions", described.smallest)
    found: dict[str, JSON] = {
        "consents": [_notice(each.id, each.title) for each in described.notices],
        "privacy-indicators": [
            {
                "tool": {
                    "code": "data-redaction",
                    "system": f"{_SYSTEM}/PET",
                    "description": statements.REDACTION,
                },
                "parameters": f"detectors {manifest.detectors}; names {manifest.directory}",
                "result": "; ".join(f"{each.name}: {each.text}" for each in redacted)
                or "nothing was found to take out",
            },
            {
                "tool": {
                    "code": "pseudonymization",
                    "system": f"{_SYSTEM}/PET",
                    "description": "Rows are named and put into groups by keyed hashes.",
                }
            },
        ],
        "license": statements.attested_by(described),
        "intended-purpose": [_purpose(described)],
        "copyright": [
            f"{each.name}: {each.text} documents"
            for each in figures(manifest, "licences", described.smallest)
        ],
    }
    if described.controller.storage:
        found["storage-allowed"] = [{"country": described.controller.storage}]
    return found


def _notice(notice_id: str, title: str) -> str:
    return f"notice {notice_id}: {title}" if title else f"notice {notice_id}"


def _purpose(described: Described) -> dict[str, JSON]:
    purpose = Purpose(described.manifest.purpose)
    if purpose in _USES:
        code, said = _USES[purpose]
        told = f"{said}: {described.purpose.title}"
        return {"code": code, "system": f"{_SYSTEM}/Use", "description": told}
    return {"code": purpose, "description": described.purpose.title}


def _names(described: Described, counts: str) -> list[str]:
    found = figures(described.manifest, counts, described.smallest)
    return [each.name for each in found if each.name not in {NOT_STATED, OTHERS}]

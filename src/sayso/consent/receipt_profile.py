"""What a receipt must hold by the DPV profile of ISO/IEC TS 27560, and why it may not.

Source: W3C DPV 2.3, guide to `dpv-27560`; the ISO text itself was not read. A field that cannot
be filled is named with its reason: a gap is told, never left for the reader to notice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sayso.evidence.canonical import JSON


class Demand(StrEnum):
    """Who asks for a field."""

    ISO = "mandatory in ISO/IEC TS 27560"
    GDPR = "optional there, mandatory under the GDPR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its place in our JSON-LD, and what is said where it stays empty."""

    section: str
    name: str
    path: tuple[str | int, ...]
    demand: Demand
    if_absent: str


_PLACES: Mapping[str, tuple[str | int, ...]] = {
    "top": (),
    "process": ("dpv:hasProcess", 0),
    "party": ("dpv:hasDataController",),
    "event": ("dpv:hasConsentStatus", 0),
}
_NEVER = "Every receipt has it."
_UNSAID = "The operator has not said it."
_NO_NOTICE = "No notice was in force when this was said; without one a yes does not count."
_KEPT = "Nothing is passed on for this purpose."
_WHERE_YOU_LIVE = (
    "The operator has named none. Under the GDPR it is that of the member state in which you "
    "live or work (Art. 77)."
)
_NOT_ASKED = "None is asked for. What a text reveals, its author put there."
_NO_IS_NONE = "A no is no consent, so it is of no type of consent."

FIELDS: tuple[Field, ...] = tuple(
    Field(section=section, name=name, path=(*_PLACES[at], key), demand=demand, if_absent=if_absent)
    for section, name, at, key, demand, if_absent in (
        ("header", "schema version", "top", "dct:conformsTo", Demand.ISO, _NEVER),
        ("header", "receipt id", "top", "dct:identifier", Demand.ISO, _NEVER),
        ("header", "pii principal id", "top", "dpv:hasDataSubject", Demand.ISO, _NEVER),
        ("processing", "privacy notice", "process", "dpv:hasNotice", Demand.ISO, _NO_NOTICE),
        ("processing", "language", "process", "dct:language", Demand.ISO, _NEVER),
        ("processing", "purpose", "process", "dpv:hasPurpose", Demand.ISO, _NEVER),
        ("processing", "pii type", "process", "dpv:hasPersonalData", Demand.ISO, _NO_NOTICE),
        ("processing", "pii controllers", "top", "dpv:hasDataController", Demand.ISO, _NEVER),
        (
            "processing",
            "storage locations",
            "process",
            "dpv:hasStorageLocation",
            Demand.ISO,
            _UNSAID,
        ),
        ("processing", "retention period", "process", "dpv:hasStorageDuration", Demand.ISO, _NEVER),
        ("processing", "jurisdiction", "top", "dpv:hasJurisdiction", Demand.ISO, _NEVER),
        (
            "processing",
            "recipient third parties",
            "process",
            "dpv:hasRecipientThirdParty",
            Demand.ISO,
            _KEPT,
        ),
        (
            "processing",
            "withdrawal method",
            "process",
            "dpv:hasWithdrawalMethod",
            Demand.ISO,
            _NEVER,
        ),
        ("processing", "lawful basis", "process", "dpv:hasLegalBasis", Demand.GDPR, _NEVER),
        ("processing", "processing method", "process", "dpv:hasProcessing", Demand.GDPR, _NEVER),
        ("processing", "rights", "process", "dpv:hasRight", Demand.GDPR, _NEVER),
        ("processing", "authority", "party", "dpv:hasAuthority", Demand.GDPR, _WHERE_YOU_LIVE),
        (
            "processing",
            "special category",
            "process",
            "dpv:hasSensitivityLevel",
            Demand.GDPR,
            _NOT_ASKED,
        ),
        ("parties", "party id", "party", "@id", Demand.ISO, _NEVER),
        ("parties", "party type", "party", "@type", Demand.ISO, _NEVER),
        ("parties", "party name", "party", "dpv:hasName", Demand.ISO, _NEVER),
        ("parties", "party address", "party", "dpv:hasAddress", Demand.ISO, _UNSAID),
        ("parties", "party contact", "party", "dpv:hasContact", Demand.ISO, _UNSAID),
        ("events", "event time", "event", "dct:date", Demand.ISO, _NEVER),
        ("events", "validity duration", "event", "dpv:hasDuration", Demand.ISO, _NEVER),
        ("events", "entity id", "event", "dpv:isIndicatedBy", Demand.ISO, _NEVER),
        ("events", "event type", "event", "dpv:hasConsentType", Demand.ISO, _NO_IS_NONE),
        ("events", "event state", "event", "@type", Demand.ISO, _NEVER),
    )
)


def found(document: JSON, path: Sequence[str | int]) -> JSON:
    """Return what stands at `path`, or None."""
    here = cast("Any", document)
    try:
        for step in path:
            here = here[step]
    except (KeyError, IndexError, TypeError):  # nothing of that name, or nothing to look in
        return None
    return cast("JSON", here)


def absent(document: JSON) -> list[JSON]:
    """Return each field that is empty in a receipt, with who asks for it and the reason."""
    return [
        {
            "sayso:field": f"{field.section}: {field.name}",
            "sayso:demand": str(field.demand),
            "sayso:reason": field.if_absent,
        }
        for field in FIELDS
        if found(document, field.path) in (None, "", [], (), {})
    ]

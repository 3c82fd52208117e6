"""What a member holds of a choice: ISO/IEC TS 27560 by W3C DPV's profile, with its own proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.community import Region
from sayso.consent.choices import Answer
from sayso.consent.events import Event, EventKind
from sayso.consent.ledger import Recorded
from sayso.consent.notices import Notice
from sayso.consent.policy import Basis
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.errors import NotFound
from sayso.evidence import canonical
from sayso.evidence.canonical import JSON

FORMAT = "https://w3id.org/dpv/schema/dpv-27560#receipt-record"
_CONTEXT: dict[str, JSON] = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "ai": "https://w3id.org/dpv/ai#",
    "dct": "http://purl.org/dc/terms/",
    "sayso": "urn:sayso:terms:1:",
}
_BASIS: dict[Basis, str] = {
    Basis.CONSENT: "eu-gdpr:A6-1-a",
    Basis.CONTRACT: "eu-gdpr:A6-1-b",
    Basis.LEGITIMATE_INTEREST: "eu-gdpr:A6-1-f",
    Basis.NOTICE: "dpv:LegalBasis",
}
_RIGHTS = ("eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A20", "eu-gdpr:A21")


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who answers for the use. Empty fields are left out: nothing is made up."""

    name: str
    address: str = ""
    contact: str = ""
    storage_locations: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProof:
    """The proof of the event's leaf (tlog-proof) and the key that signed its checkpoint."""

    text: str
    vkey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Under what the choice was made: whose rules, which notice, which legal basis."""

    region: Region
    notice: Notice | None
    basis: Basis = Basis.CONSENT


def receipt(
    recorded: Recorded, *, controller: Controller, grounds: Grounds, proof: LogProof
) -> dict[str, JSON]:
    """Return the receipt of a choice as JSON-LD.

    It carries the record, its salt and the log's proof: whoever holds it can check it offline,
    and still can when we have erased our own copy.

    Raises:
        NotFound: the event is no choice, or its record was erased.
    """
    event = recorded.event
    if event.kind is not EventKind.CHOICE or not recorded.record:
        raise NotFound(
            f"Event {event.event_id!r} has no receipt: only a readable choice has one.",
            hint="An erased member keeps the receipts that were handed out before.",
        )
    return {
        "@context": _CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "@id": f"urn:uuid:{event.event_id}",
        "dct:conformsTo": FORMAT,
        "dct:identifier": event.event_id,
        "dpv:hasDataSubject": event.member_id,
        "dpv:hasJurisdiction": grounds.region,
        "dpv:hasDataController": _controller(controller),
        "dpv:hasProcess": [_process(event, grounds)],
        "dpv:hasConsentStatus": [_status(recorded)],
        "proof": _proof(recorded, proof),
    }


def leaf_entry(commitment: str) -> bytes:
    """Return the log entry of an event with that commitment."""
    return canonical.canonical({"commitment": commitment, "kind": "event"})


def _controller(controller: Controller) -> dict[str, JSON]:
    told: dict[str, JSON] = {
        "@type": "dpv:DataController",
        "dpv:hasName": controller.name,
        "dpv:hasAddress": controller.address,
        "dpv:hasContact": controller.contact,
        "dpv:hasStorageLocation": controller.storage_locations,
        "dpv:hasRecipientThirdParty": controller.recipients,
    }
    return {name: value for name, value in told.items() if value}


def _process(event: Event, grounds: Grounds) -> dict[str, JSON]:
    purpose = Purpose(str(event.body["purpose"]))
    said = PURPOSES[purpose]
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@id": f"sayso:{purpose}",
            "dct:title": said.title,
            "dct:description": said.plain,
            "dpv:isSubTypeOf": said.dpv,
        },
        "dpv:hasProcessing": _processing(purpose),
        "dpv:hasLegalBasis": _BASIS[grounds.basis],
        "dpv:hasPersonalData": _data(event, grounds.notice),
        "dpv:hasNotice": _notice(grounds.notice, str(event.body["language"])),
        "dpv:hasRight": _RIGHTS,
        "dpv:hasWithdrawalMethod": f"Settings & privacy: {said.title}. {said.if_no}",
    }


def _processing(purpose: Purpose) -> list[JSON]:
    if purpose is Purpose.GENAI_TRAINING:
        return ["ai:ModelTraining"]
    return ["dpv:Use"]


def _data(event: Event, notice: Notice | None) -> Sequence[JSON]:
    target = str(event.body["target"])
    if target:
        return [f"{event.body['scope']} {target}"]
    return [str(category) for category in notice.categories] if notice else []


def _notice(notice: Notice | None, language: str) -> dict[str, JSON] | None:
    if notice is None:
        return None
    return {
        "@type": "dpv:PrivacyNotice",
        "@id": f"sayso:notice:{notice.id}",
        "dct:title": notice.title,
        "dct:language": language,
        "sayso:sha256": notice.digest,
    }


def _status(recorded: Recorded) -> dict[str, JSON]:
    body = recorded.event.body
    said_yes = body["answer"] == Answer.YES
    return {
        "@type": "dpv:ConsentGiven" if said_yes else "dpv:ConsentWithdrawn",
        "dct:date": recorded.recorded_at.isoformat(),
        "sayso:occurredAt": recorded.event.occurred_at.isoformat(),
        "sayso:mechanism": str(body["mechanism"]),
        "dpv:hasConsentType": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasDuration": "until withdrawn",
        "dpv:isIndicatedBy": recorded.event.member_id,
    }


def _proof(recorded: Recorded, proof: LogProof) -> dict[str, JSON]:
    return {
        "record": recorded.record.decode("utf-8"),
        "salt": recorded.salt.hex(),
        "commitment": recorded.commitment,
        "leaf": leaf_entry(recorded.commitment).decode("utf-8"),
        "log_position": recorded.leaf,
        "log_proof": proof.text,
        "vkey": proof.vkey,
    }

"""What a member holds of a choice: ISO/IEC TS 27560 by W3C DPV's profile, with its own proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.community import Region
from sayso.consent.choices import Answer
from sayso.consent.events import Event, EventKind
from sayso.consent.ledger import Recorded
from sayso.consent.notices import Notice
from sayso.consent.policy import Basis
from sayso.consent.purposes import PURPOSES, Purpose, PurposeText, undeclared
from sayso.consent.receipt_profile import absent
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
_OWN_ACTS = frozenset({"switch", "api"})
"""How a choice reaches us straight from the member, and through nobody else."""
_RIGHTS = ("eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A20", "eu-gdpr:A21")


class Status(StrEnum):
    """Where consent stands after a choice (DPV 2.3); the first two alone are valid consent."""

    GIVEN = "dpv:ConsentGiven"
    RENEWED = "dpv:RenewedConsentGiven"
    REFUSED = "dpv:ConsentRefused"
    WITHDRAWN = "dpv:ConsentWithdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who answers for the use. What is empty is told as absent: nothing is made up."""

    name: str
    address: str = ""
    contact: str = ""
    storage_locations: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProof:
    """The proof of the event's leaf (tlog-proof) and the key that signed its checkpoint."""

    text: str
    vkey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Under what the choice was made: whose rules, which notice, which basis, which words."""

    region: Region
    notice: Notice | None
    basis: Basis = Basis.CONSENT
    purposes: Mapping[Purpose, PurposeText] = field(default_factory=lambda: PURPOSES)


def receipt(
    recorded: Recorded,
    *,
    controller: Controller,
    grounds: Grounds,
    proof: LogProof,
    history: Sequence[Recorded] = (),
) -> dict[str, JSON]:
    """Return the receipt of a choice as JSON-LD, in the profile of `consent.receipt_profile`.

    It carries the record, its salt and the log's proof: whoever holds it can check it offline,
    and still can when we have erased our own copy. `history` is the member's, for what the
    choice changed: a no without a yes before it refuses, and withdraws nothing.

    Raises:
        NotFound: the event is no choice, or its record was erased.
    """
    event = recorded.event
    if event.kind is not EventKind.CHOICE or not recorded.record:
        raise NotFound(
            f"Event {event.event_id!r} has no receipt: only a readable choice has one.",
            hint="An erased member keeps the receipts that were handed out before.",
        )
    told: dict[str, JSON] = {
        "@context": _CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "@id": f"urn:uuid:{event.event_id}",
        "dct:conformsTo": FORMAT,
        "dct:identifier": event.event_id,
        "dpv:hasDataSubject": event.member_id,
        "dpv:hasJurisdiction": grounds.region,
        "dpv:hasDataController": _controller(controller),
        "dpv:hasProcess": [_process(event, grounds, controller)],
        "dpv:hasConsentStatus": [_status(recorded, status_of(recorded, history))],
    }
    return {**told, "sayso:absent": absent(told), "proof": _proof(recorded, proof)}


def status_of(recorded: Recorded, history: Sequence[Recorded]) -> Status:
    """Return what a choice made of the member's consent, given what they had said before it."""
    body = recorded.event.body
    before = [
        each.event.body
        for each in history
        if each.seq < recorded.seq
        and each.event.kind is EventKind.CHOICE
        and each.event.body.get("purpose") == body["purpose"]
    ]
    if body["answer"] == Answer.YES:
        same = [each["answer"] for each in before if _asked(each) == _asked(body)]
        return Status.RENEWED if same and same[-1] == Answer.YES else Status.GIVEN
    taken_back = any(each["answer"] == Answer.YES and _may_overlap(each, body) for each in before)
    return Status.WITHDRAWN if taken_back else Status.REFUSED


def _asked(body: Mapping[str, JSON]) -> tuple[JSON, JSON]:
    return body["scope"], body["target"]


def _may_overlap(one: Mapping[str, JSON], other: Mapping[str, JSON]) -> bool:
    """Whether both may speak of one text: not where each names another of the same sort."""
    return one["scope"] != other["scope"] or one["target"] == other["target"]


def leaf_entry(commitment: str) -> bytes:
    """Return the log entry of an event with that commitment."""
    return canonical.canonical({"commitment": commitment, "kind": "event"})


def _controller(controller: Controller) -> dict[str, JSON]:
    told: dict[str, JSON] = {
        "@type": "dpv:DataController",
        "@id": f"sayso:controller:{canonical.digest(controller.name)[:16]}",
        "dpv:hasName": controller.name,
        "dpv:hasAddress": controller.address,
        "dpv:hasContact": controller.contact,
        "dpv:hasAuthority": controller.authority,
    }
    return {name: value for name, value in told.items() if value}


def _process(event: Event, grounds: Grounds, controller: Controller) -> dict[str, JSON]:
    purpose = Purpose(str(event.body["purpose"]))
    said = grounds.purposes.get(purpose) or undeclared(purpose)
    told: dict[str, JSON] = {
        "@type": "dpv:Process",
        "dct:language": event.body["language"],
        "dpv:hasPurpose": {
            "@id": f"sayso:{purpose}",
            "dct:title": said.title,
            "dct:description": said.plain,
            "dpv:isSubTypeOf": said.dpv,
        },
        "dpv:hasProcessing": [said.processing],
        "dpv:hasLegalBasis": _BASIS[grounds.basis],
        "dpv:hasPersonalData": _data(event, grounds.notice),
        "dpv:hasNotice": _notice(grounds.notice, str(event.body["language"])),
        "dpv:hasRight": _RIGHTS,
        "dpv:hasStorageLocation": controller.storage_locations,
        "dpv:hasStorageDuration": "Until you say no, or delete the text or your account.",
        "dpv:hasRecipientThirdParty": _recipients(said, controller),
        "dpv:hasWithdrawalMethod": f"Settings & privacy: {said.title}. {said.if_no}",
    }
    return {name: value for name, value in told.items() if value}


def _recipients(said: PurposeText, controller: Controller) -> Sequence[JSON]:
    if not said.discloses_to_third_parties:
        return ()
    return controller.recipients or (said.recipients[:1].upper() + said.recipients[1:],)


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


def _status(recorded: Recorded, status: Status) -> dict[str, JSON]:
    body = recorded.event.body
    said_yes = body["answer"] == Answer.YES
    is_own_act = body["mechanism"] in _OWN_ACTS
    told: dict[str, JSON] = {
        "@type": str(status),
        "dct:date": recorded.recorded_at.isoformat(),
        "sayso:occurredAt": recorded.event.occurred_at.isoformat(),
        "sayso:mechanism": str(body["mechanism"]),
        "dpv:hasDuration": "until withdrawn" if said_yes else "until a yes",
        "dpv:isIndicatedBy": recorded.event.member_id,
    }
    if said_yes:
        kind = "dpv:ExplicitlyExpressedConsent" if is_own_act else "dpv:ExpressedConsent"
        told["dpv:hasConsentType"] = kind
    return told


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

"""A choice's receipt for the member who made it, with its proof from the log."""

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import Request

from sayso.consent.choices import Choice
from sayso.consent.ledger import EventKind, Recorded
from sayso.errors import NotFound
from sayso.evidence.canonical import JSON
from sayso.rights.proofs import controller_of, proof_of, receipt_of
from sayso.web.visits import Visit, visiting


def of(request: Request, event_id: str) -> dict[str, JSON]:
    """Return the receipt of one of the signed-in member's choices, once it is committed.

    Raises:
        NotFound: the member made no such choice.
    """
    with visiting(request) as visit:
        _require_own(visit, event_id)
        return receipt_of(visit.stores, event_id, controller_of(visit.site.network.settings))


def proof(request: Request, event_id: str) -> str:
    """Return the log's proof of one of the signed-in member's choices.

    Raises:
        NotFound: the member made no such choice.
    """
    with visiting(request) as visit:
        _require_own(visit, event_id)
        return proof_of(visit.stores, event_id)


def as_first_said(visit: Visit, choice: Choice) -> Choice:
    """Give a repeated choice the notice it was first recorded with, so that it is the same."""
    recorded = _recorded(visit, choice.event_id)
    if recorded is None:
        return choice
    return replace(choice, notice_id=str(recorded.event.body.get("notice_id", "")))


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _require_own(visit: Visit, event_id: str) -> None:
    recorded = _recorded(visit, event_id)
    if recorded is None or recorded.event.kind is not EventKind.CHOICE:
        raise NotFound("You made no choice of that name.")


def _recorded(visit: Visit, event_id: str) -> Recorded | None:
    for each in visit.stores.ledger.history(visit.member.id):
        if each.event.event_id == event_id:
            return each
    return None

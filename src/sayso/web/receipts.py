"""A choice's receipt for the member who made it, with its proof from the log."""

from datetime import UTC, datetime

from fastapi import Request

from sayso.consent.ledger import EventKind
from sayso.errors import BadInput, NotFound
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


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is UTC already.

    Raises:
        BadInput: it lies outside the years that a calendar has.
    """
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise BadInput(
            f"{moment.isoformat()} is no moment of ours.", hint="Send the time of the act."
        ) from error


def _require_own(visit: Visit, event_id: str) -> None:
    recorded = visit.stores.ledger.known([event_id]).get(event_id)
    own = visit.stores.accounts.of(visit.member.id)
    if (
        recorded is None
        or recorded.event.kind is not EventKind.CHOICE
        or recorded.event.member_id not in own
    ):
        raise NotFound("You made no choice of that name.")

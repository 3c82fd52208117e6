"""A data-subject request: what was asked, where it stands, and the only ways it may move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.community import MemberId
from sayso.errors import BadInput, Refused


class RequestKind(StrEnum):
    """What a member may ask for (GDPR articles 15, 17, 20 and 21)."""

    ACCESS = "access"
    ERASURE = "erasure"
    OBJECTION = "objection"


class RequestState(StrEnum):
    """Where a request stands: what OpenDSR, the Data Rights Protocol and Fides know, together."""

    RECEIVED = "received"
    NEED_VERIFICATION = "need-verification"
    VERIFIED = "verified"
    IN_PROGRESS = "in-progress"
    FULFILLED = "fulfilled"
    PARTIALLY_FULFILLED = "partially-fulfilled"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DUPLICATE = "duplicate"


class Reason(StrEnum):
    """Why not, or not wholly: the justifications of the Data Privacy Vocabulary 2.3."""

    IDENTITY_FAILED = "dpv:IdentityVerificationFailure"
    UNFOUNDED = "dpv:ProcessUnfounded"
    EXCESSIVE = "dpv:ProcessExcessive"
    LEGAL_OBLIGATION = "dpv:LegalObligationImpaired"
    FREE_SPEECH = "dpv:FreedomOfExpressionImpaired"
    OTHERS_RIGHTS = "dpv:ThirdPartyRightsImpaired"


_S = RequestState
_ENDS = (_S.PARTIALLY_FULFILLED, _S.DENIED, _S.WITHDRAWN)
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    _S.RECEIVED: frozenset(
        {_S.NEED_VERIFICATION, _S.VERIFIED, _S.DENIED, _S.WITHDRAWN, _S.DUPLICATE}
    ),
    _S.NEED_VERIFICATION: frozenset({_S.VERIFIED, _S.DENIED, _S.WITHDRAWN, _S.EXPIRED}),
    _S.VERIFIED: frozenset({_S.IN_PROGRESS, _S.DENIED, _S.WITHDRAWN}),
    _S.IN_PROGRESS: frozenset({_S.FULFILLED, *_ENDS}),
    _S.FULFILLED: frozenset(),
    _S.PARTIALLY_FULFILLED: frozenset(),
    _S.DENIED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.DUPLICATE: frozenset(),
}
"""From each state, the states that may follow. Without a way out a state is final."""

FINAL = frozenset(state for state, following in MOVES.items() if not following)
NEEDS_REASON = frozenset({RequestState.DENIED, RequestState.PARTIALLY_FULFILLED})
"""A refusal names its reason (GDPR Art. 12(4))."""

OPENDSR: Mapping[RequestState, str] = {
    _S.RECEIVED: "pending",
    _S.NEED_VERIFICATION: "pending",
    _S.VERIFIED: "pending",
    _S.IN_PROGRESS: "in_progress",
    _S.FULFILLED: "completed",
    _S.PARTIALLY_FULFILLED: "completed",
    _S.DENIED: "cancelled",
    _S.WITHDRAWN: "cancelled",
    _S.EXPIRED: "cancelled",
    _S.DUPLICATE: "cancelled",
}
"""What each state is called in OpenDSR 2.0."""

DRP: Mapping[RequestState, str] = {
    _S.RECEIVED: "open",
    _S.NEED_VERIFICATION: "in_progress(need_user_verification)",
    _S.VERIFIED: "in_progress",
    _S.IN_PROGRESS: "in_progress",
    _S.FULFILLED: "fulfilled",
    _S.PARTIALLY_FULFILLED: "fulfilled",
    _S.DENIED: "denied",
    _S.WITHDRAWN: "revoked",
    _S.EXPIRED: "expired",
    _S.DUPLICATE: "denied(too_many_requests)",
}
"""What each state is called in the Data Rights Protocol 1.0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. `detail` is a plain sentence about its outcome, without personal data."""

    id: str
    member_id: MemberId
    kind: RequestKind
    state: RequestState
    received_at: datetime
    due_at: datetime
    finished_at: datetime | None = None
    detail: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state not in FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a request, as it is logged. `reason` is a `Reason` or another request's id."""

    request_id: str
    before: RequestState | None
    after: RequestState
    at: datetime
    reason: str = ""


def open_request(request: Request, others: Iterable[Request]) -> tuple[Request, tuple[Move, ...]]:
    """Take in a new request; while one like it is open, it is that one's duplicate at once.

    So of one member and one kind there is never more than one that is open, whatever the order
    in which identities are proven later.
    """
    received = replace(request, state=RequestState.RECEIVED, finished_at=None)
    first = Move(
        request_id=request.id, before=None, after=RequestState.RECEIVED, at=request.received_at
    )
    same = [other for other in others if _is_like(received, other)]
    if not same:
        return received, (first,)
    ended, move = advance(received, RequestState.DUPLICATE, request.received_at, of=same[0])
    return ended, (first, move)


def advance(
    request: Request,
    to: RequestState,
    at: datetime,
    *,
    reason: str = "",
    of: Request | None = None,
) -> tuple[Request, Move]:
    """Return the request one step on, and the line that its log gets.

    Raises:
        Refused: there is no way from its state to that one.
        BadInput: a refusal without a reason, or a duplicate of nothing that is open and like it.
    """
    if to not in MOVES[request.state]:
        raise Refused(
            f"Request {request.id} is {request.state} and cannot become {to}.",
            rule="request_moves",
            hint="Possible now: " + (", ".join(sorted(MOVES[request.state])) or "nothing") + ".",
        )
    if to in NEEDS_REASON and reason not in set(Reason):
        raise BadInput(
            f"Request {request.id} cannot become {to} for the reason {reason!r}.",
            hint="One of: " + ", ".join(Reason) + ".",
        )
    if to is RequestState.DUPLICATE:
        reason = _duplicated(request, of).id
    moved = replace(
        request,
        state=to,
        finished_at=at if to in FINAL else None,
        detail=f"Duplicate of {reason}." if to is RequestState.DUPLICATE else request.detail,
    )
    return moved, Move(request_id=request.id, before=request.state, after=to, at=at, reason=reason)


def _duplicated(request: Request, of: Request | None) -> Request:
    if of is None or not _is_like(request, of):
        raise BadInput(
            f"Request {request.id} is no duplicate of {of.id if of else 'nothing'}.",
            hint="Name another open request of the same member for the same thing.",
        )
    return of


def _is_like(request: Request, other: Request) -> bool:
    """Whether the other is open and asks the same for the same member."""
    same = (request.member_id, request.kind) == (other.member_id, other.kind)
    return same and other.is_open and other.id != request.id

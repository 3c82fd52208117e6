"""A data-subject request: what was asked, where it stands, and the only ways it may move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict, Refused
from sayso.rights.deadlines import Regime


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
    """Why not, or not wholly: what W3C DPV 2.3 lists under justifications for non-fulfilment."""

    IDENTITY_FAILED = "justifications:IdentityVerificationFailure"
    UNFOUNDED = "justifications:ProcessUnfounded"
    EXCESSIVE = "justifications:ProcessExcessive"
    LEGAL_OBLIGATION = "justifications:LegalObligationImpaired"
    FREE_SPEECH = "justifications:FreedomOfExpressionImpaired"
    OTHERS_RIGHTS = "justifications:ThirdPartyRightsImpaired"
    IMPOSSIBLE = "justifications:FulfilmentImpossible"


class Delay(StrEnum):
    """Why an answer takes longer, in the same words: GDPR Art. 12(3) knows these two grounds."""

    COMPLEX = "justifications:ComplexityOfProcess"
    MANY = "justifications:HighVolumeOfProcesses"


JUSTIFICATIONS = "https://w3id.org/dpv/justifications#"
"""What `justifications:` stands for."""

MISSED = "deadline-missed"
"""Why a step was entered that changes no state and lengthens nothing."""

_S = RequestState
_ENDS = (_S.DENIED, _S.WITHDRAWN, _S.DUPLICATE)
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    _S.RECEIVED: frozenset({_S.NEED_VERIFICATION, _S.VERIFIED, *_ENDS}),
    _S.NEED_VERIFICATION: frozenset({_S.VERIFIED, _S.EXPIRED, *_ENDS}),
    _S.VERIFIED: frozenset({_S.IN_PROGRESS, *_ENDS}),
    _S.IN_PROGRESS: frozenset({_S.FULFILLED, _S.PARTIALLY_FULFILLED, *_ENDS}),
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

DRP_DENIED: Mapping[str, str] = {
    Reason.IDENTITY_FAILED: "denied(insuf_verification)",
    Reason.EXCESSIVE: "denied(too_many_requests)",
    Reason.LEGAL_OBLIGATION: "denied(claim_not_covered)",
}
"""What a denial is called there where that protocol has a word for its reason; else `other`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. `detail` is a plain sentence about its outcome, without personal data."""

    id: str
    member_id: MemberId
    kind: RequestKind
    state: RequestState
    received_at: datetime
    due_at: datetime
    regime: Regime = Regime.GENERIC
    finished_at: datetime | None = None
    detail: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state not in FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a request, as it is kept.

    `reason` is a `Reason`, another request's id, or, where the state stays, a `Delay` or `MISSED`.
    """

    request_id: str
    before: RequestState | None
    after: RequestState
    at: datetime
    reason: str = ""

    @property
    def is_extension(self) -> bool:
        """Whether it only lengthens the term."""
        return self.before is self.after and self.reason in set(Delay)


def open_request(request: Request, others: Iterable[Request]) -> tuple[Request, tuple[Move, ...]]:
    """Take in a new request; while an earlier one like it is open, it is its duplicate at once.

    One like it that was received later, as where a letter is recorded days after it came, is left
    to `settle`. So of one member and one kind there is never more than one that is open, whatever
    the order in which identities are proven later.
    """
    received = replace(request, state=RequestState.RECEIVED, finished_at=None)
    first = Move(
        request_id=request.id, before=None, after=RequestState.RECEIVED, at=request.received_at
    )
    same = [
        other
        for other in others
        if _is_like(received, other) and other.received_at <= received.received_at
    ]
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


def extend(request: Request, moves: Iterable[Move], at: datetime, reason: str) -> Move:
    """Return the line that says, once, why the answer will take longer.

    Raises:
        Refused: an answer is owed no more, or the term was lengthened before.
        BadInput: that is no reason for it.
    """
    if not request.is_open or any(move.is_extension for move in moves):
        said = "was extended before" if request.is_open else f"is {request.state}"
        raise Refused(
            f"Request {request.id} {said} and cannot be extended.",
            rule="request_moves",
            hint="A term is lengthened once, while an answer is owed (GDPR Art. 12(3)).",
        )
    if reason not in set(Delay):
        raise BadInput(
            f"Request {request.id} cannot be extended for the reason {reason!r}.",
            hint="One of: " + ", ".join(Delay) + ".",
        )
    return Move(
        request_id=request.id, before=request.state, after=request.state, at=at, reason=reason
    )


def settle(requests: Iterable[Request], at: datetime) -> tuple[tuple[Request, Move], ...]:
    """End all but the earliest of those that are open and alike, and return what ended.

    Two accounts may turn out to be one person's: then the request that is due first stays.
    """
    earliest: dict[tuple[MemberId, RequestKind], Request] = {}
    ended = []
    for each in sorted(requests, key=lambda request: (request.received_at, request.id)):
        if each.is_open:
            first = earliest.setdefault((each.member_id, each.kind), each)
            if first is not each:
                ended.append(advance(each, RequestState.DUPLICATE, at, of=first))
    return tuple(ended)


def require_next(request_id: str, kept: Sequence[Move], moves: Sequence[Move]) -> None:
    """Let no step be kept that was decided on before those that are `kept` already were.

    Raises:
        Conflict: the request has moved on since it was read, or the same was entered before.
    """
    stands = kept[-1].after if kept else None
    entered = {each.is_extension for each in kept if each.before is each.after}
    for move in moves:
        is_again = move.before is move.after and move.is_extension in entered
        if move.before is not stands or is_again:
            raise Conflict(
                f"Request {request_id} is {stands or 'new'} by now, and not as it was read.",
                hint=f"`sayso requests show {request_id}` shows what happened.",
            )
        stands = move.after


def reason_of(moves: Sequence[Move]) -> str:
    """Return why it was refused, wholly or in part; empty where it was not."""
    refusals = [move.reason for move in moves if move.after in NEEDS_REASON and move.before]
    return refusals[-1] if refusals else ""


def drp_status(request: Request, moves: Sequence[Move]) -> str:
    """Return the Data Rights Protocol's name of where a request stands."""
    if request.state is RequestState.DENIED:
        return DRP_DENIED.get(reason_of(moves), "denied(other)")
    return DRP[request.state]


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

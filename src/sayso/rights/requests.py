"""A data-subject request: what was asked, where it stands, when it is due."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.community import MemberId


class RequestKind(StrEnum):
    """What a member may ask for (GDPR articles 15, 17, 20 and 21)."""

    ACCESS = "access"
    ERASURE = "erasure"
    OBJECTION = "objection"


class RequestState(StrEnum):
    """Where a request stands; the last two are final."""

    RECEIVED = "received"
    IN_PROGRESS = "in-progress"
    FULFILLED = "fulfilled"
    DENIED = "denied"


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

"""Who is signed in: small signed cookies, and the tokens that tie a form to its session."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sayso.community import Entropy, MemberId
from sayso.errors import Refused

COOKIE = "sayso_session"
LASTS = timedelta(hours=12)


class NotSignedIn(Refused):
    """The page is for members, and nobody is signed in."""

    def __init__(self) -> None:
        super().__init__(
            "This page is for signed-in members.", rule="signed_in", hint="Sign in first."
        )


class Role(StrEnum):
    """What a session may see."""

    VISITOR = "visitor"
    MEMBER = "member"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser's session. `id` is random; `member_id` is empty unless a member signed in."""

    id: str
    role: Role
    member_id: MemberId
    started_at: datetime


class Sessions:
    """Makes and reads cookies with one secret; keeps nothing itself.

    A cookie that is altered, older than `LASTS`, or signed by another home reads as None.
    """

    def __init__(self, key: bytes, entropy: Entropy) -> None:
        self._key = key
        self._entropy = entropy

    def start(self, role: Role, now: datetime, member_id: MemberId = MemberId("")) -> Session:
        """Return a session with an id nobody can guess."""
        return Session(id=self.nonce(), role=role, member_id=member_id, started_at=now)

    def nonce(self) -> str:
        """Return 128 unpredictable bits in hex."""
        return self._entropy(16).hex()

    def write(self, session: Session) -> str:
        """Return the session's cookie."""
        seconds = str(int(session.started_at.timestamp()))
        return self.sign("session", [session.id, session.role, session.member_id, seconds])

    def read(self, cookie: str, now: datetime) -> Session | None:
        """Return the session a cookie stands for, or None."""
        parts = self.open("session", cookie)
        if len(parts) != 4 or parts[1] not in set(Role):
            return None
        started_at = datetime.fromtimestamp(int(parts[3]), UTC)
        if not started_at <= now + timedelta(minutes=1) <= started_at + LASTS:
            return None
        return Session(
            id=parts[0], role=Role(parts[1]), member_id=MemberId(parts[2]), started_at=started_at
        )

    def form_token(self, session: Session) -> str:
        """Return the token that this session's forms carry and no other site can know."""
        return self._mac_of("form", session.id)

    def token_fits(self, session: Session, token: str) -> bool:
        """Say whether a form came from one of this session's own pages."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def event_id(self, session: Session, nonce: str, act: str) -> str:
        """Name an act by the page it was made on, so that a double click is one event."""
        return str(UUID(hex=self._mac_of("event", session.id, nonce, act)[:32], version=4))

    def new_event_id(self) -> str:
        """Name an act that no page names."""
        return str(UUID(hex=self.nonce(), version=4))

    def sign(self, what: str, parts: list[str]) -> str:
        """Return `parts` as a cookie value that `open` gives back for the same `what` only."""
        body = base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()
        return f"{body}.{self._mac_of(what, body)}"

    def open(self, what: str, cookie: str) -> list[str]:
        """Return the signed parts, or an empty list where the signature does not fit."""
        body, _, mac = cookie.partition(".")
        if not hmac.compare_digest(self._mac_of(what, body).encode(), mac.encode()):
            return []
        try:
            parts = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        except (binascii.Error, ValueError):
            return []
        return [str(part) for part in parts] if isinstance(parts, list) else []

    def _mac_of(self, *parts: str) -> str:
        return hmac.new(self._key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()

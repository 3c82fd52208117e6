"""Marks that only we can make: on a notice's link, and on the address where it returns to."""

import base64
import binascii
import hashlib
import hmac

from sayso.community import MemberId

_BYTES = 15
"""120 bits: 24 letters in base 32, which keep their meaning whatever a mail server's case."""


class Marks:
    """Makes and reads marks with one secret; keeps nothing itself."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def link(self, notice_id: str, member_id: MemberId) -> str:
        """Return what a personal link carries: whom it was sent to, and that we sent it."""
        name = base64.urlsafe_b64encode(member_id.encode()).rstrip(b"=").decode()
        return f"{name}.{self._mac('link', notice_id, member_id)}"

    def opened_by(self, notice_id: str, token: str) -> MemberId | None:
        """Return whose link it is; None where we never made it for that notice."""
        name, _, mac = token.partition(".")
        try:
            member_id = MemberId(
                base64.b64decode(name + "=" * (-len(name) % 4), b"-_", validate=True).decode()
            )
        except (binascii.Error, ValueError):
            return None
        expected = self._mac("link", notice_id, member_id)
        return member_id if hmac.compare_digest(expected.encode(), mac.encode()) else None

    def envelope(self, notice_id: str, member_id: MemberId) -> str:
        """Return what a mail's envelope and id carry; it names nobody."""
        return self._mac("envelope", notice_id, member_id)

    def _mac(self, what: str, notice_id: str, member_id: MemberId) -> str:
        said = f"notice\0{what}\0{notice_id}\0{member_id}".encode()
        mac = hmac.new(self._key, said, hashlib.sha256).digest()[:_BYTES]
        return base64.b32encode(mac).decode().lower()

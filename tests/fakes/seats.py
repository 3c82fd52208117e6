"""Seats for tests: of a hash, where nothing is proven; and the key that test homes share."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from sayso.community import MemberId

KEY_FILE = Path(__file__).parents[1] / "vectors" / "seats.key"
"""For tests alone: anyone can read it here."""


class HashedSeats:
    """A `membership.Seats` that costs nothing."""

    key = "0" * 64

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        return {each: hashlib.sha256(b"seat " + each.encode()).digest() for each in members}


SEATS = HashedSeats()

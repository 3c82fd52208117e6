"""A member's act: yes or no, to which purpose, for how much of what they wrote."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

LONGEST_ID = 512
"""In characters; the longest that any reader of members and documents takes."""


class Answer(StrEnum):
    """What a member said."""

    YES = "yes"
    NO = "no"


class Scope(StrEnum):
    """How much an answer covers; the narrower speaks first."""

    DOCUMENT = "document"
    CATEGORY = "category"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One act. `target` is the document's id or the category; empty for a whole purpose.

    `occurred_at` is the client's claim and never orders anything. `after_conflict` is true when
    the member was shown that their browser's Global Privacy Control says otherwise and still
    said yes (11 CCR 7025(c)(3)). `is_now` is true where the sender named no time and ours stands
    in for it: sent again, it is the same act.

    Raises:
        BadInput: an id in it is not one line of characters that can be written down.
    """

    event_id: str
    member_id: MemberId
    purpose: Purpose
    answer: Answer
    occurred_at: datetime
    scope: Scope = Scope.PURPOSE
    target: str = ""
    notice_id: str = ""
    mechanism: str = "switch"
    language: str = "en"
    after_conflict: bool = False
    is_now: bool = False

    def __post_init__(self) -> None:
        """Hold no text that could not be written down, looked up or shown again."""
        for name in ("event_id", "member_id", "target", "notice_id"):
            text: str = getattr(self, name)
            if not text.isprintable() or len(text) > LONGEST_ID:
                raise BadInput(
                    f"A choice's {name} is not one line of at most {LONGEST_ID} characters.",
                    hint="Give it exactly as the network knows it.",
                )


def named_id(text: str) -> str:
    """Return the id that a sender gave to an act, in its one spelling.

    It is a UUID of version 4 or 7 (RFC 9562): nobody meets such a one by chance, and it tells
    nothing of a machine or of what was chosen. Acts that come without one get a derived one.

    Raises:
        BadInput: it is anything else.
    """
    spelt = text.strip().lower()
    if not _UUID.fullmatch(spelt):
        raise BadInput(
            f"The event id {text[:60]!r} is no UUID of version 4 or 7.",
            hint="Send one such as 5b3c5b0e-6f8a-4a3e-9d5c-0d6a3f9be111, new for each act and the "
            "same when you repeat it.",
        )
    return spelt

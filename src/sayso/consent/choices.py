"""A member's act: yes or no, to which purpose, for how much of what they wrote."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.community import MemberId
from sayso.consent.purposes import Purpose


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

"""What the villagers did and what was done to their accounts, one small fact each."""

from dataclasses import dataclass
from datetime import datetime

from sayso.community import AgeBand, CreditChoice, MemberId, Region
from sayso.consent.choices import Choice
from sayso.consent.notices import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceAct:
    """A member said yes or no. `after_training` marks those who change their mind late."""

    at: datetime
    choice: Choice
    after_training: bool = False

    @property
    def member_id(self) -> MemberId:
        """Who said it."""
        return self.choice.member_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAct:
    """The notice got this far with one member."""

    at: datetime
    member_id: MemberId
    notice_id: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class GpcAct:
    """A browser sent Global Privacy Control, or stopped sending it."""

    at: datetime
    member_id: MemberId
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingAct:
    """An older setting of the network, kept from before anybody was asked."""

    at: datetime
    member_id: MemberId
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAct:
    """How a member wants to be named."""

    at: datetime
    member_id: MemberId
    credit: CreditChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAct:
    """A member moved."""

    at: datetime
    member_id: MemberId
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeAct:
    """What the network holds of a member's age changed."""

    at: datetime
    member_id: MemberId
    age_band: AgeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameAct:
    """A member changed their name and handle; everything else stays theirs."""

    at: datetime
    member_id: MemberId
    name: str
    handle: str


Act = ChoiceAct | DeliveryAct | GpcAct | SettingAct | CreditAct | RegionAct | AgeAct | RenameAct

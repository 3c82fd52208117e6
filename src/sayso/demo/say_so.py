"""What the villagers did about it: told, asked, and answering over the weeks that followed."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sayso.community import AgeBand, CreditChoice, DocumentId, Member, Region
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.notices import Delivery
from sayso.consent.purposes import Purpose
from sayso.demo.acts import (
    Act,
    AgeAct,
    ChoiceAct,
    CreditAct,
    DeliveryAct,
    GpcAct,
    RegionAct,
    RenameAct,
    SettingAct,
)
from sayso.demo.cast import NEW_NAME
from sayso.demo.notice import NOTICE_ID
from sayso.demo.villagers import Villager, handle_of

_ASKED_DAYS = 60
_LAST_DAY = 56
_SETTING_DAYS = 240
_YES, _NO = 0.70, 0.90
_LATE_MINUTES = 20


@dataclass(slots=True, kw_only=True)
class Diary:
    """One member's days since the notice; every step moves the time on."""

    member: Member
    language: str
    rng: random.Random
    now: datetime
    at: datetime
    kept_out: DocumentId
    acts: list[Act] = field(default_factory=list)

    def wait(self, mean_days: float) -> None:
        """Let some days pass, but never so many that today is reached."""
        gap = timedelta(minutes=3 + int(self.rng.expovariate(1 / mean_days) * 24 * 60))
        last = self.now - timedelta(days=_ASKED_DAYS - _LAST_DAY)
        self.at = min(self.at + gap, max(self.at + timedelta(minutes=7), last))

    def choose(
        self,
        answer: Answer,
        *,
        scope: Scope = Scope.PURPOSE,
        target: str = "",
        after_conflict: bool = False,
        late: bool = False,
    ) -> None:
        """Click yes or no."""
        choice = Choice(
            event_id=str(UUID(int=self.rng.getrandbits(128), version=4)),
            member_id=self.member.id,
            purpose=Purpose.GENAI_TRAINING,
            answer=answer,
            occurred_at=self.at,
            scope=scope,
            target=target,
            notice_id=NOTICE_ID,
            language=self.language,
            after_conflict=after_conflict,
        )
        self.acts.append(ChoiceAct(at=self.at, choice=choice, after_training=late))


def _deliver(how_far: Delivery) -> Callable[[Diary, str], None]:
    def step(diary: Diary, _: str) -> None:
        diary.acts.append(
            DeliveryAct(
                at=diary.at, member_id=diary.member.id, notice_id=NOTICE_ID, delivery=how_far
            )
        )

    return step


def _credit(how: CreditChoice) -> Callable[[Diary, str], None]:
    def step(diary: Diary, _: str) -> None:
        diary.at += timedelta(seconds=40)
        diary.acts.append(CreditAct(at=diary.at, member_id=diary.member.id, credit=how))

    return step


def _yes(diary: Diary, _: str) -> None:
    diary.wait(8)
    diary.choose(Answer.YES)


def _yes_after_conflict(diary: Diary, _: str) -> None:
    diary.wait(2)
    diary.choose(Answer.YES, after_conflict=True)


def _no(diary: Diary, what: str) -> None:
    diary.wait(8)
    if what == "document":
        diary.choose(Answer.NO, scope=Scope.DOCUMENT, target=diary.kept_out)
    elif what:
        diary.choose(Answer.NO, scope=Scope.CATEGORY, target=what)
    else:
        diary.choose(Answer.NO)


def _late(diary: Diary, _: str) -> None:
    diary.at = diary.now - timedelta(minutes=diary.rng.randint(1, _LATE_MINUTES))
    diary.choose(Answer.NO, late=True)


def _gpc(diary: Diary, _: str) -> None:
    diary.wait(4)
    diary.acts.append(GpcAct(at=diary.at, member_id=diary.member.id, on=True))


def _setting(diary: Diary, _: str) -> None:
    at = diary.now - timedelta(days=_SETTING_DAYS)
    diary.acts.append(
        SettingAct(at=at, member_id=diary.member.id, name="do-not-index", value=Answer.NO)
    )


def _move(diary: Diary, where: str) -> None:
    diary.wait(5)
    diary.acts.append(RegionAct(at=diary.at, member_id=diary.member.id, region=Region(where)))


def _grow_up(diary: Diary, _: str) -> None:
    diary.wait(5)
    diary.acts.append(AgeAct(at=diary.at, member_id=diary.member.id, age_band=AgeBand.ADULT))


def _rename(diary: Diary, _: str) -> None:
    diary.wait(5)
    diary.acts.append(
        RenameAct(at=diary.at, member_id=diary.member.id, name=NEW_NAME, handle=handle_of(NEW_NAME))
    )


STEPS: Mapping[str, Callable[[Diary, str], None]] = {
    "sent": _deliver(Delivery.SENT),
    "bounced": _deliver(Delivery.BOUNCED),
    "delivered": _deliver(Delivery.DELIVERED),
    "shown": _deliver(Delivery.SHOWN),
    "read": _deliver(Delivery.READ),
    "yes": _yes,
    "yes!": _yes_after_conflict,
    "no": _no,
    "late": _late,
    "gpc": _gpc,
    "setting": _setting,
    "move": _move,
    "adult": _grow_up,
    "rename": _rename,
    "name": _credit(CreditChoice.NAME),
    "pseudonym": _credit(CreditChoice.PSEUDONYM),
    "nobody": _credit(CreditChoice.NOBODY),
}
"""What a villager can do, each under the word that the cast uses for it."""


def asked_at(now: datetime) -> datetime:
    """Return when the notice was published."""
    return now - timedelta(days=_ASKED_DAYS)


def lived(
    rng: random.Random, villager: Villager, steps: str, now: datetime, kept_out: DocumentId
) -> list[Act]:
    """Return what one villager did, step by step."""
    diary = Diary(
        member=villager.member,
        language=villager.tongue.code,
        rng=rng,
        now=now,
        at=asked_at(now) + timedelta(minutes=rng.randint(10, 36 * 60)),
        kept_out=kept_out,
    )
    for step in steps.split():
        word, _, what = step.partition(":")
        STEPS[word](diary, what)
        diary.at += timedelta(seconds=rng.randint(20, 90))
    return diary.acts


def drawn_steps(rng: random.Random) -> str:
    """Return what an ordinary adult did: about seven in ten say yes, two no, one nothing."""
    told = rng.choices(("delivered", "shown", "read"), (3, 5, 2))[0]
    answer = rng.random()
    if answer < _YES:
        credit = rng.choices(("name", "pseudonym", "nobody"), (7, 2, 1))[0]
        return f"{told} yes {credit}"
    return f"{told} no" if answer < _NO else told

"""A network in memory: say what happened to whom, ask what may be used."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sayso.community import (
    AgeBand,
    Category,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Region,
    Standing,
)
from sayso.consent.choices import Answer, Choice
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.events import EventKind, merged_event
from sayso.consent.facts import facts_for
from sayso.consent.fold import fold
from sayso.consent.ledger import (
    Event,
    Kept,
    Recorded,
    age_event,
    choice_event,
    delivery_event,
    erased_event,
    gpc_event,
    region_event,
    setting_event,
    standing_event,
)
from sayso.consent.notices import Delivery, Notice, publish
from sayso.consent.objectors import Objector, Objectors
from sayso.consent.policy import Policy, load_preset
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.say import Say

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
TOLD = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
"""When the first notice was published."""
SPOKE = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
"""When a member acts, unless a test says otherwise."""
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ANA = MemberId("ana")
TRAIN = Purpose.GENAI_TRAINING
SEARCH = Purpose("personal-search")
"""A purpose that no preset declares."""

DRAFT = Notice(
    id="n1",
    title="How we use what you write",
    text="We would like to train on your public posts.",
    purposes=tuple(PURPOSES),
    categories=(Category.CONTENT, Category.PROFILE, Category.GROUPS),
)
FIRST_NOTICE = publish(DRAFT, TOLD)
OF_ALL = replace(FIRST_NOTICE, purposes=(*FIRST_NOTICE.purposes, SEARCH))
"""The same, and it tells of the purpose that no preset declares."""


def amended(at: datetime, *, id_: str = "n2", material: bool = True) -> Notice:
    """A later text of the first notice."""
    return publish(replace(DRAFT, id=id_, text="Other words.", material=material), at)


def person(name: str = "ana", /, **facts: object) -> Member:
    """An adult in the United States, unless the test says otherwise."""
    member = Member(
        id=MemberId(name), name=name.title(), region=Region("US"), age_band=AgeBand.ADULT
    )
    return replace(member, **facts)  # type: ignore[arg-type]


def writing(author: str = "ana", /, **facts: object) -> Document:
    """A public post, unless the test says otherwise."""
    document = Document(
        id=DocumentId("d1"),
        member_id=MemberId(author),
        kind=Kind.POST,
        text="We opened a second bakery, and here is what we learned.",
        created_at=START,
    )
    return replace(document, **facts)  # type: ignore[arg-type]


@dataclass(kw_only=True)
class Village:
    """A world whose facts a test writes down one by one, in the order they were learned."""

    people: dict[MemberId, Member] = field(default_factory=dict)
    history: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=lambda: [FIRST_NOTICE])
    rules: Policy = field(default_factory=lambda: load_preset("opt-in"))
    folded: dict[MemberId, Say] = field(default_factory=dict)
    became: dict[MemberId, MemberId] = field(default_factory=dict)
    objecting: list[Objector] = field(default_factory=list)

    def member(self, member_id: MemberId) -> Member | None:
        return self.people.get(self.now_known_as(member_id))

    def say(self, member_id: MemberId) -> Say:
        known_as = self.now_known_as(member_id)
        if known_as not in self.folded:
            self.folded[known_as] = fold(
                (each for each in self.history if self.is_of(each, known_as)), account=known_as
            )
        return self.folded[known_as]

    def now_known_as(self, member_id: MemberId) -> MemberId:
        while member_id in self.became:
            member_id = self.became[member_id]
        return member_id

    def is_of(self, recorded: Recorded, known_as: MemberId) -> bool:
        return self.now_known_as(recorded.event.member_id) == known_as

    def policy(self) -> Policy:
        return self.rules

    def notices(self) -> Sequence[Notice]:
        return self.told

    def objectors(self) -> Objectors:
        return Objectors(self.objecting)

    def join(self, *members: Member) -> None:
        self.people.update({member.id: member for member in members})

    def record(self, event: Event, at: datetime) -> None:
        seq = len(self.history) + 1
        self.history.append(
            Recorded(
                seq=seq,
                event=event,
                recorded_at=at,
                leaf=seq - 1,
                salt=b"\0" * 32,
                commitment="00",
                record=b"{}",
            )
        )
        self.folded.clear()

    def chooses(self, answer: Answer, at: datetime = SPOKE, **facts: object) -> None:
        choice = Choice(
            event_id=f"e{len(self.history) + 1}",
            member_id=ANA,
            purpose=TRAIN,
            answer=answer,
            occurred_at=at,
            notice_id="n1",
        )
        self.record(choice_event(replace(choice, **facts)), at)  # type: ignore[arg-type]

    def says_yes(self, at: datetime = SPOKE, **facts: object) -> None:
        self.chooses(Answer.YES, at, **facts)

    def says_no(self, at: datetime = SPOKE, **facts: object) -> None:
        self.chooses(Answer.NO, at, **facts)

    def hears(
        self,
        at: datetime = TOLD,
        *,
        notice: str = "n1",
        delivery: Delivery = Delivery.DELIVERED,
        who: MemberId = ANA,
    ) -> None:
        event = delivery_event(member_id=who, notice_id=notice, delivery=delivery, occurred_at=at)
        self.record(event, at)

    def sends_gpc(self, at: datetime = SPOKE, *, present: bool = True, who: MemberId = ANA) -> None:
        self.record(gpc_event(member_id=who, present=present, occurred_at=at), at)

    def had_set(
        self, setting: str, answer: Answer, at: datetime = START, *, who: MemberId = ANA
    ) -> None:
        event = setting_event(member_id=who, setting=setting, answer=answer, occurred_at=at)
        self.record(event, at)

    def moves(self, before: str, after: str, at: datetime = SPOKE) -> None:
        self.people[ANA] = replace(self.people[ANA], region=Region(after))
        event = region_event(
            member_id=ANA, before=Region(before), after=Region(after), occurred_at=at
        )
        self.record(event, at)

    def turns(self, before: AgeBand, after: AgeBand, at: datetime = SPOKE) -> None:
        self.people[ANA] = replace(self.people[ANA], age_band=after)
        event = age_event(member_id=ANA, before=before, after=after, occurred_at=at)
        self.record(event, at)

    def becomes(self, standing: Standing, at: datetime = SPOKE, *, who: MemberId = ANA) -> None:
        before = Standing.ACTIVE
        event = standing_event(member_id=who, before=before, after=standing, occurred_at=at)
        self.record(event, at)

    def merges(self, old: MemberId, at: datetime = SPOKE, *, into: MemberId = ANA) -> None:
        if self.now_known_as(into) != old:
            self.became[old] = into
        self.record(merged_event(member_id=old, into=into, occurred_at=at), at)

    def is_erased(self, at: datetime = SPOKE) -> None:
        self.record(erased_event(event_id="gone", member_id=ANA, occurred_at=at), at)

    def decides(
        self, document: Document | None = None, *, at: datetime = NOW, purpose: Purpose = TRAIN
    ) -> Decision:
        return decide(facts_for(document or writing(), purpose, at, self))


def village(policy: str = "opt-in", *, member: Member | None = None) -> Village:
    """A village of one adult who has not said anything."""
    made = Village(rules=load_preset(policy))
    made.join(member or person())
    return made


def assert_refused(decision: Decision, *, by: str) -> None:
    assert not decision.permit, f"it was permitted by {decision.rule}: {decision.reason}"
    assert decision.rule == by, f"{decision.rule} said no, not {by}: {decision.reason}"
    assert decision.reason.endswith(".")
    assert decision.mend.endswith(".")


def assert_permitted(decision: Decision, *, by: str) -> None:
    assert decision.permit, f"{decision.rule} said no: {decision.reason}"
    assert decision.rule == by, f"{decision.rule} permitted it, not {by}"


class MemoryEvents:
    """An `EventStore`."""

    def __init__(self) -> None:
        self.held: list[Kept] = []

    def find(self, event_ids: Collection[str]) -> Mapping[str, Kept]:
        return {kept.event_id: kept for kept in self.held if kept.event_id in set(event_ids)}

    def add(self, batch: Sequence[Kept]) -> None:
        for kept in batch:
            taken = {each.event_id for each in self.held}
            if kept.event_id in taken or kept.seq <= max((k.seq for k in self.held), default=0):
                raise ValueError(f"{kept.event_id} or {kept.seq} is taken")
            self.held.append(kept)

    def of(self, member_ids: Collection[MemberId]) -> Iterable[Kept]:
        return [kept for kept in self.all() if kept.member_id in set(member_ids)]

    def all(self) -> Iterator[Kept]:
        yield from sorted(self.held, key=lambda kept: (kept.member_id, kept.seq))

    def beginning(self, kind: EventKind, start: str) -> tuple[str, ...]:
        ids = (each.event_id for each in self.held if each.kind is kind)
        return tuple(sorted(each for each in ids if each.startswith(start)))

    def newest(self) -> Kept | None:
        return self.held[-1] if self.held else None

    def rename(self, member_id: MemberId, token: str) -> None:
        self.held = [
            replace(kept, member_id=MemberId(token), event_id=f"{token}-{kept.seq}")
            if kept.member_id == member_id
            else kept
            for kept in self.held
        ]


DAY = timedelta(days=1)

"""Whole networks of random lives, from a seed: for asking the same of `decide` and of bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from fakes.consent import DRAFT, FIRST_NOTICE, NOW, SEARCH, SPOKE, START, TOLD
from fakes.twins import twin_of
from sayso.community import (
    AgeBand,
    Category,
    CreditChoice,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Quote,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.events import (
    Event,
    EventKind,
    age_event,
    choice_event,
    credit_event,
    delivery_event,
    erased_event,
    gpc_event,
    merged_event,
    region_event,
    setting_event,
    standing_event,
)
from sayso.consent.fold import fold
from sayso.consent.notices import Delivery, Notice, publish
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import PRESETS, Policy, Predecessors, load_preset
from sayso.consent.purposes import PURPOSES, Purpose, PurposeText
from sayso.consent.recorded import Recorded
from sayso.consent.say import SILENT, Say

_REGIONS = ("US",) * 16 + ("DE",) * 6 + ("BR", "GB", "CA", "FR", "uk", "ZZ", "Atlantis")
_LICENCES = ("CC-BY-4.0", "CC-BY-NC-4.0", "No-AI 1.0", "MIT")
_SIGNALS = (
    Signal(standard="aipref-07", value="train-ai=n", seen_at=START),
    Signal(standard="aipref-07", value="train-ai=y", seen_at=START),
    Signal(standard="aipref-07", value="((", seen_at=START),
    Signal(standard="unheard-of", value="x", seen_at=START),
)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A made-up world: what `decide` asks of it, and everyone and everything in it."""

    rules: Policy
    told: tuple[Notice, ...]
    at: datetime
    purpose: Purpose
    people: dict[MemberId, Member] = field(default_factory=dict)
    said: dict[MemberId, Say] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)

    def member(self, member_id: MemberId) -> Member | None:
        return self.people.get(member_id)

    def say(self, member_id: MemberId) -> Say:
        return self.said.get(member_id, SILENT)

    def policy(self) -> Policy:
        return self.rules

    def objectors(self) -> Objectors:
        return NOBODY_OBJECTS

    def notices(self) -> Sequence[Notice]:
        return self.told


def network(seed: int, members: int) -> Network:
    """Make a network of so many members, each with a random life and a random document.

    Most live as the one before them did, but for one thing.
    """
    random = Random(seed)
    made = Network(
        rules=_policy(random),
        told=_notices(random),
        at=random.choice((NOW, NOW, SPOKE + 4 * _DAY, TOLD + 30 * _DAY)),
        purpose=random.choice((*PURPOSES, SEARCH, Purpose.GENAI_TRAINING)),
    )
    member = Member(id=MemberId(""), name="")
    before: tuple[MemberId, list[Recorded]] = (MemberId(""), [])
    for number in range(members):
        member_id = MemberId(f"m{number}")
        document_id = DocumentId(f"d{number}")
        if number and random.random() < 0.6:
            member = replace(member, id=member_id)
            history = twin_of(random, before[1], member_id)
        else:
            member, history = _life(random, member_id, document_id, made.told)
        if random.random() < 0.99:
            made.people[member_id] = member
        if before[1] and random.random() < 0.04:
            _become_one(random, made, before, (member_id, history))
        elif history:
            made.said[member_id] = fold(history)
        before = (member_id, history)
        made.documents.append(_document(random, document_id, member_id, members))
    return made


def _become_one(
    random: Random,
    made: Network,
    one: tuple[MemberId, list[Recorded]],
    other: tuple[MemberId, list[Recorded]],
) -> None:
    """Let one account become the other, at some time in their lives."""
    (old, _), (new, _) = one, other
    whole = sorted((*one[1], *other[1]), key=lambda each: (each.recorded_at, each.event.event_id))
    at = random.choice(whole).recorded_at
    whole.append(_recorded(merged_event(member_id=old, into=new, occurred_at=at), at, "merged"))
    whole.sort(key=lambda each: each.recorded_at)
    numbered = [replace(each, seq=1 + place) for place, each in enumerate(whole)]
    made.said[old] = made.said[new] = fold(numbered, account=new)
    made.people.pop(old, None)
    if new in made.people:
        made.people[old] = made.people[new]


def _recorded(event: Event, at: datetime, event_id: str, seq: int = 0) -> Recorded:
    return Recorded(
        seq=seq,
        event=replace(event, event_id=event_id),
        recorded_at=at,
        leaf=seq,
        salt=b"",
        commitment="",
        record=b"",
    )


def _policy(random: Random) -> Policy:
    preset = load_preset(random.choice((*PRESETS, "linkedin-2025", "linkedin-2025")))
    changed: dict[str, object] = {
        "renew_on_material_notice": random.random() < 0.5,
        "age_gate_attested": random.random() < 0.3,
        "min_notice_days": random.choice((0, 7, 30)),
    }
    if random.random() < 0.5:
        newer, older = random.sample(tuple(PURPOSES), 2)
        row = Predecessors(purpose=newer, of=frozenset({older}), plain="", citation="")
        changed["predecessors"] = (row,)
    if random.random() < 0.7:
        changed["purposes"] = {**PURPOSES, SEARCH: _words(random)}
    return replace(preset, **changed)  # type: ignore[arg-type]


def _words(random: Random) -> PurposeText:
    return PurposeText(
        title="My own search",
        question="May we?",
        plain="We find.",
        if_no="Not.",
        dpv="dpv:Personalisation",
        discloses_to_third_parties=random.random() < 0.5,
        may_use_non_public=random.random() < 0.5,
        heeds_signals=random.random() < 0.5,
    )


def _notices(random: Random) -> tuple[Notice, ...]:
    told = [FIRST_NOTICE]
    if random.random() < 0.7:
        draft = replace(
            DRAFT,
            id="n2",
            text="Other words.",
            material=random.random() < 0.5,
            regions=random.choice(((), (Region("US"),), (Region("DE"), Region("FR")))),
            notice_days=random.choice((0, 7, 30, 90)),
            visibilities=random.choice(((Visibility.PUBLIC,), tuple(Visibility))),
            replaces=random.choice(("", "", "n1")),
        )
        told.append(publish(draft, SPOKE + random.randint(-80, 15) * _DAY))
    if random.random() < 0.2:
        told.append(replace(DRAFT, id="n3"))
    return tuple(replace(each, purposes=(*each.purposes, SEARCH)) for each in told)


def _life(
    random: Random, member_id: MemberId, document_id: DocumentId, told: Sequence[Notice]
) -> tuple[Member, list[Recorded]]:
    member = Member(
        id=member_id,
        name=member_id,
        region=Region(random.choice(_REGIONS)),
        age_band=random.choice((AgeBand.ADULT,) * 40 + (AgeBand.MINOR, AgeBand.UNKNOWN)),
        standing=random.choice((Standing.ACTIVE,) * 80 + tuple(Standing)),
    )
    history: list[Recorded] = []
    at = SPOKE - random.choice((0, 60, 90)) * _DAY
    for number in range(random.choice((0, 1, 1, 1, 2, 2, 3, 4, 6, 9))):
        at += random.choice((0, 1, 5, 15)) * _DAY
        event, member = _act(random, member, document_id, told, at)
        history.append(_recorded(event, at, f"{member_id}-{number}", seq=1 + 7 * number))
    return member, history


def _act(
    random: Random, member: Member, document_id: DocumentId, told: Sequence[Notice], at: datetime
) -> tuple[Event, Member]:
    draw = random.random()
    who = member.id
    if draw < 0.5:
        return choice_event(_choice(random, who, document_id, at)), member
    if draw < 0.72:
        return delivery_event(
            member_id=who,
            notice_id=random.choice((*(notice.id for notice in told), "n9")),
            delivery=random.choice(tuple(Delivery)),
            occurred_at=at,
        ), member
    if draw < 0.79:
        present = random.random() < 0.7
        return gpc_event(member_id=who, present=present, occurred_at=at), member
    if draw < 0.85:
        return setting_event(
            member_id=who,
            setting=random.choice(("do-not-index", "no-research", "unheard-of")),
            answer=random.choice(tuple(Answer)),
            occurred_at=at,
        ), member
    if draw < 0.92:
        after = Region(random.choice(_REGIONS))
        moved = replace(member, region=after) if random.random() < 0.9 else member
        return region_event(member_id=who, before=member.region, after=after, occurred_at=at), moved
    return _rare(random, member, at)


def _rare(random: Random, member: Member, at: datetime) -> tuple[Event, Member]:
    draw = random.random()
    if draw < 0.6:
        band = random.choice(tuple(AgeBand))
        event = age_event(member_id=member.id, before=member.age_band, after=band, occurred_at=at)
        return event, replace(member, age_band=band) if random.random() < 0.9 else member
    if draw < 0.8:
        event = standing_event(
            member_id=member.id,
            before=member.standing,
            after=random.choice(tuple(Standing)),
            occurred_at=at,
        )
        return event, member
    if draw < 0.9:
        credit = random.choice(tuple(CreditChoice))
        return credit_event(member_id=member.id, credit=credit, occurred_at=at), member
    if draw < 0.95:
        return erased_event(event_id="gone", member_id=member.id, occurred_at=at), member
    unreadable = Event(
        event_id="", kind=EventKind.CHOICE, member_id=member.id, occurred_at=at, body={}
    )
    return unreadable, member


def _choice(random: Random, who: MemberId, document_id: DocumentId, at: datetime) -> Choice:
    scope = random.choice((Scope.PURPOSE, Scope.PURPOSE, Scope.PURPOSE, Scope.CATEGORY))
    if random.random() < 0.06:
        scope = Scope.DOCUMENT
    target = {
        Scope.PURPOSE: "",
        Scope.CATEGORY: str(random.choice((Category.CONTENT, Category.CONTENT, Category.GROUPS))),
        Scope.DOCUMENT: random.choice((document_id, "d1")),
    }[scope]
    return Choice(
        event_id="e",
        member_id=who,
        purpose=random.choice((Purpose.GENAI_TRAINING, Purpose.GENAI_TRAINING, *PURPOSES, SEARCH)),
        answer=random.choice((Answer.YES, Answer.YES, Answer.NO)),
        occurred_at=at + random.choice((0, 0, 0, -90_000, 5, 90_000)) * _MINUTE,
        scope=scope,
        target=target,
        notice_id=random.choice(("n1", "n1", "n2", "n2", "n9", "")),
        after_conflict=random.random() < 0.4,
    )


def _document(random: Random, document_id: DocumentId, author: MemberId, members: int) -> Document:
    def rarely(usual: object, *others: object) -> object:
        return random.choice(others) if random.random() < 0.04 else usual

    def somebody() -> MemberId:
        return MemberId(f"m{random.randrange(members)}")

    facts = {
        "kind": random.choice((Kind.POST,) * 20 + tuple(Kind)),
        "visibility": rarely(Visibility.PUBLIC, *Visibility),
        "state": rarely(State.PUBLISHED, *State),
        "created_at": rarely(START, NOW, NOW + _DAY, SPOKE + 4 * _DAY),
        "licence": rarely("", *_LICENCES),
        "signals": rarely((), *((signal,) for signal in _SIGNALS), _SIGNALS[:2]),
        "co_authors": rarely((), (somebody(),), (author,), (somebody(), somebody())),
        "quotes": rarely((), (Quote(start=0, end=3, member_id=somebody()),)),
    }
    return Document(id=document_id, member_id=author, text="We bake.", **facts)  # type: ignore[arg-type]


def members_of(world: Network) -> Iterator[Member]:
    """Yield the members whom the network knows."""
    return iter(world.people.values())

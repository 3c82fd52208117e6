"""The feed: who wrote what when, from the first post to the last comment under it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.community import (
    Document,
    DocumentId,
    Kind,
    MemberId,
    Quote,
    Standing,
    State,
    Visibility,
)
from sayso.demo.cast import PLANTED, SEAT_NUMBER, Planted
from sayso.demo.desk import Desk, pen
from sayso.demo.drafts import Draft, article, post
from sayso.demo.replies import answer, comment
from sayso.demo.stock import Deck, Tongue
from sayso.demo.tongues import TONGUES
from sayso.demo.villagers import Villager

_SPAN_DAYS = 400
_PLANTED_DAYS = (75, 200)
_OPEN_GROUP_SHARE = 0.04
_CONTACT_EVERY = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A document that is to be written."""

    at: datetime
    by: int
    kind: Kind
    planted: Planted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document before it has its number; `under` are the serials of what it answers."""

    serial: int
    document: Document
    under: tuple[int, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Every document in the order of its making, and which of them stand for awkward cases."""

    documents: tuple[Document, ...]
    cases: dict[str, DocumentId]


def feed(rng: random.Random, people: Sequence[Villager], now: datetime) -> Feed:
    """Write everything that the villagers wrote."""
    plans = sorted(_plans(rng, people, now), key=lambda plan: (plan.at, plan.by))
    scribe = _Scribe(rng, people, now, contact_every=max(2, min(_CONTACT_EVERY, len(plans) // 12)))
    for plan in plans:
        scribe.write(plan)
    return _numbered(scribe.written)


def _plans(rng: random.Random, people: Sequence[Villager], now: datetime) -> list[Plan]:
    plans: list[Plan] = []
    for number, villager in enumerate(people):
        for turn in range(villager.habits.posts + villager.habits.articles):
            kind = Kind.ARTICLE if turn >= villager.habits.posts else Kind.POST
            if kind is Kind.POST and rng.random() < _OPEN_GROUP_SHARE:
                kind = Kind.GROUP_POST
            at = _daytime(rng, now - timedelta(days=rng.randint(1, _SPAN_DAYS)))
            plans.append(Plan(at=at, by=number, kind=kind))
    for planted in PLANTED:
        at = _daytime(rng, now - timedelta(days=rng.randint(*_PLANTED_DAYS)))
        by = SEAT_NUMBER[planted.seat]
        plans.append(Plan(at=at, by=by, kind=planted.kind, planted=planted))
    return plans


def _daytime(rng: random.Random, day: datetime) -> datetime:
    at = day.replace(hour=rng.randint(6, 21), minute=rng.randint(0, 59), second=rng.randint(0, 59))
    return at.replace(microsecond=0) - timedelta(days=1)


class _Scribe:
    """Writes one plan after the other, each with the comments it gets."""

    def __init__(
        self, rng: random.Random, people: Sequence[Villager], now: datetime, *, contact_every: int
    ) -> None:
        self.written: list[Written] = []
        self._rng = rng
        self._people = people
        self._now = now
        self._desk = Desk(rng, people)
        self._contacts = Deck(rng, sorted(TONGUES["en"].contacts))
        self._every = contact_every
        self._posts = 0
        self._talkative = [v for v in people if v.habits.posts and _present(v)]

    def write(self, plan: Plan) -> None:
        """Write one document, then what others had to say about it."""
        villager = self._people[plan.by]
        tongue = villager.tongue
        if tongue.code != "en" and plan.planted is None and self._rng.random() < 0.25:
            tongue = TONGUES["en"]
        contact = self._contact(plan, tongue)
        draft = self._draft(plan, villager, tongue, contact)
        case = plan.planted.case if plan.planted else ""
        if contact and not any(w.case == f"personal_data_{contact}" for w in self.written):
            case = f"personal_data_{contact}"
        serial = self._keep(_document(plan, villager, draft, self._people), case=case)
        if plan.planted is None or plan.planted.case == "objector_article":
            self._discuss(plan, villager, draft, serial)

    def _contact(self, plan: Plan, tongue: Tongue) -> str:
        if plan.kind is not Kind.POST or plan.planted is not None or tongue.code != "en":
            return ""
        self._posts += 1
        return self._contacts.deal() if self._posts % self._every == 0 else ""

    def _draft(self, plan: Plan, villager: Villager, tongue: Tongue, contact: str) -> Draft:
        held = pen(self._desk, villager, tongue, plan.at)
        if plan.kind is Kind.ARTICLE:
            return article(held)
        if plan.kind is Kind.MESSAGE:
            return Draft(text=held.fill(tongue.messages[0]), tongue=tongue)
        if plan.kind is Kind.RESUME:
            return Draft(text=held.fill(tongue.abouts[0]), tongue=tongue)
        return post(held, contact=contact)

    def _discuss(self, plan: Plan, author: Villager, draft: Draft, serial: int) -> None:
        quoted = plan.planted is not None
        count = 2 if quoted else self._rng.choices((0, 1, 2, 3, 5), (34, 32, 20, 10, 4))[0]
        at = plan.at
        for turn in range(count):
            at += timedelta(minutes=self._rng.randint(7, 900))
            writer = self._commenter(author, draft)
            if quoted and turn == 0:
                writer = self._people[SEAT_NUMBER["star"]]
            if at >= self._now:
                return
            reply = comment(self._desk, writer, author, draft, at, quoting=quoted and turn == 0)
            document = _comment(writer, reply.text, at, draft.tongue, reply.quotes)
            case = "quoted_objector" if quoted and turn == 0 else ""
            under = self._keep(document, under=(serial,), case=case)
            if self._rng.random() < 0.22 and _present(author):
                at += timedelta(minutes=self._rng.randint(5, 240))
                back = answer(self._desk, author, writer, draft, at)
                document = _comment(author, back.text, at, draft.tongue, back.quotes)
                if at < self._now:
                    self._keep(document, under=(serial, under))

    def _commenter(self, author: Villager, draft: Draft) -> Villager:
        """Pick somebody to comment: mostly someone who writes the same language."""
        while True:
            found = self._rng.choice(self._talkative)
            same = found.tongue is draft.tongue or self._rng.random() < 0.12
            if found.member.id != author.member.id and same:
                return found

    def _keep(self, document: Document, *, under: tuple[int, ...] = (), case: str = "") -> int:
        serial = len(self.written)
        self.written.append(Written(serial=serial, document=document, under=under, case=case))
        return serial


def _present(villager: Villager) -> bool:
    return villager.member.standing is Standing.ACTIVE


def _document(plan: Plan, villager: Villager, draft: Draft, people: Sequence[Villager]) -> Document:
    planted = plan.planted or Planted(case="", seat="")
    with_whom: tuple[MemberId, ...] = ()
    if planted.co_author:
        with_whom = (people[SEAT_NUMBER[planted.co_author]].member.id,)
    return Document(
        id=DocumentId(""),
        member_id=villager.member.id,
        kind=plan.kind,
        text=draft.text,
        created_at=plan.at,
        title=draft.title,
        visibility=planted.visibility,
        state=planted.state,
        language=draft.tongue.code,
        source="village",
        licence=planted.licence,
        co_authors=with_whom,
    )


def _comment(
    writer: Villager, text: str, at: datetime, tongue: Tongue, quotes: tuple[Quote, ...]
) -> Document:
    spoken = tongue if tongue is writer.tongue else TONGUES["en"]
    return Document(
        id=DocumentId(""),
        member_id=writer.member.id,
        kind=Kind.COMMENT,
        text=text,
        created_at=at,
        visibility=Visibility.PUBLIC,
        state=State.PUBLISHED,
        language=spoken.code,
        source="village",
        quotes=quotes,
    )


def _numbered(written: Sequence[Written]) -> Feed:
    """Give everything its number in the order of its making."""
    ordered = sorted(written, key=lambda one: (one.document.created_at, one.serial))
    ids = {one.serial: DocumentId(f"d{n:05d}") for n, one in enumerate(ordered, start=1)}
    documents = tuple(
        replace(
            one.document,
            id=ids[one.serial],
            parents=tuple(ids[serial] for serial in one.under),
        )
        for one in ordered
    )
    return Feed(documents=documents, cases={w.case: ids[w.serial] for w in written if w.case})

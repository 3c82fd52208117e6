"""A small world for tests: members who say yes or no, and what they write."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sayso.community import (
    AgeBand,
    Category,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Quote,
    Region,
)
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.fold import fold
from sayso.consent.ledger import Recorded, choice_event
from sayso.consent.notices import Notice
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import Policy, load_preset
from sayso.consent.purposes import Purpose
from sayso.consent.say import Say

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TRAINING = Purpose.GENAI_TRAINING

_NOTICE = Notice(
    id="n1",
    title="How your posts are used",
    text="We ask.",
    purposes=(TRAINING,),
    categories=tuple(Category),
    published_at=NOW - timedelta(days=100),
    effective_at=NOW - timedelta(days=100),
    digest="0" * 64,
)


class Town:
    """Implements `consent.facts.World` in memory, under the policy `opt-in`."""

    def __init__(self) -> None:
        self._members: dict[MemberId, Member] = {}
        self._histories: dict[MemberId, list[Recorded]] = {}
        self._documents: dict[DocumentId, Document] = {}
        self._policy = load_preset("opt-in")

    def settle(self, name: str, answer: Answer | None = Answer.YES) -> MemberId:
        """A grown-up member in Germany, who has said `answer` or nothing."""
        member_id = MemberId(name)
        self._members[member_id] = Member(
            id=member_id, name=name, region=Region("DE"), age_band=AgeBand.ADULT
        )
        if answer is not None:
            self.says(member_id, answer)
        return member_id

    def says(self, member_id: MemberId, answer: Answer, document: str = "") -> None:
        history = self._histories.setdefault(member_id, [])
        at = NOW - timedelta(days=10) + timedelta(minutes=len(history))
        choice = Choice(
            event_id=f"{member_id}-{len(history)}",
            member_id=member_id,
            purpose=TRAINING,
            answer=answer,
            occurred_at=at,
            scope=Scope.DOCUMENT if document else Scope.PURPOSE,
            target=document,
            notice_id=_NOTICE.id,
        )
        history.append(
            Recorded(
                seq=len(history) + 1,
                event=choice_event(choice),
                recorded_at=at,
                leaf=0,
                salt=b"",
                commitment="",
                record=b"",
            )
        )

    def writes(
        self,
        member_id: MemberId,
        text: str,
        *,
        title: str = "",
        minute: int | None = None,
        quotes: tuple[Quote, ...] = (),
        co_authors: tuple[MemberId, ...] = (),
    ) -> Document:
        number = len(self._documents)
        document = Document(
            id=DocumentId(f"d{number:04d}"),
            member_id=member_id,
            kind=Kind.POST,
            title=title,
            text=text,
            created_at=NOW
            - timedelta(days=30)
            + timedelta(minutes=number if minute is None else minute),
            language="en",
            source="test",
            quotes=quotes,
            co_authors=co_authors,
        )
        self._documents[document.id] = document
        return document

    def edits(self, document: Document, text: str) -> None:
        self._documents[document.id] = replace(document, text=text)

    def deletes(self, document: Document) -> None:
        del self._documents[document.id]

    @property
    def documents(self) -> list[Document]:
        return list(self._documents.values())

    def look_up(self, ids: Iterable[DocumentId]) -> list[Document]:
        return [self._documents[each] for each in ids if each in self._documents]

    # what a World answers

    def member(self, member_id: MemberId) -> Member | None:
        return self._members.get(member_id)

    def say(self, member_id: MemberId) -> Say:
        return fold(self._histories.get(member_id, ()))

    def policy(self) -> Policy:
        return self._policy

    def objectors(self) -> Objectors:
        return NOBODY_OBJECTS

    def notices(self) -> Sequence[Notice]:
        return (_NOTICE,)

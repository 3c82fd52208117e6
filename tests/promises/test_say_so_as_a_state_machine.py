"""Say-so as a machine that hypothesis drives: the real ledger, log, vault and decision.

Whatever happens in whatever order: no yes is invented, no no is lost, nothing is rewritten
(promises P1, P3, P8 and P9; reference/consent.md 4.13).
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakes.books import Books, made_books
from fakes.consent import ANA, DRAFT, FIRST_NOTICE, SPOKE, person, writing
from sayso.audit.offline_verifier import Trust, check_file
from sayso.community import (
    UNKNOWN_REGION,
    AgeBand,
    Category,
    Document,
    DocumentId,
    Member,
    MemberId,
    Region,
    Standing,
)
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.decide import decide
from sayso.consent.decision import Decision
from sayso.consent.events import (
    Event,
    EventKind,
    age_event,
    choice_event,
    delivery_event,
    erased_event,
    gpc_event,
    merged_event,
    region_event,
    setting_event,
    standing_event,
)
from sayso.consent.facts import facts_for
from sayso.consent.fold import fold
from sayso.consent.ledger import Ledger, Recorded
from sayso.consent.notices import Delivery, Notice, publish
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import PRESETS, Policy, load_preset
from sayso.consent.purposes import Purpose
from sayso.consent.receipts import Controller, Grounds, LogProof, receipt
from sayso.consent.say import Say
from sayso.errors import Conflict
from sayso.evidence.vault import commitment

OLD, BEN = MemberId("ana-old"), MemberId("ben")
AGELESS, PLACELESS, STRANGER = MemberId("ageless"), MemberId("placeless"), MemberId("stranger")
UNKNOWN = (AGELESS, PLACELESS, STRANGER)
PEOPLE = st.sampled_from([ANA, ANA, OLD, BEN])
RARELY_ANA = st.sampled_from([BEN, BEN, BEN, BEN, BEN, ANA])
"""What closes an account for good would leave nothing to say of it, if it came too often."""
ALL = st.sampled_from([ANA, OLD, BEN, AGELESS, PLACELESS])
USES = st.sampled_from([Purpose.GENAI_TRAINING, Purpose.AI_RESEARCH])
SCOPES = st.sampled_from(
    [
        (Scope.PURPOSE, ""),
        (Scope.PURPOSE, ""),
        (Scope.CATEGORY, str(Category.CONTENT)),
        (Scope.DOCUMENT, "d1"),
    ]
)
LONG_AFTER = timedelta(days=400)


class LedgerWorld:
    """What a ledger says, and nothing that it does not."""

    def __init__(self, ledger: Ledger, say_so: "SayingSo", without: str = "") -> None:
        self._ledger, self._say_so, self._without = ledger, say_so, without

    def member(self, member_id: MemberId) -> Member | None:
        return self._say_so.people.get(self._say_so.known_as(member_id))

    def say(self, member_id: MemberId) -> Say:
        history = self._say_so.history(self._ledger, member_id)
        kept = [each for each in history if each.event.event_id != self._without]
        return fold(kept, account=self._say_so.known_as(member_id))

    def policy(self) -> Policy:
        return self._say_so.policy

    def notices(self) -> Sequence[Notice]:
        return self._say_so.notices

    def objectors(self) -> Objectors:
        return NOBODY_OBJECTS


class SayingSo(RuleBasedStateMachine):
    """Some people, one of them with two accounts, and all that may happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.books: Books = made_books()
        self.now = SPOKE
        self.policy = load_preset("opt-in")
        self.notices: list[Notice] = [FIRST_NOTICE]
        self.people: dict[MemberId, Member] = {
            each: person(each) for each in (ANA, OLD, BEN, AGELESS, PLACELESS)
        }
        self.people[AGELESS] = person(AGELESS, age_band=AgeBand.UNKNOWN)
        self.people[PLACELESS] = person(PLACELESS, region=UNKNOWN_REGION)
        self.became: dict[MemberId, MemberId] = {}
        self.recorded: list[Recorded] = []
        self.proven = 0
        self.joined_at = 0
        self.numbers = count(1)

    # -- what there is

    def known_as(self, member_id: MemberId) -> MemberId:
        return self.became.get(member_id, member_id)

    def history(self, ledger: Ledger, member_id: MemberId) -> list[Recorded]:
        known_as = self.known_as(member_id)
        accounts = [known_as, *(old for old, new in self.became.items() if new == known_as)]
        return [each for account in accounts for each in ledger.history(account)]

    def decision(
        self,
        document: Document,
        purpose: Purpose,
        *,
        ledger: Ledger | None = None,
        without: str = "",
    ) -> Decision:
        world = LedgerWorld(ledger or self.books.ledger, self, without)
        return decide(facts_for(document, purpose, self.now + LONG_AFTER, world))

    def each_question(self) -> list[tuple[Document, Purpose]]:
        return [
            (writing(author, id=DocumentId(name)), purpose)
            for author in (ANA, OLD, BEN)
            for name in ("d1", "d2")
            for purpose in (Purpose.GENAI_TRAINING, Purpose.AI_RESEARCH)
        ]

    def happens(self, event: Event) -> Recorded:
        self.now += timedelta(hours=1)
        recorded = self.books.ledger.record(event, self.now)
        self.recorded.append(recorded)
        return recorded

    # -- what happens

    @initialize(policy=st.sampled_from(PRESETS), told=st.booleans())
    def begins(self, policy: str, told: bool) -> None:  # noqa: FBT001 - hypothesis names it
        self.policy = load_preset(policy)
        for who in (ANA, OLD, BEN) if told else ():
            self.notice_gets_this_far(who, Delivery.DELIVERED, "n1")

    @rule(
        who=ALL,
        purpose=USES,
        scope=SCOPES,
        answer=st.sampled_from(list(Answer)),
        notice_id=st.sampled_from(["n1", "n1", "n2", ""]),
        knowing=st.booleans(),
        skew=st.integers(-100_000, 4),
    )
    def answers(  # noqa: PLR0917 - hypothesis names them
        self,
        who: MemberId,
        purpose: Purpose,
        scope: tuple[Scope, str],
        answer: Answer,
        notice_id: str,
        knowing: bool,  # noqa: FBT001 - likewise
        skew: int,
    ) -> None:
        choice = Choice(
            event_id=f"e{next(self.numbers)}",
            member_id=who,
            purpose=purpose,
            answer=answer,
            occurred_at=self.now + timedelta(minutes=skew),
            scope=scope[0],
            target=scope[1],
            notice_id=notice_id,
            after_conflict=knowing,
        )
        self.happens(choice_event(choice))

    @rule(who=PEOPLE, answer=st.sampled_from(list(Answer)), scope=SCOPES)
    def answers_plainly(self, who: MemberId, answer: Answer, scope: tuple[Scope, str]) -> None:
        """Say it with everything in order, so that a yes counts."""
        newest = self.notices[-1].id
        self.answers(who, Purpose.GENAI_TRAINING, scope, answer, newest, knowing=True, skew=0)

    @rule(who=PEOPLE)
    def says_no_and_then_something_narrower(self, who: MemberId) -> None:
        self.answers_plainly(who, Answer.NO, (Scope.PURPOSE, ""))
        self.answers_plainly(who, Answer.YES, (Scope.DOCUMENT, "d1"))

    @rule(who=RARELY_ANA, present=st.booleans())
    def browser_signals(self, who: MemberId, present: bool) -> None:  # noqa: FBT001
        self.happens(gpc_event(member_id=who, present=present, occurred_at=self.now))

    @rule(who=RARELY_ANA, answer=st.sampled_from(list(Answer)))
    def older_setting_is_found(self, who: MemberId, answer: Answer) -> None:
        event = setting_event(
            member_id=who, setting="do-not-index", answer=answer, occurred_at=self.now
        )
        self.happens(event)

    @rule(
        who=ALL, delivery=st.sampled_from(list(Delivery)), notice_id=st.sampled_from(["n1", "n2"])
    )
    def notice_gets_this_far(self, who: MemberId, delivery: Delivery, notice_id: str) -> None:
        event = delivery_event(
            member_id=who, notice_id=notice_id, delivery=delivery, occurred_at=self.now
        )
        self.happens(event)

    @precondition(lambda self: len(self.notices) == 1)
    @rule(material=st.booleans())
    def notice_changes(self, material: bool) -> None:  # noqa: FBT001
        draft = replace(DRAFT, id="n2", text="Other words.", material=material)
        self.notices.append(publish(draft, self.now))

    @rule(who=RARELY_ANA, after=st.sampled_from(["US", "DE", "BR"]))
    def moves(self, who: MemberId, after: str) -> None:
        member = self.people.get(who)
        if member is not None:
            self.people[who] = replace(member, region=Region(after))
            self.happens(
                region_event(
                    member_id=who, before=member.region, after=Region(after), occurred_at=self.now
                )
            )

    @rule(who=RARELY_ANA, after=st.sampled_from([AgeBand.ADULT, AgeBand.ADULT, AgeBand.MINOR]))
    def turns(self, who: MemberId, after: AgeBand) -> None:
        member = self.people.get(who)
        if member is not None:
            self.people[who] = replace(member, age_band=after)
            self.happens(
                age_event(member_id=who, before=member.age_band, after=after, occurred_at=self.now)
            )

    @rule(who=RARELY_ANA, after=st.sampled_from([Standing.SUSPENDED, Standing.ACTIVE]))
    def becomes(self, who: MemberId, after: Standing) -> None:
        event = standing_event(
            member_id=who, before=Standing.ACTIVE, after=after, occurred_at=self.now
        )
        self.happens(event)

    @precondition(lambda self: OLD not in self.became and OLD in self.people)
    @rule()
    def two_accounts_become_one(self) -> None:
        self.became[OLD] = ANA
        event = merged_event(member_id=OLD, into=ANA, occurred_at=self.now)
        self.joined_at = self.happens(event).seq

    @precondition(lambda self: BEN in self.people)
    @rule()
    def ben_is_erased(self) -> None:
        self.happens(erased_event(event_id="gone", member_id=BEN, occurred_at=self.now))
        self.books.ledger.erase(BEN, "token-of-nobody")
        del self.people[BEN]
        self.recorded = [each for each in self.recorded if each.event.member_id != BEN]
        self.proven = min(self.proven, len(self.recorded))

    # -- what changes nothing

    @precondition(lambda self: self.recorded)
    @rule(which=st.integers(0, 1000))
    def the_same_comes_again(self, which: int) -> None:
        before = self.recorded[which % len(self.recorded)]
        size, held = self.books.log.size(), len(self.books.events.held)

        again = self.books.ledger.record(before.event, self.now + timedelta(days=1))

        assert again == before
        assert (self.books.log.size(), len(self.books.events.held)) == (size, held)

    @precondition(lambda self: self.recorded)
    @rule(which=st.integers(0, 1000))
    def an_id_comes_again_for_something_else(self, which: int) -> None:
        before = self.recorded[which % len(self.recorded)].event
        size = self.books.log.size()

        with pytest.raises(Conflict):
            self.books.ledger.record(replace(before, body={**before.body, "more": 1}), self.now)

        assert self.books.log.size() == size

    # -- what is always true

    @invariant()
    def nothing_is_used_after_a_no_until_a_later_yes(self) -> None:
        """A later yes lifts a no if the same account said it, or any since they are one."""
        for document, purpose in self.each_question():
            said = [
                each
                for each in self.history(self.books.ledger, document.member_id)
                if each.event.kind is EventKind.CHOICE and each.event.body["purpose"] == purpose
            ]
            yeses = [
                each
                for each in said
                if each.event.body["answer"] == Answer.YES
                and each.event.body["target"] in {"", str(document.category), document.id}
            ]
            for no in said:
                if (
                    no.event.body["answer"] == Answer.NO
                    and no.event.body["scope"] == Scope.PURPOSE
                    and not any(self.lifts(yes, no) for yes in yeses)
                ):
                    decision = self.decision(document, purpose)
                    assert not decision.permit, decision.reason

    def lifts(self, yes: Recorded, no: Recorded) -> bool:
        own = yes.event.member_id == no.event.member_id
        return yes.seq > no.seq and (own or yes.seq > self.joined_at)

    @invariant()
    def every_event_is_proven_and_every_choice_has_a_receipt(self) -> None:
        trust = Trust(self.books.log.vkey)
        for recorded in self.recorded[self.proven :]:
            assert commitment(recorded.salt, recorded.record) == recorded.commitment
            assert recorded.commitment in str(self.books.log.entry(recorded.leaf).entry)
            self.books.log.checkpoint()
            proof = self.books.log.proof_text(recorded.leaf)
            if recorded.event.kind is EventKind.CHOICE:
                given = receipt(
                    recorded,
                    controller=Controller(name="Fernhollow"),
                    grounds=Grounds(region=Region("US"), notice=None),
                    proof=LogProof(text=proof, vkey=self.books.log.vkey),
                )
                check_file(json.dumps(given), trust, {})
        self.proven = len(self.recorded)

    @invariant()
    def who_is_unknown_is_refused(self) -> None:
        for author in UNKNOWN:
            for purpose in (Purpose.GENAI_TRAINING, Purpose.AI_RESEARCH):
                assert not self.decision(writing(author), purpose).permit

    @invariant()
    def every_refusal_says_why(self) -> None:
        for document, purpose in self.each_question()[:2]:
            decision = self.decision(document, purpose)
            assert decision.reason.endswith(".")
            assert decision.permit or decision.mend.endswith(".")

    @invariant()
    def the_sealed_history_gives_the_same_decisions(self) -> None:
        books = self.books
        anew = Ledger(books.events, books.log, books.vault, lambda size: b"\0" * size)
        for document, purpose in self.each_question():
            now_said = self.decision(document, purpose)
            assert self.decision(document, purpose, ledger=anew) == now_said

    @invariant()
    def without_one_yes_nothing_more_is_admitted(self) -> None:
        yeses = [
            each.event
            for each in self.recorded
            if each.event.kind is EventKind.CHOICE and each.event.body["answer"] == Answer.YES
        ]
        for event in yeses[-2:]:
            for document, purpose in self.each_question():
                if not self.decision(document, purpose).permit:
                    less = self.decision(document, purpose, without=event.event_id)
                    assert not less.permit, less.reason

    @invariant()
    def the_log_only_grows(self) -> None:
        assert self.books.log.size() >= len(self.recorded)
        moments: list[datetime] = [each.recorded_at for each in self.recorded]
        assert moments == sorted(moments)


SayingSo.TestCase.settings = settings(max_examples=40, stateful_step_count=18, deadline=None)
test_whatever_happens_no_yes_is_invented_and_no_no_is_lost = SayingSo.TestCase

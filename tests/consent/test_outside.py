"""Others hear a yes only where everyone who has a part in a text said it themselves."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import ANA, NOW, SPOKE, TRAIN, Village, person, village, writing
from sayso.community import AgeBand, Document, MemberId, Quote, Signal, State, Visibility
from sayso.consent.choices import Answer, Scope
from sayso.consent.outside import ALWAYS, BOTH, CLOSED, OPEN, declared, outside
from sayso.consent.purposes import Purpose
from sayso.consent.signals import SIGNALS, SignalEntry
from sayso.consent.signals.usage import Usage, Use

BO = MemberId("bo")
RESEARCH = Purpose.AI_RESEARCH
LATER = SPOKE + timedelta(days=1)


def willing(*names: str) -> Village:
    """A village where each of `names` said yes to both."""
    world = village()
    world.join(*(person(name) for name in names))
    for name in names:
        for purpose in BOTH:
            world.says_yes(member_id=MemberId(name), purpose=purpose)
    return world


def told(world: Village, document: Document | None = None) -> Usage:
    return outside(document or writing(), NOW, world)


def test_a_yes_to_both_opens_a_text() -> None:
    assert told(willing("ana")) == OPEN


@pytest.mark.parametrize("missing", BOTH)
def test_a_yes_to_one_of_the_two_leaves_it_closed(missing: Purpose) -> None:
    world = village()
    world.says_yes(purpose=next(each for each in BOTH if each is not missing))

    assert told(world) == CLOSED


@pytest.mark.parametrize("purpose", BOTH)
def test_a_no_to_either_closes_it(purpose: Purpose) -> None:
    world = willing("ana")
    world.says_no(LATER, purpose=purpose)

    assert told(world) == CLOSED


def test_a_default_never_opens_a_text() -> None:
    """On by default at home is no say-so for people outside."""
    world = village("linkedin-2024")
    world.hears()

    assert world.decides(purpose=TRAIN).permit
    assert told(world) == CLOSED


@pytest.mark.parametrize(
    "document",
    [
        writing(visibility=Visibility.CONNECTIONS),
        writing(visibility=Visibility.UNLISTED),
        writing(state=State.DRAFT),
        writing(licence="CC-BY-NC-4.0"),
        writing(co_authors=(BO,)),
        writing(quotes=(Quote(start=0, end=9, member_id=BO),)),
        writing(signals=(Signal(standard="aipref-07", value="train-ai=n", seen_at=SPOKE),)),
        writing(signals=(Signal(standard="smoke", value="yes", seen_at=SPOKE),)),
        writing("nobody"),
    ],
    ids=lambda document: str(document)[-60:],
)
def test_what_may_not_be_used_whole_is_closed(document: Document) -> None:
    world = willing("ana")
    world.join(person("bo"))

    assert told(world, document) == CLOSED


def test_all_authors_and_all_who_are_quoted_open_it_together() -> None:
    world = willing("ana", "bo")

    assert told(world, writing(co_authors=(BO,))) == OPEN
    assert told(world, writing(quotes=(Quote(start=0, end=9, member_id=BO),))) == OPEN


def test_a_minor_is_never_opened() -> None:
    world = willing("ana")
    world.people[ANA] = person(age_band=AgeBand.MINOR)

    assert told(world) == CLOSED


def test_a_browsers_signal_closes_it_until_a_yes_that_knew_of_it() -> None:
    world = willing("ana")
    world.sends_gpc(LATER)
    assert told(world) == CLOSED

    for purpose in BOTH:
        world.says_yes(LATER, purpose=purpose, after_conflict=True)
    assert told(world) == OPEN


def test_what_holds_of_every_text_is_what_open_and_closed_agree_on() -> None:
    assert ALWAYS.said == {Use.INPUT: Answer.NO, Use.EMBEDDING: Answer.NO}
    assert all(OPEN.said[use] is CLOSED.said[use] is answer for use, answer in ALWAYS.said.items())


SPEAKING = [entry for entry in SIGNALS if entry.says]


@pytest.mark.parametrize("entry", SPEAKING, ids=lambda entry: entry.name)
def test_every_standard_says_no_of_a_closed_text_and_none_of_an_open_one(
    entry: SignalEntry,
) -> None:
    read = next(iter(entry.answers.values()))

    assert read(entry.emit(CLOSED)) is Answer.NO
    assert read(entry.emit(OPEN)) is (None if entry.name == "noai" else Answer.YES)


def test_a_member_declares_what_they_answered_and_nothing_more() -> None:
    silent, one, both, no = village(), village(), willing("ana"), willing("ana")
    one.says_yes(purpose=RESEARCH)
    no.says_no(LATER, purpose=RESEARCH)

    assert declared(silent.say(ANA)) == (Usage(), None)
    assert declared(one.say(ANA)) == (Usage(), None)
    assert declared(both.say(ANA))[0].of(Use.GENAI_TRAINING) is Answer.YES
    assert declared(both.say(ANA))[1] == SPOKE
    assert declared(no.say(ANA)) == (
        Usage(said={Use.TRAINING: Answer.NO, Use.GENAI_TRAINING: Answer.NO}),
        LATER,
    )


acts = st.lists(
    st.tuples(st.sampled_from(BOTH), st.sampled_from(Answer), st.sampled_from(Scope), st.booleans())
    | st.just("gpc"),
    max_size=6,
)


@settings(max_examples=150)
@given(acts=acts)
def test_open_is_never_wider_than_what_the_member_said(acts: list[object]) -> None:
    """Whatever happened: open only if both decisions permit, and taking a yes away never opens."""
    world, without = village(), village()
    for number, act in enumerate(acts):
        at = SPOKE + timedelta(minutes=number)
        if act == "gpc":
            world.sends_gpc(at)
            without.sends_gpc(at)
            continue
        assert isinstance(act, tuple)
        purpose, answer, scope, knew = act
        target = {Scope.PURPOSE: "", Scope.CATEGORY: "content", Scope.DOCUMENT: "d1"}[scope]
        said = {"purpose": purpose, "scope": scope, "target": target, "after_conflict": knew}
        world.chooses(answer, at, **said)
        if answer is Answer.NO:
            without.chooses(answer, at, **said)

    if told(world) == OPEN:
        assert all(world.decides(purpose=purpose).permit for purpose in BOTH)
    assert told(without) == CLOSED

"""P9: every refusal names its rule, the evidence and the mend; no odd fact breaks a decision."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import (
    ANA,
    FIRST_NOTICE,
    NOW,
    SPOKE,
    TRAIN,
    assert_refused,
    person,
    village,
    writing,
)
from fakes.histories import ACTS, POLICIES, SECOND_NOTICES, Act, play
from sayso.community import (
    AgeBand,
    Document,
    DocumentId,
    Kind,
    MemberId,
    Quote,
    Region,
    Standing,
    State,
    Visibility,
)
from sayso.consent.decide import decide
from sayso.consent.facts import Facts, facts_for
from sayso.consent.ledger import Event, EventKind
from sayso.consent.notices import Notice
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.rules import RULES
from sayso.evidence.canonical import JSON

NAMES = {rule.name for rule in RULES}
WORDS = st.text(max_size=12)
PEOPLE = st.sampled_from([ANA, MemberId("ben"), MemberId("nobody"), MemberId("")])
MOMENTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1))  # noqa: DTZ001 - a time without a zone is one of the odd facts
DOCUMENTS = st.builds(
    Document,
    id=st.builds(DocumentId, WORDS),
    member_id=PEOPLE,
    kind=st.sampled_from(Kind),
    text=WORDS,
    created_at=MOMENTS,
    visibility=st.sampled_from([Visibility.PUBLIC, *Visibility]),
    state=st.sampled_from([State.PUBLISHED, *State]),
    licence=WORDS,
    co_authors=st.lists(PEOPLE, max_size=2).map(tuple),
    quotes=st.lists(
        st.builds(Quote, start=st.integers(), end=st.integers(), member_id=PEOPLE), max_size=3
    ).map(tuple),
)
SCALARS: st.SearchStrategy[JSON] = st.one_of(
    st.none(), st.booleans(), st.integers(), WORDS, st.sampled_from(["yes", "no", "purpose", "n1"])
)
BODIES = st.dictionaries(
    st.sampled_from(
        [
            *("purpose", "answer", "scope", "target", "notice_id", "after_conflict", "signal"),
            *("present", "delivery", "setting", "before", "after", "credit"),
        ]
    ),
    SCALARS,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(
    acts=ACTS,
    policy=POLICIES,
    second=SECOND_NOTICES,
    age=st.sampled_from(AgeBand),
    standing=st.sampled_from([Standing.ACTIVE, *Standing]),
    document=DOCUMENTS,
    purpose=st.sampled_from(tuple(PURPOSES)),
)
def test_every_decision_says_which_rule_why_and_what_would_mend_it(
    *,
    acts: list[Act],
    policy: str,
    second: Notice | None,
    age: AgeBand,
    standing: Standing,
    document: Document,
    purpose: Purpose,
) -> None:
    world = play(acts, policy=policy, second=second)
    world.people[ANA] = replace(world.people[ANA], age_band=age, standing=standing)

    decision = world.decides(document, purpose=purpose)

    assert decision.rule in NAMES
    assert decision.reason.endswith(".")
    assert decision.evidence
    assert decision.permit or decision.mend.endswith(".")
    assert all(verdict.rule in NAMES for verdict in decision.beat)


@settings(max_examples=150, deadline=None)
@given(
    document=DOCUMENTS,
    at=st.one_of(MOMENTS, st.just(NOW)),
    region=WORDS,
    kinds=st.lists(st.tuples(st.sampled_from(EventKind), BODIES), max_size=5),
    published=st.one_of(st.none(), MOMENTS),
)
def test_no_odd_fact_breaks_a_decision(
    document: Document,
    at: datetime,
    region: str,
    kinds: list[tuple[EventKind, dict[str, JSON]]],
    published: datetime | None,
) -> None:
    world = village(member=person(region=Region(region)))
    world.told = [replace(FIRST_NOTICE, published_at=published, effective_at=published)]
    for number, (kind, body) in enumerate(kinds):
        event = Event(
            event_id=f"odd{number}", kind=kind, member_id=ANA, occurred_at=SPOKE, body=body
        )
        world.record(event, SPOKE + timedelta(days=number))

    decision = decide(facts_for(document, TRAIN, at, world))

    assert decision.rule in NAMES


@settings(max_examples=200, deadline=None)
@given(body=BODIES, kind=st.sampled_from(EventKind))
def test_an_event_that_says_nothing_sure_admits_nothing(
    body: dict[str, JSON], kind: EventKind
) -> None:
    world = village("linkedin-2025")
    event = Event(event_id="odd", kind=kind, member_id=ANA, occurred_at=SPOKE, body=body)
    world.record(event, SPOKE)

    assert not world.decides().permit


def test_a_document_without_any_author_is_refused() -> None:
    decision = decide(Facts(document=writing(), authors=(), quoted=()))

    assert_refused(decision, by="unknown_member")


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"age_band": AgeBand.UNKNOWN}, "Say your age band in your settings"),
        ({"region": Region("ZZ")}, "Say your country in your settings"),
    ],
)
def test_what_a_member_can_mend_is_told_to_them(change: dict[str, object], mend: str) -> None:
    world = village(member=person(**change))
    world.says_yes()

    assert mend in world.decides().mend

"""Random lives for property tests: what may happen to one member, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from fakes.consent import ANA, DRAFT, FIRST_NOTICE, SPOKE, Village, person, village
from sayso.community import AgeBand, Category, MemberId, Region, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.notices import Delivery, Notice, publish
from sayso.consent.purposes import Purpose

MINUTE = timedelta(minutes=1)
OTHER = MemberId("ana-old")
LATER = SPOKE + timedelta(days=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """A choice; `skew` is how far the client's clock is off, in minutes."""

    answer: Answer
    purpose: Purpose = Purpose.GENAI_TRAINING
    who: MemberId = ANA
    scope: Scope = Scope.PURPOSE
    target: str = ""
    notice_id: str = "n1"
    after_conflict: bool = False
    skew: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hears:
    """A notice got this far."""

    notice_id: str
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Global Privacy Control was seen, or seen to be gone."""

    present: bool
    who: MemberId = ANA


@dataclass(frozen=True, slots=True, kw_only=True)
class HadSet:
    """An older setting."""

    setting: str
    answer: Answer
    who: MemberId = ANA


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The member is in another region now."""

    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The member's age band is another now."""

    age_band: AgeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Becomes:
    """The account's standing is another now."""

    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Merges:
    """Ana's other account became the one that lives on."""


Act = Says | Hears | Signals | HadSet | Moves | Turns | Becomes | Merges

_SCOPES = st.sampled_from(
    [
        (Scope.PURPOSE, ""),
        (Scope.PURPOSE, ""),
        (Scope.CATEGORY, str(Category.CONTENT)),
        (Scope.CATEGORY, str(Category.PROFILE)),
        (Scope.DOCUMENT, "d1"),
        (Scope.DOCUMENT, "d2"),
    ]
)


def answers(*allowed: Answer) -> st.SearchStrategy[Says]:
    """Choices of any scope, under any notice, by clocks that are wrong."""
    return st.builds(
        lambda scope, **rest: Says(scope=scope[0], target=scope[1], **rest),
        scope=_SCOPES,
        answer=st.sampled_from(allowed or tuple(Answer)),
        notice_id=st.sampled_from(["n1", "n1", "n2", ""]),
        after_conflict=st.booleans(),
        skew=st.integers(min_value=-500_000, max_value=5),
    )


ANSWERS = answers()
FACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        Hears, notice_id=st.sampled_from(["n1", "n2"]), delivery=st.sampled_from(list(Delivery))
    ),
    st.builds(Signals, present=st.booleans()),
    st.builds(
        HadSet,
        setting=st.sampled_from(["do-not-index", "no-research", "unheard-of"]),
        answer=st.sampled_from(list(Answer)),
    ),
    st.builds(Moves, region=st.sampled_from(["US", "DE", "BR"])),
    st.builds(Turns, age_band=st.sampled_from([AgeBand.ADULT, AgeBand.ADULT, AgeBand.MINOR])),
)
PEOPLE = st.sampled_from([ANA, OTHER])
USES = st.sampled_from([Purpose.GENAI_TRAINING, Purpose.AI_RESEARCH])
WIDER: st.SearchStrategy[list[Act]] = st.lists(
    st.one_of(
        st.builds(replace, ANSWERS, who=PEOPLE, purpose=USES),
        st.builds(replace, ANSWERS, who=PEOPLE, purpose=USES),
        st.builds(Signals, present=st.booleans(), who=PEOPLE),
        st.builds(
            HadSet,
            setting=st.sampled_from(["do-not-index", "no-research", "unheard-of"]),
            answer=st.sampled_from(list(Answer)),
            who=PEOPLE,
        ),
        st.just(Merges()),
        FACTS,
    ),
    max_size=9,
)
"""The lives of somebody with two accounts, who answers for training and for research."""
ACTS: st.SearchStrategy[list[Act]] = st.lists(st.one_of(ANSWERS, ANSWERS, FACTS), max_size=9)
POLICIES = st.sampled_from(["opt-in", "linkedin-2024", "linkedin-2025"])
SECOND_NOTICES: st.SearchStrategy[Notice | None] = st.one_of(
    st.none(),
    st.builds(
        lambda material, regions, day: publish(
            replace(DRAFT, id="n2", text="Other words.", material=material, regions=regions),
            SPOKE + timedelta(days=day),
        ),
        material=st.booleans(),
        regions=st.sampled_from([(), (Region("US"),), (Region("DE"),)]),
        day=st.integers(min_value=-80, max_value=15),
    ),
)


def play(
    acts: Sequence[Act], *, policy: str = "opt-in", second: Notice | None = None, region: str = "US"
) -> Village:
    """Let it all happen to Ana, one act a day from the third of May on."""
    world = village(policy, member=person(region=Region(region)))
    world.told = [FIRST_NOTICE] if second is None else [FIRST_NOTICE, second]
    for day, act in enumerate(acts):
        at = SPOKE + timedelta(days=day)
        member = world.people[ANA]
        match act:
            case Says():
                world.chooses(
                    act.answer,
                    at,
                    scope=act.scope,
                    target=act.target,
                    notice_id=act.notice_id,
                    after_conflict=act.after_conflict,
                    purpose=act.purpose,
                    member_id=act.who,
                    occurred_at=at + act.skew * MINUTE,
                )
            case Hears():
                world.hears(at, notice=act.notice_id, delivery=act.delivery)
            case Signals():
                world.sends_gpc(at, present=act.present, who=act.who)
            case HadSet():
                world.had_set(act.setting, act.answer, at, who=act.who)
            case Moves():
                world.moves(member.region, act.region, at)
            case Turns():
                world.turns(member.age_band, act.age_band, at)
            case Becomes():
                world.becomes(act.standing, at)
            case Merges():
                _merge_once(world, at)
    return world


def _merge_once(world: Village, at: datetime) -> None:
    if OTHER not in world.became:
        world.merges(OTHER, at)

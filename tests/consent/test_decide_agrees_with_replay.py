"""The decision against an oracle that replays the whole history for one document, naively."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import ANA, SPOKE, TRAIN, Village, writing
from fakes.histories import (
    ACTS,
    OTHER,
    PEOPLE,
    POLICIES,
    SECOND_NOTICES,
    USES,
    WIDER,
    Act,
    Says,
    play,
)
from sayso.community import AgeBand, DocumentId, MemberId
from sayso.consent.ledger import EventKind, Recorded
from sayso.consent.notices import Notice
from sayso.consent.purposes import PURPOSES, Purpose, PurposeText

_EU = {"DE"}
_DISCLOSED = {Purpose("given-away")}
_SCOPES = ["document", "category", "purpose"]


def replay(world: Village, document_id: str, at: datetime, purpose: Purpose = TRAIN) -> str:
    """Return `yes`, `no` or `default`: slow, and for one person, one post, one purpose.

    Whoever had two accounts is asked twice: as if each had said all since the two became one.
    """
    if world.people[ANA].age_band is not AgeBand.ADULT or purpose not in world.rules.purposes:
        return "no"
    said = [_said(world, voice, document_id, at, purpose) for voice in _voices(world)]
    for answer in ("no", "yes"):
        if answer in said:
            return answer
    return "default" if _default_allows(world, at, purpose) else "no"


def _voices(world: Village) -> list[list[Recorded]]:
    """Return what came from each of her accounts, and what came since they are one."""
    since = next((e.seq for e in world.history if e.event.kind is EventKind.MERGED), None)
    if since is None:
        return [[each for each in world.history if each.event.member_id == ANA]]
    return [
        [each for each in world.history if each.seq > since or each.event.member_id == account]
        for account in (ANA, OTHER)
    ]


def _said(
    world: Village, voice: list[Recorded], document_id: str, at: datetime, purpose: Purpose
) -> str:
    asked = _Asked(world=world, voice=voice, document_id=document_id, at=at, purpose=purpose)
    for scope in ("document", "category"):
        answer = _answer(asked, scope)
        if answer:
            return answer
    gpc = [each for each in voice if each.event.body.get("present") is True]
    heeded = purpose in (Purpose.AI_RESEARCH, *world.rules.gpc_is_no, *_DISCLOSED)
    if gpc and heeded and not _knowing_yes(asked, gpc[0]):
        return "no"
    answer = _answer(asked, "purpose")
    if answer:
        return answer
    if _old_no(voice, purpose):
        return "no"
    return "no" if purpose == Purpose.AI_RESEARCH and _refused_training(asked) else ""


def _refused_training(asked: "_Asked") -> bool:
    before = replace(asked, purpose=TRAIN)
    answers = [_answer(before, scope) for scope in _SCOPES]
    return next((answer for answer in answers if answer), "") == "no"


@dataclass(frozen=True, kw_only=True)
class _Asked:
    world: Village
    voice: list[Recorded]
    document_id: str
    at: datetime
    purpose: Purpose


def _about(recorded: Recorded, scope: str, asked: _Asked) -> bool:
    body = recorded.event.body
    target = {"document": asked.document_id, "category": "content", "purpose": ""}[scope]
    return (
        recorded.event.kind is EventKind.CHOICE
        and body["purpose"] == asked.purpose
        and body["scope"] == scope
        and body["target"] == target
    )


def _answer(asked: _Asked, scope: str) -> str:
    """Walk back from the newest act: the first that settles the matter does."""
    for recorded in reversed(asked.voice):
        if not _about(recorded, scope, asked):
            continue
        if recorded.event.body["answer"] == "no":
            return "no"
        if _counts(asked, recorded, scope):
            return "yes"
    return ""


def _counts(asked: _Asked, yes: Recorded, scope: str) -> bool:
    wider = _SCOPES[_SCOPES.index(scope) + 1 :]
    for later in asked.voice:
        body = later.event.body
        if later.seq > yes.seq and any(
            _about(later, each, asked) and body["answer"] == "no" for each in wider
        ):
            return False
    for later in asked.world.history:
        body = later.event.body
        if (
            later.seq > yes.seq
            and later.event.kind is EventKind.AGE
            and body["after"] == "adult"
            and body["before"] != "adult"
        ):
            return False
    if asked.at < yes.recorded_at or asked.at < yes.event.occurred_at:
        return False
    places = _places(asked.world, after=yes.seq)
    return all(_notice_holds(asked.world, yes, region, asked.at) for region in places)


def _notice_holds(world: Village, yes: Recorded, region: str, at: datetime) -> bool:
    heard = _heard(world, region, at)
    named = [each for each in heard if each.id == yes.event.body["notice_id"]]
    if not named:
        return False
    since = [each for each in heard if _starts(each) > _starts(named[0])]
    if world.rules.renew_on_material_notice and any(each.material for each in since):
        return False
    return _starts(named[0]) <= yes.recorded_at


def _knowing_yes(asked: _Asked, gpc: Recorded) -> bool:
    for recorded in reversed(asked.voice):
        if not _about(recorded, "purpose", asked):
            continue
        if recorded.event.body["answer"] == "no":
            return False
        if (
            recorded.seq > gpc.seq
            and recorded.event.body["after_conflict"] is True
            and _counts(asked, recorded, "purpose")
        ):
            return True
    return False


def _old_no(history: list[Recorded], purpose: Purpose) -> bool:
    last = {
        each.event.body["setting"]: each.event.body["answer"]
        for each in history
        if each.event.kind is EventKind.SETTING
    }
    speaking = ["unheard-of"]
    speaking += ["do-not-index"] if purpose in PURPOSES else []
    speaking += ["no-research"] if purpose == Purpose.AI_RESEARCH else []
    return any(last.get(name) == "no" for name in speaking)


def _default_allows(world: Village, at: datetime, purpose: Purpose) -> bool:
    if purpose != TRAIN:
        return False
    for recorded in world.history:
        if recorded.event.kind is EventKind.AGE and recorded.event.body["before"] == "minor":
            return False
    places = _places(world, after=0)
    if world.rules.name == "opt-in" or (world.rules.name == "linkedin-2024" and places & _EU):
        return False
    return all(_was_told(world, region, at) for region in places)


def _places(world: Village, *, after: int) -> set[str]:
    places = {str(world.people[ANA].region)}
    for recorded in world.history:
        if recorded.event.kind is EventKind.REGION and recorded.seq > after:
            places |= {str(recorded.event.body["before"]), str(recorded.event.body["after"])}
    return places


def _was_told(world: Village, region: str, at: datetime) -> bool:
    newest_first = sorted(_heard(world, region, at), key=_starts, reverse=True)
    for notice in newest_first:
        for recorded in world.history:
            body = recorded.event.body
            if (
                recorded.event.kind is EventKind.NOTICE
                and body["notice_id"] == notice.id
                and body["delivery"] in ("delivered", "shown", "read")
                and recorded.recorded_at + timedelta(days=notice.notice_days) <= at
            ):
                return True
        if notice.material:
            return False
    return False


def _heard(world: Village, region: str, at: datetime) -> list[Notice]:
    return [
        notice
        for notice in world.told
        if (not notice.regions or region in notice.regions) and _starts(notice) <= at
    ]


def _starts(notice: Notice) -> datetime:
    assert notice.published_at is not None
    return notice.published_at


@settings(max_examples=400, deadline=None)
@given(
    acts=ACTS,
    policy=POLICIES,
    second=SECOND_NOTICES,
    days=st.integers(min_value=0, max_value=60),
    document_id=st.sampled_from(["d1", "d2", "d3"]),
)
def test_the_decision_is_what_a_naive_replay_says(
    acts: list[Act], policy: str, second: Notice | None, days: int, document_id: str
) -> None:
    world = play(acts, policy=policy, second=second)
    at = SPOKE + timedelta(days=max(days, len(acts)))

    decision = world.decides(writing(id=DocumentId(document_id)), at=at)

    said = "no" if not decision.permit else "default" if decision.is_default else "yes"
    assert said == replay(world, document_id, at), (decision.rule, decision.reason)


@settings(max_examples=400, deadline=None)
@given(
    acts=WIDER,
    policy=POLICIES,
    second=SECOND_NOTICES,
    asked=st.tuples(st.sampled_from(["d1", "d2"]), PEOPLE, USES),
)
def test_it_is_so_for_two_accounts_and_for_research_too(
    acts: list[Act], policy: str, second: Notice | None, asked: tuple[str, MemberId, Purpose]
) -> None:
    document_id, author, purpose = asked
    world = play(acts, policy=policy, second=second)
    written = writing(author if author in world.became else ANA, id=DocumentId(document_id))
    at = SPOKE + timedelta(days=40)

    decision = world.decides(written, at=at, purpose=purpose)

    said = "no" if not decision.permit else "default" if decision.is_default else "yes"
    assert said == replay(world, document_id, at, purpose), (decision.rule, decision.reason)


_DECLARED = st.one_of(
    st.just(Purpose("given-away")), st.from_regex(r"\Ause-[a-z]{1,8}\Z").map(Purpose)
)


@settings(max_examples=300, deadline=None)
@given(
    acts=WIDER,
    policy=POLICIES,
    second=SECOND_NOTICES,
    declared=_DECLARED,
    asked=st.tuples(st.sampled_from(["d1", "d2"]), PEOPLE, st.booleans()),
)
def test_it_is_so_for_any_purpose_that_a_policy_declares(
    acts: list[Act],
    policy: str,
    second: Notice | None,
    declared: Purpose,
    asked: tuple[str, MemberId, bool],
) -> None:
    """What was said of research in the tests above is said of the declared purpose here."""
    document_id, author, is_declared = asked
    renamed = [
        replace(act, purpose=declared)
        if isinstance(act, Says) and act.purpose == Purpose.AI_RESEARCH
        else act
        for act in acts
    ]
    world = play(renamed, policy=policy, second=second)
    world.told = [replace(each, purposes=(*each.purposes, declared)) for each in world.told]
    text = PurposeText(
        title="A use of our own",
        question="May we?",
        plain="We use it.",
        if_no="We do not.",
        dpv="dpv:Personalisation",
        discloses_to_third_parties=declared in _DISCLOSED,
    )
    if is_declared:
        world.rules = replace(world.rules, purposes={**PURPOSES, declared: text})
    written = writing(author if author in world.became else ANA, id=DocumentId(document_id))
    at = SPOKE + timedelta(days=40)

    decision = world.decides(written, at=at, purpose=declared)

    said = "no" if not decision.permit else "default" if decision.is_default else "yes"
    assert said == replay(world, document_id, at, declared), (decision.rule, decision.reason)
    assert is_declared or decision.rule == "purpose_known"

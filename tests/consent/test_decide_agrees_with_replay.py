"""The decision against an oracle that replays the whole history for one document, naively."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import ANA, SPOKE, TRAIN, Village, writing
from fakes.histories import ACTS, POLICIES, SECOND_NOTICES, Act, play
from sayso.community import AgeBand, DocumentId
from sayso.consent.ledger import EventKind, Recorded
from sayso.consent.notices import Notice

_EU = {"DE"}
_SCOPES = ["document", "category", "purpose"]


def replay(world: Village, document_id: str, at: datetime) -> str:
    """Return `yes`, `no` or `default`: slow, and for one member, one post, one purpose."""
    member = world.people[ANA]
    history = world.history
    if member.age_band is not AgeBand.ADULT:
        return "no"
    for scope in ("document", "category"):
        answer = _answer(world, scope, document_id, at)
        if answer:
            return answer
    gpc = [each for each in history if each.event.body.get("present") is True]
    heeded = TRAIN in world.rules.gpc_is_no
    if gpc and heeded and not _knowing_yes(world, gpc[0], document_id, at):
        return "no"
    answer = _answer(world, "purpose", document_id, at)
    if answer:
        return answer
    if _old_no(history):
        return "no"
    return "default" if _default_allows(world, at) else "no"


def _about(recorded: Recorded, scope: str, document_id: str) -> bool:
    body = recorded.event.body
    target = {"document": document_id, "category": "content", "purpose": ""}[scope]
    return (
        recorded.event.kind is EventKind.CHOICE
        and body["scope"] == scope
        and body["target"] == target
    )


def _answer(world: Village, scope: str, document_id: str, at: datetime) -> str:
    """Walk back from the newest act: the first that settles the matter does."""
    for recorded in reversed(world.history):
        if not _about(recorded, scope, document_id):
            continue
        if recorded.event.body["answer"] == "no":
            return "no"
        if _counts(world, recorded, scope, document_id, at):
            return "yes"
    return ""


def _counts(world: Village, yes: Recorded, scope: str, document_id: str, at: datetime) -> bool:
    wider = _SCOPES[_SCOPES.index(scope) + 1 :]
    for later in world.history:
        if later.seq <= yes.seq:
            continue
        body = later.event.body
        if any(_about(later, each, document_id) and body["answer"] == "no" for each in wider):
            return False
        if (
            later.event.kind is EventKind.AGE
            and body["after"] == "adult"
            and body["before"] != "adult"
        ):
            return False
    if at < yes.recorded_at or at < yes.event.occurred_at:
        return False
    return all(_notice_holds(world, yes, region, at) for region in _places(world, after=yes.seq))


def _notice_holds(world: Village, yes: Recorded, region: str, at: datetime) -> bool:
    heard = _heard(world, region, at)
    named = [each for each in heard if each.id == yes.event.body["notice_id"]]
    if not named:
        return False
    since = [each for each in heard if _starts(each) > _starts(named[0])]
    if world.rules.renew_on_material_notice and any(each.material for each in since):
        return False
    return _starts(named[0]) <= yes.recorded_at


def _knowing_yes(world: Village, gpc: Recorded, document_id: str, at: datetime) -> bool:
    for recorded in reversed(world.history):
        if not _about(recorded, "purpose", document_id):
            continue
        if recorded.event.body["answer"] == "no":
            return False
        if (
            recorded.seq > gpc.seq
            and recorded.event.body["after_conflict"] is True
            and _counts(world, recorded, "purpose", document_id, at)
        ):
            return True
    return False


def _old_no(history: list[Recorded]) -> bool:
    last = {
        each.event.body["setting"]: each.event.body["answer"]
        for each in history
        if each.event.kind is EventKind.SETTING
    }
    return any(last.get(name) == "no" for name in ("do-not-index", "unheard-of"))


def _default_allows(world: Village, at: datetime) -> bool:
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

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.training.forget import Stage, batch, stage_of
from sayso.training.takeback import Withdrawal

_NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_NEW = Withdrawal(
    id="w-1",
    member_id=MemberId("ana"),
    purpose=Purpose.GENAI_TRAINING,
    reason="withdrawn by the member",
    epoch=1,
    acknowledged_at=_NOW,
)


def test_a_withdrawal_passes_its_stages_in_order() -> None:
    contained = replace(_NEW, contained_at=_NOW)
    forgotten = replace(contained, forgotten_at=_NOW)
    certified = replace(forgotten, certified_at=_NOW, certificate_id="c")

    found = [stage_of(each) for each in (_NEW, contained, forgotten, certified)]

    assert found == [Stage.WITHDRAWN, Stage.CONTAINED, Stage.FORGOTTEN, Stage.CERTIFIED]


def test_a_gap_counts_as_not_come_further() -> None:
    assert stage_of(replace(_NEW, forgotten_at=_NOW, certified_at=_NOW)) is Stage.WITHDRAWN


def test_waiting_withdrawals_are_forgotten_together_when_the_oldest_is_due() -> None:
    younger = replace(_NEW, id="w-2", acknowledged_at=_NOW + timedelta(minutes=5))
    done = replace(
        _NEW, id="w-0", contained_at=_NOW, forgotten_at=_NOW, certified_at=_NOW, certificate_id="c"
    )

    found = batch([younger, done, _NEW], within_minutes=60)

    assert [each.id for each in found.withdrawals] == ["w-1", "w-2"]
    assert not found.is_due(_NOW + timedelta(minutes=59))
    assert found.is_due(_NOW + timedelta(minutes=60))


def test_nothing_waiting_is_never_due() -> None:
    assert not batch([], within_minutes=0).is_due(_NOW)

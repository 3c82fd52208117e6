"""Recording members' words: one, or a file of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.consent.choices import Answer, Choice
from sayso.consent.choices_file import read_choices
from sayso.errors import Conflict, NotFound
from sayso.rights.say import Said
from sayso.rights.say import say as say_in
from sayso.storage.stores import Stores
from sayso.training.takeback import Withdrawal
from sayso.wiring import Network

_BATCH = 500
_EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came of a file of choices."""

    recorded: int
    repeated: int
    skipped: int
    withdrawals: int
    skipped_examples: tuple[str, ...]


def say(network: Network, choice: Choice) -> Said:
    """Record one choice in a transaction of its own; see `rights.say.say`.

    A call repeated with the same event id may have been made at another time: the first counts.
    """
    with network.writing() as stores:
        said = say_in(stores, _as_first_said(stores, choice), network.clock())
        return replace(said, withdrawal=said.withdrawal or _first_withdrawal(stores, said))


def import_choices(network: Network, path: Path, *, report: Callable[..., None]) -> Counts:
    """Record a file of choices, some hundred a transaction; the same file twice changes nothing.

    Raises:
        BadInput: the file is not CSV or JSON lines with member_id, purpose and answer.
    """
    tally = _Tally()
    batch: list[Choice] = []
    for item in read_choices(path, network.clock()):
        if isinstance(item, Choice):
            batch.append(item)
        else:
            tally.skip(f"{item.where}: {item.reason}. {item.mend}".rstrip())
        if len(batch) == _BATCH:
            _record(network, batch, tally)
            report(tally.recorded + tally.repeated, None)
            batch = []
    _record(network, batch, tally)
    return tally.counts()


class _Tally:
    def __init__(self) -> None:
        self.recorded = self.repeated = self.skipped = self.withdrawals = 0
        self.examples: list[str] = []

    def skip(self, sentence: str) -> None:
        self.skipped += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(sentence)

    def counts(self) -> Counts:
        return Counts(
            recorded=self.recorded,
            repeated=self.repeated,
            skipped=self.skipped,
            withdrawals=self.withdrawals,
            skipped_examples=tuple(self.examples),
        )


def _record(network: Network, batch: list[Choice], tally: _Tally) -> None:
    now = network.clock()
    with network.writing() as stores:
        for choice in batch:
            try:
                first = _as_first_said(stores, choice)
                said = say_in(stores, first, now)
            except (NotFound, Conflict) as refusal:
                tally.skip(f"{choice.member_id}: {refusal.message} {refusal.hint}".rstrip())
                continue
            if said.recorded.recorded_at < now:
                tally.repeated += 1
            else:
                tally.recorded += 1
            tally.withdrawals += said.withdrawal is not None


def _first_withdrawal(stores: Stores, said: Said) -> Withdrawal | None:
    """Find what a repeated no took out of service when it was first said."""
    if said.recorded.event.body.get("answer") != Answer.NO:
        return None
    event = said.recorded.event
    for withdrawal in stores.takebacks.of(event.member_id):
        if (
            withdrawal.acknowledged_at == said.recorded.recorded_at
            and withdrawal.purpose == event.body.get("purpose")
        ):
            return withdrawal
    return None


def _as_first_said(stores: Stores, choice: Choice) -> Choice:
    """Give a repeated act the time and the notice it was first recorded with."""
    for recorded in stores.ledger.history(choice.member_id):
        if recorded.event.event_id == choice.event_id:
            return replace(
                choice,
                occurred_at=recorded.event.occurred_at,
                notice_id=choice.notice_id or str(recorded.event.body.get("notice_id", "")),
            )
    return choice

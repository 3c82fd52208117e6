"""Recording members' words: one, or a file of them."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.choices_file import count_lines, read_choices
from sayso.consent.events import Event
from sayso.consent.purposes import Purpose
from sayso.rights.prepare import Unsaid
from sayso.rights.say import VOID, Said, say_each, standing_answer
from sayso.rights.say import say as say_in
from sayso.storage.counted import CountedOnDisk
from sayso.wiring import Network

_BATCH = 1000
_EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came of a file of choices."""

    recorded: int
    repeated: int
    skipped: int
    withdrawals: int
    rows_back: int
    skipped_examples: tuple[str, ...]


def say(network: Network, choice: Choice) -> Said:
    """Record one choice in a transaction of its own; see `rights.say.say`."""
    with network.writing() as stores:
        return say_in(stores, choice, network.clock())


def import_choices(network: Network, path: Path, *, report: Callable[..., None]) -> Counts:
    """Record a file of choices, a thousand a transaction; the same file twice changes nothing.

    Stopped at any moment, the same call goes on: what was recorded is found again by its event
    id, which the row has or makes. Memory does not grow with the file.

    Raises:
        BadInput: the file is not CSV or JSON lines with member_id, purpose and answer.
    """
    tally = _Tally()
    with network.reading() as stores:
        purposes = tuple(stores.policies.current().purposes)
    with closing(CountedOnDisk()) as times:
        rows = read_choices(path, network.clock(), times, purposes)
        whole = count_lines(path)
        while batch := list(islice(rows, _BATCH)):
            choices = [row for row in batch if isinstance(row, Choice)]
            for row in batch:
                if not isinstance(row, Choice):
                    tally.skip(f"{row.where}: {row.reason.removesuffix('.')}. {row.mend}".rstrip())
            tally.hear(choices, _recorded(network, choices))
            report(min(tally.heard, whole), whole, tally.sentence())
    return tally.counts()


def _recorded(network: Network, choices: Sequence[Choice]) -> Sequence[Said | Unsaid]:
    if not choices:
        return ()
    with network.writing() as stores:
        return say_each(stores, choices, network.clock())


class _Tally:
    def __init__(self) -> None:
        self.recorded = self.repeated = self.skipped = self.rows_back = 0
        self.examples: list[str] = []
        self._withdrawals = 0

    @property
    def heard(self) -> int:
        return self.recorded + self.repeated + self.skipped

    def skip(self, sentence: str) -> None:
        self.skipped += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(sentence)

    def hear(self, choices: Sequence[Choice], said: Sequence[Said | Unsaid]) -> None:
        for choice, each in zip(choices, said, strict=True):
            if not isinstance(each, Said):
                self.skip(f"{choice.member_id}: {each.message} {each.hint}".rstrip())
            elif each.is_repeated:
                self.repeated += 1
            else:
                self.recorded += 1
        moved = [each for each in said if isinstance(each, Said) and not each.is_repeated]
        self._withdrawals += len({each.withdrawal.id for each in moved if each.withdrawal})
        # One member's rows come back once, however often their yes stands in the batch.
        back = {each.recorded.event.member_id: each.rows_back for each in moved if each.rows_back}
        self.rows_back += sum(back.values())

    def sentence(self) -> str:
        return f"{self.recorded:,} recorded, {self.repeated:,} already there"

    def counts(self) -> Counts:
        return Counts(
            recorded=self.recorded,
            repeated=self.repeated,
            skipped=self.skipped,
            withdrawals=self._withdrawals,
            rows_back=self.rows_back,
            skipped_examples=tuple(self.examples),
        )


def why_void(network: Network, event: Event) -> str:
    """Say why a yes to a whole purpose does not count as things stand; empty where it does."""
    asked = (event.body["answer"], event.body["scope"])
    if asked != (Answer.YES, Scope.PURPOSE):
        return ""
    purpose = Purpose(str(event.body["purpose"]))
    with network.reading() as stores:
        standing = standing_answer(stores, event.member_id, purpose, network.clock())
    return standing.reason if standing.rule == VOID else ""

"""Sending a notice to every member it is for: each once, whatever happens on the way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from sayso.community import MemberId
from sayso.consent.deliveries import is_for, is_proven, record_delivery, stages
from sayso.consent.notices import Delivery, Notice
from sayso.errors import NotHere
from sayso.jobs.letters import AsHtml, Letter, letter
from sayso.jobs.marks import Marks
from sayso.jobs.post_office import Outcome, PostOffice, Reply
from sayso.jobs.tell import published_named
from sayso.storage.stores import Stores
from sayso.wiring import Network

CHANNEL = "mail"
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=8))
"""How long to wait after each "not now" of the server (RFC 5321 section 4.5.4.1, but shorter:
who is left over is sent to by the next run)."""
_IN_A_ROW = 5
"""So many messages refused one after another are the message's fault."""
_AT_ONCE = 200
_REASONS, _OTHERS = 20, "other reasons"


@dataclass(slots=True, kw_only=True)
class Posted:
    """What came of sending. Nobody is counted twice; `asked` is everyone the notice is for."""

    notice_id: str
    asked: int = 0
    sent: int = 0
    bounced: int = 0
    later: int = 0
    refused: int = 0
    before: int = 0
    without_address: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    """What the server said to those it did not take, and how often."""

    def count(self, reply: Reply) -> None:
        """Count one letter that was dealt with."""
        match reply.outcome:
            case Outcome.TAKEN:
                self.sent += 1
            case Outcome.NO_SUCH_ADDRESS:
                self.bounced += 1
            case Outcome.LATER:
                self.later += 1
            case Outcome.REFUSED:
                self.refused += 1
        if reply.said:
            known = reply.said in self.reasons or len(self.reasons) < _REASONS
            reason = reply.said if known else _OTHERS
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """A member to send to, not before `due_at`."""

    member_id: MemberId
    due_at: datetime
    tries: int = 0

    def again(self, now: datetime) -> "_Turn":
        """Return the next turn, after a pause."""
        return replace(self, due_at=now + PAUSES[self.tries], tries=self.tries + 1)


def post(
    network: Network,
    notice_id: str,
    *,
    as_html: AsHtml,
    wait: Callable[[float], None],
    report: Callable[..., None] = lambda *_: None,
) -> Posted:
    """Mail the notice to each member it is for who has an address, and no proof or mail yet.

    For each: (0) the server takes the letter; (1) `sent` is recorded, in one transaction. Stopped
    between the two, a member may get the same letter again, under the same Message-ID; stopped
    anywhere else, nobody does. What the server cannot take now is tried again after `PAUSES`,
    and by the next run. An address it refuses is a bounce.

    Raises:
        NotFound: no published notice has that id.
        BadInput: [mail] lacks something.
        NotHere: the server does not answer, or refuses whatever we send; run it again.
    """
    with network.reading() as stores:
        notice = published_named(stores, notice_id)
        posted, due = _due(stores, notice)
    queue = deque(_Turn(member_id=each, due_at=network.clock()) for each in due)
    refused_in_a_row = 0
    with PostOffice(network.settings.mail) as office:
        while queue:
            turn = queue.popleft()
            _wait_until(turn.due_at, network.clock(), wait)
            written = _letter(network, notice, turn.member_id, as_html)
            if written is None:
                continue
            reply = office.hand_over(written)  # (0)
            if reply.outcome is Outcome.LATER and turn.tries < len(PAUSES):
                queue.append(turn.again(network.clock()))
                continue
            _keep(network, notice, turn.member_id, reply.outcome)  # (1)
            posted.count(reply)
            refused_in_a_row = (refused_in_a_row + 1) * (reply.outcome is Outcome.REFUSED)
            if refused_in_a_row == _IN_A_ROW:
                raise NotHere(
                    f"The mail server refused {_IN_A_ROW} letters one after another: {reply.said}.",
                    hint="Mend what it says and run the same command again.",
                )
            report(len(due) - len(queue), len(due), "Mailing the notice")
    return posted


def _due(stores: Stores, notice: Notice) -> tuple[Posted, list[MemberId]]:
    """Return whom to send to, and how many others there are, by reason."""
    posted = Posted(notice_id=notice.id)
    due: list[MemberId] = []
    for batch in _batches(
        member.id for member in stores.community.members() if is_for(notice, member)
    ):
        known = stores.contacts.known(batch)
        posted.asked += len(batch)
        for member_id in batch:
            reached = stages(stores.ledger.history(member_id), notice.id)
            if is_proven(reached) or not reached.isdisjoint({Delivery.SENT, Delivery.BOUNCED}):
                posted.before += 1
            elif member_id in known:
                due.append(member_id)
            else:
                posted.without_address += 1
    return posted, due


def _letter(
    network: Network, notice: Notice, member_id: MemberId, as_html: AsHtml
) -> Letter | None:
    """Write to the member, unless they left or were told while others were sent to."""
    with network.reading() as stores:
        member = stores.community.member(member_id)
        address = stores.contacts.address(member_id)
        if member is None or address is None or not is_for(notice, member):
            return None
        if is_proven(stages(stores.ledger.history(member_id), notice.id)):
            return None
    return letter(
        notice,
        member,
        address,
        settings=network.settings,
        marks=Marks(network.keys.suppression),
        now=network.clock(),
        as_html=as_html,
    )


_RECORDED = {
    Outcome.TAKEN: Delivery.SENT,
    Outcome.LATER: Delivery.QUEUED,
    Outcome.NO_SUCH_ADDRESS: Delivery.BOUNCED,
}


def _keep(network: Network, notice: Notice, member_id: MemberId, outcome: Outcome) -> None:
    delivery = _RECORDED.get(outcome)
    if delivery is None:
        return
    now = network.clock()
    with network.writing() as stores:
        if stores.community.member(member_id) is None:
            return  # erased meanwhile: nothing is written of them any more
        record_delivery(stores.ledger, member_id, notice.id, delivery, now, channel=CHANNEL)


def _wait_until(due_at: datetime, now: datetime, wait: Callable[[float], None]) -> None:
    if due_at > now:
        wait((due_at - now).total_seconds())


def _batches(members: Iterable[MemberId]) -> Iterator[Sequence[MemberId]]:
    remaining = iter(members)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch

"""A member's history folded into what they say now: one pass, in the ledger's order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sayso.community import AgeBand, Category, CreditChoice, MemberId, Region, Standing
from sayso.consent.choices import Answer, Scope
from sayso.consent.events import EventKind
from sayso.consent.ledger import Recorded
from sayso.consent.notices import PROVES_DELIVERY, Delivery, utc
from sayso.consent.purposes import Purpose
from sayso.consent.say import (
    SILENT,
    Aged,
    Answered,
    Asked,
    Grant,
    Moved,
    OldSetting,
    Refusal,
    Say,
    Seen,
)
from sayso.evidence.canonical import JSON

_MOST_RESERVED_FIRST = (CreditChoice.NOBODY, CreditChoice.PSEUDONYM, CreditChoice.NAME)
_WORST_FIRST = (Standing.ERASED, Standing.DELETED, Standing.SUSPENDED, Standing.ACTIVE)


def fold(
    history: Iterable[Recorded],
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    account: MemberId | None = None,
) -> Say:
    """Return what a member said, from their history in `seq` order.

    `known_at` leaves out what we had not yet learned by then. `as_of` asks what held then: a no
    counts from when it was recorded, a yes from the later of recorded and occurred. `history`
    may be that of several accounts which became one; `account` then says whose word is asked
    for where they were not yet one.
    """
    accounts = _Accounts()
    for recorded in sorted(history, key=lambda each: each.seq):
        if known_at is not None and recorded.recorded_at > utc(known_at):
            continue
        if as_of is not None and _counts_from(recorded) > utc(as_of):
            continue
        try:
            accounts.take(recorded)
        except (KeyError, TypeError, ValueError):
            accounts.unreadable.append(recorded.event.event_id)
    return accounts.say(account)


class _Voice:
    """What one account answered, and what was answered since it became one with others."""

    def __init__(self) -> None:
        self.answers: dict[Asked, Answered] = {}
        self.gpc: Seen | None = None
        self.settings: dict[str, OldSetting] = {}


class _Said:
    """What has been folded so far."""

    def __init__(self) -> None:
        self.voices = [_Voice()]
        self.deliveries: dict[str, Seen] = {}
        self.bounced: dict[str, Seen] = {}
        self.credit: CreditChoice | None = None
        self.moves: list[Moved] = []
        self.ages: list[Aged] = []
        self.standing: Standing | None = None

    def join(self, other: "_Said") -> None:
        """Take in what another account of the same person said; where they differ, the no."""
        self.voices += other.voices
        for notice_id, seen in other.deliveries.items():
            own = self.deliveries.get(notice_id, seen)
            self.deliveries[notice_id] = min(own, seen, key=lambda each: each.seq)
        self.bounced = {
            notice_id: seen
            for notice_id, seen in (other.bounced | self.bounced).items()
            if notice_id not in self.deliveries
        }
        said = {self.credit, other.credit}
        self.credit = next((each for each in _MOST_RESERVED_FIRST if each in said), None)
        self.moves = sorted((*self.moves, *other.moves), key=lambda each: each.seen.seq)
        self.ages = sorted((*self.ages, *other.ages), key=lambda each: each.seen.seq)
        held = {self.standing, other.standing}
        self.standing = next((each for each in _WORST_FIRST if each in held), None)

    def say(self, unreadable: Sequence[str]) -> Say:
        """Return it for good."""
        voices = [each for each in self.voices if each.answers or each.gpc or each.settings]
        voices = voices or self.voices[:1]
        seen = [each.gpc for each in voices if each.gpc is not None]
        return Say(
            answers=_strictest(voices),
            deliveries=self.deliveries,
            bounced=self.bounced,
            gpc=min(seen, key=lambda each: each.seq, default=None),
            settings=_strictest_settings(voices),
            credit=self.credit,
            moves=tuple(self.moves),
            ages=tuple(self.ages),
            standing=self.standing,
            unreadable=tuple(unreadable),
            apart=tuple(
                Say(answers=each.answers, gpc=each.gpc, settings=each.settings)
                for each in voices
                if len(voices) > 1
            ),
        )


class _Accounts:
    """Accounts, and which of them became which; what one cannot read is a no for all."""

    def __init__(self) -> None:
        self.unreadable: list[str] = []
        self._said: dict[MemberId, _Said] = {}
        self._became: dict[MemberId, MemberId] = {}

    def take(self, recorded: Recorded) -> None:
        """Take one more event in; an error leaves everything as it was."""
        said = self._of(recorded.event.member_id)
        if recorded.event.kind is not EventKind.MERGED:
            _TAKE[recorded.event.kind](said, recorded)
            return
        old = self._now(recorded.event.member_id)
        new = self._now(MemberId(_text(recorded.event.body, "into")))
        if old == new or not new:
            raise ValueError("an account becomes another one")
        self._of(new).join(said)
        del self._said[old]
        self._became[old] = new

    def say(self, account: MemberId | None) -> Say:
        """Return what `account` says by now; without one, whoever there is."""
        if account is not None:
            return self._of(account).say(self.unreadable)
        said = next(reversed(self._said.values()), None)
        return SILENT if said is None else said.say(self.unreadable)

    def _of(self, member_id: MemberId) -> _Said:
        """Return what was said by whoever the account is by now."""
        return self._said.setdefault(self._now(member_id), _Said())

    def _now(self, member_id: MemberId) -> MemberId:
        while member_id in self._became:
            member_id = self._became[member_id]
        return member_id


def _strictest(voices: Sequence[_Voice]) -> dict[Asked, Answered]:
    """Return one answer for each question: a no where any account stands on no."""
    if len(voices) == 1:
        return voices[0].answers
    found: dict[Asked, Answered] = {}
    for asked in dict.fromkeys(each for voice in voices for each in voice.answers):
        given = [voice.answers[asked] for voice in voices if asked in voice.answers]
        refusing = [each for each in given if each.answer is Answer.NO]
        grants = {grant.seq: grant for each in given for grant in each.grants}
        refusals = [each.refusal for each in given if each.refusal is not None]
        found[asked] = Answered(
            refusal=max(refusals, key=lambda each: each.seq, default=None),
            grants=() if refusing else tuple(grants[seq] for seq in sorted(grants)),
        )
    return found


def _strictest_settings(voices: Sequence[_Voice]) -> dict[str, OldSetting]:
    found: dict[str, OldSetting] = {}
    for name, old in (each for voice in voices for each in voice.settings.items()):
        if name not in found or old.answer is Answer.NO:
            found[name] = old
    return found


def _counts_from(recorded: Recorded) -> datetime:
    event = recorded.event
    if event.kind is EventKind.CHOICE and event.body.get("answer") == Answer.YES:
        return max(recorded.recorded_at, utc(event.occurred_at))
    return recorded.recorded_at


def _seen(recorded: Recorded) -> Seen:
    return Seen(
        seq=recorded.seq, event_id=recorded.event.event_id, recorded_at=recorded.recorded_at
    )


def _text(body: Mapping[str, JSON], name: str) -> str:
    value = body[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is not a text")
    return value


def _take_choice(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    scope = Scope(_text(body, "scope"))
    target = _text(body, "target")
    if scope is Scope.CATEGORY:
        target = Category(target)
    if (scope is Scope.PURPOSE) == bool(target):
        raise ValueError("a whole purpose has no target, anything narrower has one")
    asked = (Purpose(_text(body, "purpose")), scope, target)
    if Answer(_text(body, "answer")) is Answer.NO:
        refusal = Refusal(
            seq=recorded.seq, event_id=recorded.event.event_id, recorded_at=recorded.recorded_at
        )
        for voice in said.voices:
            voice.answers[asked] = Answered(refusal=refusal)
        return
    grant = Grant(
        seq=recorded.seq,
        event_id=recorded.event.event_id,
        counts_from=_counts_from(recorded),
        recorded_at=recorded.recorded_at,
        notice_id=_text(body, "notice_id"),
        after_conflict=body["after_conflict"] is True,
    )
    for voice in said.voices:
        before = voice.answers.get(asked, Answered())
        voice.answers[asked] = Answered(refusal=before.refusal, grants=(*before.grants, grant))


def _take_credit(said: _Said, recorded: Recorded) -> None:
    said.credit = CreditChoice(_text(recorded.event.body, "credit"))


def _take_notice(said: _Said, recorded: Recorded) -> None:
    notice_id = _text(recorded.event.body, "notice_id")
    delivery = Delivery(_text(recorded.event.body, "delivery"))
    if delivery in PROVES_DELIVERY:
        said.deliveries.setdefault(notice_id, _seen(recorded))
        said.bounced.pop(notice_id, None)
    elif delivery is Delivery.BOUNCED and notice_id not in said.deliveries:
        said.bounced[notice_id] = _seen(recorded)


def _take_signal(said: _Said, recorded: Recorded) -> None:
    signal, present = recorded.event.body["signal"], recorded.event.body["present"]
    if signal != "gpc" or not isinstance(present, bool):
        raise ValueError("this signal is not known")
    # Its later absence is not consent (11 CCR 7025(c)(5)), so the first sighting stays.
    for voice in said.voices:
        if present and voice.gpc is None:
            voice.gpc = _seen(recorded)


def _take_setting(said: _Said, recorded: Recorded) -> None:
    setting = _text(recorded.event.body, "setting")
    answer = Answer(_text(recorded.event.body, "answer"))
    for voice in said.voices:
        voice.settings[setting] = OldSetting(setting=setting, answer=answer, seen=_seen(recorded))


def _take_region(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    said.moves.append(
        Moved(
            before=Region(_text(body, "before")),
            after=Region(_text(body, "after")),
            seen=_seen(recorded),
        )
    )


def _take_age(said: _Said, recorded: Recorded) -> None:
    body = recorded.event.body
    before, after = AgeBand(_text(body, "before")), AgeBand(_text(body, "after"))
    said.ages.append(Aged(before=before, after=after, seen=_seen(recorded)))


def _take_standing(said: _Said, recorded: Recorded) -> None:
    after = Standing(_text(recorded.event.body, "after"))
    if said.standing is not Standing.ERASED:  # there is no way back from that one
        said.standing = after


def _take_erased(said: _Said, _recorded: Recorded) -> None:
    said.standing = Standing.ERASED


_TAKE = {
    EventKind.CHOICE: _take_choice,
    EventKind.CREDIT: _take_credit,
    EventKind.NOTICE: _take_notice,
    EventKind.SIGNAL: _take_signal,
    EventKind.REGION: _take_region,
    EventKind.AGE: _take_age,
    EventKind.STANDING: _take_standing,
    EventKind.SETTING: _take_setting,
    EventKind.ERASED: _take_erased,
}

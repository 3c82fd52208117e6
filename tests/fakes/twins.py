"""Lives that differ from another in one thing: what only just looks alike must be told apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.events import EventKind
from sayso.consent.recorded import Recorded


def twin_of(random: Random, history: Sequence[Recorded], member_id: MemberId) -> list[Recorded]:
    """Return the same life of somebody else, but for one thing that happened otherwise."""
    lived = [
        replace(each, event=replace(each.event, member_id=member_id, event_id=f"{member_id}-{n}"))
        for n, each in enumerate(history)
    ]
    if not lived:
        return lived
    place = random.randrange(len(lived))
    change = random.choice((_swapped, _dropped, _said_otherwise, _said_otherwise, _later))
    return change(random, lived, place)


def _swapped(_random: Random, lived: list[Recorded], place: int) -> list[Recorded]:
    other = (place + 1) % len(lived)
    one, two = lived[place], lived[other]
    lived[place], lived[other] = replace(one, event=two.event), replace(two, event=one.event)
    return lived


def _dropped(_random: Random, lived: list[Recorded], place: int) -> list[Recorded]:
    return lived[:place] + lived[place + 1 :]


def _later(random: Random, lived: list[Recorded], place: int) -> list[Recorded]:
    by = timedelta(days=random.choice((1, 7, 30, 60)))
    later = [replace(each, recorded_at=each.recorded_at + by) for each in lived[place:]]
    return lived[:place] + later


def _said_otherwise(random: Random, lived: list[Recorded], place: int) -> list[Recorded]:
    event = lived[place].event
    body = dict(event.body)
    if event.kind is EventKind.CHOICE and body:
        field = random.choice(("after_conflict", "after_conflict", "notice_id", "answer", "time"))
        if field == "time":
            event = replace(event, occurred_at=event.occurred_at + timedelta(days=90))
        elif field == "answer":
            body["answer"] = str(random.choice(tuple(Answer)))
        elif field == "notice_id":
            body["notice_id"] = random.choice(("n1", "n2", "n9", ""))
        else:
            body["after_conflict"] = body["after_conflict"] is not True
    elif event.kind is EventKind.SETTING:
        body["answer"] = str(random.choice(tuple(Answer)))
    elif event.kind is EventKind.NOTICE:
        body["notice_id"] = random.choice(("n1", "n2", "n9"))
    lived[place] = replace(lived[place], event=replace(event, body=body))
    return lived

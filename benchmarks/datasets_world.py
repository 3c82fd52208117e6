"""The world of `benchmarks.datasets`: members' answers in an Arrow table, and seats by a hash.

One member at a time is looked up, so that the world takes little memory. A home gives each
member a seat once, for ever, and not in a build; so here seats cost nothing.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.crowd import Story, Yes, say_of
from sayso.community import AgeBand, Category, Member, MemberId, Region
from sayso.consent.notices import Notice, publish
from sayso.consent.objectors import NOBODY_OBJECTS, Objectors
from sayso.consent.policy import Policy, load_preset
from sayso.consent.purposes import Purpose
from sayso.consent.say import SILENT, Say

NOW = datetime(2026, 9, 1, tzinfo=UTC)
TRAIN = Purpose.GENAI_TRAINING


class Table:
    """Implements `consent.facts.World`: the policy `opt-in`, and one row for each member."""

    def __init__(self, consent: Path) -> None:
        table = pq.read_table(consent).combine_chunks()
        self._names, self._yes = (table[name].chunk(0) for name in ("name", "yes"))
        self._policy = load_preset("opt-in")
        notice = Notice(
            id="n3",
            title="How your posts are used",
            text="We ask.",
            purposes=(TRAIN,),
            categories=tuple(Category),
        )
        self._notices = (publish(notice, NOW - timedelta(days=90)),)
        self._said_yes = say_of(Story(yes=Yes(seq=10, notice="n3", days_ago=60)))

    @property
    def names(self) -> list[str]:
        """What members are called."""
        names: list[str] = self._names.to_pylist()
        return names

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member: a grown-up in Germany."""
        name = self._names[int(member_id[1:])].as_py()
        return Member(id=member_id, name=name, region=Region("DE"), age_band=AgeBand.ADULT)

    def say(self, member_id: MemberId) -> Say:
        """Return a yes from after the notice, or silence."""
        return self._said_yes if self._yes[int(member_id[1:])].as_py() else SILENT

    def policy(self) -> Policy:
        """Return the policy."""
        return self._policy

    def notices(self) -> Sequence[Notice]:
        """Return the one notice."""
        return self._notices

    def objectors(self) -> Objectors:
        """Return nobody."""
        return NOBODY_OBJECTS


class HashedSeats:
    """A `membership.Seats` that costs nothing."""

    key = "0" * 64

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return a hash of each id."""
        return {each: hashlib.sha256(b"seat " + each.encode()).digest() for each in members}

"""Everything one decision is made from, gathered before any rule looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.community import UNKNOWN_REGION, AgeBand, Document, Member, MemberId, Quote, Region
from sayso.consent.notices import Notice, utc, versions
from sayso.consent.objectors import Named, Objectors
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose, PurposeText
from sayso.consent.regions import region_named
from sayso.consent.say import Aged, Say

_NOT_ADULT = frozenset({AgeBand.MINOR, AgeBand.UNKNOWN})


class World(Protocol):
    """Where facts come from: what is true now, or was at some moment."""

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or None where the network knows no such account."""
        ...

    def say(self, member_id: MemberId) -> Say:
        """Return what the member's history amounts to; `SILENT` where there is none."""
        ...

    def policy(self) -> Policy:
        """Return the policy in use."""
        ...

    def notices(self) -> Sequence[Notice]:
        """Return every notice, published or not."""
        ...

    def objectors(self) -> Objectors:
        """Return who objects to being named in others' texts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The question put to the rules: may this one person's words in this document be used?"""

    document: Document
    purpose: Purpose
    at: datetime
    policy: Policy
    notices: Sequence[Notice]
    member_id: MemberId
    member: Member | None
    say: Say

    @property
    def use(self) -> PurposeText:
        """How the purpose is said in the policy in use."""
        return self.policy.text_of(self.purpose)

    @property
    def regions(self) -> tuple[Region, ...]:
        """Where the member may be: one region, or two where network and ledger disagree."""
        now = region_named(self.member.region) if self.member is not None else UNKNOWN_REGION
        if not self.say.moves:
            return (now,)
        moved_to = region_named(self.say.moves[-1].after)
        return (now,) if moved_to == now else (now, moved_to)

    @property
    def regions_ever(self) -> tuple[Region, ...]:
        """Where the member is or was: a move to a laxer region must not grant anything."""
        earlier = [
            region_named(region) for move in self.say.moves for region in (move.before, move.after)
        ]
        return tuple(dict.fromkeys((*self.regions, *earlier)))

    def regions_since(self, seq: int) -> tuple[Region, ...]:
        """Where the member was from event `seq` on: a yes must count in every one of them."""
        later = [
            region_named(region)
            for move in self.say.moves
            if move.seen.seq > seq
            for region in (move.before, move.after)
        ]
        return tuple(dict.fromkeys((*self.regions, *later)))

    def notices_in(self, region: Region) -> tuple[Notice, ...]:
        """Return the notices that took effect for this use in `region`, newest first."""
        return versions(self.notices, region, self.purpose, self.document.category, self.at)

    @property
    def came_of_age(self) -> Aged | None:
        """The last turn to adulthood that would have lifted a denial, where there was one."""
        barred = {AgeBand.MINOR} if self.policy.age_gate_attested else _NOT_ADULT
        turns = [
            aged for aged in self.say.ages if aged.after is AgeBand.ADULT and aged.before in barred
        ]
        return turns[-1] if turns else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The cases behind one decision: every author's, and every quoted member's.

    `named` are the places in the text, `named_in_title` those in the title, where somebody is
    named who objects to it.
    """

    document: Document
    authors: tuple[Case, ...]
    quoted: tuple[tuple[Quote, Case], ...]
    named: tuple[Named, ...] = ()
    named_in_title: tuple[Named, ...] = ()


def facts_for(document: Document, purpose: Purpose, at: datetime, world: World) -> Facts:
    """Gather what `decide` needs; people the network does not know are there as None."""
    policy, notices = world.policy(), world.notices()
    moment = utc(at)

    def case(member_id: MemberId) -> Case:
        return Case(
            document=document,
            purpose=purpose,
            at=moment,
            policy=policy,
            notices=notices,
            member_id=member_id,
            member=world.member(member_id),
            say=world.say(member_id),
        )

    authors = tuple(dict.fromkeys(document.authors))
    objectors = world.objectors()
    return Facts(
        document=document,
        authors=tuple(case(member_id) for member_id in authors),
        quoted=tuple(
            (quote, case(quote.member_id))
            for quote in document.quotes
            if quote.member_id not in authors
        ),
        named=objectors.find(document.text, document.id),
        named_in_title=objectors.find(document.title, document.id),
    )

"""The facts that `consent.facts` asks for, read once per transaction."""

from collections.abc import Collection, Sequence

from sayso.community import Member, MemberId
from sayso.consent.fold import fold
from sayso.consent.ledger import Ledger
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy
from sayso.consent.say import Say
from sayso.storage.community import CommunityStore
from sayso.storage.notices import NoticeStore
from sayso.storage.policies import PolicyStore


class StoredWorld:
    """What was true when the transaction began; each fact is read at most once.

    `gather` reads every member's history in one pass: do it before deciding for many.
    """

    def __init__(
        self,
        *,
        community: CommunityStore,
        ledger: Ledger,
        policies: PolicyStore,
        notices: NoticeStore,
    ) -> None:
        self._community = community
        self._ledger = ledger
        self._policy = policies.current()
        self._notices = tuple(notices.list())
        self._members: dict[MemberId, Member | None] = {}
        self._says: dict[MemberId, Say] = {}

    def gather(self, of: Collection[MemberId] | None = None) -> None:
        """Read all members and all histories now; with `of`, those alone, in few questions."""
        if of is None:
            self._members.update({member.id: member for member in self._community.members()})
        else:
            known = self._community.members_by_id(of)
            self._members.update({each: known.get(each) for each in of})
            self._says.update(dict.fromkeys(of, Say()))
        self._says.update({member: fold(told) for member, told in self._ledger.histories(of)})

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or None where the network knows no such account."""
        if member_id not in self._members:
            self._members[member_id] = self._community.member(member_id)
        return self._members[member_id]

    def say(self, member_id: MemberId) -> Say:
        """Return what the member's history amounts to."""
        if member_id not in self._says:
            self._says[member_id] = fold(self._ledger.history(member_id))
        return self._says[member_id]

    def policy(self) -> Policy:
        """Return the policy in use."""
        return self._policy

    def notices(self) -> Sequence[Notice]:
        """Return every notice, published or not."""
        return self._notices

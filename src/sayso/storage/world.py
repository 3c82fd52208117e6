"""The facts that `consent.facts` asks for, read once per transaction."""

from collections.abc import Collection, Sequence

from sayso.community import Member, MemberId
from sayso.consent.fold import fold
from sayso.consent.ledger import Ledger, Recorded
from sayso.consent.notices import Notice
from sayso.consent.objectors import Objectors
from sayso.consent.policy import Policy
from sayso.consent.say import SILENT, Say
from sayso.storage.accounts import AccountStore
from sayso.storage.community import CommunityStore
from sayso.storage.notices import NoticeStore
from sayso.storage.objections import ObjectionStore
from sayso.storage.policies import PolicyStore


class StoredWorld:
    """What was true when the transaction began; each fact is read at most once.

    `gather` reads every member's history in one pass: do it before deciding for many.
    """

    def __init__(  # noqa: PLR0913 - one world has this many parts
        self,
        *,
        community: CommunityStore,
        accounts: AccountStore,
        objections: ObjectionStore,
        ledger: Ledger,
        policies: PolicyStore,
        notices: NoticeStore,
    ) -> None:
        self._community = community
        self._accounts = accounts
        self._objections = objections
        self._objectors: Objectors | None = None
        self._ledger = ledger
        self._policies = policies
        self._notice_store = notices
        self._policy: Policy | None = None
        self._notices: tuple[Notice, ...] | None = None
        self._members: dict[MemberId, Member | None] = {}
        self._says: dict[MemberId, Say] = {}

    def gather(self, of: Collection[MemberId] | None = None) -> None:
        """Read all members and all histories now; with `of`, those alone, in few questions."""
        if of is None:
            families = self._accounts.all_families()
            self._members.update({member.id: member for member in self._community.members()})
        else:
            families = self._accounts.families(set(self._accounts.known_as(of).values()))
            of = [account for accounts in families.values() for account in accounts]
            known = self._community.members_by_id(of)
            self._members.update({each: known.get(each) for each in of})
            self._says.update(dict.fromkeys(of, SILENT))
        several = {known_as: accounts for known_as, accounts in families.items() if accounts[1:]}
        wait = {account for accounts in several.values() for account in accounts}
        told: dict[MemberId, tuple[Recorded, ...]] = {}
        for member, history in self._ledger.histories(of):
            if member in wait:
                told[member] = history
            else:
                self._says[member] = fold(history)
        for known_as, accounts in several.items():
            whole = [event for account in accounts for event in told.get(account, ())]
            self._says.update(dict.fromkeys(accounts, fold(whole, account=known_as)))
            self._members.update(dict.fromkeys(accounts, self._members.get(known_as)))

    def meet(self, ids: Collection[MemberId]) -> None:
        """Read these members at once, and nothing of what they said."""
        known_as = self._accounts.known_as([each for each in ids if each not in self._members])
        known = self._community.members_by_id(set(known_as.values()))
        self._members.update({each: known.get(by) for each, by in known_as.items()})

    def member(self, member_id: MemberId) -> Member | None:
        """Return the account the member has by now, or None where the network knows none."""
        if member_id not in self._members:
            known_as = self._accounts.now_known_as(member_id)
            self._members[member_id] = self._community.member(known_as)
        return self._members[member_id]

    def say(self, member_id: MemberId) -> Say:
        """Return what the member's history amounts to, that of all their accounts together."""
        if member_id not in self._says:
            accounts = self._accounts.of(member_id)
            say = fold(self.history(member_id), account=accounts[0])
            self._says.update(dict.fromkeys(accounts, say))
        return self._says[member_id]

    def history(self, member_id: MemberId) -> tuple[Recorded, ...]:
        """Return what is known of the member under any of their accounts, in order."""
        accounts = self._accounts.of(member_id)
        whole = [event for each in accounts for event in self._ledger.history(each)]
        return tuple(sorted(whole, key=lambda each: each.seq))

    def objectors(self) -> Objectors:
        """Return who objects to being named in others' texts."""
        if self._objectors is None:
            self._objectors = Objectors(each.objector for each in self._objections.list())
        return self._objectors

    def policy(self) -> Policy:
        """Return the policy in use."""
        if self._policy is None:
            self._policy = self._policies.current()
        return self._policy

    def notices(self) -> Sequence[Notice]:
        """Return every notice, published or not."""
        if self._notices is None:
            self._notices = tuple(self._notice_store.list())
        return self._notices

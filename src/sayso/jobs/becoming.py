"""Accounts that a file says have become others: made one, or named and left."""

from collections.abc import Callable, Iterable, Mapping

from sayso.community import MemberId
from sayso.errors import BadInput, Conflict, NotFound
from sayso.evidence.vault import suppression_token
from sayso.jobs.requests import of_one_person
from sayso.rights.merging import merge
from sayso.sources.arrive import Arrived, left_out
from sayso.sources.reading import Account, Item, Skipped
from sayso.storage.stores import Stores
from sayso.wiring import Network


def became_of(batch: Iterable[Item]) -> dict[MemberId, MemberId]:
    """Return which accounts a batch says have become which others."""
    accounts = [item for item in batch if isinstance(item, Account)]
    return {each.member.id: each.merged_into for each in accounts if each.merged_into is not None}


def merge_all(
    network: Network, became: Mapping[MemberId, MemberId], on_skip: Callable[[Skipped], None]
) -> Arrived:
    """Let accounts be one, once all of them have arrived; what cannot be is named and left."""
    merged, skipped = 0, list[Skipped]()
    for member_id, into in became.items():
        try:
            with network.writing() as stores:
                _require_known(network, stores, member_id, into)
                merged += merge(stores, member_id, into, network.clock())
                known_as = stores.accounts.now_known_as(into)
                of_one_person(network, stores, member_id, known_as)
        except (NotFound, BadInput, Conflict) as refusal:
            skipped.append(
                Skipped(where=f"member {member_id}", reason=refusal.message, mend=refusal.hint)
            )
    for each in skipped:
        on_skip(each)
    return left_out(skipped) + Arrived(merged=merged, broken=len(skipped))


def _require_known(network: Network, stores: Stores, member_id: MemberId, into: MemberId) -> None:
    """Refuse accounts that nobody knows; one that was erased is known as that, and refuses."""
    for account in (member_id, into):
        if stores.community.member(account) is not None:
            continue
        token = suppression_token(network.keys.suppression, account)
        if account == member_id or not stores.community.is_suppressed(token):
            raise NotFound(
                f"There is no account {account!r} to merge",
                hint="Import both accounts; one that was erased stays erased.",
            )

"""What is served of members: rows go out when a decision says so, and come back on a yes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sayso.community import Document, DocumentId, MemberId
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, Placed, RowId
from sayso.rights.stores import GatheredWorld, Stores
from sayso.training.takeback import Withdrawal

_AT_ONCE = 500
"""How many members are asked about together: their documents are held in memory."""


def take_out(
    stores: Stores,
    member_ids: Iterable[MemberId],
    reason: str,
    now: datetime,
    world: GatheredWorld | None = None,
) -> Mapping[MemberId, Withdrawal]:
    """Take out of service each of the members' rows that a fresh decision no longer permits.

    When the transaction commits, no serving process draws on them from its next request on
    (promise P3). Returns the withdrawals, of those alone who had such rows. A row with words of
    several of them goes with the first.
    """
    withdrawals: dict[MemberId, Withdrawal] = {}
    for part in _parts(stores, member_ids):
        accounts = _accounts(stores, part)
        placed = _by_member(stores.served.in_service(_all(accounts)))
        if not placed:
            continue
        world = world or stores.world()
        documents = _documents(stores, world, (row for rows in placed.values() for row in rows))
        gone: dict[MemberId, list[Placed]] = {}
        out: set[tuple[DatasetId, RowId]] = set()
        for member_id, own in accounts.items():
            for row in dict.fromkeys(row for each in own for row in placed.get(each, ())):
                key = (row.dataset_id, row.row_id)
                if key not in out and not _may_hold(
                    documents.get(row.document_id), own, world, now
                ):
                    out.add(key)
                    gone.setdefault(member_id, []).append(row)
        withdrawals.update(_withdrawn(stores, gone, reason, now))
    return withdrawals


def keep_out(
    stores: Stores, rows: Mapping[MemberId, Iterable[Placed]], reason: str, now: datetime
) -> Mapping[MemberId, Withdrawal]:
    """Take rows out of service for what stands in them, each for whom it is under.

    No yes puts them back as they are, even those that are out already: they are forgotten, and
    their documents are asked for anew by the next dataset. Returns the new withdrawals.
    """
    listed = {whose: list(dict.fromkeys(each)) for whose, each in rows.items()}
    out = {
        (removed.dataset_id, removed.row_id): removed.withdrawal_id
        for dataset_id in {row.dataset_id for each in listed.values() for row in each}
        for removed in stores.takebacks.removed_rows(dataset_id)
    }
    gone: dict[MemberId, list[Placed]] = {}
    taken_up: set[str] = set()
    for whose, each in listed.items():
        for row in each:
            if withdrawal_id := out.get((row.dataset_id, row.row_id)):
                taken_up.add(withdrawal_id)
            else:
                gone.setdefault(whose, []).append(row)
    withdrawals = dict(_withdrawn(stores, gone, reason, now))
    stores.takebacks.take_up({*taken_up, *(each.id for each in withdrawals.values())}, now)
    return withdrawals


def put_back(
    stores: Stores,
    member_ids: Iterable[MemberId],
    now: datetime,
    world: GatheredWorld | None = None,
) -> Mapping[MemberId, int]:
    """Put back in service what a fresh decision permits again, and say how many rows of whom.

    A row comes back only while forgetting has not taken up its withdrawal, and only if every
    member whose words are in it may be used. What is taken up is forgotten, and its documents
    are used again from the next dataset on.
    """
    back: dict[MemberId, int] = {}
    for part in _parts(stores, member_ids):
        accounts = _accounts(stores, part)
        held_out = stores.served.returnable(_all(accounts))
        if not held_out:
            continue
        world = world or stores.world()
        documents = _documents(stores, world, held_out)
        rows = [
            row
            for row, members in held_out.items()
            if _may_hold(documents.get(row.document_id), members, world, now)
        ]
        if rows:
            stores.takebacks.put_back([(row.dataset_id, row.row_id) for row in rows], now)
            stores.takebacks.bump_epoch()
        for member_id, own in accounts.items():
            if count := sum(not held_out[row].isdisjoint(own) for row in rows):
                back[member_id] = count
    return back


def may_stay(stores: Stores, world: World, row: Placed, member_id: MemberId, now: datetime) -> bool:
    """Whether a decision made now still lets the row hold the member's words."""
    document = stores.documents.at_hand([row.document_id]).get(row.document_id)
    return _may_hold(document, stores.accounts.of(member_id), world, now)


def _may_hold(
    document: Document | None, members: Collection[MemberId], world: World, now: datetime
) -> bool:
    if document is None:
        return False
    decision = decide(facts_for(document, Purpose.GENAI_TRAINING, now, world))
    return decision.permit and all(quote.member_id not in members for quote in decision.cut)


def _documents(
    stores: Stores, world: GatheredWorld, rows: Iterable[Placed]
) -> Mapping[DocumentId, Document]:
    """Return the rows' documents, and let the world know everyone whose words are in them."""
    documents = stores.documents.at_hand({row.document_id for row in rows})
    world.gather(
        {
            member_id
            for each in documents.values()
            for member_id in (*each.authors, *(quote.member_id for quote in each.quotes))
        }
    )
    return documents


def _withdrawn(
    stores: Stores, gone: Mapping[MemberId, Sequence[Placed]], reason: str, now: datetime
) -> Iterator[tuple[MemberId, Withdrawal]]:
    if not gone:
        return
    last = stores.takebacks.bump_epoch(by=len(gone))
    for epoch, (member_id, rows) in enumerate(gone.items(), start=last - len(gone) + 1):
        withdrawal = Withdrawal(
            id=f"w-{epoch:08d}",
            member_id=member_id,
            purpose=Purpose.GENAI_TRAINING,
            reason=reason,
            epoch=epoch,
            acknowledged_at=now,
            contained_at=now,
        )
        stores.takebacks.add_withdrawal(withdrawal)
        stores.takebacks.add_removed_rows(
            withdrawal.id, [(row.dataset_id, row.row_id, row.document_id) for row in rows]
        )
        yield member_id, withdrawal


def _accounts(
    stores: Stores, member_ids: Collection[MemberId]
) -> Mapping[MemberId, tuple[MemberId, ...]]:
    """Return each member's accounts: what one of them says is said for all."""
    known_as = stores.accounts.known_as(member_ids)
    families = stores.accounts.families(set(known_as.values()))
    return {member_id: families[known_as[member_id]] for member_id in member_ids}


def _all(accounts: Mapping[MemberId, Sequence[MemberId]]) -> Collection[MemberId]:
    return {account for own in accounts.values() for account in own}


def _by_member(placed: Iterable[tuple[MemberId, Placed]]) -> Mapping[MemberId, list[Placed]]:
    found: defaultdict[MemberId, list[Placed]] = defaultdict(list)
    for member_id, row in placed:
        found[member_id].append(row)
    return found


def _parts(stores: Stores, member_ids: Iterable[MemberId]) -> Iterator[Sequence[MemberId]]:
    listed = list(dict.fromkeys(member_ids))
    if not listed or not stores.served.is_any():
        return
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]

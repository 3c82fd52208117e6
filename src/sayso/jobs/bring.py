"""Bringing in what the network has; what changed there is acted on here at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sayso.community import (
    UNKNOWN_REGION,
    AgeBand,
    Document,
    DocumentId,
    Member,
    MemberId,
)
from sayso.consent.ledger import age_event, region_event
from sayso.datasets.rows import Placed
from sayso.errors import BadInput, Conflict, NotFound
from sayso.evidence.vault import suppression_token
from sayso.jobs.acquaintances import keep_acquaintances
from sayso.jobs.addresses import keep_addresses
from sayso.jobs.older_settings import keep_settings
from sayso.jobs.requests import of_one_person
from sayso.rights.merging import merge
from sayso.rights.serving import keep_out, take_out
from sayso.sources.accounts import read_members
from sayso.sources.arrive import Arrived, Batch, arrive, in_batches
from sayso.sources.missing import Extent, delete, missing, require_readable
from sayso.sources.present import Present
from sayso.sources.readers import reader, require_kind
from sayso.sources.reading import Account, Item, Reached, ReadingOptions, Skipped
from sayso.storage.stores import Stores
from sayso.wiring import Network


class _DryRun(Exception):
    """Rolls a transaction back after counting what it would have kept."""


def import_documents(  # noqa: PLR0913 - what a person says beside the files
    network: Network,
    name: str,
    paths: Sequence[Path],
    options: ReadingOptions,
    *,
    complete: bool = False,
    dry_run: bool = False,
    report: Callable[..., None] = lambda *_: None,
) -> Arrived:
    """Read files into the home, some hundred records a transaction; twice is once.

    What changed or vanished, and may no longer be used as it was, is taken out of service in
    the transaction that notices it. Stopped at any moment, the same import goes on. `complete`
    means that the files hold all there is: of a network, or of the member whose own they are.

    Raises:
        BadInput: there is no such reader, or a file is not what it says.
    """
    entry = reader(name)
    for path in paths:
        require_kind(entry, path)
    is_own = entry.of_one_member or options.member_id is not None
    told = _told(network, options, whole=complete)
    reading = _Reading(
        network=network, source=options.source or name, dry_run=dry_run, report=report
    )
    with closing(Present()) as present:
        extent = Extent(present=present, is_whole=complete, of_one_member=is_own)
        if options.member_id is not None:
            extent.owners.add(options.member_id)
        if entry.of_one_member:
            extent.sources.add(reading.source)
        items = (item for path in paths for item in entry.read(path, told))
        arrived = _arrive(reading, items, extent)
        if not arrived.broken and not dry_run:
            with network.writing() as stores:
                stores.acquaintances.keep_only(reading.source, reading.id)
        return _delete_missing(reading, arrived, extent)


def import_members(
    network: Network, path: Path, *, report: Callable[..., None] = lambda *_: None
) -> Arrived:
    """Read accounts, their regions and age bands, from a file; twice is once.

    Raises:
        BadInput: the file is neither JSON lines nor CSV.
    """
    reading = _Reading(network=network, source="", dry_run=False, report=report)
    with closing(Present()) as present:
        extent = Extent(present=present, is_whole=False, of_one_member=False)
        return _arrive(reading, read_members(path, ReadingOptions()), extent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One import: into which home, under which name, and whether anything is kept."""

    network: Network
    source: str
    dry_run: bool
    report: Callable[..., None]
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.network.entropy(8).hex())


def _told(network: Network, options: ReadingOptions, *, whole: bool) -> ReadingOptions:
    """Add what the home knows: its databases, and how far each was read."""
    databases = network.settings.sources
    if not databases:
        return options
    with network.reading() as stores:
        reached = {} if whole else stores.cursors.reached()
    return replace(options, databases=databases, reached=reached)


def _arrive(reading: _Reading, items: Iterable[Item], extent: Extent) -> Arrived:
    arrived = Arrived()
    became: dict[MemberId, MemberId] = {}
    for batch in in_batches(items):
        became.update(_became(batch))
        extent.note(batch)
        arrived += _keep(reading, batch)
        reading.report(arrived.read, None, f"Reading: {arrived.read:,} records")
    if became and not reading.dry_run:
        arrived += _merge_all(reading.network, became)
    return arrived


def _keep(reading: _Reading, batch: Sequence[Item]) -> Arrived:
    """Keep one transaction's worth, and act on what changed with it; a dry run only counts."""
    network, now = reading.network, reading.network.clock()
    arrived = Arrived()
    try:
        with network.writing() as stores:
            before = stores.community.members_by_id(_people(batch))
            written = stores.community.documents_by_id(_documents(batch))
            part = arrive(
                batch,
                stores.community,
                token_of=lambda member: suppression_token(network.keys.suppression, member),
            )
            names = keep_acquaintances(stores, batch, reading.source, reading.id)
            arrived = replace(part.arrived, acquaintances=names)
            if reading.dry_run:
                raise _DryRun  # noqa: TRY301 - the way out of a transaction that keeps nothing
            _note_moves(stores, before, part, now)
            keep_addresses(stores, batch)
            refusing = keep_settings(stores, batch, now)
            _contain(stores, _authors(stores, part) | refusing, now)
            _keep_out_edited(stores, written, part, now)
            for item in batch:
                if isinstance(item, Reached):
                    stores.cursors.keep(item.source, item.query, item.value, now)
    except _DryRun:
        pass
    return arrived


def _delete_missing(reading: _Reading, arrived: Arrived, extent: Extent) -> Arrived:
    """Delete what a whole reading did not bring, and take it out of service; or only count it."""
    require_readable(arrived, extent)
    network = reading.network
    with network.reading() as stores:
        for gone in missing(extent, stores.community):
            if reading.dry_run:
                arrived += Arrived(deleted=len(gone))
                continue
            with network.writing() as writing:
                part = delete(gone, writing.community)
                _contain(writing, _authors(writing, part), network.clock())
            arrived += part.arrived
            reading.report(arrived.read, None, f"Deleted where it came from: {arrived.deleted:,}")
    return arrived


def _became(batch: Iterable[Item]) -> dict[MemberId, MemberId]:
    accounts = [item for item in batch if isinstance(item, Account)]
    return {each.member.id: each.merged_into for each in accounts if each.merged_into is not None}


def _merge_all(network: Network, became: Mapping[MemberId, MemberId]) -> Arrived:
    """Let accounts be one, once all of them have arrived; what cannot be is named and left."""
    merged, skipped = 0, []
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
    return Arrived(
        merged=merged,
        broken=len(skipped),
        skipped=Counter(each.reason for each in skipped),
        skipped_examples=tuple(skipped),
    )


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


def _people(batch: Iterable[Item]) -> set[MemberId]:
    people = (item.member if isinstance(item, Account) else item for item in batch)
    return {person.id for person in people if isinstance(person, Member)}


def _documents(batch: Iterable[Item]) -> set[DocumentId]:
    """Return what is read in `batch`, and what should have been and could not."""
    unread = {item.document_id for item in batch if isinstance(item, Skipped)}
    read = {item.id for item in batch if isinstance(item, Document)}
    return read | {each for each in unread if each is not None}


def _keep_out_edited(
    stores: Stores, before: Mapping[DocumentId, Document], arrived: Batch, now: datetime
) -> None:
    """Stop serving what was sealed of a text that its author has changed since."""
    after = stores.community.documents_by_id(arrived.changed_ids)
    edited = {
        document_id
        for document_id, now_is in after.items()
        if _words(now_is) != _words(before[document_id])
    }
    if not edited:
        return
    served = stores.models.served_datasets()
    rows: dict[MemberId, list[Placed]] = {}
    for row in stores.datasets.rows_for_documents(edited):
        if row.dataset_id in served:
            rows.setdefault(row.member_id, []).append(row)
    keep_out(stores, rows, "its author changed the text", now)


def _words(document: Document) -> tuple[object, ...]:
    return document.title, document.text, document.quotes


def _note_moves(
    stores: Stores, before: Mapping[MemberId, Member], arrived: Batch, now: datetime
) -> None:
    """Write into the ledger who moved or came of age: neither may ever count as a yes.

    Learning what nobody knew before is neither.
    """
    after = stores.community.members_by_id(set(arrived.changed_members))
    for member_id, now_is in sorted(after.items()):
        was = before[member_id]
        if was.region not in {UNKNOWN_REGION, now_is.region}:
            stores.ledger.record(
                region_event(
                    member_id=member_id, before=was.region, after=now_is.region, occurred_at=now
                ),
                now,
            )
        if was.age_band not in {AgeBand.UNKNOWN, now_is.age_band}:
            stores.ledger.record(
                age_event(
                    member_id=member_id,
                    before=was.age_band,
                    after=now_is.age_band,
                    occurred_at=now,
                ),
                now,
            )


def _authors(stores: Stores, arrived: Batch) -> frozenset[MemberId]:
    """Whoever's documents or account are no longer what was sealed."""
    ids = {*arrived.changed_ids, *arrived.deleted_ids}
    rows = stores.datasets.rows_for_documents(ids) if ids else ()
    return frozenset({row.member_id for row in rows} | set(arrived.changed_members))


def _contain(stores: Stores, members: Iterable[MemberId], now: datetime) -> None:
    take_out(stores, sorted(members), "the network's own record changed", now)

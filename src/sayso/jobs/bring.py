"""Bringing in what the network has; what changed there is acted on here at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sayso.community import Document, DocumentId, Member, MemberId
from sayso.errors import BadInput, SaysoError
from sayso.evidence.vault import suppression_token
from sayso.jobs.acquaintances import keep_acquaintances
from sayso.jobs.addresses import keep_addresses
from sayso.jobs.becoming import became_of, merge_all
from sayso.jobs.changes import changed_authors, contain, keep_out_edited, note_moves
from sayso.jobs.older_settings import keep_settings
from sayso.jobs.source_names import own_names_of, why_not_own
from sayso.sources.accounts import read_members
from sayso.sources.arrive import Arrived, arrive, in_batches, left_out
from sayso.sources.likely import likely
from sayso.sources.missing import Extent, delete, missing, require_readable
from sayso.sources.present import Present
from sayso.sources.readers import reader, require_kind
from sayso.sources.reading import (
    Account,
    Item,
    Reached,
    ReaderEntry,
    ReadingOptions,
    Skipped,
    There,
)
from sayso.sources.sql.reader import SQL
from sayso.storage.stores import Stores
from sayso.wiring import Network

_CLOCKS_DIFFER = timedelta(days=1)
"""What is dated later than that from now was not written yet, and its date is a mistake."""

OnSkip = Callable[[Skipped], None]
"""Hears of everything that is left out, as it comes."""


class Unfinished(BadInput):
    """A reading that ended in a refusal, and what had come of it by then."""

    def __init__(self, refusal: SaysoError, arrived: Arrived) -> None:
        super().__init__(refusal.message, hint=refusal.hint)
        self.arrived = arrived


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
    on_skip: OnSkip = lambda _: None,
) -> Arrived:
    """Read files into the home, some hundred records a transaction; twice is once.

    What changed or vanished, and may no longer be used as it was, is taken out of service in
    the transaction that notices it. Stopped at any moment, the same import goes on. `complete`
    means that the files hold all there is: of a network, or of the member whose own they are.

    Raises:
        BadInput: there is no such reader, a file is not what it says, or the source's name is
            another reader's.
        Unfinished: it stopped on the way, or may not delete what `complete` says is gone.
    """
    entry = reader(name)
    for path in paths:
        require_kind(entry, path)
    if complete and entry.is_nameless and not options.source:
        raise BadInput(
            f"--complete needs --source: nothing in a {name} file says which collection it is, and "
            "what came without a source's name is one heap.",
            hint="Give it the name under which it was imported before: --source NAME. If it had "
            "none, import it once with --source NAME first.",
        )
    own_names = own_names_of(network, entry, paths, options)
    is_own = entry.of_one_member or options.member_id is not None
    told = _told(network, options, whole=complete)
    reading = _Reading(
        network=network,
        source=options.source or name,
        dry_run=dry_run,
        report=report,
        on_skip=on_skip,
        entry=entry,
        own_names=own_names,
    )
    with closing(Present()) as present:
        extent = Extent(
            present=present,
            is_whole=complete,
            of_one_member=is_own,
            is_named=entry.name == SQL.name,
        )
        if options.member_id is not None:
            extent.owners.add(options.member_id)
        if entry.of_one_member:
            extent.sources.add(reading.source)
        items = (
            item for path in paths for item in likely(entry.read(path, told), path, told.latest)
        )
        arrived = _arrive(reading, _of_own_sources(reading, items), extent)
        if not arrived.broken and not dry_run:
            with network.writing() as stores:
                stores.acquaintances.keep_only(reading.source, reading.id)
        return _delete_missing(reading, arrived, extent)


def import_members(
    network: Network,
    path: Path,
    *,
    report: Callable[..., None] = lambda *_: None,
    on_skip: OnSkip = lambda _: None,
) -> Arrived:
    """Read accounts, their regions and age bands, from a file; twice is once.

    Raises:
        BadInput: the file is neither JSON lines nor CSV.
    """
    reading = _Reading(network=network, source="", dry_run=False, report=report, on_skip=on_skip)
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
    on_skip: OnSkip
    entry: ReaderEntry | None = None
    own_names: tuple[str, ...] = ()
    """Sources that are this reader's from now on."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.network.entropy(8).hex())


def _told(network: Network, options: ReadingOptions, *, whole: bool) -> ReadingOptions:
    """Add what the home knows: its databases, and how far each was read."""
    databases = network.settings.sources
    latest = options.latest or network.clock() + _CLOCKS_DIFFER
    if not databases:
        return replace(options, latest=latest)
    with network.reading() as stores:
        reached = {} if whole else stores.cursors.reached()
    return replace(options, databases=databases, reached=reached, latest=latest)


def _of_own_sources(reading: _Reading, items: Iterable[Item]) -> Iterator[Item]:
    """Yield `items` less the documents that say they are of another reader's source."""
    entry, known = reading.entry, dict.fromkeys((*reading.own_names, ""), "")
    for item in items:
        if isinstance(item, Document) and entry is not None and entry.is_nameless:
            if item.source not in known:
                with reading.network.reading() as stores:
                    known[item.source] = why_not_own(reading.network, stores, entry, item.source)
            if owner := known[item.source]:
                yield Skipped(
                    where=f"document {item.id}",
                    reason=f"its source {item.source!r} belongs to {owner}",
                    mend="Name another in its field source, or leave that out and say --source.",
                )
                continue
        yield item


def _arrive(reading: _Reading, items: Iterable[Item], extent: Extent) -> Arrived:
    arrived = Arrived()
    became: dict[MemberId, MemberId] = {}
    try:
        for batch in in_batches(items):
            became.update(became_of(batch))
            extent.note(batch)
            arrived += _keep(reading, batch, extent)
            reading.report(arrived.read, None, f"Reading: {arrived.read:,} records")
    except BadInput as refusal:
        if arrived.read:
            raise Unfinished(refusal, arrived) from refusal
        raise
    if became and not reading.dry_run:
        arrived += merge_all(reading.network, became, reading.on_skip)
    return arrived


def _keep(reading: _Reading, batch: Sequence[Item], extent: Extent) -> Arrived:
    """Keep one transaction's worth, and act on what changed with it; a dry run only counts."""
    network, now = reading.network, reading.network.clock()
    arrived, skipped = Arrived(), list[Skipped]()
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
            unheld = _unheld(stores, batch, extent)
            skipped += (*part.skipped, *unheld)
            arrived = replace(part.arrived, acquaintances=names) + left_out(unheld)
            if reading.dry_run:
                raise _DryRun  # noqa: TRY301 - the way out of a transaction that keeps nothing
            note_moves(stores, before, part, now)
            keep_addresses(stores, batch)
            refusing = keep_settings(stores, batch, now)
            contain(stores, changed_authors(stores, part) | refusing, now)
            keep_out_edited(stores, written, part, now)
            for item in batch:
                if isinstance(item, Reached):
                    stores.cursors.keep(item.source, item.query, item.value, now)
            _claim(reading, stores, batch)
    except _DryRun:
        pass
    for each in skipped:
        reading.on_skip(each)
    return arrived


def _claim(reading: _Reading, stores: Stores, batch: Sequence[Item]) -> None:
    """Let the names of the sources that came be this reader's from now on."""
    brought = {item.source for item in batch if isinstance(item, Document)}
    for name in brought.intersection(reading.own_names):
        if reading.entry and stores.cursors.reader_of(name) != reading.entry.name:
            stores.cursors.keep_reader(name, reading.entry.name, reading.network.clock())


def _unheld(stores: Stores, batch: Sequence[Item], extent: Extent) -> list[Skipped]:
    """Return what exists at its source and is neither held here nor was just read."""
    found = []
    for item in batch:
        if isinstance(item, There):
            held = stores.community.held(item.ids)
            found += [
                Skipped(
                    where=f"[sources.{item.source}] ids, {document_id}",
                    reason="named by ids and not held here",
                    mend="Unless its author was erased here, read everything once more: "
                    f"sayso import sql {item.source} --complete",
                    on_purpose=True,
                )
                for document_id in extent.unmet([each for each in item.ids if each not in held])
            ]
    return found


def _delete_missing(reading: _Reading, arrived: Arrived, extent: Extent) -> Arrived:
    """Delete what a whole reading did not bring, and take it out of service; or only count it."""
    try:
        require_readable(arrived, extent, is_kept=not reading.dry_run)
    except BadInput as refusal:
        raise Unfinished(refusal, arrived) from refusal
    network = reading.network
    with network.reading() as stores:
        for gone in missing(extent, stores.community):
            if reading.dry_run:
                arrived += Arrived(deleted=len(gone))
                continue
            with network.writing() as writing:
                part = delete(gone, writing.community)
                contain(writing, changed_authors(writing, part), network.clock())
            arrived += part.arrived
            reading.report(arrived.read, None, f"Deleted where it came from: {arrived.deleted:,}")
    return arrived


def _people(batch: Iterable[Item]) -> set[MemberId]:
    people = (item.member if isinstance(item, Account) else item for item in batch)
    return {person.id for person in people if isinstance(person, Member)}


def _documents(batch: Iterable[Item]) -> set[DocumentId]:
    """Return what is read in `batch`, and what should have been and could not."""
    unread = {item.document_id for item in batch if isinstance(item, Skipped)}
    read = {item.id for item in batch if isinstance(item, Document)}
    return read | {each for each in unread if each is not None}

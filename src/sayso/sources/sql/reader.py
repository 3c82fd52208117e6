"""`sayso import sql NAME`: members and documents by the queries in a table [sources.NAME]."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.community import Document, DocumentId, State
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON
from sayso.settings import Database
from sayso.sources import accounts, posts
from sayso.sources.attested import check
from sayso.sources.fields import Unfit
from sayso.sources.reading import Account, Item, ReaderEntry, ReadingOptions, Skipped, There
from sayso.sources.records import Record, Unknown, checked
from sayso.sources.sql.connection import AT_ONCE, Site, opened
from sayso.sources.sql.cursor import Cursor
from sayso.sources.sql.statement import Statement, statement
from sayso.sources.sql.values import document_fields, field, member_fields, prefixed

_SAMPLE = 1000
"""How many of the documents that were read must be among the ids that are said to exist."""


def read_sql(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield what the queries of the table that `path` names find; `all` is every table.

    Members come before documents, documents before the list of all that exist, and all of them
    from one view of the database. With a cursor, only rows at or after the last one seen.

    Raises:
        BadInput: a query is not a single SELECT, or the database does not take it.
        NotHere: the database does not answer.
    """
    for name in _asked(str(path), options.databases):
        database = options.databases[name]
        attested = {**database.attested, **options.attested}
        table = _Table(
            name=name,
            database=database,
            options=replace(options, source=name, attested=attested),
        )
        check(table.options)
        queries = table.queries()
        with opened(name, database) as site:
            yield from table.members(site, queries)
            yield from table.documents(site, queries)


SQL = ReaderEntry(
    name="sql",
    read=read_sql,
    about="A site's own database: the NAME of a [sources.NAME] in sayso.toml, or `all`.",
)


def _asked(said: str, databases: Mapping[str, Database]) -> list[str]:
    if said == "all" and databases:
        return sorted(databases)
    if said in databases:
        return [said]
    there = ", ".join(sorted(databases)) or "none; docs/sources.md shows how to write one"
    raise BadInput(f"sayso.toml has no [sources.{said}].", hint=f"It has: {there}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One table [sources.NAME] and what was said beside it."""

    name: str
    database: Database
    options: ReadingOptions

    @property
    def prefix(self) -> str:
        """What stands before each document's id."""
        return f"{self.name}:" if self.database.prefix is None else self.database.prefix

    def where(self, query: str) -> str:
        """Say which query it is."""
        return f"[sources.{self.name}] {query}"

    def queries(self) -> Mapping[str, Statement]:
        """Return its queries by name.

        Raises:
            BadInput: one of them is not a single SELECT, or it has none.
        """
        said = {
            "members": self.database.members,
            "documents": self.database.documents,
            "ids": self.database.ids,
        }
        found = {name: statement(self.where(name), text) for name, text in said.items() if text}
        if not found.keys() & {"members", "documents"}:
            raise BadInput(
                f"[sources.{self.name}] has neither `members` nor `documents`.",
                hint="Write at least one of the two as a SELECT; docs/sources.md has an example.",
            )
        for name, text in found.items():
            if text.has_cursor and not self._column(name):
                raise BadInput(
                    f"{self.where(name)} has :cursor, and no column is named for it.",
                    hint='Name the column it is compared with, as in cursor = "updated_at"; '
                    "that of the members is members_cursor, and ids has none.",
                )
        return found

    def members(self, site: Site, queries: Mapping[str, Statement]) -> Iterator[Item]:
        """Yield the accounts that are new or changed."""
        cursor = self._cursor("members", queries)
        records = self._records(site, "members", queries, cursor)
        unknown = Unknown(accounts.is_read)
        for number, record in enumerate(records, start=1):
            if isinstance(record, Skipped):
                item: Account | Skipped = replace(record, document_id=None)  # it is a member's
            else:
                unknown.meet(record.fields)
                item = accounts.account(record, self.options)
            yield item
            if cursor:
                cursor.settle(is_read=isinstance(item, Account))
            if cursor and number % AT_ONCE == 0:
                yield from cursor.reached(self.name, "members")
        if cursor:
            yield from cursor.reached(self.name, "members", is_over=True)
        yield from unknown.found()

    def documents(self, site: Site, queries: Mapping[str, Statement]) -> Iterator[Item]:
        """Yield the documents that are new or changed, and then what exists."""
        cursor = self._cursor("documents", queries)
        records = self._records(site, "documents", queries, cursor)
        sample: set[DocumentId] = set()
        for number, item in enumerate(posts.documents(records, self.options), start=1):
            yield item
            if isinstance(item, Document) and len(sample) < _SAMPLE:
                sample |= {item.id} if item.state is not State.DELETED else set()
            if cursor and isinstance(item, Document | Skipped):
                cursor.settle(is_read=isinstance(item, Document))
            if cursor and number % AT_ONCE == 0:
                yield from cursor.reached(self.name, "documents")
        if cursor:
            yield from cursor.reached(self.name, "documents", is_over=True)
        if "ids" in queries:
            yield from self._there(site, queries["ids"], sample)

    def _column(self, query: str) -> str:
        columns = {"members": self.database.members_cursor, "documents": self.database.cursor}
        return columns.get(query, "")

    def _cursor(self, query: str, queries: Mapping[str, Statement]) -> Cursor | None:
        column = self._column(query)
        if not column or query not in queries:
            return None
        said = [self.prefix, sorted(self.options.attested.items())]
        cursor = Cursor(self.where(query), column, queries[query], said, self.options.latest)
        cursor.go_on(self.options.reached.get((self.name, query)))
        return cursor

    def _records(
        self, site: Site, query: str, queries: Mapping[str, Statement], cursor: Cursor | None
    ) -> Iterator[Record | Skipped]:
        """Yield each row that a query finds as a record; one that cannot be is skipped by name."""
        if query not in queries:
            return
        text, value = queries[query], None
        again: tuple[JSON, ...] = ()
        if cursor:
            text, value = cursor.begin(site, self.database.start, self.database.overlap_s)
            again = cursor.again
        for number, row in enumerate(site.rows(query, text, value, again), start=1):
            if number == 1:
                self._require_columns(query, row)
            if cursor:
                cursor.meets(row)
            yield self._record(query, number, row)

    def _record(self, query: str, number: int, row: Mapping[str, object]) -> Record | Skipped:
        where = f"{self.where(query)}, row {number} (id {str(row['id'])[:60]!r})"
        try:
            fields = (
                document_fields(row, self.prefix) if query == "documents" else member_fields(row)
            )
        except Unfit as unfit:
            own = DocumentId(prefixed(field("id", row["id"]), self.prefix))
            return Skipped(where=where, reason=unfit.reason, mend=unfit.mend, document_id=own)
        is_read = posts.is_read if query == "documents" else accounts.is_read
        if not is_read(self._column(query)):
            fields.pop(self._column(query), None)
        return checked(where, number, fields)

    def _require_columns(self, query: str, row: Mapping[str, object]) -> None:
        if "id" not in row:
            raise BadInput(
                f"{self.where(query)} has no column `id`.",
                hint="Write the key `as id`; the other columns are named as in a JSONL file.",
            )
        if query == "documents" and "source" in row:
            raise BadInput(
                f"{self.where(query)} has a column `source`, and its source is {self.name!r}.",
                hint="Leave that column out, or read it as a table [sources.NAME] of its own.",
            )

    def _there(self, site: Site, text: Statement, sample: set[DocumentId]) -> Iterator[There]:
        """Yield the ids of all that exists.

        Raises:
            BadInput: they are none, or not those of the documents: then all would be deleted.
        """
        part: list[DocumentId] = []
        count = 0
        for row in site.rows("ids", text):
            said: JSON = field("id", next(iter(row.values())))
            if said in {None, ""}:
                continue
            part.append(DocumentId(prefixed(said, self.prefix)))
            count += 1
            if len(part) == AT_ONCE:
                sample.difference_update(part)
                yield There(source=self.name, ids=tuple(part))
                part = []
        sample.difference_update(part)
        if not count or sample:
            example = f"{min(sample)!r} was just read and is not among them" if sample else "none"
            raise BadInput(
                f"{self.where('ids')}: these are not the ids of all documents: {example}.",
                hint="Nothing was deleted. Give every id that `documents` can give, as it does.",
            )
        yield There(source=self.name, ids=tuple(part))

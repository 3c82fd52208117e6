"""Every table, in the order of the story; Alembic's versions come to exactly these."""

from datetime import UTC, datetime

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.types.TypeDecorator[datetime]):
    """An instant: aware going in, UTC coming out, whichever database keeps it."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store UTC; a time without a zone is a programming error."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give back UTC; SQLite keeps no zone of its own."""
        del dialect
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# -- the community, as the network holds it now

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("handle", sa.Text, nullable=False, index=True),
    sa.Column("standing", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False, index=True),
    sa.Column("visibility", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("version", BigKey, nullable=False, server_default="0"),  # grows with every change
)
document_members = sa.Table(
    "document_members",
    metadata,
    sa.Column("document_id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, primary_key=True, index=True),
    sa.Column("part", sa.Text, primary_key=True),  # author | quoted | mentioned
)
suppressed = sa.Table(  # keyed hashes of erased members: their re-import is refused
    "suppressed",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
)

contacts = sa.Table(  # where a notice can be sent; the address is sealed under the member's key
    "contacts",
    metadata,
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
merges = sa.Table(  # accounts that became another: their words and their history are that one's
    "merges",
    metadata,
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("into", sa.Text, nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
)
acquaintances = sa.Table(  # whom members are connected with: names to be taken out of texts
    "acquaintances",
    metadata,
    sa.Column("owner_id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True, index=True),
    sa.Column("reading", sa.Text, nullable=False),  # the import that named them last
)
cursors = sa.Table(  # how far a site's own database has been read
    "cursors",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("query", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
missed = sa.Table(  # personal data that redaction left in a text; where, not what
    "missed",
    metadata,
    sa.Column("document_id", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),  # title | text
    sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("end", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # of the whole field when it was marked
    sa.Column("marked_at", Moment, nullable=False),
)
objections = sa.Table(  # people who are named in texts, are no members, and object
    "objections",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

# -- the log, the vault and the ledger

log_leaves = sa.Table(
    "log_leaves",
    metadata,
    sa.Column("position", BigKey, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entry", sa.LargeBinary, nullable=False),
    sa.Index(  # how long a no takes is told from these alone, however large the log is
        "ix_log_leaves_withdrawal",
        "position",
        sqlite_where=sa.text("kind = 'withdrawal'"),
        postgresql_where=sa.text("kind = 'withdrawal'"),
    ),
)
log_nodes = sa.Table(
    "log_nodes",
    metadata,
    sa.Column("level", sa.Integer, primary_key=True),
    sa.Column("position", BigKey, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,  # a hash is found where its key is: one look each in a proof
)
log_checkpoints = sa.Table(
    "log_checkpoints",
    metadata,
    sa.Column("size", BigKey, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
)
witnesses = sa.Table(  # whose cosignatures on our checkpoints are kept and handed on
    "witnesses",
    metadata,
    sa.Column("vkey", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("added_at", Moment, nullable=False),
)
cosignatures = sa.Table(
    "cosignatures",
    metadata,
    sa.Column("size", BigKey, primary_key=True, autoincrement=False),
    sa.Column("vkey", sa.Text, primary_key=True),
    sa.Column("line", sa.Text, nullable=False),
    sa.Column("signed_at", Moment, nullable=False),
)
vault_keys = sa.Table(
    "vault_keys",
    metadata,
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)
events = sa.Table(
    "events",
    metadata,
    sa.Column("seq", BigKey, primary_key=True, autoincrement=True),
    sa.Column("event_id", sa.Text, nullable=False, unique=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("leaf", BigKey, nullable=False),
    sqlite_autoincrement=True,
)
policies = sa.Table(
    "policies",
    metadata,
    sa.Column("seq", BigKey, primary_key=True, autoincrement=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("used_from", Moment, nullable=False),
)
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("published_at", Moment),
    sa.Column("effective_at", Moment),
)

# -- datasets

datasets = sa.Table(
    "datasets",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("predecessor", sa.Text),
    sa.Column("sealed_at", Moment, nullable=False),
    sa.Column("manifest", sa.JSON, nullable=False),
)
dataset_rows = sa.Table(
    "dataset_rows",
    metadata,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("document_id", sa.Text, nullable=False, index=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("shard", sa.Integer, nullable=False),
    sa.Column("slice", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
)
dataset_row_members = sa.Table(  # all whose words are in the row, the first author too
    "dataset_row_members",
    metadata,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, primary_key=True, index=True),
)
seats = sa.Table(  # where each member sits in the tree of who is in a dataset
    "seats",
    metadata,
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),  # the fingerprint of the key that gave it
    sa.Column("proof", sa.LargeBinary, nullable=False),
)
dataset_refusals = sa.Table(
    "dataset_refusals",
    metadata,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("document_id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

# -- models, and taking back

models = sa.Table(
    "models",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("dataset_id", sa.Text, nullable=False),
    sa.Column("predecessor", sa.Text),
    sa.Column("state", sa.Text, nullable=False),  # ready | in_use | retired
    sa.Column("trained_at", Moment, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)
epoch = sa.Table(
    "epoch",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("number", BigKey, nullable=False),
)
withdrawals = sa.Table(
    "withdrawals",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("epoch", BigKey, nullable=False),
    sa.Column("acknowledged_at", Moment, nullable=False),
    sa.Column("contained_at", Moment),
    sa.Column("forgotten_at", Moment),
    sa.Column("certified_at", Moment),
    sa.Column("certificate_id", sa.Text),
    sa.Column("taken_up_at", Moment),  # forgetting has begun: from here on no yes reaches back
    sa.Column("reinstated_at", Moment),  # said yes again before that: nothing is forgotten
)
removed_rows = sa.Table(
    "removed_rows",
    metadata,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("withdrawal_id", sa.Text, nullable=False, index=True),
    sa.Column("document_id", sa.Text, nullable=False, index=True),
)
certificates = sa.Table(
    "certificates",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("model_id", sa.Text, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("leaf", BigKey, nullable=False),
)

# -- writing with credit

credit_rows = sa.Table(  # which indexed text stands behind a dataset's row; texts are indexed once
    "credit_rows",
    metadata,
    sa.Column("dataset_id", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, index=True),
    sa.Column("number", BigKey, nullable=False, index=True),
)
fingerprints = sa.Table(
    "fingerprints",
    metadata,
    sa.Column("hash", BigKey, primary_key=True, autoincrement=False),
    sa.Column("number", BigKey, primary_key=True, autoincrement=False),
    sa.Column("word", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
suggestions = sa.Table(
    "suggestions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("model_id", sa.Text, nullable=False),
    sa.Column("epoch", BigKey, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
suggestion_credits = sa.Table(
    "suggestion_credits",
    metadata,
    sa.Column("suggestion_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("variant", sa.Integer, nullable=False),
    sa.Column("tier", sa.Text, nullable=False),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("document_id", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
)

# -- rights

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("regime", sa.Text, nullable=False, server_default="generic"),
)
request_moves = sa.Table(  # every step of a request; none is ever changed
    "request_moves",
    metadata,
    sa.Column("request_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

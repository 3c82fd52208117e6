"""Say-so made complete: addresses, accounts that became one, objectors, and witnesses."""

from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = ("contacts", "merges", "objections", "witnesses", "cosignatures", "request_moves")
_MOMENTS = ("taken_up_at", "reinstated_at")
_STEPS = (None, "received", "verified", "in-progress", "fulfilled")
"""The way of every request that was kept before its moves were: each was answered at once."""


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_contacts"),
    )
    op.create_table(
        "merges",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_merges"),
    )
    op.create_index("ix_merges_into", "merges", ["into"])
    op.create_table(
        "objections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    op.create_table(
        "witnesses",
        sa.Column("vkey", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("vkey", name="pk_witnesses"),
    )
    op.create_table(
        "cosignatures",
        sa.Column("size", _BIG, autoincrement=False, nullable=False),
        sa.Column("vkey", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", "vkey", name="pk_cosignatures"),
    )
    op.create_index(
        "ix_log_leaves_withdrawal",
        "log_leaves",
        ["position"],
        sqlite_where=sa.text("kind = 'withdrawal'"),
        postgresql_where=sa.text("kind = 'withdrawal'"),
    )
    for name in _MOMENTS:
        op.add_column("withdrawals", sa.Column(name, sa.DateTime(timezone=True)))
    _keep_moves()

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create table log_nodes_keyed (level INTEGER NOT NULL, position INTEGER NOT NULL, "
            "hash BLOB NOT NULL, CONSTRAINT pk_log_nodes PRIMARY KEY (level, position)) "
            "WITHOUT ROWID"
        )
        op.execute("insert into log_nodes_keyed select * from log_nodes order by level, position")
        op.drop_table("log_nodes")
        op.rename_table("log_nodes_keyed", "log_nodes")


def _keep_moves() -> None:
    op.add_column(
        "requests", sa.Column("regime", sa.Text(), nullable=False, server_default="generic")
    )
    moves = op.create_table(
        "request_moves",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "number", name="pk_request_moves"),
    )
    kept = sa.table("requests", sa.column("id"), sa.column("received_at"))
    for number, (before, after) in enumerate(pairwise(_STEPS)):
        step = (sa.literal(number), sa.literal(before, sa.Text()), sa.literal(after))
        steps = sa.select(kept.c.id, *step, kept.c.received_at, sa.literal(""))
        op.execute(moves.insert().from_select(list(moves.c), steps))


def downgrade() -> None:
    op.drop_column("requests", "regime")
    op.drop_index("ix_log_leaves_withdrawal", "log_leaves")
    for name in reversed(_MOMENTS):
        op.drop_column("withdrawals", name)
    for table in reversed(_TABLES):
        op.drop_table(table)

"""Every export read right and redacted: acquaintances, databases half read, what was missed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = ("acquaintances", "cursors", "missed")


_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("documents", sa.Column("version", _BIG, nullable=False, server_default="0"))
    op.create_table(
        "acquaintances",
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "source", "name", name="pk_acquaintances"),
    )
    op.create_index("ix_acquaintances_name", "acquaintances", ["name"])
    op.create_table(
        "cursors",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "query", name="pk_cursors"),
    )
    op.create_table(
        "missed",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "field", "start", "end", name="pk_missed"),
    )
    op.create_index("ix_missed_member_id", "missed", ["member_id"])


def downgrade() -> None:
    op.drop_index("ix_missed_member_id", "missed")
    op.drop_index("ix_acquaintances_name", "acquaintances")
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("documents", "version")

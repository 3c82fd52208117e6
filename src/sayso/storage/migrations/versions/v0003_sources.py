"""Every export read right: whom members are connected with, and how far a database was read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = ("acquaintances", "cursors")


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_index("ix_acquaintances_name", "acquaintances")
    for table in reversed(_TABLES):
        op.drop_table(table)

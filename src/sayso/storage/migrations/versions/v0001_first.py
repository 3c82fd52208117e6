"""The first schema: every table of the story.

Until a first version is released this makes whatever `storage.schema` says. From then on it
must stay as it is, written out table by table, and each change is a version of its own.
"""

from alembic import op

from sayso.storage.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), checkfirst=False)

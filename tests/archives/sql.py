"""A made-up forum's own database: users, topics and posts, in SQLite or PostgreSQL.

`python -m archives.sql FILE` (from tests/) writes one as SQLite; `FORUM` is how it is read.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

BEGIN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
STEP = timedelta(minutes=7)
SUBJECTS = ("the ferry", "a loose rope", "our bakery", "the north pier", "an old compass")
ENDINGS = ("made me laugh.", "took all night.", "deserves better.", "is worth the walk.")

MEMBERS = """
select u.id, u.display_name as name, u.login as handle, u.country as region,
       case when u.is_adult then 'adult' else 'unknown' end as age_band,
       u.joined as joined_at, u.closed_at as deleted_at, u.changed_at
from users u
"""
DOCUMENTS = """
select p.id, p.user_id as member_id, 'post' as kind, t.title, p.body as text,
       p.created_at, p.changed_at as updated_at, p.deleted_at,
       case t.audience when 0 then 'public' else 'private' end as visibility,
       p.reply_to as in_reply_to, p.changed_at, p.also_by as authors
from posts p join topics t on t.id = p.topic_id  -- ':30' and 100 % of them; all
where t.title <> 'off: limits'
"""
IDS = "select p.id from posts p join topics t on t.id = p.topic_id where t.title <> 'off: limits'"

metadata = sa.MetaData()
_MOMENT = sa.DateTime(timezone=True)
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("login", sa.Text),
    sa.Column("display_name", sa.Text),
    sa.Column("country", sa.Text),
    sa.Column("is_adult", sa.Boolean),
    sa.Column("joined", sa.DateTime(timezone=False)),
    sa.Column("closed_at", _MOMENT),
    sa.Column("changed_at", _MOMENT),
)
topics = sa.Table(
    "topics",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.Text),
    sa.Column("audience", sa.Integer),
)
posts = sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.Integer),
    sa.Column("topic_id", sa.Integer),
    sa.Column("body", sa.Text),
    sa.Column("created_at", _MOMENT),
    sa.Column("changed_at", _MOMENT),
    sa.Column("deleted_at", _MOMENT),
    sa.Column("reply_to", sa.Integer),
    sa.Column("also_by", sa.JSON),
)
odd = sa.Table(  # one row of every awkward type
    "odd",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("author", sa.Numeric(12, 0)),
    sa.Column("body", sa.LargeBinary),
    sa.Column("day", sa.Date),
    sa.Column("also_by", sa.JSON),
)

ODD = UUID("6a0f4a2e-9d5c-4a56-8c38-3f1f27a1c9d0")


class Forum:
    """A forum that people go on writing in."""

    def __init__(self, url: str, *, seed: int = 1) -> None:
        self.url = url
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        self._random = random.Random(seed)
        self._moment = BEGIN
        metadata.create_all(self._engine)
        with self._engine.begin() as connection:
            if connection.scalar(sa.select(sa.func.count()).select_from(topics)) == 0:
                connection.execute(
                    sa.insert(topics),
                    [
                        {"id": 1, "title": "Harbour talk", "audience": 0},
                        {"id": 2, "title": "Committee", "audience": 1},
                        {"id": 3, "title": "off: limits", "audience": 0},
                    ],
                )

    def joins(self, number: int) -> None:
        self._add(
            users,
            {
                "id": number,
                "login": f"sailor{number}",
                "display_name": f"Sailor {number} Example",
                "country": "US",
                "is_adult": True,
                "joined": datetime(2024, 12, 1, 12, 0),  # noqa: DTZ001 - as such sites keep it
                "closed_at": None,
                "changed_at": self._now(),
            },
        )

    def writes(
        self, *numbers: int, members: int = 3, topic: int = 1, at_once: bool = False
    ) -> None:
        """Post once for each of `numbers`; all in one moment where that is said."""
        rows: list[dict[str, object]] = []
        for number in numbers:
            at = self._moment if at_once and rows else self._now()
            rows.append(
                {
                    "id": number,
                    "user_id": 1 + number % members,
                    "topic_id": topic,
                    "body": f"Note {number}: {self._sentence()}",
                    "created_at": at,
                    "changed_at": at,
                    "deleted_at": None,
                    "reply_to": number - 1 if number % 5 == 0 else None,
                    "also_by": [1 + (number + 1) % members] if number % 7 == 0 else None,
                }
            )
        self._add(posts, *rows)

    def edits(self, number: int, body: str) -> None:
        self._change(posts, number, body=body, changed_at=self._now())

    def marks_deleted(self, number: int) -> None:
        now = self._now()
        self._change(posts, number, deleted_at=now, changed_at=now)

    def drops(self, number: int) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(posts).where(posts.c.id == number))

    def closes_account(self, number: int) -> None:
        now = self._now()
        self._change(users, number, closed_at=now, changed_at=now)

    def keeps_something_odd(self) -> None:
        self._add(
            odd,
            {
                "id": ODD,
                "author": Decimal(7),
                "body": "Grüße vom Kai: 100 % Nebel.".encode(),
                "day": BEGIN.date(),
                "also_by": [8, 9],
            },
        )

    def _sentence(self) -> str:
        return f"{self._random.choice(SUBJECTS)} {self._random.choice(ENDINGS)}"

    def _now(self) -> datetime:
        self._moment += STEP
        return self._moment

    def _add(self, table: sa.Table, *rows: dict[str, object]) -> None:
        with self._engine.begin() as connection:
            for start in range(0, len(rows), 1000):
                connection.execute(sa.insert(table), list(rows[start : start + 1000]))

    def _change(self, table: sa.Table, number: int, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(table).where(table.c.id == number).values(**values))


def settings(forum: Forum, **more: str) -> str:
    """Return the table [sources.forum] that reads it; an empty text leaves a setting out."""
    said = {
        "url": forum.url,
        "members": MEMBERS,
        "members_cursor": "changed_at",
        "documents": DOCUMENTS,
        "cursor": "changed_at",
        "ids": IDS,
    } | more
    lines = [f"{name} = '''{value}'''" for name, value in said.items() if value]
    return "\n".join(["[sources.forum]", *lines, ""])


def main(file: str, posts_of_it: int = 200) -> None:
    """Write a forum of three people."""
    forum = Forum(f"sqlite:///{Path(file).resolve()}")
    for number in (1, 2, 3):
        forum.joins(number)
    forum.writes(*range(1, posts_of_it + 1))
    sys.stdout.write(settings(forum))


def good(tmp_path: Path) -> Path:
    """Write a sound database to read, as a file of SQLite."""
    path = tmp_path / "forum.db"
    forum = Forum(f"sqlite:///{path}")
    for number in (1, 2, 3):
        forum.joins(number)
    forum.writes(*range(1, 13))
    return path


if __name__ == "__main__":
    main(sys.argv[1])

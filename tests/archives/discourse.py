"""Makes archives as Discourse exports them for one user, of people who do not exist.

`python -m archives.discourse FILE.zip` (from the folder `tests`) writes one to look at; a name
that ends in .csv makes the table alone, any other name a folder.
"""

import csv
import io
import json
import random
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archives.hostile import folder, tarred, zipped

FORUM = "https://forum.example.org"
NAME = "user_archive-Ana-240301-120000-7"
COLUMNS = (
    *("topic_title", "categories", "is_pm", "post_raw", "post_cooked", "like_count"),
    *("reply_count", "url", "created_at"),
)
BEGAN = datetime(2023, 5, 1, 8, tzinfo=UTC)
Row = dict[str, str]

WORDS = (
    "I clean the reeds with warm water and patience.",
    "The old varnish came off in one afternoon.",
    "Has anyone tuned one of these below 430 Hz?",
    "Mine took three winters. Start with the bellows.",
)


def post(number: int, raw: str = "", **facts: str) -> Row:
    """One post of Ana's; every third begins a topic."""
    topic, place = 100 + number, 1 if number % 3 == 0 else 2 + number % 7
    text = raw or f"{WORDS[number % len(WORDS)]} ({number})"
    return {
        "topic_title": f"On reeds, part {topic}",
        "categories": "Workshop|Repairs",
        "is_pm": "No",
        "post_raw": text,
        "post_cooked": f"<p>{text}</p>",
        "like_count": str(number % 5),
        "reply_count": "0",
        "url": f"{FORUM}/t/on-reeds-part-{topic}/{topic}/{place}",
        "created_at": f"{BEGAN + timedelta(hours=31 * number):%Y-%m-%dT%H:%M:%S.000Z}",
    } | facts


def private(number: int, yes: str = "Yes") -> Row:
    return post(number, "Between the two of us: I sold it.", is_pm=yes, categories="-")


def restricted(number: int) -> Row:
    return post(number, "Seen by nobody outside.", categories="-")


def answer(number: int) -> Row:
    """An answer that quotes Ben, mentions Cy, shows code, and says something itself."""
    raw = (
        '[quote="ben, post:1, topic:2"]\nGlue it, I always say.\n[/quote]\n\n'
        "Please do not. @cy showed how:\n\n```\nsteam --low\n```"
    )
    return post(number, raw)


def only_a_quote(number: int) -> Row:
    return post(number, '[quote="ben, post:1, topic:2"]\nGlue it, I always say.\n[/quote]')


def deleted(number: int) -> Row:
    return post(number, "(post deleted by author)")


def table(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> bytes:
    """Rows as Ruby's CSV writes them: quoted where they must be, quotes twice."""
    text = io.StringIO()
    written = csv.DictWriter(
        text, tuple(columns), extrasaction="ignore", restval="", lineterminator="\n"
    )
    written.writeheader()
    written.writerows(rows)
    return text.getvalue().encode()


def preferences(**facts: object) -> bytes:
    user = {
        "id": 12,
        "username": "Ana",
        "name": "Ana Example",
        "email": "ana@example.org",
        "locale": "de",
        "bio_raw": "Repairs *concertinas*.",
        "location": "By the harbour",
        "created_at": "2019-02-03T04:05:06.000Z",
        "user_option": {"hide_profile_and_presence": False, "timezone": "Europe/Berlin"},
    } | facts
    return json.dumps({"user": user}, indent=4).encode()


def files(rows: Iterable[Mapping[str, str]]) -> dict[str, bytes]:
    """Every file of an archive."""
    return {
        "user_archive.csv": table(rows),
        "preferences.json": preferences(),
        "auth_tokens.csv": b"id,auth_token_hash,client_ip\n1,ab...,203.0.113.9\n",
        "badges.csv": b"badge_id,badge_name\n1,Basic\n",
        "bookmarks.csv": b"bookmarkable_id,link\n1,x\n",
        "category_preferences.csv": b"category_id\n1\n",
        "flags.csv": b"id,post_id,flag_type\n1,2,spam\n",
        "likes.csv": b"id,post_id\n1,2\n",
        "queued_posts.csv": b"id,verdict,category_id,topic_id,post_raw\n1,0,2,3,Wait\n",
        "visits.csv": b"visited_at,posts_read\n2024-01-01,3\n",
    }


def write(path: Path, contents: Mapping[str, bytes]) -> Path:
    """Write a zip, a tar.gz, the table alone or a folder, as the path's name says."""
    if path.suffix == ".csv":
        path.write_bytes(contents["user_archive.csv"])
        return path
    if path.suffix == ".zip":
        return zipped(path, {f"{NAME}/{name}": data for name, data in contents.items()})
    return tarred(path, contents) if path.suffix == ".gz" else folder(path, contents)


def some_years(seed: int = 7) -> list[Row]:
    """What one user wrote, in order: 40 posts, 6 private messages, 3 in a hidden category."""
    kinds = [*[post] * 28, *[answer] * 8, *[private] * 6, *[restricted] * 3, *[only_a_quote] * 3]
    kinds.append(deleted)
    random.Random(seed).shuffle(kinds)
    return [kind(number) for number, kind in enumerate(kinds, start=1)]


def good(folder_for_it: Path) -> Path:
    """Return a sound archive as a folder, so that each of its files may be harmed alone."""
    return write(folder_for_it / NAME, files(some_years()))


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), files(some_years())))  # noqa: T201 - a person asked for it

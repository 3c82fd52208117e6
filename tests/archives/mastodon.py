"""Makes archives as Mastodon exports them, of people who do not exist.

`python -m archives.mastodon FILE.zip` (from the folder `tests`) writes one to look at; a name that
ends in .tar.gz makes the older kind, any other name a folder.
"""

import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archives.hostile import folder, tarred, zipped
from sayso.evidence.canonical import JSON

HOST = "social.example.org"
ANA = f"https://{HOST}/users/ana"
BEN = "https://other.example.net/users/ben"
FOLLOWERS = f"{ANA}/followers"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
BEGAN = datetime(2024, 3, 1, 9, tzinfo=UTC)
MENTION = {"type": "Mention", "href": BEN, "name": "@ben@other.example.net"}
LINK = (
    '<span class="h-card" translate="no"><a href="https://other.example.net/@ben" '
    'class="u-url mention">@<span>ben</span></a></span>'
)

WORDS = (
    "The ferry was late again and nobody minded.",
    "A second batch of rye, and this one rose.",
    "Notes from the repair café: four toasters, one gramophone.",
    "Reading about lichens. They are in no hurry at all.",
)

Item = dict[str, JSON]


def at(number: int) -> str:
    return f"{BEGAN + timedelta(hours=7 * number):%Y-%m-%dT%H:%M:%SZ}"


def note(number: int, text: str = "", **facts: JSON) -> Item:
    """A public note of Ana's, as Mastodon writes one, unless `facts` say otherwise."""
    uri = f"{ANA}/statuses/{number}"
    content = f"<p>{text or f'{WORDS[number % len(WORDS)]} {number}'}</p>"
    return {
        "id": uri,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": at(number),
        "url": f"https://{HOST}/@ana/{number}",
        "attributedTo": ANA,
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "sensitive": False,
        "atomUri": uri,
        "inReplyToAtomUri": None,
        "conversation": f"tag:{HOST},2024:objectId={number}:objectType=Conversation",
        "content": content,
        "contentMap": {"en": content},
        "attachment": [],
        "tag": [],
        "replies": {"id": f"{uri}/replies", "type": "Collection"},
    } | facts


def create(inner: Mapping[str, JSON], **facts: JSON) -> Item:
    """The activity that put `inner` there, to the same people."""
    return {
        "id": f"{inner.get('id')}/activity",
        "type": "Create",
        "actor": ANA,
        "published": inner.get("published"),
        "to": inner.get("to"),
        "cc": inner.get("cc"),
        "object": inner,
    } | facts


def announce(number: int) -> Item:
    return {
        "id": f"{ANA}/statuses/{number}/activity",
        "type": "Announce",
        "actor": ANA,
        "published": at(number),
        "to": [PUBLIC],
        "cc": [BEN, FOLLOWERS],
        "object": f"{BEN}/statuses/{number}",
    }


def like(number: int) -> Item:
    return {"id": f"{ANA}#likes/{number}", "type": "Like", "actor": ANA, "object": f"{BEN}/x"}


def delete(number: int) -> Item:
    uri = f"{ANA}/statuses/{number}"
    return {
        "id": f"{uri}#delete",
        "type": "Delete",
        "actor": ANA,
        "to": [PUBLIC],
        "object": {"id": uri, "type": "Tombstone", "atomUri": uri},
    }


def followers_only(number: int) -> Item:
    return create(note(number, "For my followers alone.", to=[FOLLOWERS], cc=[]))


def direct(number: int) -> Item:
    text = f"{LINK} between you and me"
    return create(note(number, text, to=[BEN], cc=[], tag=[MENTION]))


def unlisted(number: int) -> Item:
    return create(note(number, "Not for the front page.", to=[FOLLOWERS], cc=[PUBLIC]))


def warned(number: int) -> Item:
    return create(note(number, "It ends badly.", summary="spoilers", sensitive=True))


def poll(number: int) -> Item:
    options: list[JSON] = [
        {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": 3}}
        for name in ("Rye & wheat", "Oats")
    ]
    return create(note(number, "Which one?", type="Question", oneOf=options, votersCount=6))


def reply(number: int) -> Item:
    parent = f"{BEN}/statuses/1"
    return create(note(number, f"{LINK} I agree.", inReplyTo=parent, tag=[MENTION]))


def pictured(number: int, text: str = "Look.") -> Item:
    picture = {"type": "Document", "mediaType": "image/png", "url": "media/1.png", "name": "a sign"}
    content = f"<p>{text}</p>" if text else ""
    return create(note(number, attachment=[picture], content=content, contentMap={"en": content}))


def not_hers(number: int) -> Item:
    return create(note(number, "Somebody else's words.", attributedTo=BEN))


def elsewhere(number: int) -> Item:
    return create(note(number, "From another server.", id=f"{BEN}/statuses/{number}"))


def actor(**facts: JSON) -> Item:
    """Ana, who may be found by her words."""
    said: Item = {
        "@context": ["https://www.w3.org/ns/activitystreams", {"indexable": "toot:indexable"}],
        "id": ANA,
        "type": "Person",
        "following": f"{ANA}/following",
        "followers": FOLLOWERS,
        "outbox": "outbox.json",
        "likes": "likes.json",
        "bookmarks": "bookmarks.json",
        "preferredUsername": "ana",
        "name": "Ana Example",
        "summary": "<p>Bakes. <br>Repairs &amp; reads.</p>",
        "url": f"https://{HOST}/@ana",
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "indexable": True,
        "published": "2017-04-05T00:00:00Z",
        "icon": {"type": "Image", "url": "avatar.png"},
    }
    return said | facts


def outbox(items: Sequence[JSON], total: int | None = None) -> bytes:
    """The list of activities; what it says of its length need not be so."""
    return json.dumps(
        {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": "outbox.json",
            "type": "OrderedCollection",
            "totalItems": len(items) if total is None else total,
            "orderedItems": items,
        }
    ).encode()


def files(items: Sequence[JSON], *, who: Mapping[str, JSON] | None = None) -> dict[str, bytes]:
    """Every file of an archive, in the order that Mastodon packs them."""
    return {
        "media_attachments/files/1/original/a.png": b"\x89PNG",
        "outbox.json": outbox(items),
        "likes.json": outbox([f"{BEN}/statuses/7"]),
        "bookmarks.json": outbox([f"{BEN}/statuses/8"]),
        "avatar.png": b"\x89PNG",
        "actor.json": json.dumps(actor() if who is None else who).encode(),
    }


def write(path: Path, contents: Mapping[str, bytes]) -> Path:
    """Write a zip, a tar.gz or a folder, as the path's name says."""
    if path.suffix == ".zip":
        return zipped(path, contents)
    return tarred(path, contents) if path.suffix == ".gz" else folder(path, contents)


def a_year(seed: int = 7) -> list[Item]:
    """A year of one account, with the counts of a real archive: 1586 items, and 1557 said."""
    kinds: list[Callable[[int], Item]] = [
        *[announce] * 326,
        *[followers_only] * 60,
        *[direct] * 15,
        *[unlisted] * 16,
        *[warned] * 9,
        *[reply] * 420,
        *[poll] * 10,
        *[lambda number: create(note(number))] * 730,
    ]
    random.Random(seed).shuffle(kinds)
    return [kind(number) for number, kind in enumerate(kinds, start=1)]


def a_years_files(seed: int = 7) -> dict[str, bytes]:
    items = a_year(seed)
    return files(items) | {"outbox.json": outbox(items, total=1557)}


def note_of(number: int) -> Item:
    return create(note(number))


def good(tmp_path: Path) -> Path:
    """Write a sound archive to read: one item of each kind."""
    kinds = (note_of, announce, followers_only, direct, unlisted, warned, poll, reply, pictured)
    return write(tmp_path / "mastodon", files([kind(at) for at, kind in enumerate(kinds, 1)]))


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), a_years_files()))  # noqa: T201 - a person asked for it

"""A Mastodon archive, read from its account to the end of its outbox."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from sayso.errors import BadInput
from sayso.sources import json_stream
from sayso.sources.archives import Archive, open_archive
from sayso.sources.attested import check
from sayso.sources.fields import Unfit
from sayso.sources.kinds import FOLDER, GZIP, OTHER, ZIP
from sayso.sources.mastodon.actor import Actor, nameless, read_actor
from sayso.sources.mastodon.notes import Outbox
from sayso.sources.reading import Item, ReaderEntry, ReadingOptions, Skipped

ACTOR, OUTBOX = "actor.json", "outbox.json"
_LISTS = ("orderedItems", "items")
_OTHERS = {
    "likes.json": ("likes", "It names what others wrote."),
    "bookmarks.json": ("bookmarks", "It names what others wrote."),
    "": ("pictures and other files", "Only words are read."),
}


def read_mastodon(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Yield the account of an archive and what it wrote; see `read` in `ReaderEntry`.

    The outbox is read one item at a time, however long it is. What it says of its own length is
    not believed: Mastodon counts other things than it lists.
    """
    check(options)
    with open_archive(path) as archive:
        if OUTBOX not in archive.names:
            raise BadInput(
                f"{path} holds no {OUTBOX}.",
                hint="Give the archive as Mastodon made it, or the folder with that file.",
            )
        if not path.is_dir():  # a packed file may turn out broken at its end
            archive.verify(name for name in archive.names if name in {ACTOR, OUTBOX})
        actor = _actor(archive, options)
        yield actor.account
        if actor.moved_to:
            mend = (
                f"It says that it moved to {actor.moved_to}. If both are one person, say so in "
                "merged_into of a file about members: nobody is believed on their own word."
            )
            yield Skipped(
                where=f"{path}, {ACTOR}", reason="account moved", mend=mend, on_purpose=True
            )
        yield from _not_read(archive)
        yield from _items(archive, Outbox(actor=actor, options=options))


MASTODON = ReaderEntry(
    name="mastodon",
    read=read_mastodon,
    about="A Mastodon archive: its zip, its tar.gz or the folder with outbox.json.",
    takes=(ZIP, GZIP, FOLDER, OTHER),
    of_one_member=True,
)


def _actor(archive: Archive, options: ReadingOptions) -> Actor:
    if ACTOR not in archive.names:
        return _first_actor(archive, options)
    try:
        with archive.open(ACTOR) as stream:
            return read_actor(json_stream.document(stream, ACTOR), options)
    except Unfit as unfit:
        raise BadInput(f"{archive.path}, {ACTOR}: {unfit.reason}.", hint=unfit.mend) from unfit


def _first_actor(archive: Archive, options: ReadingOptions) -> Actor:
    """Return whoever the outbox's first activity is of."""
    try:
        with archive.open(OUTBOX) as stream:
            for item in json_stream.elements(stream, OUTBOX, _LISTS):
                uri = item.get("actor") if isinstance(item, Mapping) else None
                if isinstance(uri, str) and uri.isprintable():
                    return nameless(uri, options)
    except Unfit:
        pass  # said below, in words that fit
    raise BadInput(
        f"{archive.path} holds no {ACTOR}, and its outbox does not say whose it is.",
        hint=f"Give the whole archive, with {ACTOR} in it.",
    )


def _items(archive: Archive, outbox: Outbox) -> Iterator[Item]:
    number = 0
    try:
        with archive.open(OUTBOX) as stream:
            found = json_stream.elements(stream, OUTBOX, _LISTS)
            for number, value in enumerate(found, start=1):
                item = outbox.item(value, f"{archive.path}, {OUTBOX}, item {number}", number)
                yield from outbox.bylines(item)
                yield item
    except Unfit as unfit:
        if not number:
            raise BadInput(f"{archive.path}, {OUTBOX}: {unfit.reason}.", hint=unfit.mend) from unfit
        where = f"{archive.path}, {OUTBOX}, after item {number}"
        yield Skipped(where=where, reason=unfit.reason, mend=unfit.mend)


def _not_read(archive: Archive) -> Iterator[Skipped]:
    """Name what is in the archive and not read: each list alone, all pictures together."""
    names = [name for name in archive.names if name not in {ACTOR, OUTBOX}]
    counts = Counter(name if name in _OTHERS else "" for name in names)
    for name, count in counts.items():
        reason, mend = _OTHERS[name]
        where = f"{archive.path}, {name or f'{count} files'}"
        yield Skipped(where=where, reason=reason, mend=mend, on_purpose=True)

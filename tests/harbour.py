"""A little network that anyone can count: who is in it and what each wrote."""

import atexit
import json
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from fakes.seats import KEY_FILE
from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.purposes import Purpose
from sayso.jobs.bring import import_documents
from sayso.jobs.choosing import say
from sayso.jobs.tell import deliver, publish
from sayso.rights.say import Said
from sayso.settings import FILE_NAME, Settings, load_settings
from sayso.sources.reading import ReadingOptions
from sayso.training.recipes import TINY
from sayso.training.tokenizer import tokenizer
from sayso.wiring import Network, make_home, open_network

MEMBERS = ("ana", "ben", "chi", "dee", "eli", "fay")
WORDS = (
    "We opened the new bridge on Monday and half the town walked across it.",
    "Three lessons from a year of night shifts, the hardest one first.",
    "Our apprentices built this table, and I could not be prouder of them.",
    "A question for all of you: how do you begin a meeting that nobody wants?",
)
OWN = {
    "ana": "I keep seventeen brass lanterns polished beside the northern ferry steps each autumn.",
    "ben": "Our oldest crane driver taught me to listen for rain inside an empty grain barge.",
    "chi": "Nobody tells apprentice sailmakers that waxed thread remembers every careless winter.",
    "dee": "The pilot station baked forty loaves when fog closed both lighthouses for a week.",
    "eli": "A borrowed sextant showed my daughter why patience outlives most navigation software.",
    "fay": "We painted tidal charts upon the school ceiling so that bored pupils might look up.",
}
SHARED = "The quarterly lantern inventory was finished well before breakfast."
SHARERS = ("ana", "ben", "chi")
"""Exactly as many as a phrase needs to be offered."""
SMALL = "shards = 2\nslices = 2\nworkers = 1\n"


def posts(members: tuple[str, ...] = MEMBERS, each: int = 6) -> list[dict[str, object]]:
    """Posts without duplicates; every text names its author's number, not a person."""
    return [
        {
            "id": f"{member}/{number}",
            "author": member,
            "author_name": f"{member.capitalize()} Example",
            "text": _text(member, place, number),
            "date": f"2026-0{1 + number % 9}-1{number % 10}",
            "lang": "en",
        }
        for place, member in enumerate(members, start=1)
        for number in range(each)
    ]


def _text(member: str, place: int, number: int) -> str:
    if number == 0:
        return OWN[member]
    if number == 1 and member in SHARERS:
        return f"{SHARED} Page {place}."
    return f"{WORDS[number % len(WORDS)]} Note {place} of book {number}."


def write_posts(path: Path, written: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(post) + "\n" for post in written), encoding="utf-8")
    return path


def small_home(home: Path, key: bytes = b"h" * 32) -> Settings:
    """A home of two shards of two slices, whose members always fall into the same places."""
    (home / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy(KEY_FILE, home / "keys" / "seats.key")  # to make one takes most of a second
    make_home(home, "Harbour")
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(SMALL)
    (home / "keys" / "partition.key").write_bytes(key)
    return load_settings(home, {})


def know_tokenizer(store: Path) -> None:
    """Give a store the tokenizer that it would make of public word lists in some seconds."""
    shutil.copytree(_tokenizers(), store / "tokenizers")


@cache
def _tokenizers() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sayso-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tokenizer(folder, TINY.vocabulary)
    return folder / "tokenizers"


def harbour(home: Path, *, each: int = 6, learns: bool = False) -> Network:
    """A small home whose members were told and have said yes; nothing is built.

    One that `learns` knows its tokenizer already.
    """
    shutil.copytree(_made(each), home)
    if learns:
        know_tokenizer(home / "store")
    return open_network(load_settings(home, {}))


@cache
def _made(each: int) -> Path:
    """Make one to copy from: where it stands is written nowhere in it."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    network = open_network(small_home(folder / "harbour"))
    settle(network, folder / "posts.jsonl", each)
    network.close()
    return network.settings.home


def settle(network: Network, path: Path, each: int) -> None:
    """Let everybody in with what they wrote, tell them, and let them say yes."""
    write_posts(path, posts(each=each))
    attested = {"region": "US", "age_band": "adult"}
    import_documents(network, "jsonl", [path], ReadingOptions(attested=attested))
    publish(network, "")
    deliver(network, "", None)
    for member in MEMBERS:
        says(network, member, Answer.YES)


def says(
    network: Network, member: str, answer: Answer, document: str = "", at: datetime | None = None
) -> Said:
    """Record a choice about training, as the command line would; `at` a moment, it is the same."""
    number = at.isoformat() + document if at else network.entropy(8).hex()
    return say(
        network,
        Choice(
            event_id=f"{member}-{answer}-{number}",
            member_id=MemberId(member),
            purpose=Purpose.GENAI_TRAINING,
            answer=answer,
            occurred_at=at or network.clock(),
            scope=Scope.DOCUMENT if document else Scope.PURPOSE,
            target=document,
        ),
    )


def removed_documents(network: Network) -> set[str]:
    """The documents of which a row in service was taken out."""
    with network.reading() as stores:
        return {
            row.document_id
            for dataset_id in stores.models.served_datasets()
            for row in stores.takebacks.removed_rows(dataset_id)
        }

"""Every reader, given what somebody broke: only our errors, an end, and nothing but our nouns.

`SAYSO_FUZZ=1000000` makes that many broken inputs for each reader, for a long run by hand.
"""

import importlib
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest

from archives import tables
from archives.sql import DOCUMENTS, MEMBERS
from sayso.community import Document, Kind, Member, MemberId, State, Visibility
from sayso.errors import SaysoError
from sayso.settings import Database
from sayso.sources.readers import READERS
from sayso.sources.reading import Account, Acquaintance, Item, ReaderEntry, ReadingOptions, Skipped

INPUTS = int(os.environ.get("SAYSO_FUZZ", "120"))
PATIENCE_S = 20
TABLES = {"jsonl": tables.good_jsonl, "csv": tables.good_csv, "parquet": tables.good_parquet}


def good(entry: ReaderEntry, tmp_path: Path) -> Path:
    """Return a sound input: a new reader brings `good` in `tests/archives`, under its own name."""
    if entry.name in TABLES:
        return TABLES[entry.name](tmp_path)
    made: Path = importlib.import_module(f"archives.{entry.name}").good(tmp_path)
    return made


def read(entry: ReaderEntry, path: Path) -> list[Item]:
    """Read it all, as the member whose own it may be; a reader of databases takes its name."""
    options = ReadingOptions(member_id=MemberId("ana"))
    if entry.name == "sql":
        forum = Database(url=f"sqlite:///{path}", members=MEMBERS, documents=DOCUMENTS)
        options = ReadingOptions(databases={"forum": forum})
        return list(entry.read(Path("forum"), options))
    return list(entry.read(path, options))


@contextmanager
def in_time() -> Iterator[None]:
    """Fail what does not end."""

    def stop(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"it had not ended after {PATIENCE_S} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def flipped(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def spliced(data: bytearray, chance: random.Random) -> bytearray:
    """Copy a part of it to another place, over what stands there."""
    start, size = chance.randrange(len(data)), chance.randint(1, 200)
    at = chance.randrange(len(data))
    data[at : at + chance.choice((0, size))] = data[start : start + size]
    return data


def stuffed(data: bytearray, chance: random.Random) -> bytearray:
    """Put something in that parsers stumble over."""
    pieces = (b"\x00", b"\xff\xfe", b'"', b"<", b"{", b"\\ud800", b"\r", b"\xf0\x9f", b"&a;", b"[[")
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(pieces) * chance.choice((1, 3, 100))
    return data


def noise(data: bytearray, chance: random.Random) -> bytearray:
    kept = chance.choice((0, 4, 64))
    return data[:kept] + chance.randbytes(chance.randint(0, 2000))


HARMS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    *(flipped, flipped, spliced, stuffed, cut),
    noise,
)


def broken_inputs(sound: Path, tmp_path: Path, count: int) -> Iterator[Path]:
    """Yield copies of `sound`, each with one file of it harmed; the same ones each time."""
    chance = random.Random(sound.name)
    for number in range(count):
        copy = tmp_path / f"broken-{number}" / sound.name
        copy.parent.mkdir()
        if sound.is_dir():
            shutil.copytree(sound, copy)
        else:
            shutil.copy(sound, copy)
        files = sorted(each for each in [copy, *copy.rglob("*")] if each.is_file())
        harmed = chance.choice(files)
        data = bytearray(harmed.read_bytes() or b" ")
        harmed.write_bytes(HARMS[number % len(HARMS)](data, chance))
        yield copy
        shutil.rmtree(copy.parent)


def assert_ours(items: list[Item]) -> None:
    """Hold what was read against what every store and every rule takes for granted."""
    named: set[str] = set()
    for item in items:
        if isinstance(item, Account | Member):
            member = item if isinstance(item, Member) else item.member
            assert_text(member.id, member.name, member.handle, member.profile.about)
            assert member.id
            named.add(member.id)
        elif isinstance(item, Document):
            assert_document(item)
            assert named.issuperset(item.authors), "someone wrote before they were named"
        elif isinstance(item, Skipped):
            assert item.where, "something was left out, and nobody knows where"
            assert item.reason
            assert_text(f"{item.document_id}")
        elif isinstance(item, Acquaintance):
            assert item.owner_id
            assert_text(item.name)


def assert_document(document: Document) -> None:
    assert document.id
    assert all(document.authors)
    assert isinstance(document.kind, Kind)
    assert isinstance(document.visibility, Visibility)
    assert isinstance(document.state, State)
    assert document.created_at.utcoffset() == timedelta(0)
    assert document.updated_at is None or document.updated_at.utcoffset() == timedelta(0)
    assert_text(document.id, *document.authors, document.title, document.text, document.licence)
    assert document.text.strip() or document.state is State.DELETED
    spans = [(each.start, each.end) for each in document.quotes]
    spans += [(each.start, each.end) for each in document.mentions]
    spans += [(each.start, each.end) for each in document.code]
    for start, end in spans:
        assert 0 <= start < end <= len(document.text)


def assert_text(*texts: str) -> None:
    for text in texts:
        text.encode()
        assert "\0" not in text, "PostgreSQL keeps no zero sign"


every_reader = pytest.mark.parametrize("entry", READERS, ids=lambda entry: str(entry.name))


@every_reader
def test_a_sound_input_is_read_whole_and_twice_the_same(entry: ReaderEntry, tmp_path: Path) -> None:
    path = good(entry, tmp_path)

    items = read(entry, path)

    assert_ours(items)
    assert any(isinstance(each, Document) for each in items)
    assert not [each for each in items if isinstance(each, Skipped) and not each.on_purpose]
    assert read(entry, path) == items


@every_reader
def test_a_broken_input_ends_in_our_errors_or_our_nouns(entry: ReaderEntry, tmp_path: Path) -> None:
    sound = good(entry, tmp_path)
    for number, path in enumerate(broken_inputs(sound, tmp_path, INPUTS)):
        with in_time():
            found = _outcome(entry, path)
            again = _outcome(entry, path) if number % 4 == 0 else found

        assert found == again, "the same input was read in two ways"
        if isinstance(found, list):
            assert_ours(found)
        else:
            assert all(found), "an error says what failed and what to do next"


def _outcome(entry: ReaderEntry, path: Path) -> list[Item] | tuple[str, str]:
    try:
        return read(entry, path)
    except SaysoError as error:
        return error.message, error.hint


@pytest.mark.parametrize(
    "entry",
    [entry for entry in READERS if entry.name != "sql"],  # it takes a name, not a path
    ids=lambda entry: str(entry.name),
)
def test_what_is_nothing_at_all_is_said_to_be(entry: ReaderEntry, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path / "nothing" / "in it"):
        with pytest.raises(SaysoError, match="nothing"):
            read(entry, path)

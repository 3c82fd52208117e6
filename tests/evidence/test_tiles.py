"""Tiles (c2sp.org/tlog-tiles): what an auditor computes from them is what the log says."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Auditor
from fakes.evidence import MemoryLeaves
from sayso.errors import NotFound
from sayso.evidence import merkle, tiles
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.tiles import ENTRIES, Tile, content, parse, tiles_of

SIGNER = Signer("example.org/log", bytes(32))


def log_of(count: int) -> Log:
    log = Log(MemoryLeaves(), SIGNER)
    log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])
    return log


def auditor(log: Log) -> Auditor:
    def fetch(path: str) -> bytes:
        return log.checkpoint().encode() if path == "checkpoint" else content(log, parse(path))

    return Auditor(fetch, SIGNER.vkey)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(level=0, number=0), "tile/0/000"),
        (Tile(level=0, number=1234067), "tile/0/x001/x234/067"),
        (Tile(level=3, number=999), "tile/3/999"),
        (Tile(level=0, number=1000, width=5), "tile/0/x001/000.p/5"),
        (Tile(level=ENTRIES, number=42, width=255), "tile/entries/042.p/255"),
    ],
)
def test_a_tiles_path_is_as_the_standard_says(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/00",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/001/000",
        "tile/0/\N{ARABIC-INDIC DIGIT ONE}00",
        "tile/0/000\n",
        "tile/entries/../000",
        "checkpoint",
        "",
    ],
)
def test_what_is_no_tile_is_not_there(path: str) -> None:
    with pytest.raises(NotFound):
        parse(path)


@given(st.text(max_size=30))
def test_any_text_is_a_tile_or_not_there(text: str) -> None:
    try:
        assert parse(f"tile/{text}").path == f"tile/{text}"
    except NotFound:
        return


def test_a_log_of_70_000_has_the_tiles_that_the_standard_counts() -> None:
    found = Counter((tile.level, tile.width) for tile in tiles_of(70_000))

    assert found == {
        (ENTRIES, 256): 273,
        (ENTRIES, 112): 1,
        (0, 256): 273,
        (0, 112): 1,
        (1, 256): 1,
        (1, 17): 1,
        (2, 1): 1,
    }


def test_a_log_of_256_has_a_full_tile_and_one_of_width_1_above() -> None:
    assert [tile.path for tile in tiles_of(256)] == [
        "tile/entries/000",
        "tile/0/000",
        "tile/1/000.p/1",
    ]
    assert list(tiles_of(0)) == []


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 1500), st.data())
def test_an_auditor_proves_any_entry_from_tiles_alone(size: int, data: st.DataObject) -> None:
    log = log_of(size)
    reader = auditor(log)
    position = data.draw(st.integers(0, size - 1))

    head = reader.head()
    path = reader.path(position, 0, head.size, head.size)

    assert reader.subtree(0, head.size, head.size).hex() == head.root
    assert tuple(path) == log.prove_inclusion(position)
    assert merkle.verify_inclusion(
        leaf=merkle.leaf_hash(log.entry(position).entry),
        position=position,
        size=head.size,
        proof=path,
        root=bytes.fromhex(head.root),
    )


def test_an_auditor_reads_every_entry_and_recomputes_the_root() -> None:
    log = log_of(600)
    reader = auditor(log)

    entries = list(reader.entries(600))

    assert entries == [leaf.entry for leaf in log.entries(0, 600)]
    assert merkle.root(map(merkle.leaf_hash, entries)).hex() == reader.head().root


def test_tiles_above_the_first_level_are_roots_of_full_tiles() -> None:
    log = log_of(600)

    above = content(log, parse("tile/1/000.p/2"))

    for number in (0, 1):
        below = content(log, Tile(level=0, number=number))
        leaves = [below[at : at + 32] for at in range(0, len(below), 32)]
        assert above[32 * number :][:32] == merkle.root(leaves)


@pytest.mark.parametrize("path", ["tile/0/002.p/89", "tile/1/000.p/3", "tile/2/000.p/1"])
def test_tiles_beyond_the_log_are_not_there(path: str) -> None:
    log = log_of(600)

    assert content(log, parse("tile/0/002.p/88"))
    with pytest.raises(NotFound, match="no such tile"):
        content(log, parse(path))


def test_every_tile_of_a_log_can_be_read() -> None:
    log = log_of(600)

    sizes = [len(content(log, tile)) for tile in tiles.tiles_of(600) if tile.level >= 0]

    assert sizes == [8192, 8192, 88 * 32, 2 * 32]

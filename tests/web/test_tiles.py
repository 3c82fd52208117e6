from collections.abc import Callable

from sayso.evidence import checkpoint, merkle, note
from sayso.wiring import Network
from visitors import Visitor

Visit = Callable[..., Visitor]


def test_the_checkpoint_is_signed_over_the_tiles(visit: Visit, hamlet: Network) -> None:
    visitor = visit("ana")
    for answer in ("yes", "no", "yes"):
        visitor.say(answer)
    vkey = visitor.get("/log/key").text.strip()

    body = note.open_note(visitor.get("/log/checkpoint").text, [note.Verifier(vkey)])
    head = checkpoint.parse(body)
    hashes = visitor.get(f"/log/tile/0/000.p/{head.size}").content
    entries = visitor.get(f"/log/tile/entries/000.p/{head.size}").content

    leaves = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    assert merkle.root(leaves).hex() == head.root
    assert [merkle.leaf_hash(entry) for entry in parted(entries)] == leaves


def parted(body: bytes) -> list[bytes]:
    found: list[bytes] = []
    while body:
        size = int.from_bytes(body[:2])
        found.append(body[2 : 2 + size])
        body = body[2 + size :]
    return found


def test_a_full_tile_and_its_parent_are_served(visit: Visit, hamlet: Network) -> None:
    with hamlet.writing() as stores:
        stores.log.append_all("test", [{"n": number} for number in range(300)])
    visitor = visit()

    tile = visitor.get("/log/tile/0/000").content
    parent = visitor.get("/log/tile/1/000.p/1").content

    leaves = [tile[at : at + 32] for at in range(0, len(tile), 32)]
    assert len(leaves) == 256
    assert parent == merkle.root(leaves)
    assert "immutable" in visitor.get("/log/tile/0/000").headers["cache-control"]


def test_tiles_beyond_the_log_or_misnamed_do_not_exist(visit: Visit) -> None:
    visitor = visit()

    for place in ("0/000", "0/001", "0/000.p/256", "0/000.p/0", "0/x", "9/000", "0/0000"):
        assert visitor.get(f"/log/tile/{place}").status_code == 404

"""A home's log shown to a real witness on this machine, which a rewritten log does not fool."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fakes.evidence import MemoryLeaves
from fakes.witness import Cosigner, Watching, serving
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.errors import BadInput, NotFound, NotHere, Refused, Tampered
from sayso.evidence import tiles
from sayso.evidence.log import Log
from sayso.jobs.witness import export, submit
from sayso.wiring import Network, make_home, open_network

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
COSIGNER = Cosigner()


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home"), clock=lambda: NOW)
    grow(opened, 5)
    with opened.writing() as stores:
        stores.witnesses.add(COSIGNER.vkey, NOW)
    yield opened
    opened.close()


@pytest.fixture
def witness(network: Network) -> Watching:
    return Watching(
        cosigner=COSIGNER,
        vkey=network.keys.signer.vkey,
        clock=lambda: int(NOW.timestamp()),
    )


def grow(network: Network, count: int) -> None:
    with network.writing() as stores:
        stores.log.append_all("seal", [{"digest": f"{number}"} for number in range(count)])


def test_a_witness_follows_the_log_as_it_grows(network: Network, witness: Watching) -> None:
    with serving(witness.add_checkpoint) as address:
        (first,) = submit(network, address)
        grow(network, 7)
        (second,) = submit(network, f"{address}/")
        (again,) = submit(network, address)

    assert (first.size, second.size, again.size) == (5, 12, 12)
    assert [text.partition("\n")[0] for text in witness.asked] == ["old 0", "old 5", "old 12"]
    with network.reading() as stores:
        entry = stores.log.entry(3).entry.decode()
        trust = Trust(stores.log.vkey, entry, [COSIGNER.vkey])
        _, said = check_file(stores.log.proof_text(3), trust, {})
    assert said[-1] == f"The witness {COSIGNER.name} saw it at 2026-06-01 12:00:00+00:00."


def test_what_the_witness_saw_last_is_asked_of_it(network: Network, witness: Watching) -> None:
    with serving(witness.add_checkpoint) as address:
        submit(network, address)
        with network.writing() as stores:
            stores.witnesses.remove(COSIGNER.vkey)
            stores.witnesses.add(COSIGNER.vkey, NOW)
        grow(network, 1)
        (kept,) = submit(network, address)

    assert kept.size == 6
    assert [text.partition("\n")[0] for text in witness.asked] == ["old 0", "old 0", "old 5"]


def forked(network: Network, count: int) -> Log:
    """The same log's key over another history."""
    log = Log(MemoryLeaves(), network.keys.signer)
    log.append_all("seal", [{"digest": f"rewritten {number}"} for number in range(count)])
    return log


@pytest.mark.parametrize("size", [5, 6, 9])
def test_a_witness_refuses_a_rewritten_log(network: Network, witness: Watching, size: int) -> None:
    with serving(witness.add_checkpoint) as address:
        submit(network, address)
    seen = witness.seen

    status, answer = witness.add_checkpoint(forked(network, size).growth_text(5))

    assert (status, answer) in {(422, "the proof of growth does not hold"), (409, "5\n")}
    assert witness.seen == seen


def test_the_offline_verifier_sees_that_a_log_was_rewritten(network: Network) -> None:
    with network.reading() as stores:
        kept, vkey = stores.log.checkpoint(), stores.log.vkey
    rewritten = forked(network, 9)

    for text in (rewritten.growth_text(5), forked(network, 5).growth_text(5)):
        roots: dict[tuple[str, int], bytes] = {}
        check_file(kept, Trust(vkey), roots)
        with pytest.raises(Failed, match=r"not the beginning|Two roots"):
            check_file(text, Trust(vkey), roots)


@pytest.mark.parametrize(
    ("answer", "error", "named"),
    [
        ((409, "6\n"), Tampered, "6 entries in this log, which now has 5"),
        ((409, "0\n"), Tampered, "another log at size 0"),
        ((409, "many\n"), Refused, "did not say"),
        ((409, "9" * 400), Refused, "did not say"),
        ((422, ""), Tampered, "does not grow out"),
        ((403, ""), Refused, "does not accept"),
        ((404, ""), Refused, "does not watch"),
        ((400, ""), Refused, "did not understand"),
        ((500, "\xff"), Refused, "answers 500"),
        ((200, ""), NotFound, "No witness"),
        ((200, "hello\n"), Tampered, "signature line"),
    ],
)
def test_what_a_witness_says_instead_is_told(
    network: Network, answer: tuple[int, str], error: type[Exception], named: str
) -> None:
    with serving(lambda _: answer) as address, pytest.raises(error, match=named):
        submit(network, address)


def test_a_witness_that_keeps_changing_its_mind_is_left(network: Network) -> None:
    sizes = iter("123")
    with (
        serving(lambda _: (409, f"{next(sizes)}\n")) as address,
        pytest.raises(Refused, match="changing its mind"),
    ):
        submit(network, address)


def test_where_no_witness_is_that_is_said(network: Network) -> None:
    with serving(lambda _: (200, "")) as address:
        gone = address
    with pytest.raises(NotHere, match="No witness answers"):
        submit(network, gone)
    for address in ("file:///etc/passwd", "witness.example.org", ""):
        with pytest.raises(BadInput, match="not a web address"):
            submit(network, address)


def test_the_log_is_written_out_and_only_what_is_new_the_next_time(
    network: Network, tmp_path: Path
) -> None:
    grow(network, 600)
    size, files = export(network, tmp_path / "log")

    there = {str(path.relative_to(tmp_path / "log")) for path in walk(tmp_path / "log")}
    assert there == {"checkpoint", "key", *(tile.path for tile in tiles.tiles_of(605))}
    assert (size, files) == (605, len(there))
    grow(network, 1)
    assert export(network, tmp_path / "log") == (606, 2 + 2)


def test_the_log_is_not_written_over_another(network: Network, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("example.net+00000000+AAAA\n", encoding="utf-8")

    with pytest.raises(BadInput, match="holds another log"):
        export(network, tmp_path)


def walk(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())

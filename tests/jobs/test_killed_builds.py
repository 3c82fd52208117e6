"""`kill -9` at any moment of a build: the same command ends where it would have ended.

Whatever members say and sources change between the two, the dataset is that of a home in which
nobody was killed, byte for byte, and nothing else of what was sealed is left.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import make_url

from harbour import small_home
from postgres import Server, postgres_server
from sayso.datasets.places import shelf
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import WORKINGS, read_rows
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import open_network
from sealing import content
from started import Command, Point, Started, Starter, starter
from terminal import environment, must
from upheaval import NEW_WORDS, UPHEAVALS, happens, prepare

__all__ = ["postgres_server"]

KILLS = int(os.environ.get("SAYSO_KILLS", "10"))
"""Builds that are killed on each database, at moments drawn by chance; more find more."""

SMALL_PIECES = {
    "sayso.datasets.making.pieces:PIECE_BYTES": 20_000,
    "sayso.storage.community:ROWS_AT_A_TIME": 40,
}
WORTH_WORKERS = {"sayso.datasets.build:WORTH_WORKERS": 0}


@dataclass
class Town:
    """A home that is ready to build, the datasets of copies that nobody disturbed, and a clock."""

    home: Path
    folder: Path
    starter: Starter
    copied: Callable[[str], Iterator[str]] | None
    calm: dict[str, dict[str, bytes]] = field(default_factory=dict)
    ids: dict[str, DatasetId] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)

    @contextmanager
    def copy(self, workers: int = 1) -> Iterator[Path]:
        """A copy of the home, with a copy of its database."""
        home = self.folder / f"home-{random.getrandbits(64):x}"
        shutil.copytree(self.home, home)
        settings = (home / FILE_NAME).read_text().replace("workers = 1", f"workers = {workers}")
        if self.copied is None:
            (home / FILE_NAME).write_text(settings)
            yield home
        else:
            database = load_settings(self.home, {}).database
            with contextmanager(self.copied)(make_url(database).database or "") as url:
                (home / FILE_NAME).write_text(settings.replace(database, url))
                yield home
        shutil.rmtree(home)

    def build(self, home: Path, workers: int = 1, **different: object) -> Started:
        """Start a build in small pieces, in several processes where that is said."""
        constants = SMALL_PIECES | (WORTH_WORKERS if workers > 1 else {})
        arguments = ("build", "--engine", "local")
        return self.starter.start(
            Command(arguments=arguments, home=str(home), constants=constants, **different)  # type: ignore[arg-type]
        )

    def keep_calm(self) -> None:
        """Build what nobody disturbs, and measure how long it takes."""
        for name in UPHEAVALS:
            with self.copy() as home:
                happens(home, name)
                self.ids[name] = DatasetId(must("build", home=home).split()[1])
                self.calm[name] = content(home / "store", self.ids[name])
        for workers in (1, 2):
            with self.copy(workers) as home:
                begun = time.monotonic()
                assert self.build(home, workers).code() == 0
                self.seconds[workers] = time.monotonic() - begun


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    with starter(environment(None), tmp_path_factory.mktemp("said") / "output") as one:
        yield one


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, fork: Starter
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp(request.param)
    home = small_home(folder / "prepared").home
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write('redact_strangers = "off"\n')  # to load it takes longer than all the rest
    if request.param == "sqlite":
        yield prepared(Town(home=home, folder=folder, starter=fork, copied=None))
        return
    server: Server = request.getfixturevalue("postgres_server")
    with contextmanager(server.copied)("template0") as url:
        with (home / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(f'database = "{url}"\n')
        yield prepared(Town(home=home, folder=folder, starter=fork, copied=server.copied))


def prepared(town: Town) -> Town:
    with closing(open_network(load_settings(town.home, {}))) as network:
        prepare(network, town.folder)
    town.keep_calm()
    return town


def assert_ends_as_if_undisturbed(town: Town, home: Path, upheaval: str) -> None:
    """The build that goes on, and all that may be left of those that did not."""
    with pytest.MonkeyPatch.context() as around:
        for name, value in SMALL_PIECES.items():  # else it would find nothing to go on with
            around.setattr(name.replace(":", "."), value)
        dataset = DatasetId(must("build", home=home).split()[1])
    store = home / "store"

    assert dataset == town.ids[upheaval]
    assert content(store, dataset) == town.calm[upheaval]
    assert must("datasets", "verify", dataset, home=home)
    assert must("verify", "LOG", home=home).startswith("The log holds")
    assert list(store.rglob(".tmp-*")) + list(store.rglob(".gone-*")) == []
    _assert_nobody_is_in_it_who_left(store, dataset, upheaval)
    with closing(open_network(load_settings(home, {}))) as network, network.reading() as stores:
        recorded = {each.id: each.manifest.rows for each in stores.datasets.list()}
        counted = stores.datasets.counts(dataset)
        leaves = [leaf.entry.decode() for leaf in stores.log.entries_of("seal")]
    assert dataset in recorded
    assert recorded.keys() <= {dataset, town.ids["nothing"]}
    assert counted.rows == recorded[dataset]
    assert [sum(each in leaf for leaf in leaves) for each in recorded] == [1] * len(leaves)
    there = {path.name for path in shelf(store).iterdir()}
    assert there == {".lock", WORKINGS, *recorded}
    assert {path.name for path in (shelf(store) / WORKINGS).iterdir()} == recorded.keys()


def _assert_nobody_is_in_it_who_left(store: Path, dataset: DatasetId, upheaval: str) -> None:
    left, rows = UPHEAVALS[upheaval], list(read_rows(store, dataset))
    assert rows
    assert left.members.isdisjoint(each for row in rows for each in row.members)
    assert left.documents.isdisjoint(row.document_id for row in rows)
    is_edited = upheaval in {"edits", "everything"}
    assert any(row.text == NEW_WORDS for row in rows) == is_edited


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_build_that_was_killed_at_any_moment_ends_as_if_undisturbed(
    town: Town, seed: int
) -> None:
    chance = random.Random(seed)
    workers = 2 if seed % 5 == 4 else 1
    upheaval = chance.choice(sorted(UPHEAVALS))
    with town.copy(workers) as home:
        ended = [
            town.build(home, workers).kill_after(chance.uniform(0, town.seconds[workers]))
            for _ in range(chance.choice([1, 1, 2]))
        ]
        happens(home, upheaval)

        assert_ends_as_if_undisturbed(town, home, upheaval)

    assert set(ended) <= {-signal.SIGKILL, 0}


@pytest.mark.parametrize("seed", range(KILLS // 2))
def test_a_build_on_an_earlier_dataset_that_was_killed_ends_as_if_undisturbed(
    town: Town, seed: int
) -> None:
    chance = random.Random(seed)
    upheaval = chance.choice(sorted(UPHEAVALS))
    with town.copy() as home:
        assert town.build(home).code() == 0
        happens(home, upheaval)
        ended = town.build(home).kill_after(chance.uniform(0, town.seconds[1]))

        assert_ends_as_if_undisturbed(town, home, upheaval)

    assert ended in {-signal.SIGKILL, 0}


POINTS = [
    Point(at="sayso.datasets.making.pieces:lay", nth=2),
    Point(at="sayso.datasets.sealing.workings:replace_durably", when="before", nth=2),
    Point(at="sayso.datasets.sealing.seal:seal_shard"),
    Point(at="sayso.datasets.sealing.seal:seal_shard", nth=2),
    Point(at="sayso.datasets.sealing.sittings:close_durably", when="before"),
    Point(at="sayso.datasets.sealing.seal:move_into_place", when="before"),
    Point(at="sayso.datasets.sealing.seal:move_into_place"),
    Point(at="sayso.datasets.sealing.seal:move_into_place", nth=2),
    Point(at="sayso.jobs.build:build"),
    Point(at="sayso.jobs.build:record", when="before"),
    Point(at="sayso.storage.datasets:DatasetStore.save"),
    Point(at="sayso.evidence.log:Log.append"),
    Point(at="sayso.jobs.build:record"),
    Point(at="sayso.cli.learn:build_dataset"),
]
"""Where what may be repeated ends, and around it."""


@pytest.mark.parametrize(
    ("point", "upheaval"),
    [*((each, "everything") for each in POINTS), *((each, "nothing") for each in POINTS[6:9])],
    ids=str,
)
def test_a_build_that_was_killed_at_a_point_of_no_return_ends_as_if_undisturbed(
    town: Town, point: Point, upheaval: str
) -> None:
    with town.copy() as home:
        code = town.build(home, killed=point).code()
        happens(home, upheaval)

        assert_ends_as_if_undisturbed(town, home, upheaval)

    assert code == -signal.SIGKILL


@pytest.mark.parametrize(
    "point",
    [
        Point(at="sayso.jobs.build:take_back", when="before"),
        Point(at="sayso.jobs.build:take_back"),
        Point(at="sayso.jobs.build:discard"),
        Point(at="sayso.jobs.build:record"),
    ],
    ids=str,
)
def test_a_build_that_was_killed_while_it_heeded_a_no_ends_as_if_undisturbed(
    town: Town, point: Point
) -> None:
    meanwhile = ("sayso.jobs.build:build", "upheaval:a_no_in")
    with town.copy() as home:
        code = town.build(home, killed=point, meanwhile=meanwhile).code()

        assert_ends_as_if_undisturbed(town, home, "a_no")

    assert code == -signal.SIGKILL

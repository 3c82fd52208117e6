"""The few fixtures that every room may ask for."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harbour import harbour, know_tokenizer, settle, small_home
from sayso.consent.purposes import Purpose
from sayso.jobs.build import build_dataset
from sayso.jobs.circle import complete_circle
from sayso.jobs.learn import train_model
from sayso.settings import load_settings
from sayso.wiring import Network, make_home, open_network

VILLAGERS = 40


@pytest.fixture(scope="session")
def finished_village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small village after the whole circle, made once for all workers. Never write in it."""
    return _made_once(tmp_path_factory, "finished-village", _finish_village)


@pytest.fixture
def village_home(finished_village: Path, tmp_path: Path) -> Path:
    """A copy of the finished village, to do with as the test likes."""
    home = tmp_path / "village"
    shutil.copytree(finished_village, home)
    return home


@pytest.fixture
def network(village_home: Path) -> Iterator[Network]:
    """The copied village, open."""
    opened = open_network(load_settings(village_home, {}))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def finished_harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six members who said yes, their dataset and a model, for all workers. Never write in it."""
    return _made_once(tmp_path_factory, "finished-harbour", _finish_harbour)


@pytest.fixture
def port(finished_harbour: Path, tmp_path: Path) -> Iterator[Network]:
    """A copy of the finished harbour, open."""
    home = Path(shutil.copytree(finished_harbour, tmp_path / "port"))
    opened = open_network(load_settings(home, {}))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def finished_roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished harbour of whose six members two are held out. Never write in it."""
    return _made_once(tmp_path_factory, "finished-roads", _finish_roads)


@pytest.fixture
def noon() -> datetime:
    """A moment that no test depends on."""
    return datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Network]) -> Path:
    """Return a home that the first worker to ask for it makes, while the others wait."""
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    home = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "store" / "finished").exists():
            make(home).close()
            (home / "store" / "finished").touch()
    return home


def _finish_village(home: Path) -> Network:
    network = open_network(make_home(home, "Fernhollow", demo=True))
    complete_circle(network, members=VILLAGERS, size="tiny")
    return network


def _finish_harbour(home: Path) -> Network:
    return _learnt(harbour(home, learns=True))


def _finish_roads(home: Path) -> Network:
    # By this key, eli and fay are held out, and the others are in both shards.
    network = open_network(small_home(home, key=bytes([202]) * 32))
    know_tokenizer(network.settings.store)
    settle(network, home / "posts.jsonl", each=6)
    return _learnt(network)


def _learnt(network: Network) -> Network:
    built = build_dataset(network, Purpose.GENAI_TRAINING)
    train_model(network, built.dataset_id, size="tiny")
    return network

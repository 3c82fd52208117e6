"""Homes for the command line's tests: one made once, and copies of it."""

import shutil
from pathlib import Path

import pytest

from harbour import harbour
from sayso.training.plan import TINY
from sayso.training.tokenizer import tokenizer


@pytest.fixture(scope="session")
def told_harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six members with sixty posts each, told and willing. Never write in it."""
    home = tmp_path_factory.mktemp("told") / "harbour"
    network = harbour(home, each=60)
    tokenizer(network.settings.store, TINY.vocabulary)
    network.close()
    return home


@pytest.fixture
def home(told_harbour: Path, tmp_path: Path) -> Path:
    """A copy to do with as the test likes."""
    return Path(shutil.copytree(told_harbour, tmp_path / "harbour"))

"""Homes for the command line's tests: one made once, and copies of it."""

import shutil
from pathlib import Path

import pytest

from harbour import harbour


@pytest.fixture(scope="session")
def told_harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six members with sixty posts each, told and willing. Never write in it."""
    home = tmp_path_factory.mktemp("told") / "harbour"
    harbour(home, each=60, learns=True).close()
    return home


@pytest.fixture
def home(told_harbour: Path, tmp_path: Path) -> Path:
    """A copy to do with as the test likes."""
    return Path(shutil.copytree(told_harbour, tmp_path / "harbour"))

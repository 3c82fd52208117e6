"""A home for tests of writing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from writers import WritersHome


@pytest.fixture
def home(tmp_path: Path) -> Iterator[WritersHome]:
    made = WritersHome(tmp_path / "home")
    yield made
    made.network.close()

"""A shelf in memory, and files to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.sources import ShelfInMemory

Write = Callable[[str, str], Path]


@pytest.fixture
def shelf() -> ShelfInMemory:
    return ShelfInMemory()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written

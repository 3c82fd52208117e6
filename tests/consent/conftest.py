"""What several tests of the consent room need."""

import pytest

from fakes.books import Books, made_books


@pytest.fixture
def books() -> Books:
    return made_books()

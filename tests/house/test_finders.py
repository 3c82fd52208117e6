"""One more kind is one file, one line, one test and one row: none of the four is missing."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from sayso.redact.finders.national_ids import COUNTRIES
from sayso.redact.redactor import FINDERS
from sayso.redact.scan import Finder

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.stem
    for path in (ROOT / "src" / "sayso" / "redact" / "finders").glob("*.py")
    if path.stem != "__init__"
)


def finders_in(name: str) -> list[Finder]:
    module = import_module(f"sayso.redact.finders.{name}")
    return [value for value in vars(module).values() if isinstance(value, Finder)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_one_finder_and_it_stands_once_in_the_tuple(name: str) -> None:
    (finder,) = finders_in(name)

    assert FINDERS.count(finder) == 1


def test_the_tuple_holds_nothing_else() -> None:
    assert {finder.kind for finder in FINDERS} == {
        finder.kind for name in FILES for finder in finders_in(name)
    }
    assert len(FINDERS) == len(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_finder_has_a_test(name: str) -> None:
    (finder,) = finders_in(name)
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "redact").glob("*.py"))

    placeholder = finder.kind.placeholder(1)
    assert f"sayso.redact.finders.{name} import" in tests or placeholder in tests


@pytest.mark.parametrize("name", FILES)
def test_a_finder_has_a_row_that_says_what_it_misses(name: str) -> None:
    (finder,) = finders_in(name)
    page = (ROOT / "docs" / "redaction.md").read_text("utf-8")

    table = page.partition("## Registers")[0]
    (row,) = re.findall(rf"^\| `{finder.kind}` \|.*$", table, re.MULTILINE)
    assert all(cell.strip() for cell in row.split("|")[1:5]), "a cell of the row is empty"


def test_every_register_of_the_page_is_one_of_the_finder() -> None:
    page = (ROOT / "docs" / "redaction.md").read_text("utf-8")
    (listed,) = re.findall(r"territories: ([A-Z\s]+)\.", page)

    assert tuple(listed.split()) == COUNTRIES
    assert f"{len(COUNTRIES)} countries" in page

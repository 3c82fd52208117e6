"""The house's own rules: names, sizes, docstrings, extension points, and no real person's data."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from sayso.consent.rules import RULES
from sayso.consent.signals import SIGNALS
from sayso.redact.redactor import FINDERS
from sayso.rights.holdings import HOLDINGS
from sayso.settings import Settings
from sayso.sources.readers import READERS
from sayso.writing.generators.local import GENERATORS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "sayso"
LONGEST = 500
FORBIDDEN = {
    *("utils", "util", "helpers", "helper", "misc", "common", "core", "base"),
    *("manager", "handler", "service", "processor", "engine"),
}


def modules() -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob("*.py")) if "versions" not in path.parts)


def written_files() -> Iterator[Path]:
    for folder in (SOURCE, ROOT / "tests", ROOT / "docs", ROOT / "benchmarks"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".md", ".toml", ".html", ".txt", ".json", ".csv"}:
                yield path


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in FORBIDDEN] == []
    assert [path for path in SOURCE.rglob("*") if path.is_dir() and path.name in FORBIDDEN] == []


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    bare = [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]

    assert bare == []


def test_every_room_says_what_it_is_and_what_it_never_does() -> None:
    short = []
    for path in SOURCE.glob("*/__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text())) or ""
        if len(text.split()) < 12:
            short.append(path.parent.name)

    assert short == []


def test_no_file_is_longer_than_can_be_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in (*modules(), *sorted((ROOT / "tests").rglob("*.py")))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
        and "long because" not in path.read_text(encoding="utf-8")[:600]
    ]

    assert long == []


def test_every_setting_is_explained_beside_its_name_or_in_the_docs() -> None:
    source = (SOURCE / "settings.py").read_text(encoding="utf-8")
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    plain = {"home", "network", "shards", "slices"}  # their names and defaults say it

    unexplained = [
        field.name
        for field in fields(Settings)
        if field.name not in plain
        and not re.search(rf'^    {field.name}: .*\n    """', source, re.MULTILINE)
        and f"`{field.name}`" not in pages + readme
    ]

    assert unexplained == []


@pytest.mark.parametrize(
    ("tuple_name", "names"),
    [
        ("READERS", [each.name for each in READERS]),
        ("FINDERS", [each.kind for each in FINDERS]),
        ("RULES", [each.name for each in RULES]),
        ("SIGNALS", [each.name for each in SIGNALS]),
        ("GENERATORS", [name for name, _ in GENERATORS]),
        ("HOLDINGS", [each.name for each in HOLDINGS]),
    ],
)
def test_an_extension_point_is_a_tuple_of_distinct_names(
    tuple_name: str, names: Sequence[str]
) -> None:
    assert names, f"{tuple_name} is empty"
    assert all(names)
    assert len(names) == len(set(names)), f"a name stands twice in {tuple_name}"


def test_rules_stand_strongest_first() -> None:
    assert [rule.rank for rule in RULES] == sorted(rule.rank for rule in RULES)


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def test_no_address_in_the_house_could_be_somebodys() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in written_files()
        for address in _EMAIL.findall(path.read_text(encoding="utf-8"))
        if not is_reserved(address)
    ]

    assert found == []


NOBODYS = {"git@github.com", "foo@1.2.3", "logo@2x.png"}
"""What looks like an address and is none, or is a machine's."""


def is_reserved(address: str) -> bool:
    host = address.rpartition("@")[2].lower().rstrip(".")
    labels = host.split(".")
    if address in NOBODYS or labels[0] in {"пример", "xn--e1afmkfd"}:
        return True
    return "example" in labels or labels[-1] in {"example", "test", "invalid", "localhost"}


def test_readme_names_only_paths_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    named = re.findall(r"\]\((?!https?:|#)([^)#]+)", readme) + re.findall(
        r"`((?:src|tests|docs|benchmarks)/[\w./-]+)`", readme
    )
    assert [path for path in named if not (ROOT / path).exists()] == []

"""The table of features: every claim names a test that exists, every half truth what is missing."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "consent.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FEATURES = 24
PEERS = 12


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its own two lines."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names_in(path: Path) -> set[str]:
    """What pytest collects there: functions, and classes of state machines."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.add(node.targets[0].id)
    return {name for name in found if name.lower().startswith("test")}


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE)

    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or name not in names_in(ROOT / path)
    ]
    assert missing == []
    assert len(named) > FEATURES


def test_every_feature_is_marked_for_every_peer_and_proven_for_us() -> None:
    marked, proven = rows("Features, beside others"), rows("What proves ours")

    assert len(marked) == FEATURES
    assert [row[0] for row in marked] == [row[0] for row in proven]
    assert all(len(row) == PEERS + 2 for row in marked)
    assert {mark for row in marked for mark in row[1:]} <= {"Y", "p", "n", "?", "-"}
    assert {row[-1] for row in marked} <= {"Y", "p"}
    assert [row[0] for row in proven if not NAMED.search(row[1])] == []


def test_what_is_true_in_part_says_what_is_missing_and_what_is_true_says_nothing() -> None:
    ours = {row[0]: row[-1] for row in rows("Features, beside others")}

    for feature, _, missing in rows("What proves ours"):
        assert (ours[feature] == "p") == bool(missing), feature

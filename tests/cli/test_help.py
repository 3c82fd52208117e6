"""Every verb explains itself, with an example that could be typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner

from sayso.cli.verbs import app


def walk(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))
    elif isinstance(command, TyperCommand):
        yield path, command.help or ""


VERBS = dict(walk(typer.main.get_command(app)))
CONTRACT = Path(__file__).parents[1] / "golden" / "verbs.txt"


def test_the_verbs_are_those_of_the_contract() -> None:
    assert sorted(map(" ".join, VERBS)) == CONTRACT.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_verb_has_help_with_an_example_of_itself(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], prog_name="sayso")

    assert shown.exit_code == 0
    assert "Usage: sayso " + " ".join(path) in shown.output
    assert re.search(rf"Example: `sayso {' '.join(path)}\b", VERBS[path]), VERBS[path]
    assert "Example" in shown.output


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_option_and_choice_is_explained(path: tuple[str, ...]) -> None:
    command: object = typer.main.get_command(app)
    for name in path:
        assert isinstance(command, TyperGroup)
        command = command.commands[name]
    assert isinstance(command, TyperCommand)

    unexplained = [option.name for option in command.params if not getattr(option, "help", "")]

    assert unexplained == []

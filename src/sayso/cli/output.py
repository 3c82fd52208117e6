"""What every command shares: where the home is, how facts, progress and refusals look."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput
from sayso.jobs.look import purpose_in
from sayso.settings import load_settings
from sayso.wiring import Network, open_network

console = Console(highlight=False, soft_wrap=True)
if not console.is_terminal:
    console.width = 160  # nobody is looking: let lines be as long as they are
errors = Console(stderr=True, highlight=False, soft_wrap=True)

Home = Annotated[
    Path,
    typer.Option("--home", envvar="SAYSO_HOME", help="The network's home.", show_default="."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
HERE = Path()
DONE, FAILED, WRONG_USAGE = 0, 1, 2


@contextmanager
def opened(home: Path) -> Iterator[Network]:
    """Open the home and close it whatever happens."""
    network = open_network(load_settings(home))
    try:
        yield network
    finally:
        network.close()


def purpose_asked(network: Network, name: str, *policies: Policy) -> Purpose:
    """Return the purpose that was named; what no policy declares is wrong usage."""
    try:
        return purpose_in(network, name, *policies)
    except BadInput as error:
        raise typer.BadParameter(f"{error.message} {error.hint}") from error


def show_json(value: object) -> None:
    """Print `value` as JSON on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=_plain) + "\n")


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their column names, or that there are none."""
    if not rows:
        say(f"{title}: none.")
        return
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def short(identifier: object) -> str:
    """Return enough of an id to give it back to another command."""
    return str(identifier)[:12]


def say(text: str) -> None:
    """Print one plain line."""
    console.print(text, markup=False)


def fail(message: str, hint: str = "") -> None:
    """Print a refusal or failure and what to do about it."""
    errors.print(message, style="red", markup=False)
    if hint:
        errors.print(hint, markup=False)


def stopped() -> int:
    """Say that somebody stopped the command; return its exit code."""
    fail("Stopped. Nothing is half-written.", hint="The same command goes on from here.")
    return FAILED


class _Elapsed(ProgressColumn):
    """Time since the command began, which does not stand still between two phases."""

    def render(self, task: Task) -> Text:
        """Return minutes and seconds."""
        seconds = int(task.elapsed or 0)
        return Text(f"{seconds // 60}:{seconds % 60:02d}")


class _Share(ProgressColumn):
    """How much of it is done, where anybody knows how much there is."""

    def render(self, task: Task) -> Text:
        """Return a percentage or nothing."""
        return Text("" if task.total is None else f"{task.percentage:>3.0f} %")


@contextmanager
def progress(description: str) -> Iterator[Callable[..., None]]:
    """Yield `report(done, total, words)`; draws a bar on a terminal and nothing in a pipe."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        _Share(),
        _Elapsed(),
        console=errors,
        disable=not errors.is_terminal,
    ) as bar:
        task: TaskID = bar.add_task(description, total=None)

        def report(done: float, total: float | None, words: str = "") -> None:
            bar.update(task, completed=done, total=total, description=words or description)

        yield report


def mapping_of(value: object) -> Mapping[str, object]:
    """Return a dataclass as a mapping for `--json`."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{value!r} is not a dataclass instance")
    return asdict(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value)} has no JSON form")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)

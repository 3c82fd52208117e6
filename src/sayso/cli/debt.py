"""`debt`: what datasets and models stand on, and what would fall away."""

from collections.abc import Sequence
from typing import Annotated

import typer

from sayso.audit.debt import Debt, debts
from sayso.audit.simulate import Amount
from sayso.audit.standing import AGE, NOTICE, REGION, RESTS_ON
from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    progress,
    say,
    short,
    show_json,
    show_table,
)
from sayso.jobs.look import dataset_named
from sayso.training.recipes import SMALL
from sayso.training.tokenizer import tokenizer

_AMOUNTS = ("members", "documents", "tokens")


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(debt)


def debt(
    dataset: Annotated[
        str, typer.Argument(help="One dataset's id, or enough of its beginning; all without.")
    ] = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what datasets and models stand on: a real yes, or a default, and what may give way.

    Tokens are those of sealed texts. What would fall away is decided anew; nothing is changed.

    Example: `sayso debt`

    Example: `sayso debt 3f2a --json`
    """
    with opened(home) as network:
        only = {dataset_named(network, dataset)} if dataset else None
        with network.reading() as stores, progress("Reckoning") as tell:
            store = network.settings.store
            tokens = tokenizer(store, SMALL.vocabulary).lengths
            found = debts(stores, store, network.clock(), tokens=tokens, only=only, tell=tell)
    if as_json:
        show_json([mapping_of(each) for each in found])
        return
    _show_all(found)
    for each in found:
        if each.is_kept and (dataset or each is found[-1]):
            _show(each)


def _show_all(found: Sequence[Debt]) -> None:
    show_table(
        "What stands",
        ("", "id", "purpose", *_AMOUNTS, "on a default", "falls if silence is a no"),
        [
            (
                each.what,
                short(each.id),
                each.purpose,
                *_cells(each.stands_on),
                *((_share(each), _falls_by_opt_in(each)) if each.is_kept else ("deleted", "")),
            )
            for each in found
        ],
    )


def _show(each: Debt) -> None:
    for of in (RESTS_ON, REGION, NOTICE, AGE):
        show_table(
            f"{each.what.capitalize()} {short(each.id)}, by {of}",
            (of, *_AMOUNTS),
            [
                (line.name, f"{line.members:,}", f"{line.documents:,}", f"{line.tokens:,}")
                for line in each.lines
                if line.of == of
            ],
        )
    show_table(
        "What would fall away",
        ("", "members left with nothing", "documents", "tokens"),
        [(fall.said, *_cells(fall.lost)) for fall in each.falls],
    )
    say("What is refused today already is counted in the first line alone.")


def _cells(amount: Amount) -> tuple[str, ...]:
    return tuple(f"{getattr(amount, name):,}" for name in _AMOUNTS)


def _share(each: Debt) -> str:
    return f"{each.on_default / each.stands_on.documents:.0%}" if each.stands_on.documents else "0%"


def _falls_by_opt_in(each: Debt) -> str:
    return "" if each.by_opt_in is None else f"{each.by_opt_in:,} documents"

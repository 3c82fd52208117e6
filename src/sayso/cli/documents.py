"""`documents`: what members wrote, by id."""

from itertools import islice
from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, opened, say, show_json, show_table
from sayso.jobs.listing import document_listing, refusal_listing
from sayso.jobs.look import member_named

_SHOWN = 100

documents = typer.Typer(help="What members wrote.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    documents.command("list")(list_documents)
    app.add_typer(documents, name="documents")


def list_documents(
    home: Home = HERE,
    member: Annotated[
        str, typer.Option(help="By this member alone: their id, its beginning, or @handle.")
    ] = "",
    source: Annotated[str, typer.Option(help="Of this source alone.")] = "",
    dataset: Annotated[str, typer.Option(help="Those that this dataset left out, and why.")] = "",
    refused_by: Annotated[
        str, typer.Option(help="Of those, the ones that this rule left out.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List documents and their ids, or those that a dataset left out. Their words are not shown.

    A terminal shows the first hundred; `--json` has all.

    Example: `sayso documents list --member ana`

    Example: `sayso documents list --dataset 3f2a --refused-by too_short`
    """
    if refused_by and not dataset:
        raise typer.BadParameter("--refused-by is about a dataset: say which with --dataset.")
    with opened(home) as network:
        whose = member_named(network, member) if member else None
        named = source or None
        if dataset:
            found = refusal_listing(
                network, dataset, rule=refused_by, member_id=whose, source=named
            )
        else:
            found = document_listing(network, member_id=whose, source=named)
        shown = list(found if as_json else islice(found, _SHOWN + 1))
    if as_json:
        show_json(shown)
        return
    columns = ["id", "kind", "created_at", "state", "visibility", "source"]
    columns += ["rule"] if dataset else []
    rows = [tuple(each.get(name) for name in columns) for each in shown[:_SHOWN]]
    show_table("Documents left out" if dataset else "Documents", columns, rows)
    if len(shown) > _SHOWN:
        say(f"The first {_SHOWN}; --json lists all.")

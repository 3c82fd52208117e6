"""`object`: people who are named in members' texts, are no members, and object to it."""

from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, opened, progress, say, show_json, show_table
from sayso.jobs.objecting import object_to, withdraw_objection
from sayso.rights.objections import Objection

objections = typer.Typer(help="People who would not be named in what models learn from.")


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    objections.command("add")(object_add)
    objections.command("list")(object_list)
    objections.command("withdraw")(object_withdraw)
    app.add_typer(objections, name="object", no_args_is_help=True)


def object_add(
    name: Annotated[str, typer.Argument(help="The name as it stands in texts.")],
    home: Home = HERE,
    other: Annotated[
        list[str] | None, typer.Option("--name", help="Another way to write it; repeat it.")
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help="Only in this document; repeat it. Without it, in all."),
    ] = None,
    contact: Annotated[str, typer.Option(help="How they can be reached; kept sealed.")] = "",
    as_json: AsJson = False,
) -> None:
    """Cut a name out of everything that is built from now on, and stop serving what holds it.

    Example: `sayso object add "Maria Sample" --name "M. Sample"`
    """
    with opened(home) as network, progress("Looking for the name") as report:
        heard = object_to(
            network,
            [name, *(other or ())],
            documents=document or (),
            contact=contact,
            report=report,
        )
    if as_json:
        took = heard.withdrawal.id if heard.withdrawal else None
        show_json({**_facts(heard.objection), "leaf": heard.leaf, "withdrawal": took})
        return
    say(f"Objection {heard.objection.id} is recorded, leaf {heard.leaf} of the log.")
    if heard.withdrawal is not None:
        say(
            f"What held the name is out of service ({heard.withdrawal.id}); "
            "`sayso forget --pending` trains without it."
        )


def object_list(home: Home = HERE, as_json: AsJson = False) -> None:
    """List who objects.

    Example: `sayso object list --json`
    """
    with opened(home) as network, network.reading() as stores:
        found = stores.objections.list()
    if as_json:
        show_json([_facts(each) for each in found])
        return
    show_table(
        f"{len(found)} objections",
        ("id", "names", "documents", "since"),
        [
            (each.id, ", ".join(each.names), ", ".join(each.documents) or "all", each.at)
            for each in found
        ],
    )


def object_withdraw(
    objection_id: Annotated[str, typer.Argument(help="The objection's id.")],
    home: Home = HERE,
) -> None:
    """Drop an objection; nobody can read any more who it was.

    Example: `sayso object withdraw o-0123456789abcdef`
    """
    with opened(home) as network:
        withdraw_objection(network, objection_id)
    say(f"Objection {objection_id} is withdrawn; its key is destroyed.")


def _facts(objection: Objection) -> dict[str, object]:
    return {
        "id": objection.id,
        "names": list(objection.names),
        "documents": list(objection.documents),
        "contact": objection.contact,
        "at": objection.at.isoformat(),
    }

"""`import`, `members`: what the network has."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    progress,
    say,
    show_json,
    show_table,
)
from sayso.community import MemberId
from sayso.errors import BadInput, NotFound
from sayso.jobs.bring import import_documents, import_members
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions

members = typer.Typer(help="Who has an account.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("import")(import_)
    members.command("list")(list_members)
    members.command("show")(show_member)
    members.command("import")(bring_members)
    app.add_typer(members, name="members")


def import_(
    reader: Annotated[str, typer.Argument(help="jsonl or csv")],
    paths: Annotated[list[Path], typer.Argument(help="Files to read.")],
    home: Home = HERE,
    member: Annotated[str, typer.Option(help="Everything in the file is by this member.")] = "",
    attested: Annotated[
        list[str] | None,
        typer.Option("--set", help="What the file does not say and you attest: region=US."),
    ] = None,
    complete: Annotated[
        bool, typer.Option(help="The file holds all: what is missing from it is deleted.")
    ] = False,
    dry_run: Annotated[bool, typer.Option(help="Read and count; keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read members and documents from a file. The same file twice changes nothing.

    Example: `sayso import jsonl posts.jsonl --set region=US --set age_band=adult`
    """
    options = ReadingOptions(
        member_id=MemberId(member) if member else None, attested=_pairs(attested or [])
    )
    with opened(home) as network, progress("Reading") as report:
        arrived = import_documents(
            network,
            reader,
            paths,
            options,
            complete=complete,
            dry_run=dry_run,
            report=report,
        )
    if as_json:
        show_json(mapping_of(arrived))
        return
    say(
        f"read {arrived.read} / new {arrived.new} / changed {arrived.changed} / "
        f"unchanged {arrived.unchanged} / deleted {arrived.deleted} / "
        f"skipped {sum(arrived.skipped.values())}"
    )
    for reason, count in sorted(arrived.skipped.items()):
        say(f"  skipped {count}: {reason}")
    for example in arrived.skipped_examples:
        say(f"  {example.where}: {example.reason}. {example.mend}".rstrip())
    _fail_if_nothing_fits(arrived)


def list_members(home: Home = HERE, as_json: AsJson = False) -> None:
    """List every account.

    Example: `sayso members list --json`
    """
    with opened(home) as network, network.reading() as stores:
        found = list(stores.community.members())
    if as_json:
        show_json([mapping_of(member) for member in found])
        return
    show_table(
        f"{len(found)} members",
        ("id", "name", "region", "age", "standing"),
        [(m.id, m.name, m.region, m.age_band, m.standing) for m in found],
    )


def show_member(
    member_id: Annotated[str, typer.Argument(help="The member's id.")], home: Home = HERE
) -> None:
    """Show one account as JSON.

    Example: `sayso members show ana`
    """
    with opened(home) as network, network.reading() as stores:
        found = stores.community.member(MemberId(member_id))
    if found is None:
        raise NotFound(f"There is no member {member_id!r}.", hint="`sayso members list` shows all.")
    show_json(mapping_of(found))


def bring_members(
    path: Annotated[Path, typer.Argument(help="JSON lines or CSV, one member a line.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Read accounts, their region and age band, from a file.

    Example: `sayso members import members.csv`
    """
    with opened(home) as network, progress("Reading members") as report:
        arrived = import_members(network, path, report=report)
    if as_json:
        show_json(mapping_of(arrived))
        return
    merged = f" / merged {arrived.merged}" if arrived.merged else ""
    say(f"read {arrived.read} / new {arrived.new} / changed {arrived.changed}{merged}")
    for example in arrived.skipped_examples:
        say(f"  {example.where}: {example.reason}. {example.mend}".rstrip())
    _fail_if_nothing_fits(arrived)


def _fail_if_nothing_fits(arrived: Arrived) -> None:
    if arrived.skipped and arrived.skipped.total() == arrived.read:
        raise BadInput("Nothing in it could be read.", hint="Mend it and import it again.")


def _pairs(texts: list[str]) -> Mapping[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    for name, value in pairs.items():
        if not value:
            raise BadInput(f"--set {name}: no value.", hint="Write it as --set region=US.")
    return pairs

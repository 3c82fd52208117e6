"""`import`, `members`: what the network has."""

import textwrap
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    console,
    mapping_of,
    opened,
    progress,
    say,
    show_json,
    show_table,
)
from sayso.cli.skipped import SkippedList, show_json_with
from sayso.community import MemberId
from sayso.errors import BadInput, NotFound
from sayso.jobs.bring import Unfinished, import_documents, import_members
from sayso.jobs.look import member_named
from sayso.sources.arrive import ERASED, Arrived
from sayso.sources.readers import READERS
from sayso.sources.reading import ReadingOptions

_HELP = (
    "Bring in members and what they wrote. The same again changes nothing.\n\n"
    + "\n".join(f"- `{each.name}`: {each.about}" for each in READERS)
    + """

Stopped at any moment, the same command goes on. What a file does not say you may attest for all of
it with `--set NAME=VALUE`:

- `region`: two letters, as in `DE`; `ZZ` where it is unknown
- `age_band`: `adult`, `minor` or `unknown`
- `language`, `licence`: as texts
- `visibility`: `public`, `unlisted`, `connections`, `group` or `private`
- `explicit`: `shown` or `hidden`, for what stands behind a warning

Example: `sayso import jsonl posts.jsonl --set region=US --set age_band=adult`

Example: `sayso import linkedin Complete_LinkedInDataExport.zip --member ana`

Example: `sayso import sql forum --dry-run`
"""
)
_WIDTH = 80

members = typer.Typer(help="Who has an account.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command("import", help=_HELP)(import_)
    members.command("list")(list_members)
    members.command("show")(show_member)
    members.command("import")(bring_members)
    app.add_typer(members, name="members")


def import_(
    reader: Annotated[
        str,
        typer.Argument(metavar="READER", help=f"One of: {', '.join(e.name for e in READERS)}."),
    ],
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="Files or folders; for sql, names of [sources.NAME] tables."
        ),
    ],
    home: Home = HERE,
    member: Annotated[
        str, typer.Option(help="Everything in the file is by this member: an id, or @handle.")
    ] = "",
    source: Annotated[
        str, typer.Option(help="What this collection is called, where the file does not say.")
    ] = "",
    attested: Annotated[
        list[str] | None,
        typer.Option("--set", help="What the file does not say and you attest, as listed above."),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            help="It holds all there is: what is missing from it is deleted here. Of jsonl, csv "
            "and parquet, all there is of the --source."
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option(help="Read and count; keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in members and what they wrote; `_HELP` says it at length."""
    pairs, refusal = _pairs(attested or []), None
    with opened(home) as network, SkippedList() as left_out, progress("Reading") as report:
        whose = member_named(network, member) if member.startswith("@") else MemberId(member)
        try:
            arrived = import_documents(
                network,
                reader,
                paths,
                ReadingOptions(member_id=whose or None, source=source, attested=pairs),
                complete=complete,
                dry_run=dry_run,
                report=report,
                on_skip=left_out.add,
            )
            refusal = _nothing_fits(arrived)
        except Unfinished as unfinished:
            arrived, refusal = unfinished.arrived, unfinished
        if as_json:
            refused = {"message": refusal.message, "mend": refusal.hint} if refusal else None
            facts = {**_facts(arrived), "dry_run": dry_run, "refused": refused}
            show_json_with(facts, "skipped_items", left_out)
        else:
            _show(arrived, dry_run=dry_run)
    if refusal is not None:
        raise refusal


def _show(arrived: Arrived, *, dry_run: bool) -> None:
    say(
        f"read {arrived.read} / new {arrived.new} / changed {arrived.changed} / "
        f"deleted {arrived.deleted} / unchanged {arrived.unchanged} / "
        f"skipped {arrived.skipped.total()}"
    )
    if arrived.acquaintances:
        say(f"names of connections {arrived.acquaintances}: kept only to be taken out of texts")
    if arrived.unreadable:
        say(f"out of use until they can be read {arrived.unreadable}: held here, and broken there")
    _show_skipped(arrived)
    if dry_run:
        say("This was a dry run: nothing of it was kept.")


def _show_skipped(arrived: Arrived) -> None:
    """Say how many were skipped for each reason, most first, and where one of them is."""
    examples = {each.reason: each for each in arrived.skipped_examples}
    for reason, count in sorted(arrived.skipped.items(), key=lambda each: (-each[1], each[0])):
        say(_fitted(f"  skipped {count}: {reason}", "    "))
        if example := examples.get(reason):
            more = f", and {count - 1} more: --json lists them" if count > 1 else ""
            say(_fitted(f"    {example.where}{more}. {example.mend}".rstrip(), "    "))
    if arrived.unread:
        say(_fitted(f"  not read, as no field has that name: {', '.join(arrived.unread)}", "    "))


def _fitted(line: str, indent: str) -> str:
    return textwrap.fill(
        line,
        width=min(console.width, _WIDTH),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _facts(arrived: Arrived) -> Mapping[str, object]:
    counted = {
        each.name: getattr(arrived, each.name)
        for each in fields(arrived)
        if each.name not in {"skipped", "skipped_examples"}
    }
    return {**counted, "skipped": dict(arrived.skipped)}


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
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    home: Home = HERE,
) -> None:
    """Show one account as JSON, and which accounts are the same person's.

    Example: `sayso members show ana`
    """
    with opened(home) as network, network.reading() as stores:
        member_id = member_named(network, member)
        found = stores.community.member(member_id)
        now, *others = stores.accounts.of(member_id)
    if found is None:
        raise NotFound(f"There is no member {member!r}.", hint="`sayso members list` shows all.")
    merged = {
        "merged_into": "" if now == member_id else now,
        "other_accounts": [each for each in (now, *others) if each != member_id],
    }
    show_json({**mapping_of(found), **merged})


def bring_members(
    path: Annotated[Path, typer.Argument(help="JSON lines or CSV, one member a line.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Read accounts, their region and age band, from a file.

    Example: `sayso members import members.csv`
    """
    with opened(home) as network, SkippedList() as left_out, progress("Reading members") as report:
        try:
            arrived = import_members(network, path, report=report, on_skip=left_out.add)
            refusal = _some_did_not_fit(arrived)
        except Unfinished as unfinished:
            arrived, refusal = unfinished.arrived, unfinished
        if as_json:
            refused = {"message": refusal.message, "mend": refusal.hint} if refusal else None
            show_json_with({**_facts(arrived), "refused": refused}, "skipped_items", left_out)
        else:
            _show_members(arrived)
    if refusal is not None:
        raise refusal


def _show_members(arrived: Arrived) -> None:
    merged = f" / merged {arrived.merged}" if arrived.merged else ""
    say(f"read {arrived.read} / new {arrived.new} / changed {arrived.changed}{merged}")
    _show_skipped(arrived)


def _nothing_fits(arrived: Arrived) -> BadInput | None:
    if arrived.broken and arrived.broken == arrived.read:
        return BadInput("Nothing in it could be read.", hint="Mend it and import it again.")
    return None


def _some_did_not_fit(arrived: Arrived) -> BadInput | None:
    """Fail after keeping the others: a member who is missing may be one who said no."""
    if not arrived.broken:
        return None
    whole = arrived.read - arrived.skipped.total()
    others = f"The other {whole} are kept. " if whole else ""
    at = next(
        (
            f", the first at {each.where}: {each.reason}"
            for each in arrived.skipped_examples
            if each.reason != ERASED
        ),
        "",
    )
    return BadInput(
        f"{arrived.broken} of {arrived.read} members were not kept{at}.",
        hint=f"{others}Mend it and import the file again.",
    )


def _pairs(texts: list[str]) -> Mapping[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    for name, value in pairs.items():
        if not value:
            raise BadInput(f"--set {name}: no value.", hint="Write it as --set region=US.")
    return pairs

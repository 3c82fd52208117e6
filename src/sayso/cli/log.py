"""`log`: the signed log for others: its checkpoint, its witnesses, and its files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    opened,
    progress,
    say,
    show_json,
    show_table,
)
from sayso.errors import BadInput
from sayso.evidence.witness import Cosignature, Witness
from sayso.jobs.witness import export as write_out
from sayso.jobs.witness import submit as show_witness

log = typer.Typer(help="The signed log: checkpoints, witnesses, files.", no_args_is_help=True)
witness = typer.Typer(help="Who watches the log and cosigns it.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    log.command()(checkpoint)
    log.command()(cosign)
    log.command()(submit)
    log.command()(export)
    witness.command("add")(add_witness)
    witness.command("list")(list_witnesses)
    witness.command("remove")(remove_witness)
    log.add_typer(witness, name="witness")
    app.add_typer(log, name="log")


def checkpoint(
    home: Home = HERE,
    since: Annotated[
        int | None, typer.Option(help="Prove that it grew out of the log of this size.", min=0)
    ] = None,
) -> None:
    """Print the newest signed checkpoint, and who cosigned it.

    Example: `sayso log checkpoint --since 120`
    """
    with opened(home) as network, network.reading() as stores:
        text = stores.log.checkpoint() if since is None else stores.log.growth_text(since)
    sys.stdout.write(text)


def cosign(
    file: Annotated[str, typer.Argument(help="A cosigned checkpoint, or - for standard input.")],
    home: Home = HERE,
) -> None:
    """Keep what witnesses signed under a checkpoint of this log.

    Example: `sayso log cosign cosigned.txt`
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not text (byte {error.start}).") from error
    with opened(home) as network, network.writing() as stores:
        kept = stores.witnesses.accept(text, network.clock())
    _say_kept(kept)


def submit(
    address: Annotated[str, typer.Argument(help="The witness's submission address.")],
    home: Home = HERE,
) -> None:
    """Show a witness the newest checkpoint, and keep its cosignature.

    Example: `sayso log submit https://witness.example.org`
    """
    with opened(home) as network:
        kept = show_witness(network, address)
    _say_kept(kept)


def export(
    folder: Annotated[Path, typer.Argument(help="Where to; what is there already is kept.")],
    home: Home = HERE,
) -> None:
    """Write the log as files that any web server can serve, and anyone can check.

    Example: `sayso log export public/log`
    """
    with opened(home) as network, progress("Writing the log") as report:
        size, files = write_out(network, folder, report=report)
    say(f"{size} entries, {files} new files in {folder}.")


def add_witness(
    vkey: Annotated[str, typer.Argument(help="The witness's key: name+key id+key.")],
    home: Home = HERE,
) -> None:
    """Believe a witness from now on, and hand on what it signs.

    Example: `sayso log witness add witness.example.org+0a1b2c3d+BExample...`
    """
    with opened(home) as network, network.writing() as stores:
        added = stores.witnesses.add(vkey, network.clock())
    say(f"{added.name} is a witness of this log now.")


def list_witnesses(home: Home = HERE, as_json: AsJson = False) -> None:
    """List the witnesses, and how much of the log each has seen.

    Example: `sayso log witness list`
    """
    with opened(home) as network, network.reading() as stores:
        known, size = stores.witnesses.list(), stores.log.size()
        newest = {each.vkey: each for each in stores.witnesses.newest()}
    if as_json:
        show_json([_told(each, newest.get(each.vkey)) for each in known])
        return
    show_table(
        f"Witnesses of a log of {size} entries",
        ("witness", "key", "entries seen", "at"),
        [(each.name, each.vkey, *_seen(newest.get(each.vkey))) for each in known],
    )


def remove_witness(
    named: Annotated[str, typer.Argument(help="The witness's name or key.")],
    home: Home = HERE,
) -> None:
    """Believe a witness no longer; its cosignatures are dropped.

    Example: `sayso log witness remove witness.example.org`
    """
    with opened(home) as network, network.writing() as stores:
        removed = stores.witnesses.remove(named)
    say(f"{removed.name} is no witness of this log any more.")


def _told(known: Witness, newest: Cosignature | None) -> dict[str, object]:
    return {
        "id": known.vkey,
        "name": known.name,
        "added_at": known.added_at,
        "seen_size": newest.size if newest else None,
        "seen_at": newest.signed_at if newest else None,
    }


def _seen(newest: Cosignature | None) -> tuple[object, object]:
    return (newest.size, newest.signed_at) if newest else (0, "never")


def _say_kept(kept: tuple[Cosignature, ...]) -> None:
    for each in kept:
        name = each.vkey.partition("+")[0]
        say(
            f"{name} saw the log's first {each.size} entries at {each.signed_at:%Y-%m-%d %H:%M:%S}."
        )

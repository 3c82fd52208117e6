"""`datasets prove`: a proof for an auditor, or for the member, that needs nobody's word."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, Home, opened, progress, say, show_json
from sayso.datasets.disk import replacing
from sayso.errors import BadInput
from sayso.jobs.auditors import hand_to_auditor
from sayso.jobs.look import known_member_named
from sayso.jobs.prove import prove


def prove_membership(
    dataset: Annotated[str, typer.Argument(help="A dataset's id, or enough of its beginning.")],
    member: Annotated[str, typer.Option(help="Whose words: an id or a handle.")] = "",
    document: Annotated[
        str, typer.Option(help="From which document; its first author's, without --member.")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="A new file for the proof.")] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Show the row, and all whose words it holds.")
    ] = False,
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help="The member is not here any more: take the id as it is."),
    ] = False,
    everything: Annotated[
        Path | None,
        typer.Option(
            "--all",
            metavar="FOLDER",
            help="For an auditor: all rows and everyone's seats, into this new folder.",
        ),
    ] = None,
    home: Home = HERE,
) -> None:
    """Prove that a dataset holds somebody's words, or that it does not.

    The proof is JSON, and whoever has it checks it without us. With --all, an auditor can check
    the whole dataset so: give the folder to nobody who may not read every text in it.

    Example: `sayso datasets prove 3f2a --member ana --out ana.json`

    Example: `sayso datasets prove 3f2a --document ana/post-3 --with-text`

    Example: `sayso datasets prove 3f2a --all for-the-auditor`
    """
    if everything is not None:
        if member or document or out or with_text or unknown:
            raise typer.BadParameter("--all is about everyone: it goes with no other option.")
        _prove_all(dataset, everything, home)
        return
    if not member and not document:
        raise typer.BadParameter("Name a member with --member, or a document with --document.")
    if out is not None and (out.exists() or not out.parent.is_dir()):
        raise BadInput(f"{out} is no place for a new file.", hint="Name a new one in a folder.")
    with opened(home) as network, progress("Asking the dataset"):
        whose = member if unknown else known_member_named(network, member)
        proven = prove(network, dataset, member=whose, document=document, with_text=with_text)
    if out is None:
        show_json(proven.body)
        return
    with replacing(out) as file:
        file.write(json.dumps(proven.body, ensure_ascii=False, indent=1).encode() + b"\n")
    say(proven.says)
    for account in proven.accounts:
        say(f"The same person has the account {account}: it has a proof of its own.")
    say(f"The proof is in {out}; `sayso verify {out}` checks it, and so can anyone.")


def _prove_all(dataset: str, folder: Path, home: Path) -> None:
    with opened(home) as network, progress("Asking the dataset") as report:
        handed = hand_to_auditor(network, dataset, folder, report=report)
    say(f"{handed.rows:,} rows and the seats of {handed.members:,} members are in {folder}.")
    say("It holds the ids of all whose words are in it: docs/proofs.md says who may have it.")
    say(f"`python offline_dataset.py {folder}` checks it without us.")

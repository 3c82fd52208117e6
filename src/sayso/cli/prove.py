"""`datasets prove`: a proof for an auditor, or for the member, that needs nobody's word."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, Home, opened, progress, say, show_json
from sayso.datasets.disk import new_file, require_new
from sayso.jobs.auditors import hand_to_auditor
from sayso.jobs.look import dataset_named, document_named, known_member_named
from sayso.jobs.prove import prove


def prove_membership(
    dataset: Annotated[str, typer.Argument(help="A dataset's id, or enough of its beginning.")],
    member: Annotated[str, typer.Option(help="Whose words: an id or a handle.")] = "",
    document: Annotated[
        str,
        typer.Option(
            help="From which document: its id, or its beginning; by its first author, "
            "without --member."
        ),
    ] = "",
    out: Annotated[Path | None, typer.Option(help="A new file for the proof.")] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Show the row, and all whose words it holds.")
    ] = False,
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help="They are not here any more: take ids as they are."),
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
    if with_text and not document:
        raise typer.BadParameter("--with-text shows one document's row: say which, --document ID.")
    if not member and not document:
        raise typer.BadParameter("Name a member with --member, or a document with --document.")
    if out is not None:
        require_new(out)
    with opened(home) as network, progress("Asking the dataset"):
        whose = member if unknown else known_member_named(network, member)
        if not unknown:
            document = document_named(network, document, dataset_named(network, dataset))
        proven = prove(network, dataset, member=whose, document=document, with_text=with_text)
    if out is None:
        show_json(proven.body)
        return
    with new_file(out) as file:
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
    say(f"`sayso verify {folder}` checks it, and `python offline_dataset.py` without us.")

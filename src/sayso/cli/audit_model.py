"""`audit`: what a model still knows, as far as attacks on it can tell."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, opened, progress, say, show_json, show_table
from sayso.jobs.audit_model import ROWS, Wanted, as_json, audit_model
from sayso.training.audit.telling import (
    EXTRACTION,
    MEMBERSHIP,
    extraction_rows,
    ids_told,
    membership_rows,
    sentences,
)

audits = typer.Typer(help="What a model still knows.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    audits.command("model")(model)
    app.add_typer(audits, name="audit")


def model(
    model: Annotated[str, typer.Argument(help="A model's id, or enough of its beginning.")],
    home: Home = HERE,
    forgotten: Annotated[
        Path | None,
        typer.Option(help="Rows that were forgotten, as JSON lines: member_id, text, title."),
    ] = None,
    taken_back: Annotated[
        bool, typer.Option("--taken-back", help="Ask of rows that wait to be forgotten too.")
    ] = False,
    rows: Annotated[int, typer.Option(min=1, help="At most so many rows of each group.")] = ROWS,
    out: Annotated[Path | None, typer.Option(help="A new folder for the report.")] = None,
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="Name the rows that come out verbatim by their ids.")
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """Attack a model: whose rows it learnt, and which it says by heart. Changes nothing.

    Those who stay, and those who went where their rows are given or still wait, are compared with
    held-out rows that no shard learnt from. No text is in what is printed or written.

    Example: `sayso audit model 91bc --out audited`

    Example: `sayso audit model 91bc --forgotten their-own-copy.jsonl --json`
    """
    wanted = Wanted(forgotten=forgotten, taken_back=taken_back, rows=rows, with_ids=with_ids)
    with opened(home) as network, progress("Reading rows") as report:
        audited = audit_model(network, model, wanted, out=out, report=report)
    if as_json_:
        show_json(as_json(audited, with_ids=with_ids))
        return
    found = audited.findings
    show_table("Who is told from never-learnt members", MEMBERSHIP, membership_rows(found))
    show_table("What comes out verbatim", EXTRACTION, extraction_rows(found))
    if with_ids:
        show_table("Rows that come out verbatim", ("whose", "asked", "id"), ids_told(found))
    for each in sentences(found):
        say(each)
    if out is not None:
        say(f"Written to {out}.")

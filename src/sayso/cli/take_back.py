"""`forget`, `verify`, `plan`: taking back, proving it, and what it costs."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, opened, progress, say, show_json, show_table
from sayso.jobs.forget import forget_pending
from sayso.jobs.verify import check_alone, is_for_auditors
from sayso.jobs.verify import verify as check
from sayso.settings import FILE_NAME
from sayso.training.takeback import redo_share


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(forget)
    app.command()(verify)
    app.command()(plan)


def forget(
    member: Annotated[
        str, typer.Argument(help="Only if this member waits; the rest is done along.")
    ] = "",
    home: Home = HERE,
    pending: Annotated[bool, typer.Option(help="All that wait (the default).")] = True,
    as_json: AsJson = False,
) -> None:
    """Retrain without what was withdrawn, and certify it.

    Example: `sayso forget --pending`
    """
    del pending
    with opened(home) as network, progress("Forgetting") as report:
        certificates = forget_pending(network, member=member, report=report)
    if as_json:
        show_json([certificate.body for certificate in certificates])
        return
    if not certificates:
        say("Nothing waits to be forgotten.")
    for certificate in certificates:
        say(f"Certificate {certificate.id}")
        for line in certificate.sentences:
            say(f"  {line}")


def verify(
    what: Annotated[
        str,
        typer.Argument(
            help="An id of a model, certificate or dataset; LOG; a file or folder of one."
        ),
    ],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Recompute and compare; names the first thing that differs.

    Example: `sayso verify LOG`

    Example: `sayso verify for-the-auditor`
    """
    is_given = Path(what).is_file() or is_for_auditors(Path(what))
    if is_given and not (home / FILE_NAME).is_file():
        checked = check_alone(Path(what))
    else:
        with opened(home) as network, progress("Recomputing") as report:
            checked = check(network, what, report=report)
    if as_json:
        show_json({"equal": True, "what": checked.what, "found": checked.sentences})
        return
    for line in checked.sentences:
        say(line)


def plan(
    members: Annotated[int, typer.Option(help="How many members.")] = 10_000,
    withdrawals_per_day: Annotated[float, typer.Option(help="How many leave a day.")] = 10,
    shards: Annotated[int, typer.Option(help="Groups of members.")] = 16,
    slices: Annotated[int, typer.Option(help="Ordered parts of a group.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Say what forgetting will cost, as a share of one whole training.

    Example: `sayso plan --members 100000 --withdrawals-per-day 50 --shards 64 --slices 16`
    """
    batches = (("at once", None), ("daily", 1), ("weekly", 7))
    rows = []
    for name, days in batches:
        together = 1 if days is None else max(1, min(members, round(withdrawals_per_day * days)))
        share = redo_share(shards=shards, slices=slices, withdrawals=together)
        per_day = share * withdrawals_per_day if days is None else share / days
        rows.append({"batch": name, "together": together, "share": share, "per_day": per_day})
    if as_json:
        show_json(rows)
        return
    show_table(
        f"{members} members, {withdrawals_per_day:g} withdrawals a day, {shards} x {slices}",
        ("forget", "withdrawals together", "of one training, each time", "trainings a day"),
        [
            (row["batch"], row["together"], f"{row['share']:.4f}", f"{row['per_day']:.4f}")
            for row in rows
        ],
    )

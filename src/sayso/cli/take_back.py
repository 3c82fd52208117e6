"""`forget`, `verify`, `plan`: taking back, proving it, and what it costs."""

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
from sayso.jobs.forget import forget_pending
from sayso.jobs.planning import planned
from sayso.jobs.verify import check_alone, is_for_auditors
from sayso.jobs.verify import verify as check
from sayso.settings import FILE_NAME
from sayso.training.costs import (
    Layout,
    Training,
    checkpoint_bytes,
    forecast,
    storage_bytes,
)
from sayso.training.recipes import SMALL


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
    home: Home = HERE,
    model: Annotated[str, typer.Option(help="A model of this home that tells the rest.")] = "",
    members: Annotated[int, typer.Option(help="How many members.")] = 10_000,
    withdrawals_per_day: Annotated[float, typer.Option(help="How many leave a day.")] = 10,
    deadline_days: Annotated[float, typer.Option(help="Forget together what came in so long.")] = 7,
    shards: Annotated[int, typer.Option(help="Groups of members.")] = 16,
    slices: Annotated[int, typer.Option(help="Ordered parts of a group.")] = 8,
    every: Annotated[int, typer.Option(help="Keep a checkpoint after so many parts.")] = 1,
    hours: Annotated[float, typer.Option(help="Processor hours of one whole training.")] = 1,
    workers: Annotated[int, typer.Option(help="Groups that learn at a time.")] = 2,
    checkpoint_mb: Annotated[
        float | None, typer.Option(help="Megabytes of a checkpoint; else those of `small`.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what forgetting will cost: as a share of one whole training, in time, and in storage.

    With --model, its groups, parts, size and seconds are taken instead of what is given here.

    Example: `sayso plan --members 100000 --withdrawals-per-day 50 --shards 64 --slices 16`
    """
    layout = Layout(shards=shards, slices=slices, every=every)
    size = checkpoint_bytes(SMALL) if checkpoint_mb is None else int(checkpoint_mb * 1_000_000)
    training = Training(seconds=hours * 3600, workers=workers, checkpoint_bytes=size)
    if model:
        with opened(home) as network:
            layout, training = planned(network, model)
    per_day = min(withdrawals_per_day, members)
    batches = (("at once", 0.0), ("daily", 1.0), (f"in {deadline_days:g} days", deadline_days))
    costs = [
        (name, forecast(layout, training, per_day=per_day, days=days)) for name, days in batches
    ]
    stored = storage_bytes(layout, training)
    if as_json:
        told = [{"batch": name, **mapping_of(cost)} for name, cost in costs]
        show_json({"storage_bytes": stored, "batches": told})
        return
    show_table(
        f"{members} members, {per_day:g} withdrawals a day, {layout.shards} x {layout.slices}",
        ("forget", "together", "of a training", "processor", "waiting", "trainings a day"),
        [
            (
                name,
                cost.together,
                f"{cost.share:.4f}",
                _duration(cost.seconds),
                _duration(cost.wall_seconds),
                f"{cost.trainings_a_day:.4f}",
            )
            for name, cost in costs
        ],
    )
    say(f"Checkpoints take {stored / 1e9:.2f} GB.")


def _duration(seconds: float) -> str:
    """Say seconds in the unit that people would."""
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"

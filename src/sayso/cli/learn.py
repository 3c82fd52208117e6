"""`build`, `datasets`, `train`, `models`: from documents to a model."""

import sys
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
    purpose_asked,
    say,
    short,
    show_json,
    show_table,
)
from sayso.cli.prove import prove_membership
from sayso.consent.purposes import Purpose
from sayso.datasets.cards.forms import CARDS
from sayso.jobs.build import build_dataset
from sayso.jobs.handing_models import export_model
from sayso.jobs.handing_over import FORMATS, card, export_dataset, write_card
from sayso.jobs.learn import train_model, use_model
from sayso.jobs.look import (
    dataset_listing,
    manifest_of,
    model_listing,
    model_of,
)
from sayso.jobs.verify import verify
from sayso.training.models import Report

datasets = typer.Typer(help="Sealed sets of documents that may be used.", no_args_is_help=True)
models = typer.Typer(help="Models made of shards.", no_args_is_help=True)
DatasetArg = Annotated[str, typer.Argument(help="A dataset's id, or enough of its beginning.")]
Engine = Annotated[str, typer.Option(help="Where the work is done: local, or ray (a cluster).")]
_CARD_NAMES = ", ".join(each.name for each in CARDS)
ModelArg = Annotated[str, typer.Argument(help="A model's id, or enough of its beginning.")]


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(build)
    app.command()(train)
    datasets.command("list")(list_datasets)
    datasets.command("show")(show_dataset)
    datasets.command("verify")(verify_dataset)
    datasets.command("export")(export)
    datasets.command("prove")(prove_membership)
    app.add_typer(datasets, name="datasets")
    models.command("list")(list_models)
    models.command("show")(show_model)
    models.command("use")(use)
    models.command("export")(export_shards)
    app.add_typer(models, name="models")


def build(
    home: Home = HERE,
    purpose: Annotated[str, typer.Option(help="What it will be used for.")] = (
        Purpose.GENAI_TRAINING
    ),
    engine: Engine = "",
    from_nothing: Annotated[
        bool, typer.Option("--from-nothing", help="Make all of it anew; the outcome is the same.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Decide for every document, take personal data out, and seal what may be used.

    What has not changed since the last dataset is taken from it.

    Example: `sayso build`
    """
    with opened(home) as network, progress("Asking every member's say-so") as report:
        asked = purpose_asked(network, purpose)
        built = build_dataset(
            network, asked, engine=engine, from_nothing=from_nothing, report=report
        )
    manifest = built.manifest
    if as_json:
        show_json({"id": built.dataset_id, **mapping_of(manifest), "mended": built.mended})
        return
    say(f"Dataset {built.dataset_id}")
    say(
        f"admitted rows {manifest.rows} / members {manifest.members} / "
        f"rows held out to measure with {manifest.held_out_rows}"
    )
    if built.mended:
        say(f"{len(built.mended)} of its files were not what they should be, and are new now:")
        for name in built.mended:
            say(f"  {name}")
    show_table("Refused, by rule", ("rule", "documents"), sorted(manifest.refusals.items()))
    show_table("Taken out, by kind", ("kind", "times"), sorted(manifest.redactions.items()))


def train(
    dataset: DatasetArg,
    home: Home = HERE,
    backend: Annotated[
        str,
        typer.Option(help="gpt, a small decoder; peft, adapters on a base; counts, no network."),
    ] = "gpt",
    size: Annotated[str, typer.Option(help="small, or tiny to try the installation.")] = "small",
    base: Annotated[str, typer.Option(help="The id of what shards start from.")] = "",
    engine: Engine = "",
    epsilon: Annotated[
        float | None,
        typer.Option("--private", help="Learn with a bound for those who stay: this epsilon."),
    ] = None,
    counts: Annotated[
        float | None,
        typer.Option(help="The share of counted runs of words in what is said, from 0 to 1."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Train a model of shards on a sealed dataset; goes on where it was stopped.

    Example: `sayso train 3f2a`
    """
    with opened(home) as network, progress("Learning") as report:
        trained = train_model(
            network,
            dataset,
            backend=backend,
            size=size,
            base=base,
            engine=engine,
            epsilon=epsilon,
            counts=counts,
            report=report,
        )
    if as_json:
        show_json({"id": trained.model_id, **mapping_of(trained)})
        return
    say(f"Model {trained.model_id} is trained and in use.")
    show_table("How well, and how long", ("figure", "value"), _figures(trained.report))


def _figures(report: Report) -> list[tuple[str, object]]:
    bits = (
        ("bits a byte, untaught", report.untrained_bits),
        ("bits a byte, one group alone", report.shard_bits),
        ("bits a byte, all groups", report.shards_bits),
        ("bits a byte, counts alone", report.counts_bits),
        ("bits a byte, all together", report.mixture_bits),
    )
    return [
        *((name, f"{value:.3f}") for name, value in bits if value is not None),
        ("texts held out and measured", report.held_out_rows),
        ("tokens learnt from", report.tokens),
        *([("epsilon of those who stay", f"{report.epsilon:.2f}")] if report.epsilon else []),
        ("parts learnt now", report.slices_learnt),
        ("parts known before", report.slices_reused),
        ("parts counted now", report.slices_counted),
        ("seconds", f"{report.seconds:.1f}"),
    ]


def list_datasets(home: Home = HERE, as_json: AsJson = False) -> None:
    """List datasets. In use is the one that the model in use learnt from.

    Example: `sayso datasets list --json`
    """
    with opened(home) as network:
        found = dataset_listing(network)
    if as_json:
        show_json(found)
        return
    show_table(
        "Datasets",
        ("id", "rows", "held out", "members", "sealed", "state", "comes from"),
        [
            (
                *(short(d["id"]), d["rows"], d["held_out_rows"], d["members"], d["sealed_at"]),
                *(d["state"], short(d["predecessor"])),
            )
            for d in found
        ],
    )


def show_dataset(
    dataset: DatasetArg,
    home: Home = HERE,
    form: Annotated[str, typer.Option("--card", help=f"A card instead: {_CARD_NAMES}.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the card into this new file.")] = None,
) -> None:
    """Print a dataset's manifest, or one of its cards: what others may be told of it.

    Example: `sayso datasets show 3f2a`

    Example: `sayso datasets show 3f2a --card eu-summary --out summary.md`
    """
    with opened(home) as network:
        if out is not None:
            write_card(network, dataset, form or CARDS[0].name, out)
            say(f"Written to {out}.")
        elif form:
            sys.stdout.write(card(network, dataset, form))
        else:
            manifest = manifest_of(network, dataset)
            (told,) = (each for each in dataset_listing(network) if each["id"] == manifest.digest)
            show_json({**mapping_of(manifest), "state": told["state"]})


def verify_dataset(dataset: DatasetArg, home: Home = HERE) -> None:
    """Recompute a dataset's roots from its rows.

    Example: `sayso datasets verify 3f2a`
    """
    with opened(home) as network, progress("Recomputing") as report:
        for line in verify(network, dataset, report=report).sentences:
            say(line)


def export(
    dataset: DatasetArg,
    to: Annotated[Path, typer.Argument(help="A new file; a new folder for hf.")],
    home: Home = HERE,
    form: Annotated[
        str, typer.Option("--format", help=f"{', '.join(FORMATS)}; without it, the file's ending.")
    ] = "",
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="Let ids of members and documents into the folder.")
    ] = False,
) -> None:
    """Write a dataset's rows that are in service into one file, or a folder that tools read.

    `parquet` and `jsonl` hold whole rows, with ids: for your own training. `hf` is a folder to hand
    on, with cards and without ids, for `datasets.load_dataset`. Nothing is written over.

    Example: `sayso datasets export 3f2a rows.jsonl`

    Example: `sayso datasets export 3f2a folder --format hf`
    """
    with opened(home) as network:
        count = export_dataset(network, dataset, to, form, with_ids=with_ids)
    say(f"{count} rows written to {to}.")


def list_models(home: Home = HERE, as_json: AsJson = False) -> None:
    """List models.

    Example: `sayso models list`
    """
    with opened(home) as network:
        found = model_listing(network)
    if as_json:
        show_json(found)
        return
    show_table(
        "Models",
        ("id", "state", "trained", "dataset"),
        [(short(m["id"]), m["state"], m["trained_at"], short(m["dataset_id"])) for m in found],
    )


def show_model(model: ModelArg, home: Home = HERE) -> None:
    """Print what a model is made of.

    Example: `sayso models show 91bc`
    """
    with opened(home) as network:
        show_json(mapping_of(model_of(network, model)))


def use(model: ModelArg, home: Home = HERE) -> None:
    """Serve suggestions from this model.

    Example: `sayso models use 91bc`
    """
    with opened(home) as network:
        model_id = use_model(network, model)
    say(f"Model {model_id} is in use.")


def export_shards(
    model: ModelArg,
    to: Annotated[Path, typer.Argument(help="A new folder.")],
    home: Home = HERE,
    shard: Annotated[
        int | None, typer.Option(help="This shard alone, into the folder itself.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a model's shards as folders that `transformers`, or `peft`, loads.

    A shard that has learnt from what may not be used today is not handed over.

    Example: `sayso models export 91bc folder --shard 0`
    """
    with opened(home) as network:
        written = export_model(network, model, to, shard=shard)
    if as_json:
        show_json({"folder": to, "shards": written})
        return
    say(f"{len(written)} shards written to {to}." if len(written) > 1 else f"Written to {to}.")

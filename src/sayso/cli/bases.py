"""`bases`: what the shards of a model start from, made of text that no member wrote."""

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
    short,
    show_json,
    show_table,
)
from sayso.jobs.bases import PEFT, add_base, base_facts, base_listing, make_base
from sayso.training.bases import DECODER

bases = typer.Typer(
    help="What shards start from, made of text that no member wrote.", no_args_is_help=True
)
MadeOf = Annotated[
    str, typer.Option("--made-of", help="What it learnt from, in words; shown wherever it is used.")
]


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    bases.command("add")(add)
    bases.command("make")(make)
    bases.command("list")(list_bases)
    bases.command("show")(show)
    app.add_typer(bases, name="bases")


def add(
    model: Annotated[
        str, typer.Argument(help="A folder that save_pretrained wrote, or a name on the hub.")
    ],
    made_of: MadeOf,
    home: Home = HERE,
    revision: Annotated[
        str, typer.Option(help="Which revision of the hub's; else the newest.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Keep a Hugging Face causal model as a base, with its own tokenizer.

    Only safetensors are taken, and no model that brings programs. All shards share a base and
    nobody can be forgotten from it: no member's text may be in what it learnt from.

    Example: `sayso bases add ./SmolLM2-135M --made-of "SmolLM2's public corpora of 2024"`
    """
    with opened(home) as network, progress("Looking it through"):
        base = add_base(network, model, made_of, revision=revision)
    if as_json:
        show_json({"id": base.digest, "name": base.name, "architecture": base.architecture})
        return
    say(f"Base {base.digest}")
    say(f"`sayso train DATASET --backend {PEFT} --base {short(base.digest)}` starts from it.")
    if not base.reads_apart:
        say(
            f"A {base.architecture} cannot keep the documents of one window apart: each is learnt "
            "with those before it in sight."
        )


def make(
    texts: Annotated[
        list[Path], typer.Argument(help="Text files, or folders of .txt and .md files.")
    ],
    made_of: MadeOf,
    home: Home = HERE,
    size: Annotated[str, typer.Option(help="small, or tiny to try the installation.")] = "small",
    as_json: AsJson = False,
) -> None:
    """Learn a base for the small decoder from public text that no member wrote.

    Stopped, the same command goes on.

    Example: `sayso bases make ./gutenberg --made-of "Project Gutenberg, English, May 2026"`
    """
    with opened(home) as network, progress("Learning public text") as report:
        base = make_base(network, texts, made_of, size=size, report=report)
    if as_json:
        show_json({"id": base.digest, "name": base.name, "architecture": base.architecture})
        return
    say(f"Base {base.digest}")
    say(
        f"`sayso train DATASET --backend {DECODER} --size {size} --base {short(base.digest)}` "
        "starts from it."
    )


def list_bases(home: Home = HERE, as_json: AsJson = False) -> None:
    """List bases.

    Example: `sayso bases list`
    """
    with opened(home) as network:
        found = base_listing(network)
    if as_json:
        show_json(found)
        return
    show_table(
        "Bases",
        ("id", "name", "back end", "made of"),
        [(short(b["id"]), b["name"], b["backend"], b["made_of"]) for b in found],
    )


def show(
    base: Annotated[str, typer.Argument(help="A base's id, or enough of its beginning.")],
    home: Home = HERE,
) -> None:
    """Print what a base is, its files, and which models start from it.

    Example: `sayso bases show 7b98`
    """
    with opened(home) as network:
        show_json(base_facts(network, base))

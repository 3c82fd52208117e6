"""`init`, `status`, `serve`, `worker`: the home itself and what runs in it."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.audit.state import NetworkState, state
from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    say,
    short,
    show_json,
    show_table,
)
from sayso.jobs.worker import work_until_stopped
from sayso.settings import FILE_NAME
from sayso.wiring import make_home


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(init)
    app.command()(status)
    app.command()(serve)
    app.command()(worker)


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    name: Annotated[str, typer.Option(help="What the network is called.")] = "",
    origin: Annotated[
        str, typer.Option(help="The log's name for good: your domain and /log, no scheme.")
    ] = "",
) -> None:
    """Make a home: settings, database, store and keys.

    Example: `sayso init my-network --name "Harbour" --origin harbour.example.org/log`
    """
    if (folder / FILE_NAME).is_file():
        say(f"{folder} is a home already; nothing was changed.")
        return
    settings = make_home(folder, name, origin=origin)
    with opened(settings.home) as network:
        say(f"{network.settings.network} has its home at {network.settings.home}.")
        say("Keys are in keys/ (keep a copy somewhere safe); settings are in sayso.toml.")
        if not origin:
            say(f"Its log is called {settings.origin}: set `origin` before anything is entered.")


def status(home: Home = HERE, as_json: AsJson = False) -> None:
    """Show what the home holds and what is pending.

    Example: `sayso status --json`
    """
    with opened(home) as network, network.reading() as stores:
        found = state(stores, network.clock())
    if as_json:
        show_json(mapping_of(found))
        return
    show_table(
        network.settings.network,
        ("what", "how many"),
        (
            ("members", found.members),
            ("documents", found.documents),
            ("datasets", len(found.datasets)),
            ("models", len(found.models)),
            ("in use", short(found.model_in_use) or "no model yet"),
            ("policy", found.policy),
            ("withdrawals pending", len(found.pending)),
            ("withdrawals certified", len(found.done)),
            ("log entries", found.log_size),
            ("log root", found.log_root),
        ),
    )
    say(_next_step(found))


def _next_step(found: NetworkState) -> str:
    if not found.members:
        return "Next: `sayso import` brings in members and what they wrote."
    if not found.notices:
        return "Next: `sayso notice publish` and `sayso notice deliver` tell members."
    if found.pending:
        return "Next: `sayso forget` retrains without what was withdrawn."
    if not found.datasets:
        return "Next: `sayso build` seals what may be used."
    if not found.models:
        return f"Next: `sayso train {short(found.datasets[-1].id)}` makes a model of it."
    return "Nothing waits."


def serve(
    home: Home = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")] = 8400,
) -> None:
    """Serve the site, and forget pending withdrawals in the background.

    Example: `sayso serve --port 8400`
    """
    # The web stack is loaded by this verb alone: the others start in half the time.
    from sayso.web.server import serve_site  # noqa: PLC0415

    with opened(home) as network:
        serve_site(network, host=host, port=port)


def worker(home: Home = HERE) -> None:
    """Forget pending withdrawals as they come, until stopped.

    Example: `sayso worker`
    """
    with opened(home) as network:
        say("Waiting for withdrawals. Ctrl-C stops.")
        work_until_stopped(network)

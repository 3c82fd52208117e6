"""`demo`: the whole circle on a made-up village, then the site."""

import time
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import opened, progress, say
from sayso.demo.village import VILLAGE_NAME
from sayso.errors import BadInput
from sayso.jobs.circle import Circle, complete_circle
from sayso.settings import FILE_NAME
from sayso.wiring import make_home

VILLAGE = Path("village")


def add_to(app: typer.Typer) -> None:
    """Add this file's verb."""
    app.command()(demo)


def demo(
    home: Annotated[Path, typer.Option("--home", help="Where the village lives.")] = VILLAGE,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port of the site.")] = 8400,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End when all is made.")] = False,
    members: Annotated[int, typer.Option(min=20, help="How many villagers.")] = 300,
) -> None:
    """Make a village, ask everyone, train a model, forget those who leave, serve the site.

    Example: `sayso demo --port 8400`
    """
    from sayso.web.server import require_free, serve_site  # noqa: PLC0415 - see cli.network.serve

    if not no_serve:
        require_free("127.0.0.1", port)
    began = time.monotonic()
    if (home / FILE_NAME).exists():
        say(f"Going on with the village in {home}/ (delete the folder to begin anew).")
    if not make_home(home, VILLAGE_NAME, demo=True).demo:
        raise BadInput(
            f"{home} is the home of a real network.", hint="Give the demo a folder of its own."
        )
    with opened(home) as network:
        with progress("Making the village") as report:
            circle = complete_circle(network, members=members, report=report, tell=say)
        say(f"\nAll of this took {time.monotonic() - began:.0f} seconds.\n")
        _tour(circle, home, f"http://127.0.0.1:{port}")
        if not no_serve:
            serve_site(network, host="127.0.0.1", port=port)


def _tour(circle: Circle, home: Path, site: str) -> None:
    say("Six things to try:")
    yes, no = circle.says_yes, circle.says_no
    check = f".venv/bin/sayso verify --home {home} {circle.certificate_id[:12]}"
    steps = (
        (f"Sign in as {yes} and read the feed.", f"{site}/sign-in"),
        (
            "Type “night shifts”, ask for a first draft, and see whose words it quotes.",
            f"{site}/compose",
        ),
        ("See exactly what was used of you, as the model saw it.", f"{site}/mine"),
        (
            "Say no with one click, and watch it take effect.",
            f"{site}/settings/data-privacy/generative-ai",
        ),
        (
            f"Sign in as {no}, who left, and see the certificate. Check it with\n     {check}",
            f"{site}/mine",
        ),
        ("Sign out, sign in as the operator, and look at the whole.", f"{site}/console"),
    )
    for number, (what, link) in enumerate(steps, start=1):
        say(f"  {number}. {what}")
        say(f"     {link}")
    say("")

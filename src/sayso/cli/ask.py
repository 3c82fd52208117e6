"""`explain`, `simulate`, `latency`, `copy`, `erase`: answers and rights."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso.audit.explain import explain as explained
from sayso.audit.latency import published as measured
from sayso.audit.simulate import simulate as simulated
from sayso.cli.comparing import show_simulation
from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    progress,
    purpose_asked,
    say,
    show_json,
    show_table,
)
from sayso.community import DocumentId
from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput
from sayso.jobs.look import left_out_besides, member_named
from sayso.jobs.rights import copy_member, erase_member
from sayso.training.recipes import SMALL
from sayso.training.tokenizer import tokenizer


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(explain)
    app.command()(simulate)
    app.command()(latency)
    app.command()(copy)
    app.command()(erase)


def explain(
    document: Annotated[str, typer.Argument(help="A document's id.")],
    home: Home = HERE,
    purpose: Annotated[str, typer.Option(help="For which use.")] = Purpose.GENAI_TRAINING,
    as_of: Annotated[str, typer.Option(help="As the world was then (ISO 8601).")] = "",
    known_at: Annotated[str, typer.Option(help="By what was recorded by then.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say whether a document may be used, by which rule, and what that rule beat.

    Example: `sayso explain ana/post-3`

    Example: `sayso explain ana/post-3 --as-of 2026-03-01T12:00:00Z --known-at 2026-04-01T00:00:00Z`
    """
    with opened(home) as network, network.reading() as stores:
        past = [each.policy for each in stores.policies.history()]
        found = explained(
            stores,
            DocumentId(document),
            purpose_asked(network, purpose, *past),
            as_of=moment("--as-of", as_of) or network.clock(),
            known_at=moment("--known-at", known_at),
        )
    is_past = bool(as_of or known_at)
    if as_json:
        show_json({**mapping_of(found.decision), "grounds": found.grounds})
        return
    for line in (*found.sentences, *(found.grounds if is_past else ())):
        say(line)


def simulate(
    policies: Annotated[list[str], typer.Argument(help="Presets or policy files.")],
    home: Home = HERE,
    purpose: Annotated[str, typer.Option(help="For which use.")] = Purpose.GENAI_TRAINING,
    as_json: AsJson = False,
) -> None:
    """Show what each policy would admit, beside the one in use; nothing is changed.

    Tokens are what training costs: counted in texts as they were written, before redaction.
    Copies and very short texts are counted too: only a build finds them.

    Example: `sayso simulate opt-in linkedin-2024 linkedin-2025`
    """
    tried = [load_policy(each) for each in policies]
    with opened(home) as network, network.reading() as stores, progress("Deciding") as tell:
        tokens = tokenizer(network.settings.store, SMALL.vocabulary).lengths
        asked = purpose_asked(network, purpose, *tried)
        found = simulated(stores, tried, network.clock(), tokens=tokens, purpose=asked, tell=tell)
        besides = left_out_besides(stores, asked)
    if as_json:
        show_json([{**mapping_of(each), "left_out_besides": besides} for each in found])
        return
    show_simulation(found, besides)


def latency(home: Home = HERE, as_json: AsJson = False) -> None:
    """Show how long a no took to take effect, as the log tells it.

    Example: `sayso latency`
    """
    with opened(home) as network, network.reading() as stores:
        found = measured(stores.log)
    if as_json:
        show_json(found)
        return
    show_table(
        "Seconds from a member's no",
        ("step", "count", "median", "95 %", "longest"),
        [
            (
                each.step,
                each.count,
                *(f"{s:.1f}" for s in (each.median_s, each.p95_s, each.longest_s)),
            )
            for each in found.steps
        ],
    )
    say(
        f"{found.withdrawals} withdrawals so far: {found.pending} wait for their certificate, "
        f"{found.reinstated} ended with a yes before anything was forgotten."
    )


def copy(
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    to: Annotated[Path, typer.Argument(help="A new zip file.")],
    home: Home = HERE,
) -> None:
    """Write everything held of a member into one zip, for them and for machines.

    Example: `sayso copy ana ana.zip`
    """
    with opened(home) as network:
        count = copy_member(network, member_named(network, member), to)
    say(f"{count} files written to {to}.")


def erase(
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    home: Home = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erase everything of a member, from every holding and every model.

    Example: `sayso erase ana`
    """
    with opened(home) as network:
        member_id = member_named(network, member)
        if not yes:
            typer.confirm(f"Erase everything of {member_id}? This cannot be undone", abort=True)
        with progress("Erasing") as report:
            answers = erase_member(network, member_id, report=report)
    for line in answers:
        say(line)


def moment(option: str, text: str) -> datetime | None:
    """Return the moment that an option names, or None where it was left out.

    Raises:
        BadInput: it is no time, or none with a time zone.
    """
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"{option} {text!r} is not a time.", hint="Write it as 2026-03-01T12:00:00+00:00."
        ) from error
    if found.tzinfo is None:
        raise BadInput(f"{option} {text!r} has no time zone.", hint="Add one, for example +00:00.")
    return found

"""`policy`: what holds where members say nothing."""

from typing import Annotated

import typer

from sayso.cli.output import (
    DONE,
    FAILED,
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    say,
    show_json,
)
from sayso.consent.policy import PRESETS, load_policy
from sayso.consent.soundness import Severity, findings
from sayso.jobs.tell import use_policy

policy = typer.Typer(help="What holds where a member has not said.")


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    policy.command("show")(policy_show)
    policy.command("check")(policy_check)
    policy.command("use")(policy_use)
    app.add_typer(policy, name="policy", no_args_is_help=True)


def policy_show(home: Home = HERE) -> None:
    """Print the policy in use.

    Example: `sayso policy show`
    """
    with opened(home) as network, network.reading() as stores:
        say(stores.policies.current().text)


def policy_check(
    path: Annotated[str, typer.Argument(help="A file, or a preset.")], as_json: AsJson = False
) -> int:
    """Read a policy and say what is wrong with it, in words; nothing is changed.

    Example: `sayso policy check my-policy.toml`
    """
    checked = load_policy(path)
    found = findings(checked)
    unsound = any(each.severity is Severity.ERROR for each in found)
    if as_json:
        show_json(
            {
                "policy": checked.name,
                "digest": checked.digest,
                "sound": not unsound,
                "findings": [mapping_of(each) for each in found],
            }
        )
        return FAILED if unsound else DONE
    for each in found:
        place = f"row {each.row}, {each.field}" if each.row else each.field
        say(f"{each.severity}: {place}: {each.sentence}\n  {each.mend}")
    verdict = "is not sound" if unsound else "is sound"
    say(f"{checked.name} {verdict}: {len(checked.rows)} rows. Presets: {', '.join(PRESETS)}.")
    return FAILED if unsound else DONE


def policy_use(
    path: Annotated[str, typer.Argument(help="A file, or a preset.")], home: Home = HERE
) -> None:
    """Make a policy the one in use from now on; one that is not sound is refused.

    Example: `sayso policy use opt-in`
    """
    found = load_policy(path)
    with opened(home) as network:
        withdrawn = use_policy(network, found)
    say(f"Policy {found.name} is in use.")
    if withdrawn:
        say(f"What {len(withdrawn)} members had not said yes to themselves is out of service now.")

"""`notice`, `policy`: what members are told and what holds where they say nothing."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, mapping_of, opened, say, show_json, show_table
from sayso.consent.policy import PRESETS, load_policy
from sayso.errors import NotFound
from sayso.jobs.tell import deliver, draft, publish, use_policy

notice = typer.Typer(help="What members are told, and the proof that it reached them.")
policy = typer.Typer(help="What holds where a member has not said.")


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    notice.command("draft")(notice_draft)
    notice.command("publish")(notice_publish)
    notice.command("deliver")(notice_deliver)
    notice.command("list")(notice_list)
    notice.command("show")(notice_show)
    policy.command("show")(policy_show)
    policy.command("check")(policy_check)
    policy.command("use")(policy_use)
    app.add_typer(notice, name="notice", no_args_is_help=True)
    app.add_typer(policy, name="policy", no_args_is_help=True)


def notice_draft(
    path: Annotated[Path, typer.Argument(help="A Markdown file; its first heading is the title.")],
    home: Home = HERE,
    notice_id: Annotated[str, typer.Option("--id", help="A short name.")] = "",
    days: Annotated[int, typer.Option(help="Notice period where a default is the basis.")] = 30,
) -> None:
    """Keep a text as a draft notice.

    Example: `sayso notice draft notice.md --id spring`
    """
    with opened(home) as network:
        kept = draft(network, path, notice_id=notice_id, days=days)
    say(f"Notice {kept.id} is drafted. Publish it with `sayso notice publish {kept.id}`.")


def notice_publish(
    notice_id: Annotated[
        str, typer.Argument(help="A drafted notice; without it, our own text.")
    ] = "",
    home: Home = HERE,
) -> None:
    """Publish a notice: from now on its text never changes.

    Example: `sayso notice publish spring`
    """
    with opened(home) as network:
        published = publish(network, notice_id)
    say(f"Notice {published.id} is published. Deliver it with `sayso notice deliver`.")


def notice_deliver(
    notice_id: Annotated[str, typer.Argument(help="Which; without it, the newest.")] = "",
    home: Home = HERE,
    to: Annotated[
        Path | None,
        typer.Option(help="CSV with member_id,delivery (sent, bounced, delivered, shown, read)."),
    ] = None,
) -> None:
    """Record that the notice reached members: all of them, or those in a file.

    Example: `sayso notice deliver spring --to deliveries.csv`
    """
    with opened(home) as network:
        count = deliver(network, notice_id, to)
    say(f"{count} deliveries recorded.")


def notice_list(home: Home = HERE, as_json: AsJson = False) -> None:
    """List notices.

    Example: `sayso notice list`
    """
    with opened(home) as network, network.reading() as stores:
        found = list(stores.notices.list())
    if as_json:
        show_json([mapping_of(each) for each in found])
        return
    show_table(
        "Notices",
        ("id", "state", "published", "title"),
        [(each.id, each.state, each.published_at, each.title) for each in found],
    )


def notice_show(
    notice_id: Annotated[str, typer.Argument(help="A notice's id.")], home: Home = HERE
) -> None:
    """Print a notice's text.

    Example: `sayso notice show spring`
    """
    with opened(home) as network, network.reading() as stores:
        found = stores.notices.get(notice_id)
    if found is None:
        raise NotFound(f"There is no notice {notice_id!r}.", hint="`sayso notice list` shows all.")
    say(f"# {found.title}\n\n{found.text}")


def policy_show(home: Home = HERE) -> None:
    """Print the policy in use.

    Example: `sayso policy show`
    """
    with opened(home) as network, network.reading() as stores:
        say(stores.policies.current().text)


def policy_check(path: Annotated[str, typer.Argument(help="A file, or a preset.")]) -> None:
    """Read a policy and say whether it is sound; nothing is changed.

    Example: `sayso policy check my-policy.toml`
    """
    found = load_policy(path)
    say(f"{found.name} is sound: {len(found.rows)} rows. Presets: {', '.join(PRESETS)}.")


def policy_use(
    path: Annotated[str, typer.Argument(help="A file, or a preset.")], home: Home = HERE
) -> None:
    """Make a policy the one in use from now on.

    Example: `sayso policy use opt-in`
    """
    found = load_policy(path)
    with opened(home) as network:
        withdrawn = use_policy(network, found)
    say(f"Policy {found.name} is in use.")
    if withdrawn:
        say(f"What {len(withdrawn)} members had not said yes to themselves is out of service now.")

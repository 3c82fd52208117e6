"""`suggest`: help with writing, and who is to thank."""

from typing import Annotated

import typer

from sayso.cli.output import HERE, AsJson, Home, mapping_of, opened, say, show_json
from sayso.jobs.look import member_named
from sayso.jobs.suggest import Assistant
from sayso.writing.suggest import SuggestionKind


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(suggest)


def suggest(
    kind: Annotated[SuggestionKind, typer.Argument(help="What to suggest.")],
    member: Annotated[str, typer.Option(help="Who is writing: an id, its beginning, or @handle.")],
    home: Home = HERE,
    text: Annotated[str, typer.Option(help="What they have typed so far.")] = "",
    as_json: AsJson = False,
) -> None:
    """Suggest words to a member who is writing, with credit.

    Example: `sayso suggest continue --member ana --text "I am happy to share that"`
    """
    with opened(home) as network:
        shown = Assistant(network).suggest(member_named(network, member), kind, text)
    if as_json:
        show_json(mapping_of(shown))
        return
    if not shown.variants and not shown.questions:
        say("Nothing good enough to offer here.")
    for variant in shown.variants:
        say(f"{variant}\n")
    for question in shown.questions:
        say(f"? {question}")
    for line in (*shown.made_of, *(credit.sentence for credit in shown.shown)):
        say(f"  {line}")

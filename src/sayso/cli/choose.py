"""`choose`, `choices`: a member's word."""

import uuid
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
from sayso.consent.choices import Answer, Choice, Scope, named_id
from sayso.errors import BadInput, NotFound
from sayso.jobs.choosing import import_choices, why_void
from sayso.jobs.choosing import say as record
from sayso.jobs.look import member_named
from sayso.rights.proofs import choice_named, controller_of, proof_of, receipt_of

choices = typer.Typer(help="What members have said.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    app.command()(choose)
    choices.command("show")(show_choices)
    choices.command("receipt")(show_receipt)
    choices.command("import")(bring_choices)
    app.add_typer(choices, name="choices")


def choose(
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    purpose: Annotated[str, typer.Argument(help="What the answer is about: a purpose.")],
    answer: Annotated[Answer, typer.Argument(help="yes or no")],
    home: Home = HERE,
    document: Annotated[str, typer.Option(help="For this document alone.")] = "",
    category: Annotated[str, typer.Option(help="For this data category alone.")] = "",
    event_id: Annotated[str, typer.Option(help="A UUID: repeated, it does nothing more.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record a member's yes or no. A no takes effect in serving at once.

    Example: `sayso choose ana genai-training no`

    Example: `sayso choose ana ai-research yes --category content`
    """
    if document and category:
        raise BadInput(
            "A choice is for a document or for a category, not for both.",
            hint="Leave out --document or --category; for both, say it twice.",
        )
    scope = Scope.DOCUMENT if document else Scope.CATEGORY if category else Scope.PURPOSE
    with opened(home) as network:
        said = record(
            network,
            Choice(
                event_id=named_id(event_id) if event_id else str(uuid.uuid4()),
                member_id=member_named(network, member),
                purpose=purpose_asked(network, purpose),
                answer=answer,
                occurred_at=network.clock(),
                scope=scope,
                target=document or category,
                mechanism="command line",
                is_now=True,
            ),
        )
        void = why_void(network, said.recorded.event)
    if as_json:
        show_json(
            {
                "event_id": said.recorded.event.event_id,
                "recorded_at": said.recorded.recorded_at,
                "log_position": said.recorded.leaf,
                "withdrawal": said.withdrawal,
                "back_in_service": said.rows_back,
                "does_not_count": void,
            }
        )
        return
    at, leaf = said.recorded.recorded_at.isoformat(), said.recorded.leaf
    say(f"Recorded at {at}, log entry {leaf}, event {said.recorded.event.event_id}.")
    if said.withdrawal is not None:
        say(
            f"Withdrawal {said.withdrawal.id}: out of service since "
            f"{said.withdrawal.contained_at.isoformat() if said.withdrawal.contained_at else '-'}. "
            "`sayso forget` retrains without it; a yes before that puts it back."
        )
    if said.rows_back:
        say(f"Back in service: {said.rows_back} texts that forgetting had not taken up yet.")
    if void:
        say(f"It does not count as things stand: {void}")


def show_choices(
    member: Annotated[str, typer.Argument(help="The member's id, its beginning, or @handle.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Show a member's acts, and all else the ledger knows of them, in order.

    Where accounts became one, those of each are shown.

    Example: `sayso choices show ana`
    """
    with opened(home) as network, network.reading() as stores:
        member_id = member_named(network, member)
        accounts = stores.accounts.of(member_id)
        history = sorted(
            (each for account in accounts for each in stores.ledger.history(account)),
            key=lambda each: each.seq,
        )
        if not history and stores.community.member(member_id) is None:
            raise NotFound(
                f"There is no member {member!r}.", hint="`sayso members list` shows who there is."
            )
    if as_json:
        show_json([mapping_of(recorded) for recorded in history])
        return
    several = len(accounts) > 1
    show_table(
        f"What the ledger holds of {' and '.join(accounts)}",
        ("seq", "recorded", *("member",) * several, "kind", "event", "what", "log entry"),
        [
            (
                recorded.seq,
                recorded.recorded_at,
                *(recorded.event.member_id,) * several,
                recorded.event.kind,
                short(recorded.event.event_id),
                ", ".join(
                    f"{name}={value}" for name, value in recorded.event.body.items() if value
                ),
                recorded.leaf,
            )
            for recorded in history
        ],
    )


def show_receipt(
    event_id: Annotated[str, typer.Argument(help="The choice's event id, or its beginning.")],
    home: Home = HERE,
    proof: Annotated[
        Path | None, typer.Option(help="Write the log's proof alone to this new .tlog-proof file.")
    ] = None,
) -> None:
    """Print a choice's receipt as JSON-LD, for the member to keep: it can be checked without us.

    Example: `sayso choices receipt 5b3c5b0e > receipt.json`
    """
    with opened(home) as network, network.reading() as stores:
        choice = choice_named(stores, event_id)
        found = receipt_of(stores, choice, controller_of(network.settings))
        if proof is not None:
            _keep(proof_of(stores, choice), proof)
    show_json(found)


def bring_choices(
    path: Annotated[Path, typer.Argument(help="CSV or JSON lines: member_id, purpose, answer.")],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Record many choices from a file. The same file twice changes nothing.

    Example: `sayso choices import choices.csv`
    """
    with opened(home) as network, progress("Recording choices") as report:
        counts = import_choices(network, path, report=report)
    if as_json:
        show_json(mapping_of(counts))
        return
    say(f"recorded {counts.recorded} / already there {counts.repeated} / skipped {counts.skipped}")
    if counts.withdrawals or counts.rows_back:
        say(f"out of service for {counts.withdrawals} members / back {counts.rows_back} texts")
    for example in counts.skipped_examples:
        say(f"  {example}")
    if counts.skipped:
        # A no that was not recorded must not look like success to whoever runs this nightly.
        which = "1 choice was" if counts.skipped == 1 else f"{counts.skipped} choices were"
        raise BadInput(
            f"{which} not recorded; the others were.",
            hint="Mend them and import the file again: what is recorded stays as it is.",
        )


def _keep(text: str, to: Path) -> None:
    try:
        with to.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise BadInput(f"{to} is there already.", hint="Name a new file.") from error
    except OSError as error:
        raise BadInput(
            f"{to} cannot be written: {error.strerror}.", hint="Name a file that can be."
        ) from error

"""`sayso`: the command line, and the one table from errors to exit codes."""

import errno
import sqlite3
import sys

import click
import typer
from sqlalchemy.exc import DBAPIError

from sayso.cli import ask, bring, choose, learn, network, showcase, take_back, tell, write
from sayso.cli.output import fail
from sayso.errors import SaysoError

app = typer.Typer(
    name="sayso",
    help="Generative AI that a network's members have a say in: asked, credited, forgotten.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for room in (showcase, network, bring, tell, choose, learn, take_back, write, ask):
    room.add_to(app)

_DONE, _FAILED = 0, 1


def main() -> None:
    """Run one command; leave with 0 (done), 1 (refused or failed) or 2 (wrong usage)."""
    command = typer.main.get_command(app)
    try:
        code = command.main(standalone_mode=False, prog_name="sayso")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("Stopped. Nothing is half-written.", hint="The same command goes on from here.")
        sys.exit(_FAILED)
    except SaysoError as error:
        fail(error.message, hint=error.hint)
        sys.exit(_FAILED)
    except (OSError, DBAPIError) as error:
        fail(*_machine_says(error))
        sys.exit(_FAILED)
    sys.exit(code if isinstance(code, int) else _DONE)


def _machine_says(error: OSError | DBAPIError) -> tuple[str, str]:
    cause = error.orig if isinstance(error, DBAPIError) else error
    full = isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}
    if full or (isinstance(cause, sqlite3.Error) and "disk is full" in str(cause)):
        return "The disk is full.", "Make room and run the same command again: it goes on."
    if isinstance(cause, OSError) and cause.filename:
        return f"{cause.filename}: {cause.strerror}.", "Check the path and its permissions."
    return f"The machine says: {cause}.", "Mend that and run the same command again."

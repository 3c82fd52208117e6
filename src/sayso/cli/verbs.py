"""Every verb in one program, and the one table from errors to exit codes."""

import errno
import os
import sqlite3
import sys
from typing import Any, cast

import typer
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from sayso.cli import (
    ask,
    audit_model,
    bases,
    bring,
    choose,
    debt,
    documents,
    learn,
    log,
    network,
    notice,
    objecting,
    redact,
    requests,
    showcase,
    signals,
    take_back,
    tell,
    write,
)
from sayso.cli.output import DONE, FAILED, WRONG_USAGE, fail, stopped
from sayso.errors import SaysoError


class _Verbs(TyperGroup):
    """Lets Ctrl-C through as an abort: Typer itself leaves without a word."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the verb that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise typer.Abort from stop


app = typer.Typer(
    name="sayso",
    cls=_Verbs,
    help="Generative AI that a network's members have a say in: asked, credited, forgotten.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for room in (
    showcase,
    network,
    bring,
    documents,
    notice,
    tell,
    choose,
    learn,
    bases,
    take_back,
    objecting,
    write,
    ask,
    debt,
    audit_model,
    requests,
    log,
    signals,
    redact,
):
    room.add_to(app)

# Typer carries a Click of its own in newer versions; this base is the one it raises.
_WrongUsage = cast("type[Exception]", typer.BadParameter.__mro__[1])


def run(arguments: list[str]) -> int:
    """Run one command; return 0 (done), 1 (refused or failed) or 2 (wrong usage)."""
    command = cast("TyperGroup", typer.main.get_command(app))
    try:
        code = command.main(arguments, standalone_mode=False, prog_name="sayso")
        sys.stdout.flush()
    except _WrongUsage as error:
        _say_usage(error)
        return WRONG_USAGE
    except (typer.Abort, KeyboardInterrupt):
        return stopped()
    except SaysoError as error:
        fail(error.message, hint=error.hint)
        return FAILED
    except BrokenPipeError:
        return _nobody_reads()
    except (OSError, DBAPIError, UnicodeEncodeError) as error:
        fail(*_machine_says(error))
        return FAILED
    return code if isinstance(code, int) else DONE


def _say_usage(error: Any) -> None:  # noqa: ANN401 - whichever Click raised it
    message = error.format_message().replace("Value error, ", "")
    path = error.ctx.command_path if error.ctx else "sayso"
    if message:
        fail(message, hint=f"`{path} --help` shows how it is used.")


def _nobody_reads() -> int:
    """Whoever read our output has seen enough: nothing failed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return DONE


def _machine_says(error: OSError | DBAPIError | UnicodeEncodeError) -> tuple[str, str]:
    if isinstance(error, UnicodeEncodeError):
        return f"{error.object!r} is no text.", "Give names and ids in UTF-8."
    cause = error.orig if isinstance(error, DBAPIError) else error
    full = isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}
    if full or (isinstance(cause, sqlite3.Error) and "disk is full" in str(cause)):
        return "The disk is full.", "Make room and run the same command again: it goes on."
    if isinstance(cause, OSError) and cause.filename:
        return f"{cause.filename}: {cause.strerror}.", "Check the path and its permissions."
    return f"The machine says: {cause}.", "Mend that and run the same command again."

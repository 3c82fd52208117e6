"""Every error Sayso raises on purpose.

    SaysoError
    ├── Refused          a rule says no; the rule, its evidence and the mend are named
    ├── BadInput         a file, line, field or argument is not what it should be
    ├── NotFound         nothing has that id
    ├── Conflict         the same id was used before for something else
    ├── NotHere          no home in this folder, or something it needs is missing
    ├── Tampered         a hash, signature or proof does not match
    ├── CutShort         a process that worked on it was ended; the same command goes on
    └── CannotCompare    another environment: neither equal nor different can be said

Errors know neither exit codes nor HTTP: `cli.main` and `web.problems` translate, in one
table each. A refusal that is a normal outcome is a value (`Decision`, `Skipped`), not one of
these.
"""


class SaysoError(Exception):
    """What failed, on which thing; `hint` says what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(SaysoError):
    """A rule says no. `rule` is its name; `evidence` the facts that decided."""

    def __init__(
        self, message: str, *, rule: str, evidence: tuple[str, ...] = (), hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.rule = rule
        self.evidence = evidence


class BadInput(SaysoError):
    """The input is not what it should be; the message names file, line or field."""


class NotFound(SaysoError):
    """Nothing has that id."""


class Conflict(SaysoError):
    """The id was used before, for other content."""


class NotHere(SaysoError):
    """A home, a key or a program that the act needs is missing."""


class Tampered(SaysoError):
    """Recomputed and stored do not match; the message names the first thing that differs."""


class CutShort(SaysoError):
    """A process or machine that worked on it was ended from outside; what is finished stays."""


class CannotCompare(SaysoError):
    """Made in another environment, so equality means nothing either way."""

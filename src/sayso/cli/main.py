"""`sayso`: where the program starts, and the one place where it ends."""

import sys


def main() -> None:
    """Run one command; leave with 0 (done), 1 (refused or failed) or 2 (wrong usage)."""
    try:
        # Loading takes a second or more, in which Ctrl-C may come as well.
        from sayso.cli.verbs import run  # noqa: PLC0415

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before anything was begun.\n")
        code = 1
    sys.exit(code)

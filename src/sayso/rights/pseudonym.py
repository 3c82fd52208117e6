"""The name a member takes to be credited by: anything but somebody else's."""

import unicodedata
from collections.abc import Iterable

from sayso.community import Member
from sayso.errors import BadInput

SHORTEST, LONGEST = 2, 60
"""Characters of a pseudonym."""


def pseudonym_of(typed: str) -> str:
    """Return a pseudonym as it is kept: one line, its spaces single.

    Raises:
        BadInput: it is too short, too long, or holds what cannot be shown on a line.
    """
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not SHORTEST <= len(name) <= LONGEST:
        raise BadInput(
            f"A pseudonym has {SHORTEST} to {LONGEST} characters; this one has {len(name)}.",
            hint="For example: The Night Librarian.",
        )
    if any(unicodedata.category(each).startswith("C") for each in name):
        raise BadInput(
            "This pseudonym holds a character that cannot be shown.",
            hint="Use letters, digits, spaces and ordinary signs.",
        )
    return name


def require_own(name: str, member: Member, others: Iterable[Member]) -> None:
    """Refuse a pseudonym that is, or hides behind, another member's name.

    Raises:
        BadInput: a member other than this one is called so; it does not say which.
    """
    wanted = _bare(name)
    for other in others:
        called = (other.name, other.handle, other.pseudonym, *other.former_names)
        if other.id != member.id and wanted in map(_bare, called):
            raise BadInput(
                f"“{name}” is taken: members are never credited under each other's names.",
                hint="Choose another one.",
            )


def _bare(name: str) -> str:
    """What is left of a name where neither case, accents nor signs tell it from another."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in parts if each.isalnum())

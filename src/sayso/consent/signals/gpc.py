"""Global Privacy Control: a browser's standing objection (W3C GPC, 2026-04-03)."""

from collections.abc import Iterable
from datetime import date

from sayso.consent.choices import Answer

HEADER = "Sec-GPC"
WELL_KNOWN = "/.well-known/gpc.json"


def seen(values: Iterable[str]) -> bool:
    """Whether a request's `Sec-GPC` values carry the signal: one of them is exactly `1`."""
    return any(value.strip(" \t") == "1" for value in values)


def support(last_update: date) -> dict[str, bool | str]:
    """Return what `/.well-known/gpc.json` says of a site that heeds the signal."""
    return {"gpc": True, "lastUpdate": last_update.isoformat()}


def answer(text: str) -> Answer | None:
    """Return what a stored value answers: a no where it is the signal; it has no yes."""
    return Answer.NO if seen((text,)) else None

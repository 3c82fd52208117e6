"""Counts as a card may say them: none so small that it points at somebody."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.consent.policy import Basis
from sayso.datasets.rows import Manifest

OTHERS = "others"
NOT_STATED = "not stated"
DEFAULT_RULE = "policy_default"
_ROUNDING = 10
_WRITTEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/+_-]{0,80}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a table. `count` is None where only `text` may be said."""

    name: str
    text: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One of the manifest's counts. `free` names are anybody's words: a name could be in one."""

    title: str
    counts: str
    name: str
    what: str = "documents"
    free: re.Pattern[str] | None = None


TABLES: tuple[Table, ...] = (
    Table(title="In, by the rule that let them in", counts="rules", name="rule"),
    Table(title="In, by what the say-so rests on", counts="bases", name="basis"),
    Table(title="Left out, by rule", counts="refusals", name="rule"),
    Table(title="Personal data taken out, by kind", counts="redactions", name="kind", what="times"),
    Table(title="Languages", counts="languages", name="language", free=_LANGUAGE),
    Table(title="Licences", counts="licences", name="licence", free=_WRITTEN),
    Table(title="Sources", counts="sources", name="source", free=_WRITTEN),
    Table(title="Kinds", counts="kinds", name="kind"),
    Table(title="Years of writing", counts="years", name="year"),
    Table(title="Marks", counts="marks", name="mark"),
)
"""One more count of the manifest: a line here, and one in docs/datasets.md."""

_TABLE = {table.counts: table for table in TABLES}


def shown(count: int, smallest: int) -> str:
    """Return a count as it may be said."""
    return f"fewer than {smallest}" if 0 < count < smallest else f"{count:,}"


def sayable(count: int, smallest: int) -> int | None:
    """Return a count that may be said, or None."""
    return None if 0 < count < smallest else count


def figures(manifest: Manifest, counts: str, smallest: int) -> tuple[Figure, ...]:
    """Return one of the manifest's counts, the greatest first.

    Free names that few documents bear, or that are no plain word, are counted under `others`.
    Where a count is too small to be said, the next greater one is rounded down: else a total
    less the others would say it.
    """
    table = _TABLE[counts]
    found: Mapping[str, int] = getattr(manifest, counts)
    if table.free is not None:
        found = _gathered(found, table.free, smallest)
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    small = [name for name, count in ordered if count < smallest]
    great = [name for name, count in ordered if count >= smallest]
    rounded = great[-1] if small and great else None
    return tuple(
        Figure(
            name=name or NOT_STATED,
            text=_rounded(count, smallest) if name == rounded else shown(count, smallest),
            count=None if name == rounded else sayable(count, smallest),
        )
        for name, count in ordered
    )


def by_own_yes(manifest: Manifest) -> int:
    """Return how many documents are in by the own yes of all whose words they hold."""
    return sum(manifest.rules.values()) - by_default(manifest)


def by_default(manifest: Manifest) -> int:
    """Return how many documents are in because somebody was told and said nothing."""
    on_consent = manifest.bases.get(str(Basis.CONSENT), 0)
    return max(sum(manifest.bases.values()) - on_consent, manifest.rules.get(DEFAULT_RULE, 0))


def _gathered(counts: Mapping[str, int], plain: re.Pattern[str], smallest: int) -> Counter[str]:
    gathered: Counter[str] = Counter()
    for name, count in counts.items():
        is_plain = not name or plain.fullmatch(name) is not None
        gathered[name if is_plain and count >= smallest else OTHERS] += count
    return gathered


def _rounded(count: int, smallest: int) -> str:
    floor = max(smallest, count - count % (_ROUNDING * smallest))
    return f"{floor:,} or more"

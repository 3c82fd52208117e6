"""Counts as a card may say them: none so small that it points at somebody."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.consent.policy import Basis
from sayso.datasets.rows import Manifest

OTHERS = "others"
NOT_STATED = "not stated"
OWN_YES, DEFAULT = "own yes", "default"
_DEFAULT_RULE = "policy_default"
_WRITTEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/+_-]{0,80}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a table: a count from `least` to `most`, which are one where it may be said."""

    name: str
    text: str
    least: int
    most: int | None

    @property
    def count(self) -> int | None:
        """The count, where it may be said."""
        return self.least if self.least == self.most else None


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


def figure(count: int, smallest: int) -> Figure:
    """Return a count that stands alone."""
    return _figure("", count, smallest)


def figures(manifest: Manifest, counts: str, smallest: int) -> tuple[Figure, ...]:
    """Return one of the manifest's counts, the greatest first.

    Free names that few documents bear, or that are no plain word, are counted under `others`.
    Where a count is too small to be said, of the least of the others only a bound is said: else a
    total less the others would say it.
    """
    table = _TABLE[counts]
    found: Mapping[str, int] = getattr(manifest, counts)
    if table.free is not None:
        found = _gathered(found, table.free, smallest)
    return _told(found, smallest)


def halves(manifest: Manifest, smallest: int) -> tuple[Figure, Figure]:
    """Return how many documents are in by their authors' own yes, and how many by a default."""
    counts = {OWN_YES: by_own_yes(manifest), DEFAULT: by_default(manifest)}
    told = {each.name: each for each in _told(counts, smallest)}
    return told[OWN_YES], told[DEFAULT]


def by_own_yes(manifest: Manifest) -> int:
    """Return how many documents are in by the own yes of all whose words they hold."""
    return sum(manifest.rules.values()) - by_default(manifest)


def by_default(manifest: Manifest) -> int:
    """Return how many documents are in because somebody was told and said nothing."""
    on_consent = manifest.bases.get(str(Basis.CONSENT), 0)
    return max(sum(manifest.bases.values()) - on_consent, manifest.rules.get(_DEFAULT_RULE, 0))


def _gathered(counts: Mapping[str, int], plain: re.Pattern[str], smallest: int) -> Counter[str]:
    gathered: Counter[str] = Counter()
    for name, count in counts.items():
        is_plain = not name or plain.fullmatch(name) is not None
        gathered[name if is_plain and count >= smallest else OTHERS] += count
    return gathered


def _told(counts: Mapping[str, int], smallest: int) -> tuple[Figure, ...]:
    """Return the counts, the greatest first, and those too small to be said by name at the end."""
    small = sorted(name for name, count in counts.items() if 0 < count < smallest)
    great = sorted(counts.keys() - set(small), key=lambda name: (-counts[name], name))
    bounded = next((name for name in reversed(great) if counts[name]), None) if small else None
    return tuple(
        _at_least(name, counts, small, smallest)
        if name == bounded
        else _figure(name, counts[name], smallest)
        for name in (*great, *small)
    )


def _figure(name: str, count: int, smallest: int) -> Figure:
    is_small = 0 < count < smallest
    least, most = (1, smallest - 1) if is_small else (count, count)
    return Figure(name=name or NOT_STATED, text=shown(count, smallest), least=least, most=most)


def _at_least(name: str, counts: Mapping[str, int], small: Sequence[str], smallest: int) -> Figure:
    """Say of a count only what follows if each small one were as great as it may be."""
    together = counts[name] + sum(counts[each] for each in small)
    floor = max(min(smallest, counts[name]), together - len(small) * (smallest - 1))
    return Figure(name=name or NOT_STATED, text=f"{floor:,} or more", least=floor, most=None)

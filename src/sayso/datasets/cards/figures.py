"""Counts as a card may say them: none so small that it points at somebody.

A count of fewer documents than a threshold is not said, and no other count gives it away by a
difference: the threshold rule and complementary suppression of the Federal Committee on Statistical
Methodology's Statistical Policy Working Paper 22, "Report on Statistical Disclosure Limitation
Methodology" (second version, 2005). Totals are said, so in a table with small counts one line more
is kept back: of the greatest count only the range is said that the total leaves if each small one
is anything below the threshold. Where the greatest would not be the greatest all through that
range, no count of the table is said. Whoever knows this rule, and subtracts all they like, finds
each small count as open as before.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.consent.policy import Basis
from sayso.datasets.rows import Manifest

OTHERS = "others"
KEPT_BACK = "not told"
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


def figures(manifest: Manifest, counts: str, smallest: int) -> tuple[Figure, ...]:
    """Return one of the manifest's counts, the greatest first; none where names say too much.

    Free names that few documents bear, or that are no plain word, are counted under `others`.
    Rules and bases count the same documents as `halves`: each half is a table of its own, and where
    that cannot be, small counts in any of the three keep those of the other two back.
    """
    table = _TABLE[counts]
    found: Mapping[str, int] = getattr(manifest, counts)
    if table.free is not None:
        found = _gathered(found, table.free, smallest)
    by = {"rules": (_DEFAULT_RULE, DEFAULT), "bases": (str(Basis.CONSENT), OWN_YES)}
    if counts not in by:
        return _told(found, smallest)
    alone, half = by[counts]
    both = _halves(manifest)
    if found.get(alone, 0) == both.get(half, 0) and not _has_small(both, smallest):
        others = {name: count for name, count in found.items() if name != alone}
        one = {name: count for name, count in found.items() if name == alone}
        told = (*_told(one, smallest), *_told(others, smallest))
        return tuple(sorted(told, key=lambda each: (-each.least, each.name)))
    alike = (both, manifest.rules, manifest.bases)
    return _kept(found) if any(_has_small(each, smallest) for each in alike) else _told(found, 0)


def figure(manifest: Manifest, counts: str, name: str, smallest: int) -> Figure:
    """Return one line of one of the manifest's counts, as the table says it."""
    found = {each.name: each for each in figures(manifest, counts, smallest)}
    count = getattr(manifest, counts).get(name, 0)
    return found.get(name) or (_kept({name: count})[0] if count else _figure(name, 0, smallest))


def halves(manifest: Manifest, smallest: int) -> tuple[Figure, Figure]:
    """Return how many documents are in by their authors' own yes, and how many by a default."""
    counts = _halves(manifest)
    told = {each.name: each for each in _told(counts, smallest) or _kept(counts)}
    none = _figure("", 0, smallest)
    return told.get(OWN_YES, none), told.get(DEFAULT, none)


def totals(manifest: Manifest, smallest: int) -> tuple[int | None, int | None, int | None]:
    """Return how many documents were read, are in and were left out; None may not be said.

    Two of them give the third: with a small one, what was read is kept back too.
    """
    within = manifest.rows + manifest.held_out_rows
    out = sum(manifest.refusals.values())
    said = sayable(within, smallest), sayable(out, smallest)
    return (None if None in said else manifest.documents_read), *said


def by_own_yes(manifest: Manifest) -> int:
    """Return how many documents are in by the own yes of all whose words they hold."""
    return sum(manifest.rules.values()) - by_default(manifest)


def by_default(manifest: Manifest) -> int:
    """Return how many documents are in because somebody was told and said nothing."""
    on_consent = manifest.bases.get(str(Basis.CONSENT), 0)
    return max(sum(manifest.bases.values()) - on_consent, manifest.rules.get(_DEFAULT_RULE, 0))


def _halves(manifest: Manifest) -> dict[str, int]:
    counts = {OWN_YES: by_own_yes(manifest), DEFAULT: by_default(manifest)}
    return {name: count for name, count in counts.items() if count}


def _has_small(counts: Mapping[str, int], smallest: int) -> bool:
    return any(0 < count < smallest for count in counts.values())


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
    said = [_figure(name, counts[name], smallest) for name in (*great, *small)]
    if not small or len(counts) == 1:
        return tuple(said)
    together = sum(counts[name] for name in (*great[:1], *small))
    least, most = together - len(small) * (smallest - 1), together - len(small)
    if least < smallest or (great[1:] and least <= counts[great[1]]):
        enough = sum(counts.values()) - len(counts) + 1 >= smallest
        return _kept(counts) if enough else ()
    text = f"{least:,} to {most:,}"
    said[0] = Figure(name=great[0] or NOT_STATED, text=text, least=least, most=most)
    return tuple(said)


def _kept(counts: Mapping[str, int]) -> tuple[Figure, ...]:
    """Return names alone, in their own order."""
    return tuple(
        Figure(name=name or NOT_STATED, text=KEPT_BACK, least=1, most=None)
        for name in sorted(counts)
    )


def _figure(name: str, count: int, smallest: int) -> Figure:
    is_small = 0 < count < smallest
    least, most = (1, smallest - 1) if is_small else (count, count)
    return Figure(name=name or NOT_STATED, text=shown(count, smallest), least=least, most=most)

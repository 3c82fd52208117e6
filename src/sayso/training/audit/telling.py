"""An audit in words: tables of figures and what they mean, for a terminal and for `report.md`."""

from collections.abc import Sequence

from sayso.training.audit.measuring import Extraction, Findings, Membership
from sayso.training.audit.separation import Estimate

MEMBERSHIP = (
    *("whose rows", "asked", "attack", "rows", "members", "AUC", "95 %"),
    *("told at 1 %", "95 %", "at 0.1 %", "95 %"),
)
EXTRACTION = ("whose rows", "asked", "rows", "verbatim", "95 %", "past the guard")

_FEWEST = 10
"""With fewer members on a side, how they differ is not known well enough to plan by."""


def membership_rows(found: Findings) -> list[tuple[str, ...]]:
    """Return a row for each group, view and attack; the strongest attack is starred."""
    return [
        (
            each.group,
            each.view,
            f"{each.attack}{' *' if each.strongest else ''}",
            f"{each.rows:,}",
            f"{each.area.members:,}",
            f"{each.area.auc.value:.3f}",
            _interval(each.area.auc),
            *_rate(each.at_1_percent),
            *_rate(each.at_0_1_percent),
        )
        for each in found.membership
    ]


def extraction_rows(found: Findings) -> list[tuple[str, ...]]:
    """Return a row for each group and view."""
    return [
        (
            each.group,
            each.view,
            f"{each.rows:,}",
            *(_rate(each.verbatim) if each.rows else ("none long enough", "")),
            _past(each),
        )
        for each in found.extraction
    ]


def sentences(found: Findings) -> list[str]:
    """Say what the figures rest on, and how many members would make them surer."""
    first = found.membership[0]
    whom = f"{first.never_rows:,} rows of {first.area.never_members:,} members"
    told = [
        f"Compared with {whom} no shard learnt from. AUC 0.5 is chance.",
        "* marks the attack that tells those who stay best.",
        *(_needed(each) for each in found.membership if each.strongest),
    ]
    if first.never_rows < 1000:
        told.append(
            f"With {first.never_rows:,} never-learnt rows, the rate at 0.1 % is that at which none "
            "of them is told."
        )
    if min(first.area.members, first.area.never_members) < 2 * _FEWEST:
        told.append("With so few members, the intervals of rates are too narrow.")
    long = [each for each in found.extraction if each.rows]
    if long:
        told.append(
            f"Verbatim: the next {long[0].length} tokens after a row's first {long[0].prefix}, the "
            "likeliest each time."
        )
    return told


def ids_told(found: Findings) -> list[tuple[str, str, str]]:
    """Return whose rows came out verbatim: group, view and the row's id."""
    return [(each.group, each.view, row_id) for each in found.extraction for row_id in each.row_ids]


def report(found: Findings, model_id: str, *, with_ids: bool) -> str:
    """Write an audit as Markdown; no text is in it."""
    parts = [
        f"# Audit of model {model_id}",
        "## Membership",
        _table(MEMBERSHIP, membership_rows(found)),
        "![areas](areas.svg)",
        "![curves](curves.svg)",
        "## Extraction",
        _table(EXTRACTION, extraction_rows(found)),
        "\n".join(f"- {each}" for each in sentences(found)),
    ]
    if with_ids:
        heads = ("whose row", "asked", "id")
        parts += ["## Rows that came out verbatim", _table(heads, ids_told(found))]
    return "\n\n".join(parts) + "\n"


def _past(each: Extraction) -> str:
    if each.guarded is None:
        return "not asked"
    return f"{each.guarded.value:.1%}" if each.rows else ""


def _needed(each: Membership) -> str:
    whom = f"{each.group}, {each.view}, {each.attack}"
    fewest = min(each.area.members, each.area.never_members)
    if each.area.enough_members is None or fewest < _FEWEST:
        return f"{whom}: with {fewest} members on a side, little can be said."
    return (
        f"{whom}: an interval of 0.02 to either side would take about "
        f"{each.area.enough_members:,} members on each side, alike these."
    )


def _rate(rate: Estimate) -> tuple[str, str]:
    return f"{rate.value:.1%}", f"{rate.low:.1%} to {rate.high:.1%}"


def _interval(of: Estimate) -> str:
    return f"{of.low:.3f} to {of.high:.3f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

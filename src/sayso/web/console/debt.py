"""What datasets and models rest on: members' own yes or silence, and what would fall away."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.audit.debt import DATASET, Debt, Entry, debts
from sayso.audit.simulate import DEFAULT
from sayso.audit.standing import RESTS_ON
from sayso.datasets.rows import DatasetId
from sayso.errors import NotFound
from sayso.web.console.entry import closed
from sayso.web.visits import Visit, visiting

MOST_ROWS = 10_000
"""Rows that are decided anew while somebody waits for the page."""
MOST_MEMBERS = 20_000
"""Members whose histories are read for it."""

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A dataset, or a model in use, on one line; without `debt` where none was reckoned."""

    what: str
    id: str
    dataset_id: str
    purpose: str
    members: int
    documents: int
    debt: Debt | None
    why_not: str = ""

    @property
    def own(self) -> float:
        """What of a hundred documents rests on a yes of the members' own."""
        if self.debt is None or not self.documents:
            return 0.0
        return round(100 * (self.documents - self.debt.on_default) / self.documents, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _RestsOn:
    """One thing that documents rest on, in plain words."""

    plain: str
    is_default: bool
    members: int
    documents: int


@router.get("/console/debt")
def debt(request: Request, dataset: str = "") -> Response:
    """Show what stands on a real yes and what on silence; for one dataset what would fall away."""
    with visiting(request) as visit:
        if (shut := closed(visit)) is not None:
            return shut
        entries = visit.stores.datasets.list()
        live = visit.stores.datasets.live()
        chosen = _chosen(entries, live, DatasetId(dataset))
        reckoned = _within_reach(visit, entries, live, chosen)
        found = debts(
            visit.stores,
            visit.site.network.settings.store,
            visit.now,
            tokens=lambda texts: [0] * len(texts),  # `sayso debt` counts them
            only=reckoned,
        )
        standing = [line for entry in reversed(entries) for line in _lines(entry, found, live)]
        shown = next((each for each in standing if (each.what, each.id) == (DATASET, chosen)), None)
        return visit.page(
            "console_debt.html",
            standing=standing,
            chosen=shown,
            rests_on=_rests_on(shown.debt) if shown and shown.debt else [],
        )


def _chosen(entries: Sequence[Entry], live: frozenset[DatasetId], asked: DatasetId) -> DatasetId:
    """Return the dataset that was asked for, or the newest whose texts are kept."""
    if asked and asked not in {each.id for each in entries}:
        raise NotFound(f"There is no dataset {asked!r}.", hint="The console lists those there are.")
    kept = [each.id for each in entries if each.id in live]
    return asked or (kept[-1] if kept else DatasetId(""))


def _within_reach(
    visit: Visit,
    entries: Sequence[Entry],
    live: frozenset[DatasetId],
    chosen: DatasetId,
) -> set[DatasetId]:
    """Return the datasets that can be reckoned while a page waits: the chosen one comes first."""
    found: set[DatasetId] = set()
    if visit.stores.community.count_members() > MOST_MEMBERS:
        return found
    left = MOST_ROWS
    newest_first = reversed(entries)
    for each in sorted(newest_first, key=lambda entry: entry.id != chosen):
        count = each.manifest.rows + each.manifest.held_out_rows
        if each.id in live and count <= left:
            left -= count
            found.add(each.id)
    return found


def _lines(entry: Entry, found: Sequence[Debt], live: frozenset[DatasetId]) -> list[_Standing]:
    """Return the lines of a dataset and of the models in use that stand on it."""
    manifest = entry.manifest
    found = [each for each in found if each.dataset_id == entry.id and each.is_kept]
    if not found:
        return [
            _Standing(
                what=DATASET,
                id=entry.id,
                dataset_id=entry.id,
                purpose=manifest.purpose,
                members=manifest.members,
                documents=manifest.rows + manifest.held_out_rows,
                debt=None,
                why_not="too large for this page" if entry.id in live else "its texts are deleted",
            )
        ]
    return [
        _Standing(
            what=each.what,
            id=each.id,
            dataset_id=each.dataset_id,
            purpose=each.purpose,
            members=each.stands_on.members,
            documents=each.stands_on.documents,
            debt=each,
        )
        for each in found
    ]


def _rests_on(debt: Debt) -> list[_RestsOn]:
    """Return what a dataset rests on: members' own yes first, as in the bar."""
    found = []
    for line in debt.lines:
        if line.of == RESTS_ON:
            is_default = line.name.startswith(DEFAULT)
            basis = line.name.partition(", ")[2].replace("-", " ")
            plain = f"Silence, by default ({basis})" if is_default else "The members' own yes"
            found.append(
                _RestsOn(
                    plain=plain,
                    is_default=is_default,
                    members=line.members,
                    documents=line.documents,
                )
            )
    return sorted(found, key=lambda each: each.is_default)

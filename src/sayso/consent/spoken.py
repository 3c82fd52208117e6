"""What each row of a policy says: where it speaks, and where none does."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sayso.community import Category, Region
from sayso.consent.policy import Policy, PolicyRow
from sayso.consent.purposes import Purpose
from sayso.consent.regions import COUNTRIES

Place = tuple[Region, Purpose, Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A policy with what each of its rows says, and where none says anything."""

    policy: Policy
    by_row: Mapping[int, Collection[Place]]
    unsaid: Collection[Place]

    def rows(self) -> Iterator[tuple[int, PolicyRow]]:
        """Yield the rows with their numbers, from 1."""
        return enumerate(self.policy.rows, start=1)


def spoken_by(policy: Policy) -> Spoken:
    """Try every country, purpose and category."""
    by_row: dict[int, set[Place]] = {number: set() for number in range(1, len(policy.rows) + 1)}
    number_of = {id(row): number for number, row in enumerate(policy.rows, start=1)}
    unsaid: set[Place] = set()
    for region in COUNTRIES:
        for purpose in policy.purposes:
            for category in Category:
                row = policy.default_for(region, purpose, category)
                places = unsaid if row is None else by_row[number_of[id(row)]]
                places.add((region, purpose, category))
    return Spoken(policy=policy, by_row=by_row, unsaid=unsaid)


def rows_instead(spoken: Spoken, row: PolicyRow) -> Iterator[int]:
    """Yield the rows that speak where `row` would fit."""
    for number, places in spoken.by_row.items():
        if any(
            (not row.regions or region in row.regions)
            and (not row.purposes or purpose in row.purposes)
            and (not row.categories or category in row.categories)
            for region, purpose, category in places
        ):
            yield number


def named(regions: Collection[Region]) -> str:
    """Say which countries, in a few words."""
    if len(regions) == len(COUNTRIES):
        return "every country"
    names = sorted(regions)
    if len(names) > 5:
        return f"{len(names)} countries, {', '.join(names[:3])} among them"
    return listed(names)


def listed(names: Collection[str]) -> str:
    """Say them one after another."""
    first = list(names)
    return first[0] if len(first) == 1 else ", ".join(first[:-1]) + " and " + first[-1]

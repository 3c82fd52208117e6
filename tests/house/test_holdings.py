"""Every place that keeps anything belongs to a holding, or is declared to be nobody's."""

from pathlib import Path

from sayso.rights.holdings import HOLDINGS, OF_NOBODY, PLACES_OF_NOBODY
from sayso.storage.schema import metadata


def test_every_table_belongs_to_one_holding_or_to_nobody() -> None:
    declared = [table for holding in HOLDINGS for table in holding.tables] + sorted(OF_NOBODY)
    tables = set(metadata.tables) | {"alembic_version"}

    assert len(declared) == len(set(declared)), "a table is declared twice"
    assert set(declared) == tables, "declare a new table in rights/holdings.py, and erase it there"


def test_tables_with_a_member_in_them_belong_to_somebody() -> None:
    named = {
        table.name
        for table in metadata.tables.values()
        if {"member_id", "document_id"} & set(table.columns.keys())
    }

    assert not named & OF_NOBODY


def test_every_place_in_a_finished_homes_store_is_declared(finished_village: Path) -> None:
    declared = {name for holding in HOLDINGS for name in holding.folders} | PLACES_OF_NOBODY
    there = {path.name for path in (finished_village / "store").iterdir()} - {"finished"}

    assert there <= declared, "declare a new folder in rights/holdings.py, and erase it there"


def test_nothing_lies_in_a_home_beside_what_the_design_names(finished_village: Path) -> None:
    named = {"sayso.toml", "sayso.db", "sayso.db-wal", "sayso.db-shm", "store", "keys"}

    assert {path.name for path in finished_village.iterdir()} <= named

"""Names of people whom members are connected with, on each kind of database."""

from sayso.community import MemberId
from sayso.sources.reading import Acquaintance
from sayso.storage.acquaintances import AcquaintanceStore
from sayso.storage.database import Database
from sayso.storage.keeping import CHUNK

ANA, BEN = MemberId("ana"), MemberId("ben")


def knows(owner: MemberId, *names: str) -> list[Acquaintance]:
    return [Acquaintance(owner_id=owner, name=name) for name in names]


def test_saving_twice_saves_once(database: Database) -> None:
    with database.writing() as connection:
        store = AcquaintanceStore(connection)
        for reading in ("first", "first", "second"):
            store.keep("linkedin", knows(ANA, "Cleo Marsh", "Dov Ilin", "Cleo Marsh"), reading)

        assert list(store.names()) == ["Cleo Marsh", "Dov Ilin"]
        assert store.of([ANA, BEN]) == {ANA: ("Cleo Marsh", "Dov Ilin")}


def test_whoever_a_reading_no_longer_names_goes_from_that_owners_list_of_that_source(
    database: Database,
) -> None:
    with database.writing() as connection:
        store = AcquaintanceStore(connection)
        store.keep("linkedin", knows(ANA, "Cleo Marsh", "Dov Ilin"), "first")
        store.keep("mastodon", knows(ANA, "Dov Ilin"), "other")
        store.keep("linkedin", knows(BEN, "Dov Ilin"), "of ben")
        store.keep("linkedin", knows(ANA, "Cleo Marsh", "Eda Roe"), "second")

        assert store.keep_only("linkedin", "second") == 1

        assert store.by_source(ANA) == {
            "linkedin": ("Cleo Marsh", "Eda Roe"),
            "mastodon": ("Dov Ilin",),
        }
        assert store.of([BEN]) == {BEN: ("Dov Ilin",)}


def test_a_reading_that_names_nobody_drops_nobody(database: Database) -> None:
    with database.writing() as connection:
        store = AcquaintanceStore(connection)
        store.keep("linkedin", knows(ANA, "Cleo Marsh"), "first")
        store.keep("linkedin", [], "second")

        assert store.keep_only("linkedin", "second") == 0
        assert list(store.names()) == ["Cleo Marsh"]


def test_erasing_takes_the_owners_lists_alone(database: Database) -> None:
    with database.writing() as connection:
        store = AcquaintanceStore(connection)
        store.keep("linkedin", knows(ANA, "Cleo Marsh", "Ben Example"), "first")
        store.keep("linkedin", knows(BEN, "Cleo Marsh"), "first")

        assert store.erase(ANA) == 2
        assert store.erase(ANA) == 0

        assert store.of([ANA, BEN]) == {BEN: ("Cleo Marsh",)}


def test_a_long_list_is_named_whole_in_order_of_code_points(database: Database) -> None:
    names = [f"Friend {number:05d}" for number in range(2 * CHUNK + 3)] + ["Zoë", "zoe", "Ébène"]
    with database.writing() as connection:
        store = AcquaintanceStore(connection)
        store.keep("linkedin", knows(ANA, *names), "first")
        store.keep("linkedin", knows(BEN, *names), "first")

        assert list(store.names()) == sorted(names)

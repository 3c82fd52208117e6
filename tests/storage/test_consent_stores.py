"""The ledger's, notices' and policies' stores, on each kind of database."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from fakes.consent import ANA, DRAFT, FIRST_NOTICE, SPOKE, MemoryEvents, amended
from sayso.community import MemberId, Region, Visibility
from sayso.consent.events import EventKind
from sayso.consent.fold import fold
from sayso.consent.ledger import EventStore, Kept, Ledger, gpc_event
from sayso.consent.notices import NoticeText
from sayso.consent.policy import load_preset
from sayso.errors import Conflict
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.evidence.vault import Vault
from sayso.storage.database import Database
from sayso.storage.ledger import LedgerStore
from sayso.storage.log import LogStore
from sayso.storage.notices import NoticeStore
from sayso.storage.policies import PolicyStore
from sayso.storage.vault import VaultStore

BEN = MemberId("ben")


def _kept(number: int, member: MemberId = ANA) -> Kept:
    return Kept(
        seq=number + 1,
        event_id=f"e{number}",
        member_id=member,
        kind=EventKind.CHOICE,
        recorded_at=SPOKE + timedelta(hours=number),
        sealed=bytes([number]) * 3,
        leaf=number,
    )


def _keeps_its_promises(store: EventStore) -> None:
    assert store.newest() is None
    store.add([_kept(0, BEN)])
    store.add([_kept(number, ANA if number % 2 else BEN) for number in range(1, 5)])
    one, two = _kept(1), _kept(3)

    assert list(store.of([ANA])) == [one, two]
    assert [each.event_id for each in store.of([BEN, ANA])] == ["e1", "e3", "e0", "e2", "e4"]
    assert store.find(["e1", "e9"]) == {"e1": one}
    assert store.find([]) == {}
    assert store.beginning(EventKind.CHOICE, "e") == ("e0", "e1", "e2", "e3", "e4")
    assert store.beginning(EventKind.CHOICE, "E1") == store.beginning(EventKind.NOTICE, "e1") == ()
    assert store.beginning(EventKind.CHOICE, "%") == ()
    assert [kept.event_id for kept in store.all()] == ["e1", "e3", "e0", "e2", "e4"]
    assert store.newest() == _kept(4, BEN)
    store.rename(BEN, "token")
    assert list(store.of([BEN])) == []
    erased = list(store.of([MemberId("token")]))
    assert [kept.leaf for kept in erased] == [0, 2, 4]
    assert [kept.event_id for kept in erased] == [f"token-{kept.seq}" for kept in erased]


def test_events_are_kept_in_their_order(database: Database) -> None:
    with database.writing() as connection:
        _keeps_its_promises(LedgerStore(connection))


def test_the_fake_keeps_the_same_promises() -> None:
    _keeps_its_promises(MemoryEvents())


def test_an_event_id_is_kept_once(database: Database) -> None:
    with database.writing() as connection:
        LedgerStore(connection).add([_kept(1)])

    with database.writing() as connection, pytest.raises(sa.exc.IntegrityError):
        LedgerStore(connection).add([replace(_kept(1), seq=9)])
    with database.writing() as connection, pytest.raises(sa.exc.IntegrityError):
        LedgerStore(connection).add([replace(_kept(2), seq=2)])


def test_many_events_are_found_at_once(database: Database) -> None:
    with database.writing() as connection:
        store = LedgerStore(connection)
        store.add([_kept(1)])

        assert set(store.find([f"e{number}" for number in range(1201)])) == {"e1"}


def test_an_event_its_leaf_and_its_record_are_kept_together_or_not_at_all(
    database: Database,
) -> None:
    numbers = count(1)

    def ledger(connection: sa.Connection) -> tuple[Ledger, Log]:
        def entropy(size: int, /) -> bytes:
            return next(numbers).to_bytes(size, "big")

        log = Log(LogStore(connection), Signer("sayso.example.org/log", b"\x01" * 32))
        vault = Vault(VaultStore(connection), b"\x02" * 32, entropy)
        return Ledger(LedgerStore(connection), log, vault, entropy), log

    def event(number: int) -> None:
        with database.writing() as connection:
            made = gpc_event(event_id=f"g{number}", member_id=ANA, present=True, occurred_at=SPOKE)
            ledger(connection)[0].record(made, SPOKE)
            if number == 2:
                raise KeyboardInterrupt

    event(1)
    with pytest.raises(KeyboardInterrupt):
        event(2)
    event(3)

    with database.writing() as connection:
        books, log = ledger(connection)
        history = books.history(ANA)
        assert [each.event.event_id for each in history] == ["g1", "g3"]
        assert [each.leaf for each in history] == [0, 1]
        assert log.verify().size == 2
        assert fold(history).gpc is not None


def test_a_notice_comes_back_as_it_was(database: Database) -> None:
    narrow = replace(
        DRAFT,
        id="n0",
        regions=(Region("DE"),),
        material=False,
        visibilities=(Visibility.PUBLIC, Visibility.GROUP),
        texts=(NoticeText(language="de", title="Titel", text="Worte.", region=Region("CH")),),
        replaces="n1",
    )
    with database.writing() as connection:
        store = NoticeStore(connection)
        for notice in (amended(SPOKE), FIRST_NOTICE, narrow):
            store.save(notice)

        assert store.list() == (narrow, FIRST_NOTICE, amended(SPOKE))
        assert store.get("n0") == narrow
        assert store.get("n9") is None


def test_a_published_text_never_changes(database: Database) -> None:
    with database.writing() as connection:
        store = NoticeStore(connection)
        store.save(DRAFT)
        store.save(replace(DRAFT, text="Better words."))
        store.save(FIRST_NOTICE)
        store.save(FIRST_NOTICE)

        with pytest.raises(Conflict):
            store.save(replace(FIRST_NOTICE, text="Other words."))
        with pytest.raises(Conflict):
            store.save(DRAFT)


def test_the_strictest_policy_holds_until_another_is_used(database: Database) -> None:
    with database.writing() as connection:
        store = PolicyStore(connection)
        before = store.current()
        store.use(load_preset("linkedin-2024"), SPOKE)
        store.use(load_preset("linkedin-2024"), SPOKE + timedelta(days=1))
        after = store.current()
        store.use(load_preset("opt-in"), SPOKE + timedelta(days=2))

        assert before == load_preset("opt-in") == store.current()
        assert after.name == "linkedin-2024"
        assert [used.policy.name for used in store.history()] == ["linkedin-2024", "opt-in"]
        assert store.history()[0].used_from == SPOKE

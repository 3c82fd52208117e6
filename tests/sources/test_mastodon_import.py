"""An archive brought into a home twice, and a later one: an edit, a deletion, a narrower post."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archives.mastodon import (
    ANA,
    FOLLOWERS,
    a_years_files,
    actor,
    announce,
    create,
    delete,
    direct,
    files,
    followers_only,
    note,
    write,
)
from harbour import says
from sayso.community import Document, DocumentId, MemberId, State, Visibility
from sayso.consent.choices import Answer
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON
from sayso.jobs.bring import import_documents
from sayso.jobs.tell import publish
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, make_home, open_network

TRAINING = Purpose.GENAI_TRAINING
THIRD = DocumentId(f"{ANA}/statuses/3")
FIRST = [create(note(3)), create(note(4)), announce(5), followers_only(6), direct(7)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home", "Harbour"))
    yield opened
    opened.close()


def bring(network: Network, path: Path, *, complete: bool = False) -> Arrived:
    return import_documents(network, "mastodon", [path], ReadingOptions(), complete=complete)


def bring_items(
    network: Network, tmp_path: Path, items: Sequence[JSON], *, complete: bool = False
) -> Arrived:
    return bring(network, write(tmp_path / "archive", files(items)), complete=complete)


def held(network: Network, document_id: DocumentId = THIRD) -> Document:
    with network.reading() as stores:
        found = stores.community.document(document_id)
    assert found is not None
    return found


def test_a_years_archive_twice_changes_nothing(home: Network, tmp_path: Path) -> None:
    first = bring(home, write(tmp_path / "a.zip", a_years_files()))
    second = bring(home, write(tmp_path / "b.tar.gz", a_years_files()), complete=True)

    assert (first.new, first.broken, first.skipped.total()) == (1 + 1245, 0, 326 + 15 + 3)
    assert first.skipped["announces of others' words"] == 326
    assert (second.new, second.changed, second.deleted) == (0, 0, 0)
    assert second.unchanged == 1246


def test_an_edited_note_is_a_new_version_of_itself(home: Network, tmp_path: Path) -> None:
    bring_items(home, tmp_path, FIRST)
    edited = create(note(3, "Edited.", updated="2026-01-01T00:00:00Z"))

    arrived = bring_items(home, tmp_path, [edited, *FIRST[1:]])

    assert (arrived.new, arrived.changed, arrived.deleted) == (0, 1, 0)
    assert held(home).text == "Edited."


def test_a_deleted_note_is_gone_by_its_tombstone_or_by_its_absence(
    home: Network, tmp_path: Path
) -> None:
    bring_items(home, tmp_path, FIRST)

    told = bring_items(home, tmp_path, [delete(3), *FIRST[1:]])
    missing = bring_items(home, tmp_path, FIRST[2:], complete=True)

    assert told.deleted == missing.deleted == 1
    assert held(home).state is State.DELETED
    assert held(home).text == ""
    with home.reading() as stores:
        left = stores.community.document_ids(
            "mastodon", owners={MemberId(ANA)}, after=DocumentId(""), limit=10
        )
    assert list(left) == [f"{ANA}/statuses/6"]


def test_a_note_that_is_narrower_now_is_not_used_any_more(home: Network, tmp_path: Path) -> None:
    bring_items(home, tmp_path, FIRST)

    bring_items(home, tmp_path, [create(note(3, to=[FOLLOWERS], cc=[])), *FIRST[1:]])
    assert held(home).visibility is Visibility.CONNECTIONS

    bring_items(home, tmp_path, FIRST)
    bring_items(home, tmp_path, [direct(3), *FIRST[1:]])
    assert held(home).state is State.UNREADABLE


def test_an_outbox_cut_short_deletes_nothing(home: Network, tmp_path: Path) -> None:
    bring_items(home, tmp_path, FIRST)
    contents = files(FIRST)
    contents["outbox.json"] = contents["outbox.json"][:-900]

    with pytest.raises(BadInput, match="Nothing was deleted"):
        bring(home, write(tmp_path / "archive", contents), complete=True)

    assert held(home).state is State.PUBLISHED


def test_not_to_be_found_is_a_no_until_the_member_says_yes_and_is_noted_once(
    home: Network, tmp_path: Path
) -> None:
    hidden = files([create(note(3))], who=actor(indexable=False))
    attested = ReadingOptions(attested={"region": "SE", "age_band": "adult"})
    for name in ("a.zip", "b.zip"):
        import_documents(home, "mastodon", [write(tmp_path / name, hidden)], attested)

    assert rule_for(home) == "mapped_setting"
    with home.reading() as stores:
        noted = [e for e in stores.ledger.history(MemberId(ANA)) if e.event.kind == "setting"]
    assert [each.event.body["answer"] for each in noted] == ["no"]

    publish(home, "")
    says(home, ANA, Answer.YES)

    assert rule_for(home) == "purpose_choice"


def test_to_be_found_again_takes_the_no_back_and_grants_nothing(
    home: Network, tmp_path: Path
) -> None:
    attested = ReadingOptions(attested={"region": "SE", "age_band": "adult"})
    for number, indexable in enumerate((False, True)):
        path = write(
            tmp_path / f"{number}.zip", files([create(note(3))], who=actor(indexable=indexable))
        )
        import_documents(home, "mastodon", [path], attested)

    assert rule_for(home) == "policy_default"


def rule_for(network: Network) -> str:
    with network.reading() as stores:
        document = stores.community.document(THIRD)
        assert document is not None
        decision = decide(facts_for(document, TRAINING, network.clock(), stores.world()))
    return decision.rule
